"""What users of comparable tools complain about, as tests; each names its number in the list of complaints."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from callcenter.domain.appointment import Firmness
from callcenter.domain.case import Case
from callcenter.domain.disposition import Class
from callcenter.domain.event import AppointmentBooked, ContactCorrectionProposed
from callcenter.domain.outcome import Outcome
from callcenter.queue.availability import opens
from callcenter.queue.calling_hours import Calendar
from callcenter.rates.formulas import Counts, rates_of
from callcenter.text import translator
from callcenter.usecases import board, calling, campaigning, closing, dealing, interviewing
from callcenter.usecases.interviewing import MayNotCall
from callcenter.usecases.views import AppointmentWish, CaseCard, EmptyQueue
from tests.callcenter.queue.making import CALENDAR, SETTINGS, a_case, brussels, called
from tests.callcenter.usecases.laptop import Laptop, a_laptop, talk
from tests.office import AYA, HOUR, MONDAY, a_person, a_staffed_office

SISTER = {**AYA, "TAJO-nr": "G-0002", "Voornaam": "Sara", "Geboortedatum": "01/02/2007"}


def _close(laptop: Laptop, outcome: Outcome, reference: str = "G-0001", wish: AppointmentWish | None = None) -> None:
    interview = laptop.call(reference)
    laptop.work(lambda work: closing.close_attempt(work, interview, outcome, wish=wish))


def _class(case: Case) -> Class:
    return case.disposition(SETTINGS.cutoffs).klass


def test_t1_two_agents_of_one_plan_share_nobody_and_of_two_interviews_the_first_counts(tmp_path: Path) -> None:
    office = a_staffed_office(tmp_path)
    with office.store.work() as work:
        dealing.deal_daybatch(work, office.campaign, None, 1)
    leases = [case.lease for case in office.cases() if case.lease]
    assert len({lease.id for lease in leases}) == len(leases) > 1
    assert len({lease.agent for lease in leases}) == 2
    first = office.call("AG01", "G-0001", Outcome.COMPLETE, at=MONDAY)
    second = office.call("AG02", "G-0001", Outcome.COMPLETE, at=MONDAY + HOUR)
    case = office.case()
    assert [a.id for a in case.attempts] == [first, second]
    assert _class(case) is Class.COMPLETE


@pytest.mark.parametrize("refusal", [Outcome.REFUSAL, Outcome.SOFT_REFUSAL])
def test_t2_attempts_up_to_the_limit_do_not_undo_a_refusal(refusal: Outcome) -> None:
    start = brussels("06-01", "17:00")
    later = [called(Outcome.NO_ANSWER, start + timedelta(days=n)) for n in range(1, SETTINGS.max_attempts)]
    case = a_case("noor", called(refusal, start), *later)
    assert case.closed(SETTINGS.cutoffs, SETTINGS.max_attempts)
    assert _class(case) is Class.REFUSAL


def test_t3_a_moment_saved_three_times_is_one_promise(tmp_path: Path) -> None:
    laptop = a_laptop(tmp_path)
    about = laptop.case().id
    for _ in range(3):
        laptop.work(lambda work: closing.book(work, about, AppointmentWish(MONDAY + HOUR, Firmness.FIRM)))
    frame = laptop.work(lambda work: calling.queue_lines(work, translator("nl")))
    assert [line.appointment.start for line in frame if line.appointment] == [MONDAY + HOUR]


def test_t4_the_next_call_begins_with_an_empty_note(tmp_path: Path) -> None:
    laptop = a_laptop(tmp_path, AYA, a_person(3))
    first = laptop.call()
    laptop.work(lambda work: interviewing.write_note(work, first, "belt liever later"))
    laptop.work(lambda work: closing.close_attempt(work, first, Outcome.NO_ANSWER))
    assert laptop.view(laptop.call("G-0003")).note == ""


@pytest.mark.parametrize(("firmness", "minutes"), [(Firmness.FIRM, 15), (Firmness.SOFT, 60)])
def test_t5_a_promise_without_an_end_lasts_a_quarter_or_an_hour(
    tmp_path: Path, firmness: Firmness, minutes: int
) -> None:
    laptop = a_laptop(tmp_path)
    _close(laptop, Outcome.APPOINTMENT, wish=AppointmentWish(MONDAY + HOUR, firmness))
    (booked,) = laptop.facts(AppointmentBooked)
    assert booked.end - booked.start == timedelta(minutes=minutes)


def test_t6_somebody_who_was_never_called_is_offered(tmp_path: Path) -> None:
    laptop = a_laptop(tmp_path)
    found = laptop.work(lambda work: calling.next_case(work, laptop.desk))
    assert isinstance(found, CaseCard)
    assert found.history == ()


def test_t7_an_empty_queue_says_why_with_a_count(tmp_path: Path) -> None:
    laptop = a_laptop(tmp_path, AYA, a_person(3))
    _close(laptop, Outcome.REFUSAL)
    _close(laptop, Outcome.NO_ANSWER, "G-0003")
    found = laptop.work(lambda work: calling.next_case(work, laptop.desk))
    assert isinstance(found, EmptyQueue)
    assert [count for _, count in found.reasons] == [1, 1]
    assert len({sentence for sentence, _ in found.reasons}) == 2


def test_t8_a_call_on_a_shared_number_is_one_attempt_of_one_person(tmp_path: Path) -> None:
    laptop = a_laptop(tmp_path, AYA, SISTER)
    _close(laptop, Outcome.NO_ANSWER)
    assert len(laptop.case().attempts) == 1
    assert laptop.case("G-0002").attempts == ()


def test_t12_a_person_with_two_numbers_and_two_calls_counts_once(tmp_path: Path) -> None:
    office = a_staffed_office(tmp_path)
    for minutes in (0, 30):
        office.call("AG01", "G-0001", Outcome.NO_ANSWER, at=MONDAY + timedelta(minutes=minutes))
    with office.store.work() as work:
        seen = board.progress(work, office.campaign, MONDAY + HOUR)
    assert (seen.cases, seen.open_cases) == (6, 6)


@pytest.mark.parametrize(("saturday", "monday"), [("03-28", "03-30"), ("10-24", "10-26")])
def test_t13_after_a_change_of_the_clock_calls_open_at_nine_on_the_wall(saturday: str, monday: str) -> None:
    year = replace(SETTINGS, period_start=date(2026, 1, 1), period_end=date(2026, 12, 31), mop_up=None)
    at = brussels(saturday, "17:30")
    case = a_case("noor", called(Outcome.NO_ANSWER, at))
    assert opens(case, year, Calendar(year), at) == brussels(monday, "09:00")


def test_t14_who_calls_back_is_found_in_any_spelling_and_an_unknown_number_gives_no_hint(tmp_path: Path) -> None:
    laptop = a_laptop(tmp_path)
    for typed in ("0470123412", "+32 470 12 34 12", "0032470/12.34.12"):
        assert len(laptop.work(lambda work, t=typed: calling.find(work, t))) == 1  # type: ignore[misc]
    assert laptop.work(lambda work: calling.find(work, "0499 99 99 99")) == ()


def test_t15_each_outcome_has_a_waiting_time_of_its_own() -> None:
    at = brussels("06-23", "16:30")
    moments = {
        outcome: opens(a_case("noor", called(outcome, at)), SETTINGS, CALENDAR, at)
        for outcome in (Outcome.BUSY, Outcome.NO_ANSWER, Outcome.SOFT_REFUSAL)
    }
    assert moments[Outcome.BUSY] == at + timedelta(minutes=15)
    assert len(set(moments.values())) == 3


def test_t20_what_cannot_be_computed_is_nothing_and_not_zero() -> None:
    assert all(rate is None for rate in rates_of(Counts(), None).values())


def test_t21_promises_are_no_refusals_and_voicemails_have_their_own_codes() -> None:
    told = {}
    for outcome in (Outcome.APPOINTMENT, Outcome.THIRD_PARTY, Outcome.VOICEMAIL, Outcome.VOICEMAIL_LEFT):
        found = a_case("noor", called(outcome, MONDAY)).disposition(SETTINGS.cutoffs)
        assert found.klass is Class.NON_CONTACT
        told[outcome] = found.code
    assert (told[Outcome.VOICEMAIL], told[Outcome.VOICEMAIL_LEFT]) == ("2.221", "2.222")


@pytest.mark.parametrize("detail", ["confirmed", "duplicate_confirmed"])
def test_t22_who_does_not_belong_is_not_eligible(detail: str) -> None:
    found = a_case("noor", called(Outcome.NOT_IN_LIST, MONDAY, detail=detail)).disposition(SETTINGS.cutoffs)
    assert (found.klass, found.code[0]) == (Class.NOT_ELIGIBLE, "4")


def test_t23_somebody_may_be_skipped_with_a_reason_before_the_call(tmp_path: Path) -> None:
    laptop = a_laptop(tmp_path)
    about = laptop.case().id
    laptop.work(lambda work: closing.skip(work, about, "te druk"))
    assert laptop.case().attempts == ()
    assert isinstance(laptop.work(lambda work: calling.next_case(work, laptop.desk)), EmptyQueue)


def test_t24_the_dialled_number_stays_in_sight_and_a_new_one_waits_for_review(tmp_path: Path) -> None:
    laptop = a_laptop(tmp_path)
    interview = laptop.call()
    view = talk(laptop, interview, until="grade")
    assert [n.digits for n in view.card.numbers if n.now] == ["0470 12 34 12"]
    talk(laptop, interview, phone_ok="2", new_phone="0471223344")
    laptop.work(lambda work: closing.close_attempt(work, interview, Outcome.PARTIAL))
    assert [(p.part, p.value) for p in laptop.facts(ContactCorrectionProposed)] == [("phone", "0471223344")]
    assert "0470 12 34 12" in [n.digits for n in laptop.view(laptop.call()).card.numbers]


def test_t27_a_corrected_list_keeps_attempts_and_leases(tmp_path: Path) -> None:
    office = a_staffed_office(tmp_path)
    with office.store.work() as work:
        dealing.deal_daybatch(work, office.campaign, None, 1)
    office.call("AG01", "G-0001", Outcome.NO_ANSWER)
    before = office.case()
    office.import_people(tmp_path, [{**AYA, "Straat en nr": "Kerkstraat 9"}])
    after = office.case()
    assert after.respondent is not None
    assert after.respondent.street == "Kerkstraat 9"
    assert (after.attempts, after.lease) == (before.attempts, before.lease)


def test_t35_a_second_interview_of_one_person_is_refused(tmp_path: Path) -> None:
    laptop = a_laptop(tmp_path)
    interview = laptop.call()
    talk(laptop, interview)
    laptop.work(lambda work: closing.close_attempt(work, interview, Outcome.COMPLETE))
    with pytest.raises(MayNotCall):
        laptop.call()


def test_t38_without_leave_to_speak_there_is_no_voicemail_text(tmp_path: Path) -> None:
    laptop = a_laptop(tmp_path)
    frame = laptop.work(lambda work: calling.status(work, laptop.desk, translator("nl"), 0, None))
    assert frame.voicemail == ""


def test_t39_who_is_known_goes_back_and_is_not_offered_to_that_agent_again(tmp_path: Path) -> None:
    laptop = a_laptop(tmp_path)
    about = laptop.case().id
    laptop.work(lambda work: closing.know_person(work, about))
    assert laptop.case().known_by == {laptop.store.device.person}
    assert isinstance(laptop.work(lambda work: calling.next_case(work, laptop.desk)), EmptyQueue)


def test_a_closed_campaign_stops_the_calls_of_a_lease_that_still_runs(tmp_path: Path) -> None:
    laptop = a_laptop(tmp_path)
    with laptop.office.store.work() as work:
        campaigning.close_campaign(work, laptop.office.campaign)
    laptop.receive()
    found = laptop.work(lambda work: calling.next_case(work, laptop.desk))
    assert isinstance(found, EmptyQueue)
    assert [count for _, count in found.reasons] == [1]
    assert not any(
        line.callable_now for line in laptop.work(lambda work: calling.queue_lines(work, translator("nl")))
    )
    with pytest.raises(MayNotCall):
        laptop.call()
