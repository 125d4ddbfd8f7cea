from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from callcenter.domain.event import NumberShown
from callcenter.domain.outcome import Outcome
from callcenter.text import translator
from callcenter.usecases import calling, closing
from callcenter.usecases.shift import close_shift
from callcenter.usecases.views import CaseCard, EmptyQueue
from tests.callcenter.usecases.laptop import LINA, Laptop, a_laptop, talk
from tests.office import AYA, MONDAY, a_person

NL = translator("nl")


def _next(laptop: Laptop) -> CaseCard | EmptyQueue:
    return laptop.work(lambda work: calling.next_case(work, laptop.desk, NL))


def _close(laptop: Laptop, outcome: Outcome, reference: str = "G-0001") -> None:
    interview = laptop.call(reference)
    laptop.work(lambda work: closing.close_attempt(work, interview, outcome))


def test_before_a_call_a_card_tells_first_name_and_initial_and_masks_every_number(tmp_path: Path) -> None:
    card = _next(a_laptop(tmp_path))
    assert isinstance(card, CaseCard)
    assert (card.name, card.identified, card.role) == ("Aya E.", False, "subject")
    assert (dict(card.identity), card.chips) == ({}, ())
    assert [(n.masked, n.digits, n.dial) for n in card.numbers] == [("0470 •• •• 12", "", "")]
    assert card.why
    assert "Idrissi" not in repr(card)


def test_of_a_minor_without_consent_only_a_parent_is_called(tmp_path: Path) -> None:
    card = _next(a_laptop(tmp_path, LINA))
    assert isinstance(card, CaseCard)
    assert card.role == "parent"
    assert [n.masked for n in card.numbers] == ["0487 •• •• 33"]


def test_a_number_is_shown_in_full_on_request_and_that_is_recorded(tmp_path: Path) -> None:
    laptop = a_laptop(tmp_path)
    aya = laptop.case()
    card = laptop.work(lambda work: calling.card_with_number(work, laptop.desk, aya.id, "n1"))
    assert [(n.digits, n.dial) for n in card.numbers] == [("0470 12 34 12", "+32470123412")]
    assert laptop.facts(NumberShown) == [NumberShown(aya.id, "n1")]
    assert [n.digits for n in laptop.work(lambda w: calling.case_card(w, laptop.desk, aya.id)).numbers] == [""]


def test_in_practice_nothing_can_be_dialled(tmp_path: Path) -> None:
    laptop = a_laptop(tmp_path, dialling=False)
    aya = laptop.case()
    card = laptop.work(lambda work: calling.card_with_number(work, laptop.desk, aya.id, "n1"))
    assert [(n.digits, n.dial) for n in card.numbers] == [("0470 12 34 12", "")]


def test_when_nobody_may_be_called_the_desk_says_why_and_from_when(tmp_path: Path) -> None:
    laptop = a_laptop(tmp_path)
    _close(laptop, Outcome.BUSY)
    found = _next(laptop)
    assert isinstance(found, EmptyQueue)
    assert [count for _words, count in found.reasons] == [1]
    assert found.opens_at is not None
    assert found.opens_at >= MONDAY + timedelta(minutes=15)


def test_a_laptop_without_leases_has_nobody(tmp_path: Path) -> None:
    laptop = a_laptop(tmp_path, {**AYA, "Gsm": "", "Gsm ouder 1": ""})
    assert _next(laptop) == EmptyQueue(())


def test_the_queue_lists_who_may_be_called_first_and_then_who_waits_with_the_reason(tmp_path: Path) -> None:
    laptop = a_laptop(tmp_path, AYA, a_person(2), a_person(3))
    _close(laptop, Outcome.NO_ANSWER)
    lines = laptop.work(lambda work: calling.queue_lines(work, NL))
    assert [line.callable_now for line in lines] == [True, True, False]
    assert (lines[-1].name, lines[-1].attempts) == ("Aya E.", 1)
    assert all(line.why for line in lines)


def test_who_calls_back_is_found_by_number_in_any_spelling_or_by_letters_of_the_short_name(tmp_path: Path) -> None:
    laptop = a_laptop(tmp_path, AYA, a_person(2))
    for text in ("0470/12.34.12", "+32 470 12 34 12", "aya", "AYA E"):
        with laptop.store.work() as work:
            assert [line.name for line in calling.find(work, text)] == ["Aya E."]


def test_an_unknown_number_and_too_few_letters_give_no_hint(tmp_path: Path) -> None:
    laptop = a_laptop(tmp_path)
    for text in ("0499 99 99 99", "ay", "", "Idrissi", "123456"):
        with laptop.store.work() as work:
            assert calling.find(work, text) == ()


def test_the_frame_counts_calls_interviews_and_what_is_left(tmp_path: Path) -> None:
    laptop = a_laptop(tmp_path, AYA, a_person(2), a_person(3))
    interview = laptop.call("G-0001")
    talk(laptop, interview)
    laptop.work(lambda work: closing.close_attempt(work, interview, Outcome.COMPLETE))
    _close(laptop, Outcome.BUSY, "G-0002")
    frame = laptop.work(lambda work: calling.status(work, laptop.desk, NL, 4, MONDAY))
    assert (frame.done, frame.interviews, frame.total) == (2, 1, 3)
    assert (frame.agent, frame.initials, frame.waiting, frame.practice) == ("Yasmina Benali", "YB", 4, False)
    assert frame.opening
    assert [card.confidential for card in frame.cards] == [False, False, False, True]
    assert not [card.title for card in frame.cards if "{" in card.title + card.text]


def test_after_the_end_of_a_shift_the_empty_queue_says_why(tmp_path: Path) -> None:
    laptop = a_laptop(tmp_path)
    _close(laptop, Outcome.BUSY)
    laptop.work(close_shift)
    found = _next(laptop)
    assert isinstance(found, EmptyQueue)
    assert found.reasons == ()
    assert found.why.startswith("Je sloot je dienst af")
