from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from callcenter.domain.event import AttemptOpened, ClockMeasured, ConfidentialNoteAdded, HelpAsked, LeaseReturned
from callcenter.domain.outcome import Outcome
from callcenter.errors import CallcenterError
from callcenter.usecases import closing, interviewing
from callcenter.usecases.interview import FormMissing, FormShelf
from callcenter.usecases.interviewing import ClockBehind, Desk, LeaseOver, MayNotCall
from tests.callcenter.usecases.laptop import LINA, Laptop, a_laptop, answer, talk
from tests.office import AYA, MONDAY, a_person


def _refused(laptop: Laptop, error: type[CallcenterError], reference: str = "G-0001", number: str = "") -> None:
    before = laptop.kinds()
    with pytest.raises(error):
        laptop.call(reference, number)
    assert laptop.kinds() == before
    assert laptop.work(lambda work: work.drafts.latest()) is None


def _refused_again(laptop: Laptop, error: type[CallcenterError]) -> None:
    with pytest.raises(error):
        laptop.call()


def test_a_call_is_recorded_when_it_begins_with_its_number_role_and_lease(tmp_path: Path) -> None:
    laptop = a_laptop(tmp_path)
    interview = laptop.call()
    lease = laptop.case().lease
    assert lease is not None
    (begun,) = laptop.facts(AttemptOpened)
    assert begun == AttemptOpened(
        interview.case, interview.attempt, "n1", "subject", lease.id, laptop.store.device.person
    )


def test_in_a_call_the_identity_may_be_compared_and_only_the_dialled_number_is_seen(tmp_path: Path) -> None:
    laptop = a_laptop(tmp_path)
    card = laptop.view(laptop.call()).card
    assert card.identity == {"birth": "12 mei", "street": "Lindelaan 4", "school": "Atheneum Leiekaai"}
    assert (card.name, card.identified, card.chips) == ("Aya E.", False, ())
    assert [(n.digits, n.now) for n in card.numbers] == [("0470 12 34 12", True)]


def test_the_whole_card_is_seen_after_the_identity_check_and_not_after_a_failed_one(tmp_path: Path) -> None:
    laptop = a_laptop(tmp_path)
    interview = laptop.call()
    talk(laptop, interview, until="id_ok")
    assert answer(laptop, interview, id_ok="2").card.chips == ()
    card = answer(laptop, interview, id_ok="1").card
    assert card.identified
    assert "Gent" in card.chips


def test_a_parent_sees_nothing_of_the_identity_of_the_child(tmp_path: Path) -> None:
    laptop = a_laptop(tmp_path, LINA)
    interview = laptop.call("G-0077")
    card = laptop.view(interview).card
    assert (interview.role, dict(card.identity)) == ("parent", {})
    assert [n.digits for n in card.numbers] == ["0487 11 22 33"]


def test_nobody_is_called_once_the_lease_is_over(tmp_path: Path) -> None:
    laptop = a_laptop(tmp_path)
    lease = laptop.case().lease
    assert lease is not None
    laptop.clock.set(lease.expires_at)
    _refused(laptop, LeaseOver)


def test_nobody_is_called_after_the_case_was_given_back(tmp_path: Path) -> None:
    laptop = a_laptop(tmp_path)
    aya = laptop.case()
    laptop.work(lambda work: closing.skip(work, aya.id, "no time"))
    assert aya.lease is not None
    assert laptop.facts(LeaseReturned) == [LeaseReturned(aya.id, aya.lease.id, "no time")]
    _refused(laptop, LeaseOver)


def test_who_refused_for_good_is_not_called_again(tmp_path: Path) -> None:
    laptop = a_laptop(tmp_path)
    interview = laptop.call()
    laptop.work(lambda work: closing.close_attempt(work, interview, Outcome.REFUSAL))
    _refused(laptop, MayNotCall)


@pytest.mark.parametrize("outcome", [Outcome.COMPLETE, Outcome.DECEASED])
def test_who_was_interviewed_or_died_is_not_called_again_not_even_out_of_turn(
    tmp_path: Path, outcome: Outcome
) -> None:
    laptop = a_laptop(tmp_path)
    interview = laptop.call()
    talk(laptop, interview)
    laptop.work(lambda work: closing.close_attempt(work, interview, outcome))
    laptop.clock.set(MONDAY + timedelta(hours=1))
    _refused(laptop, MayNotCall)


def test_the_note_of_a_call_that_ended_is_not_in_the_next_one(tmp_path: Path) -> None:
    laptop = a_laptop(tmp_path)
    first = laptop.call()
    talk(laptop, first, until="grade")
    laptop.work(lambda work: interviewing.write_note(work, first, "moet naar de bus"))
    laptop.work(lambda work: closing.close_attempt(work, first, Outcome.PARTIAL))
    laptop.clock.set(MONDAY + timedelta(hours=1))
    assert laptop.view(laptop.call()).note == ""


def test_a_number_that_is_not_of_the_role_is_not_dialled(tmp_path: Path) -> None:
    laptop = a_laptop(tmp_path, LINA)
    _refused(laptop, MayNotCall, "G-0077", "n1")
    _refused(laptop, MayNotCall, "G-0077", "n9")


def test_a_wrong_number_is_not_dialled_again(tmp_path: Path) -> None:
    laptop = a_laptop(tmp_path)
    interview = laptop.call()
    laptop.work(lambda work: closing.close_attempt(work, interview, Outcome.WRONG_NUMBER))
    laptop.clock.set(MONDAY + timedelta(hours=1))
    _refused(laptop, MayNotCall)


def test_a_clock_before_the_last_thing_recorded_starts_no_call(tmp_path: Path) -> None:
    laptop = a_laptop(tmp_path)
    laptop.clock.set(MONDAY - timedelta(hours=3))
    _refused(laptop, ClockBehind)


def test_a_clock_some_minutes_behind_the_office_still_calls(tmp_path: Path) -> None:
    laptop = a_laptop(tmp_path)
    laptop.clock.set(MONDAY - timedelta(minutes=4))
    assert laptop.call().attempt


def test_a_clock_before_the_last_own_word_starts_no_call_of_another_person(tmp_path: Path) -> None:
    laptop = a_laptop(tmp_path)
    laptop.work(lambda work: work.events.append(ClockMeasured(0)))
    laptop.clock.set(MONDAY - timedelta(minutes=1))
    _refused_again(laptop, ClockBehind)


def test_no_call_begins_in_the_last_minutes_of_a_lease(tmp_path: Path) -> None:
    laptop = a_laptop(tmp_path)
    lease = laptop.case().lease
    assert lease is not None
    assert lease.live(lease.expires_at - timedelta(minutes=1))
    assert not lease.callable(lease.expires_at - timedelta(minutes=1))
    assert lease.callable(lease.expires_at - timedelta(minutes=3))


def test_a_lease_is_over_by_the_later_of_both_clocks(tmp_path: Path) -> None:
    laptop = a_laptop(tmp_path)
    lease = laptop.case().lease
    assert lease is not None
    left = lease.expires_at - laptop.clock()
    laptop.store.log.note_sync(laptop.clock(), left.total_seconds() - 60, "epoch")
    _refused(laptop, LeaseOver)


def test_a_laptop_without_the_questionnaire_says_so(tmp_path: Path) -> None:
    laptop = a_laptop(tmp_path)
    with laptop.store.work() as work, pytest.raises(FormMissing):
        Desk(FormShelf()).shelf.take(work.campaigns.form("another campaign"))


def test_every_answer_is_there_after_a_crash_on_the_same_page(tmp_path: Path) -> None:
    laptop = a_laptop(tmp_path)
    interview = laptop.call()
    talk(laptop, interview, until="grade")
    before = answer(laptop, interview, grade="4")
    laptop.work(lambda work: interviewing.write_note(work, interview, "belt liever 's avonds"))
    later = laptop.work(lambda work: interviewing.resume(work, Desk(FormShelf())))
    assert later is not None
    after = laptop.view(later)
    assert (after.resumed, before.resumed) == (True, False)
    assert (after.page, after.said) == (before.page, before.said)
    assert (after.note, after.attempt, after.began) == ("belt liever 's avonds", before.attempt, before.began)


def test_a_call_that_was_ended_is_not_resumed(tmp_path: Path) -> None:
    laptop = a_laptop(tmp_path)
    interview = laptop.call()
    laptop.work(lambda work: closing.close_attempt(work, interview, Outcome.PARTIAL))
    assert laptop.work(lambda work: interviewing.resume(work, laptop.desk)) is None


def test_an_unfinished_interview_goes_on_where_it_was_in_a_new_call(tmp_path: Path) -> None:
    laptop = a_laptop(tmp_path)
    first = laptop.call()
    page = talk(laptop, first, until="grade").page
    laptop.work(lambda work: closing.close_attempt(work, first, Outcome.PARTIAL))
    laptop.clock.set(MONDAY + timedelta(hours=1))
    second = laptop.call()
    view = laptop.view(second)
    assert second.attempt != first.attempt
    assert (view.page, view.resumed, view.began) == (page, False, laptop.clock())


def test_an_unfinished_interview_keeps_the_version_of_the_form_with_which_it_began(tmp_path: Path) -> None:
    laptop = a_laptop(tmp_path)
    first = laptop.call()
    talk(laptop, first, until="grade")
    laptop.work(lambda work: closing.close_attempt(work, first, Outcome.PARTIAL))
    newer = first.form.__class__(**{**vars(first.form), "version": "next", "sha256": "11"})
    laptop.work(lambda work: work.events.append(newer))
    laptop.clock.set(MONDAY + timedelta(hours=1))
    assert laptop.call().form.version == first.form.version


def test_pages_go_forward_back_and_to_an_earlier_question(tmp_path: Path) -> None:
    laptop = a_laptop(tmp_path)
    interview = laptop.call()
    here = talk(laptop, interview, until="consent").page
    earlier = laptop.work(lambda work: interviewing.backward(work, laptop.desk, interview)).page
    assert earlier.number < here.number
    ref = here.questions[0].ref
    assert laptop.work(lambda work: interviewing.go_to(work, laptop.desk, interview, ref)).page == here


def test_a_required_question_keeps_the_page_and_says_why(tmp_path: Path) -> None:
    laptop = a_laptop(tmp_path)
    interview = laptop.call()
    before = laptop.view(interview).page
    after = laptop.work(lambda work: interviewing.forward(work, laptop.desk, interview)).page
    assert after.number == before.number
    assert [q.message for q in before.questions] == [""]
    assert all(q.message for q in after.questions)


def test_the_last_answer_can_be_taken_back(tmp_path: Path) -> None:
    laptop = a_laptop(tmp_path)
    interview = laptop.call()
    talk(laptop, interview, until="consent")
    assert [q.value for q in answer(laptop, interview, consent="1").page.questions] == ["1"]
    undone = laptop.work(lambda work: interviewing.undo(work, laptop.desk, interview))
    assert [q.value for q in undone.page.questions] == [""]


def test_the_call_goes_on_in_another_language_of_the_form(tmp_path: Path) -> None:
    laptop = a_laptop(tmp_path)
    interview = laptop.call()
    dutch = laptop.view(interview).page.questions[0].label
    view = laptop.work(lambda work: interviewing.change_language(work, laptop.desk, interview, "English (en)"))
    assert view.page.questions[0].label != dutch


def test_a_note_is_kept_as_typed_without_control_characters(tmp_path: Path) -> None:
    laptop = a_laptop(tmp_path)
    interview = laptop.call()
    laptop.work(
        lambda work: interviewing.write_note(work, interview, "regel 1\n\x00\x1bregel 2 \u05e9\u05dc\u05d5\u05dd 🙂")
    )
    assert laptop.view(interview).note == "regel 1\nregel 2 \u05e9\u05dc\u05d5\u05dd 🙂"


def test_help_is_asked_with_the_question_and_a_worry_goes_to_the_coordinator_alone(tmp_path: Path) -> None:
    laptop = a_laptop(tmp_path, AYA, a_person(2))
    interview = laptop.call()
    laptop.work(lambda work: interviewing.ask_help(work, interview.case, "B2", "wat nu?"))
    laptop.work(lambda work: interviewing.tell_coordinator(work, interview, "het gaat thuis niet goed"))
    assert laptop.facts(HelpAsked) == [HelpAsked(interview.case, "B2", "wat nu?")]
    assert [f.text for f in laptop.facts(ConfidentialNoteAdded)] == ["het gaat thuis niet goed"]
    assert laptop.case().notes == ()


def test_a_call_knows_which_moments_can_be_promised_from_the_roster_of_its_lease(tmp_path: Path) -> None:
    laptop = a_laptop(tmp_path)
    interview = laptop.call()
    found = laptop.work(lambda work: interviewing.picker(work, interview))
    assert found is not None
    assert found.fault(laptop.clock()) is None
    beyond = found.fault(laptop.clock() + timedelta(days=1))
    assert beyond is not None
    assert beyond.code == "roster_unknown"
