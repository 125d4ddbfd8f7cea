from __future__ import annotations

from callcenter.forms.session import Kind, Session
from tests.callcenter.forms.interview import names


def test_a_page_is_one_question_with_its_words_and_place(session: Session):
    page = session.page()
    (question,) = page.questions
    assert (question.ref, question.kind, question.required) == ("/data/consent", Kind.ONE, True)
    assert question.text == "Dag Aya, mag ik beginnen?"
    assert [(run.text, run.fill) for run in question.label][1] == ("Aya", True)
    assert (question.hint, question.guidance) == ("hint", "niet voorlezen")
    assert [(choice.value, choice.label) for choice in question.choices] == [("1", "ja"), ("2", "nee")]
    assert (page.number, page.about, page.first, page.last) == (1, 2, True, False)


def test_a_field_list_is_one_page_and_a_note_is_a_page(session: Session):
    session.answer("/data/consent", "1")
    session.next()
    session.answer("/data/school/grade", "3")
    session.next()
    assert names(session) == ["about"]
    assert session.page().questions[0].kind is Kind.NOTE
    session.next()
    assert names(session) == ["aim1", "aim2"]


def test_sections_tell_what_is_done_now_and_ahead(session: Session):
    def states() -> list[tuple[str, str]]:
        return [(section.label, section.state) for section in session.page().sections]

    assert states() == [("School", "ahead"), ("Werk", "ahead")]
    session.answer("/data/consent", "1")
    session.next()
    assert states() == [("School", "now"), ("Werk", "ahead")]
    session.answer("/data/school/grade", "6")
    session.goto("/data/work/job")
    assert states() == [("School", "done"), ("Werk", "now")]
    session.goto("/data/bye")
    assert states() == [("School", "done"), ("Werk", "done")]


def test_a_section_that_was_passed_by_is_not_shown(session: Session):
    session.answer("/data/consent", "1")
    session.answer("/data/school/grade", "3")
    session.goto("/data/bye")
    assert [section.label for section in session.page().sections] == ["School"]


def test_when_a_page_is_relevant_no_more_the_next_one_is_shown(session: Session):
    session.answer("/data/consent", "1")
    session.next()
    assert names(session) == ["grade"]
    session.answer("/data/consent", "2")
    assert names(session) == ["bye"]


def test_back_and_goto_find_the_pages_that_are_asked(session: Session):
    assert not session.back()
    session.answer("/data/consent", "1")
    session.next()
    session.answer("/data/school/grade", "5")
    assert session.goto("/data/school/aim2")
    assert session.back()
    assert names(session) == ["about"]
    assert session.back()
    assert names(session) == ["why"]
    assert not session.goto("/data/work/job")
    assert not session.goto("/data/nothing")


def test_the_interview_is_finished_when_the_last_page_was_passed(session: Session):
    session.answer("/data/consent", "2")
    assert session.next()
    assert (session.page().last, session.finished()) == (True, False)
    assert not session.next()
    assert session.finished()
    assert names(session) == ["bye"]
    assert session.back()
    assert not session.finished()
