"""What is known of the person who is called, as the list `case` of a form."""

from __future__ import annotations

import pytest

from callcenter.forms.definition.form import FormDefinition
from callcenter.forms.session import Session, load
from callcenter.forms.xlsform import convert, read_markdown
from tests.scenario.ladder.walks import ask, attribute
from tests.scenario.xform import NOW, xform

_LIST = '<instance id="case" src="jr://file-csv/case.csv"/>'
_ROW = {"school": "Sint-Jan", "grade": "4", "secret": "x"}


def form_with(formula: str, label: str = "a", case: str = _LIST) -> FormDefinition:
    body = f'<input ref="/data/a"><label>{label}</label></input>'
    return load(xform("<a/><c/>", {"c": f'calculate="{attribute(formula)}"'}, body, model=case))


def opened(form: FormDefinition, presets: dict[str, str] = _ROW) -> Session:
    return Session.open(form, presets=presets, clock=lambda: NOW)


def label(session: Session) -> str:
    return "".join(run.text for run in session.page().questions[0].label)


@pytest.mark.parametrize(
    ("formula", "said"),
    [
        ("instance('case')/root/item/school", "Sint-Jan"),
        ("pulldata('case', 'school', 'key', 'case')", "Sint-Jan"),
        ("pulldata('case', 'school', 'grade', '4')", "Sint-Jan"),
        ("pulldata('case', 'school', 'grade', '5')", ""),
        ("instance('case')/root/item[grade = '4']/school", "Sint-Jan"),
        ("instance('case')/root/item/nothing", ""),
        ("count(instance('case')/root/item)", "1"),
        ("if(instance('case')/root/item/grade > 3, 'older', 'younger')", "older"),
    ],
)
def test_a_formula_reads_what_is_known_of_the_case(formula: str, said: str):
    assert opened(form_with(formula)).value("c") == said


def test_a_form_names_the_columns_that_it_reads_and_no_others():
    told = "Still at <output value=\"instance('case')/root/item/school\"/>?"
    form = form_with("concat(pulldata('case', 'grade', 'key', 'case'), instance('other')/root/item/secret)", told)
    assert set(form.case_columns) == {"school", "grade"}
    assert set(form.wanted) == {"school", "grade"}
    assert label(opened(form)) == "Still at Sint-Jan?"


def test_what_is_known_of_a_case_is_kept_with_the_interview_and_never_submitted():
    form = form_with("concat(/data/a, instance('case')/root/item/school)")
    session = opened(form)
    restored = Session.restore(form, session.snapshot(), clock=lambda: NOW)
    for one in (session, restored):
        one.answer("/data/a", "at ")
        assert one.value("c") == "at Sint-Jan"
        assert "secret" not in one.submission().xml


def test_an_edit_knows_the_case_and_keeps_what_was_filled_in():
    form = load(
        xform("<a/><c/><grade/>", {"c": "calculate=\"instance('case')/root/item/school\""}, ask("a"), model=_LIST)
    )
    sent = opened(form).submission().xml
    edited = Session.edit(form, sent, presets={"school": "Atheneum", "grade": "9"}, clock=lambda: NOW)
    assert (edited.value("c"), edited.value("grade")) == ("Atheneum", "4")


def test_a_form_without_that_list_gets_nothing():
    assert opened(form_with("instance('case')/root/item/school", case="")).value("c") == ""
    assert form_with("'x'", case="").wanted == ()


def test_a_sheet_reads_a_case_by_pulldata():
    sheet = """
## survey

| type | name | label::Nederlands (nl) | calculation |
|---|---|---|---|
| calculate | school | | pulldata('case', 'prev_school', 'key', 'case') |
| text | now | Zit je nog op ${school}? | |

## settings

| form_title | form_id | version | default_language |
|---|---|---|---|
| T | t | 1 | Nederlands (nl) |
"""
    form = load(convert(read_markdown(sheet)).xml)
    assert form.wanted == ("prev_school",)
    assert label(opened(form, {"prev_school": "Sint-Jan"})) == "Zit je nog op Sint-Jan?"
