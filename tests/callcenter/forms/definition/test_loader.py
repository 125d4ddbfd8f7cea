from __future__ import annotations

import json
import time

import pytest

from callcenter.errors import CallcenterError
from callcenter.forms.definition.loader import load_form, publishable
from callcenter.forms.errors import (
    FormCycle,
    FormError,
    FormNotXml,
    FormTooLarge,
    UnknownReference,
    UnsupportedQuestion,
)
from tests.scenario.xform import Filled, inputs, xform
from tests.shared import shared


def test_a_form_knows_its_name_version_title_and_presets():
    form = load_form(
        xform(
            "<name/><age/><start/><calc/><a/>",
            {"start": 'jr:preload="timestamp" jr:preloadParams="start"', "calc": 'calculate="1"'},
            inputs("<a/>"),
            attributes="version='3'",
        )
    )
    assert (form.form_id, form.version, form.title) == ("t", "3", "t")
    assert form.presets == ("name", "age")


def test_bind_attributes_of_others_are_kept_by_local_name():
    form = load_form(xform("<a/>", {"a": 'cc:key="yes" cc:fact="consent" type="string"'}))
    assert form.attributes("a") == {"key": "yes", "fact": "consent"}
    assert form.attributes("nothing") == {}


def test_questions_are_told_with_labels_and_choices_in_every_language():
    texts = (
        "<itext><translation lang='nl'><text id='q'><value>Vraag <output value='/data/n'/></value></text>"
        "<text id='y'><value>ja</value></text></translation>"
        "<translation lang='en' default='true()'><text id='q'><value>Question</value></text>"
        "<text id='y'><value>yes</value></text></translation></itext>"
    )
    model = "<instance id='yn'><root><item><itextId>y</itextId><name>1</name></item></root></instance>"
    body = (
        "<select1 ref='/data/a'><label ref=\"jr:itext('q')\"/><itemset nodeset=\"instance('yn')/root/item\">"
        "<value ref='name'/><label ref='jr:itext(itextId)'/></itemset></select1>"
    )
    form = load_form(xform("<n/><a/>", {}, body, model=texts + model))
    assert (form.languages, form.default_language) == (("en", "nl"), "en")
    (question,) = form.questions()
    assert (question.name, question.kind) == ("a", "one")
    assert question.labels == {"nl": "Vraag {n}", "en": "Question"}
    assert question.choices == (("1", {"nl": "ja", "en": "yes"}),)


@pytest.mark.parametrize(
    "binds",
    [
        {"a": 'calculate="/data/a + 1"'},
        {"a": 'calculate="/data/b"', "b": 'calculate="/data/a"'},
        {"a": "relevant=\"/data/b = 'x'\"", "b": "relevant=\"/data/a = 'x'\""},
        {"a": "relevant=\". = 'x'\""},
    ],
)
def test_questions_that_wait_for_each_other_are_refused_by_name(binds: dict[str, str]):
    with pytest.raises(FormCycle) as caught:
        load_form(xform("<a/><b/>", binds))
    assert all(f"/data/{name}" in str(caught.value) for name in binds)


def test_a_group_that_waits_for_its_own_content_is_refused():
    with pytest.raises(FormCycle):
        load_form(xform("<g><a/></g>", {"g": "relevant=\"/data/g/a = 'x'\""}, "<input ref='/data/g/a'/>"))


@pytest.mark.parametrize(
    "binds",
    [
        {"a": "constraint=\". != 'x'\""},
        {"a": "required=\"/data/b = '1'\"", "b": "required=\"/data/a = '1'\""},
        {"a": "calculate=\"once(if(/data/a = '', 'x', 'y'))\""},
    ],
)
def test_what_is_no_circle_is_let_through(binds: dict[str, str]):
    load_form(xform("<a/><b/>", binds))


def test_an_earlier_instance_of_a_repeat_may_be_read():
    body = '<repeat nodeset="/data/r"><input ref="/data/r/x"/></repeat>'
    total = 'calculate="number(../x) + coalesce(/data/r[position() = position(current()/..) - 1]/t, 0)"'
    filled = Filled(xform("<r><x/><t/></r>", {"r/t": total}, body)).put("r[1]/x", "1").add("r").put("r[2]/x", "2")
    assert [filled["r[1]/t"], filled["r[2]/t"]] == ["1", "3"]
    assert filled.put("r[1]/x", "5")["r[2]/t"] == "7"


def test_a_reference_that_leads_nowhere_is_refused_when_published():
    for form in (
        xform("<a/>", {"a": 'relevant="/data/nowhere = 1"'}),
        xform("<a/>", {}, "<input ref='/data/nowhere'/>"),
        xform("<a/>", {"a": 'constraint="../nowhere = 1"'}),
    ):
        with pytest.raises(UnknownReference) as caught:
            publishable(load_form(form))
        assert "nowhere" in str(caught.value)


def test_an_entity_is_kept_and_not_run():
    entity = "<meta><entity id=''><label/></entity></meta><a/>"
    model = "<setvalue event='odk-instance-first-load' ref='/data/meta/entity/@id' value='uuid()'/>"
    form = publishable(load_form(xform(entity, {}, inputs("<a/>"), model=model)))
    assert Filled(form)["meta/entity/label"] == ""


@pytest.mark.parametrize("body", ["<upload ref='/data/a' mediatype='image/*'/>", "<input ref='/data/a'/>"])
def test_what_cannot_be_asked_by_telephone_is_refused_when_published(body: str):
    form = load_form(xform("<a/>", {"a": 'type="geopoint"'}, body))
    with pytest.raises(UnsupportedQuestion):
        publishable(form)


def test_a_bind_without_a_target_is_a_warning():
    assert load_form(xform("<a/>", {"b": ""})).warnings == ["a bind leads nowhere: /data/b"]


@pytest.mark.parametrize("xml", ["", "text", "<a/>", "<h:html/>", "<model/>"])
def test_what_is_no_form_is_refused(xml: str):
    with pytest.raises(FormNotXml):
        load_form(xml)


@pytest.mark.parametrize("coding", ["utf-8", "utf-16"])
def test_a_document_type_is_refused_in_any_encoding(coding: str):
    xml = f"<?xml version='1.0' encoding='{coding}'?><!DOCTYPE a [<!ENTITY x 'y'>]>" + xform("<a>&x;</a>")
    with pytest.raises(FormNotXml):
        load_form(xml.encode(coding))


def test_sizes_are_capped():
    with pytest.raises(FormTooLarge):
        load_form("<a>" + " " * 5_000_001 + "</a>")
    with pytest.raises(FormTooLarge):
        load_form(xform("<a/>", ["a"] * 5_001))
    with pytest.raises(FormTooLarge):
        load_form(xform("<a>" * 60 + "</a>" * 60, {}, "<group/>"))
    items = "<item><name>1</name></item>" * 20_001
    with pytest.raises(FormTooLarge):
        load_form(xform("<a/>", model=f"<instance id='l'><root>{items}</root></instance>"))


def test_formulas_that_read_everything_a_thousand_times_are_refused():
    data = "".join(f"<n{number}/>" for number in range(800))
    binds = {f"n{number}": 'constraint="count(//*) > 0"' for number in range(800)}
    with pytest.raises(FormTooLarge):
        load_form(xform(data, binds, "<group/>"))


def _hostile() -> list[dict[str, object]]:
    try:
        return list(json.loads(shared("forms/hostile/requests.json").read_text()))
    except pytest.skip.Exception:
        return []


@pytest.mark.shared
@pytest.mark.parametrize("request_", _hostile(), ids=lambda request: str(request["id"]))
def test_a_hostile_form_is_refused_or_bounded_within_two_seconds(request_: dict[str, object]):
    raw = shared(f"forms/hostile/{request_['file']}").read_bytes()
    began = time.process_time()
    try:
        form = load_form(raw)
    except CallcenterError:
        outcome = "refuse"
    else:
        outcome = "load"
        filled = Filled(form)
        for step in request_.get("steps", []):  # type: ignore[attr-defined]  # a list of mappings in the file
            filled.put(step["set"].removeprefix("/data/"), step["value"])
        told = json.dumps(filled.values())
        assert not any(str(leak) in told for leak in request_.get("leaks", []))  # type: ignore[attr-defined]
        assert filled.count("r") <= 500
    assert outcome == request_["expect"]
    # Processor time, so that a busy machine does not decide.
    assert time.process_time() - began < 4


@pytest.mark.shared
def test_public_forms_load_or_are_refused_with_a_named_reason():
    codes = {code for path in sorted(shared("forms/xml").glob("*.xml"))[::4] for code in [_code(path.read_bytes())]}
    assert codes <= {"", "FORM-01", "FORM-02", "FORM-03", "FORM-04", "FORM-06"}


def _code(raw: bytes) -> str:
    try:
        load_form(raw)
    except FormError as error:
        return error.code
    return ""
