from __future__ import annotations

from callcenter.forms.carrying import Carried, carry
from callcenter.forms.session import Session, load
from tests.scenario.xform import NOW, select, xform


def _form(data: str = "<p/><a/><b/><c/>", binds: dict[str, str] | None = None, choices: str = "1 2", body: str = ""):
    asked = "".join(f"<input ref='/data/{n}'><label>{n}</label></input>" for n in "bc" if f"<{n}/>" in data)
    return load(xform(data, binds or {}, select("a", choices) + asked + body))


def _session() -> Session:
    session = Session.open(_form(), presets={"p": "Aya"}, clock=lambda: NOW)
    for name, value in (("a", "2"), ("b", "12"), ("c", "end")):
        session.answer(f"/data/{name}", value)
        session.next()
    return session


def _carried(form, presets: dict[str, str] | None = None) -> Carried:
    return carry(_session(), form, presets or {"p": "Aya"}, clock=lambda: NOW)


def test_all_answers_go_along_to_a_form_that_still_asks_them():
    carried = _carried(_form(binds={"c": "relevant=\"/data/b = '12'\""}))
    assert dict(carried.session.given()) == {"/data/a": "2", "/data/b": "12", "/data/c": "end"}
    assert carried.lost == ()
    assert [q.name for q in carried.session.page().questions] == ["c"]


def test_answers_that_fit_no_more_are_named_and_the_rest_stays():
    carried = _carried(_form("<p/><a/><b/>", {"b": "type='int'"}, choices="1 3"))
    assert carried.lost == ("a", "c")
    assert dict(carried.session.given()) == {"/data/b": "12"}
    assert [q.name for q in carried.session.page().questions] == ["a"]


def test_calculations_follow_the_new_form_and_the_new_presets():
    form = _form("<p/><a/><b/><c/><d/>", {"d": 'calculate="concat(/data/p, /data/b)"'})
    assert _carried(form, {"p": "Noor"}).session.value("d") == "Noor12"


def test_an_answer_can_still_be_taken_back():
    session = _carried(_form()).session
    assert session.undo()
    assert dict(session.given()) == {"/data/a": "2", "/data/b": "12"}


def test_instances_of_a_repeat_go_along():
    repeat = "<group ref='/data/r'><repeat nodeset='/data/r'><input ref='/data/r/w'/></repeat></group>"
    form = _form("<a/><r><w/></r>", body=repeat)
    session = Session.open(form, presets={}, clock=lambda: NOW)
    session.add("/data/r")
    session.answer("/data/r[2]/w", "two")
    session.add("/data/r")
    carried = carry(session, form, {}, clock=lambda: NOW)
    assert dict(carried.session.given()) == {"/data/r[2]/w": "two"}
    assert carried.session.sizes()["/data/r"] == 3
