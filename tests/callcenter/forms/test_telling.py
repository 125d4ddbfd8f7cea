from __future__ import annotations

from callcenter.forms.session import KeyItems, Session, load
from tests.callcenter.forms.interview import names
from tests.scenario.xform import NOW, xform


def test_next_waits_for_a_required_answer_and_says_why(session: Session):
    assert session.page().questions[0].message == ""
    assert not session.next()
    assert session.page().questions[0].message == "Deze vraag heeft een antwoord nodig."
    session.answer("/data/consent", "1")
    assert session.page().questions[0].message == ""
    assert session.next()
    assert names(session) == ["grade"]


def test_a_refused_answer_is_stored_and_holds_the_page(session: Session):
    session.answer("/data/consent", "1")
    session.next()
    assert session.answer("/data/school/grade", "9").message == "te hoog"
    assert session.page().questions[0].value == "9"
    assert not session.next()
    session.answer("/data/school/grade", "6")
    assert session.next()


def test_what_cannot_be_read_is_said_and_holds_the_page(session: Session):
    session.answer("/data/consent", "1")
    session.next()
    assert session.answer("/data/school/grade", "zes").message == "Dit antwoord past hier niet."
    assert not session.next()
    assert session.answer("/data/school/grade", "6").message == ""


def test_a_decimal_may_be_written_with_a_comma(session: Session):
    session.answer("/data/consent", "1")
    session.answer("/data/school/grade", "6")
    assert session.answer("/data/work/hours", "7,5").value == "7.5"


def test_what_was_said_is_told_in_words_and_in_order(session: Session):
    session.answer("/data/consent", "1")
    session.answer("/data/school/grade", "6")
    session.answer("/data/work/job", "y x")
    session.answer("/data/work/since", "2026-03-02")
    assert [(said.name, said.answer) for said in session.said()] == [
        ("consent", "ja"),
        ("grade", "6"),
        ("job", "X, Y"),
        ("since", "2 maart 2026"),
    ]
    assert session.said()[0].question == "Dag Aya, mag ik beginnen?"


def test_the_language_changes_words_not_answers_and_an_unknown_one_nothing(session: Session):
    session.answer("/data/consent", "1")
    session.language("English (en)")
    question = session.page().questions[0]
    assert (question.text, question.value) == ("Hi Aya, may I begin?", "1")
    assert (question.hint, question.guidance) == ("", "")
    session.language("Klingon")
    assert session.page().questions[0].text == "Hi Aya, may I begin?"
    assert session.said()[0].answer == "yes"


def test_key_items_count_what_is_relevant_and_a_named_group_once(session: Session):
    assert session.keys() == KeyItems(relevant=1, answered=0)
    session.answer("/data/consent", "1")
    assert session.keys() == KeyItems(relevant=3, answered=1)
    session.answer("/data/school/aim1", "1")
    assert session.keys() == KeyItems(relevant=3, answered=1)
    session.answer("/data/school/aim2", "1")
    session.answer("/data/school/grade", "3")
    assert session.keys() == KeyItems(relevant=3, answered=3)


def test_a_group_with_a_key_counts_as_one_item():
    data, binds = "<g><a/><b/></g>", {"g": "cc:key='yes'", "g/b": "relevant=\"../a = 'x'\""}
    body = "<group ref='/data/g'><input ref='/data/g/a'/><input ref='/data/g/b'/></group>"
    session = Session.open(load(xform(data, binds, body)), presets={}, clock=lambda: NOW)
    assert session.keys() == KeyItems(1, 0)
    session.answer("/data/g/a", "y")
    assert session.keys() == KeyItems(1, 1)
    session.answer("/data/g/a", "x")
    assert session.keys() == KeyItems(1, 0)


def test_the_submission_carries_what_the_form_marks(session: Session):
    session.answer("/data/consent", "1")
    session.answer("/data/school/grade", "6")
    session.answer("/data/work/hours", "38")
    told = session.submission()
    assert (told.form_id, told.version, told.outcome) == ("t", "7", "")
    assert told.facts == {"consent": "1"}
    assert told.sensitive == {"why", "job", "hours", "since"}
    assert told.values["name"] == "Aya"
    assert told.values["grade"] == "6"
    assert "instanceID" not in told.values


def test_a_sensitive_fact_is_known_at_the_desk_and_does_not_travel(session: Session):
    session.answer("/data/consent", "1")
    session.answer("/data/school/grade", "6")
    session.answer("/data/work/hours", "38")
    assert session.facts() == {"consent": "1", "hours": "38.0"}
    assert "hours" not in session.submission().facts


def test_the_outcome_is_the_value_of_the_calculation_of_that_name(session: Session):
    session.answer("/data/consent", "2")
    assert session.submission().outcome == "Z"
    assert session.value("outcome") == "Z"


def test_names_inside_repeats_are_told_by_reference():
    body = "<repeat nodeset='/data/r'><input ref='/data/r/x'/></repeat>"
    session = Session.open(load(xform("<r><x/></r>", {}, body)), presets={}, clock=lambda: NOW)
    session.answer("/data/r[1]/x", "1")
    assert session.submission().values == {"x": "1"}
    assert session.add("/data/r")
    session.answer("/data/r[2]/x", "2")
    assert session.submission().values == {"/data/r[1]/x": "1", "/data/r[2]/x": "2"}
    assert session.remove("/data/r[1]")
    assert session.submission().values == {"x": "2"}
    assert not session.add("/data/nothing")
    assert not session.remove("/data/r")
