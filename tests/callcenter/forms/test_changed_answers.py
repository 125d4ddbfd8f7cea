"""A changed earlier answer never destroys later answers without a way back."""

from __future__ import annotations

import pytest

from callcenter.forms.session import Session, load
from tests.scenario.tajo import PRESETS, tajo
from tests.scenario.xform import NOW, xform

_REPEATS = xform(
    "<n/><child><name/></child><free><word/></free>",
    {"n": "type='int'"},
    "<input ref='/data/n'/><group ref='/data/child'><repeat nodeset='/data/child' jr:count='/data/n'>"
    "<input ref='/data/child/name'/></repeat></group>"
    "<group ref='/data/free'><repeat nodeset='/data/free'><input ref='/data/free/word'/></repeat></group>",
)
_CASCADE = xform(
    "<region/><city/>",
    {},
    "<select1 ref='/data/region'><item><label>N</label><value>n</value></item><item><label>S</label><value>s</value>"
    "</item></select1><select1 ref='/data/city'><itemset nodeset=\"instance('c')/root/item[r = /data/region]\">"
    "<value ref='name'/><label ref='name'/></itemset></select1>",
    model="<instance id='c'><root><item><name>Gent</name><r>n</r></item><item><name>Namen</name><r>s</r></item>"
    "</root></instance>",
)


def _opened(xml: str) -> Session:
    return Session.open(load(xml), presets={}, clock=lambda: NOW)


@pytest.fixture
def interview() -> Session:
    """A TAJO interview some pages on: same school, fourth year, certificate A."""
    session = Session.open(tajo(), presets=PRESETS, clock=lambda: NOW)
    for name, value in [
        ("who_answers", "1"), ("id_ok", "1"), ("consent", "1"), ("school_same", "1"), ("grade", "5"), ("attest", "A"),
        ("next_year", "2"), ("next_enrolled", "1"),
    ]:  # fmt: skip
        while all(question.name != name for question in session.page().questions):
            asked = session.page().questions[0]
            if asked.choices and not asked.value:
                session.answer(asked.ref, asked.choices[0].value)
            assert session.next(), (asked.ref, name)
        session.answer(session.page().questions[0].ref, value)
    return session


def _values(session: Session) -> dict[str, str]:
    return {why.name: why.value for why in session.whys() if why.state != "calculated"}


def test_later_answers_come_back_when_the_earlier_one_is_changed_back(interview: Session):
    before = _values(interview)
    assert before["next_enrolled"] == "1"
    interview.answer("/data/begin/consent", "2")
    assert _values(interview)["attest"] == _values(interview)["next_enrolled"] == ""
    interview.answer("/data/begin/consent", "1")
    assert _values(interview) == before


def test_later_answers_come_back_when_the_change_is_taken_back(interview: Session):
    before = interview.submission().values
    interview.answer("/data/begin/who_answers", "4")
    assert "attest" not in interview.submission().values
    assert interview.undo()
    assert interview.submission().values == before


def test_hidden_answers_are_told_to_be_kept(interview: Session):
    interview.answer("/data/begin/consent", "2")
    assert interview.explain("/data/result/attest").kept == "A"
    assert interview.explain("/data/result/attest").state == "hidden"


def test_a_change_survives_a_restart_with_its_way_back(interview: Session):
    before = interview.submission().values
    interview.answer("/data/begin/consent", "2")
    again = Session.restore(tajo(), interview.snapshot(), clock=lambda: NOW)
    again.answer("/data/begin/consent", "1")
    assert again.submission().values == before
    again = Session.restore(tajo(), interview.snapshot(), clock=lambda: NOW)
    assert again.undo()
    assert again.submission().values == before


def test_a_choice_that_its_filter_took_away_comes_back_with_it():
    session = _opened(_CASCADE)
    session.answer("/data/region", "n")
    session.answer("/data/city", "Gent")
    session.answer("/data/region", "s")
    assert (session.value("city"), session.explain("/data/city").kept) == ("", "Gent")
    session.answer("/data/region", "n")
    assert session.value("city") == "Gent"


def test_fewer_instances_of_a_repeat_can_be_taken_back_with_their_answers():
    session = _opened(_REPEATS)
    session.answer("/data/n", "3")
    session.answer("/data/child[3]/name", "Aya")
    session.answer("/data/n", "1")
    assert session.sizes()["/data/child"] == 1
    assert session.undo()
    assert dict(session.given()) == {"/data/n": "3", "/data/child[3]/name": "Aya"}


def test_a_removed_instance_can_be_taken_back_with_its_answers():
    session = _opened(_REPEATS)
    session.answer("/data/n", "0")
    session.answer("/data/free[1]/word", "one")
    session.add("/data/free")
    session.answer("/data/free[2]/word", "two")
    session.remove("/data/free[1]")
    assert session.value("word") == "two"
    assert session.undo()
    assert dict(session.given()) == {"/data/n": "0", "/data/free[1]/word": "one", "/data/free[2]/word": "two"}
    assert session.undo()
    assert dict(session.given()) == {"/data/n": "0", "/data/free[1]/word": "one"}
