from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from pathlib import Path

import pytest

from callcenter.domain.appointment import Firmness
from callcenter.domain.campaign import CampaignSettings
from callcenter.domain.event import (
    AppointmentBooked,
    AttemptClosed,
    BestTimeStated,
    ContactCorrectionProposed,
    DoNotCallSet,
    LeaseReturned,
    NoteAdded,
    ParentConsentGiven,
    PersonKnown,
    ReferralRaised,
    ResponseRecorded,
    SensitiveResponseRecorded,
)
from callcenter.domain.outcome import Outcome
from callcenter.errors import CallcenterError
from callcenter.forms.session import KeyItems, Submission
from callcenter.text import LOCAL_ZONE
from callcenter.usecases import calling, closing, interviewing
from callcenter.usecases.closing import (
    AppointmentImpossible,
    AppointmentMissing,
    InterviewNotComplete,
    NoInterviewHeld,
)
from callcenter.usecases.interview import Interview
from callcenter.usecases.views import AppointmentWish, Changes, EmptyQueue
from tests.callcenter.usecases.laptop import LINA, Laptop, a_laptop, talk
from tests.office import HOUR, MONDAY

LEFT_SCHOOL = {"school_same": "5", "left_reason_ok": "1", "left_reason": "2"}


def _close(
    laptop: Laptop, interview: Interview, outcome: Outcome, detail: str = "", wish: AppointmentWish | None = None
) -> Changes:
    return laptop.work(lambda work: closing.close_attempt(work, interview, outcome, detail, wish))


def _refused(
    laptop: Laptop,
    interview: Interview,
    outcome: Outcome,
    error: type[CallcenterError],
    wish: AppointmentWish | None = None,
) -> None:
    before = laptop.kinds()
    with pytest.raises(error):
        _close(laptop, interview, outcome, wish=wish)
    assert laptop.kinds() == before
    assert laptop.work(lambda work: work.drafts.get(interview.case)) is not None


def test_an_unanswered_call_leaves_its_outcome_and_length_and_no_answers(tmp_path: Path) -> None:
    laptop = a_laptop(tmp_path)
    interview = laptop.call()
    laptop.clock.set(MONDAY + timedelta(seconds=42))
    changed = _close(laptop, interview, Outcome.NO_ANSWER)
    assert changed.cases == {interview.case}
    assert laptop.kinds() == ["AttemptOpened", "AttemptClosed"]
    (closed,) = laptop.facts(AttemptClosed)
    assert (closed.attempt, closed.outcome, closed.seconds) == (interview.attempt, Outcome.NO_ANSWER, 42)
    assert laptop.work(lambda work: work.drafts.latest()) is None


def test_a_whole_interview_is_recorded_with_its_answers_facts_and_form(tmp_path: Path) -> None:
    laptop = a_laptop(tmp_path)
    interview = laptop.call()
    talk(laptop, interview, grade="4", help="0")
    _close(laptop, interview, Outcome.COMPLETE)
    (told,) = laptop.facts(ResponseRecorded)
    assert (told.role, told.form_version, told.form_sha256) == (
        "subject",
        interview.form.version,
        interview.form.sha256,
    )
    assert (told.values["grade"], told.facts["track_grade"]) == ("4", "4")
    assert "" not in told.values.values()
    assert told.key_answered == told.key_relevant > 0
    assert [c.share for c in laptop.facts(AttemptClosed)] == [1.0]


def test_sensitive_answers_travel_apart_from_the_others(tmp_path: Path) -> None:
    laptop = a_laptop(tmp_path)
    interview = laptop.call()
    talk(laptop, interview, **LEFT_SCHOOL)
    _close(laptop, interview, Outcome.COMPLETE)
    (told,) = laptop.facts(ResponseRecorded)
    (apart,) = laptop.facts(SensitiveResponseRecorded)
    assert apart.values["left_reason"] == "2"
    assert not set(apart.values) & set(told.values)


def test_a_sensitive_answer_inside_a_repeat_travels_apart_too(tmp_path: Path) -> None:
    laptop = a_laptop(tmp_path)
    interview = laptop.call()
    keys = KeyItems(relevant=2, answered=2)
    values = {"town": "Gent", "/data/child[1]/religion": "x", "/data/child[2]/religion": "y"}
    told = Submission("tajo", "1", "", values, {}, frozenset({"religion"}), keys, "")
    open_answers, apart = closing._answers(interview, told)
    assert isinstance(open_answers, ResponseRecorded)
    assert open_answers.values == {"town": "Gent"}
    assert isinstance(apart, SensitiveResponseRecorded)
    assert set(apart.values) == set(values) - {"town"}


def test_a_half_interview_is_not_complete(tmp_path: Path) -> None:
    laptop = a_laptop(tmp_path)
    interview = laptop.call()
    talk(laptop, interview, until="grade")
    _refused(laptop, interview, Outcome.COMPLETE, InterviewNotComplete)
    _close(laptop, interview, Outcome.PARTIAL)
    (closed,) = laptop.facts(AttemptClosed)
    assert closed.share is not None
    assert 0 < closed.share < 0.5
    assert laptop.work(lambda work: work.drafts.get(interview.case)) is not None


@pytest.mark.parametrize("said", [{"consent": "2"}, {"id_ok": "2"}, {"who_answers": "4"}])
def test_a_call_that_ended_otherwise_is_no_complete_interview(tmp_path: Path, said: dict[str, str]) -> None:
    laptop = a_laptop(tmp_path)
    interview = laptop.call()
    view = talk(laptop, interview, **said)
    assert view.finished
    assert view.proposed not in (None, Outcome.COMPLETE)
    _refused(laptop, interview, Outcome.COMPLETE, NoInterviewHeld)


def test_an_appointment_needs_a_moment_that_is_to_come_within_the_campaign(tmp_path: Path) -> None:
    laptop = a_laptop(tmp_path)
    interview = laptop.call()
    _refused(laptop, interview, Outcome.APPOINTMENT, AppointmentMissing)
    past = AppointmentWish(MONDAY - timedelta(minutes=1), Firmness.FIRM)
    late = AppointmentWish(datetime(2026, 7, 16, 10, tzinfo=UTC), Firmness.FIRM)
    long = AppointmentWish(MONDAY + HOUR, Firmness.SOFT, MONDAY + 6 * HOUR)
    backward = AppointmentWish(MONDAY + 2 * HOUR, Firmness.FIRM, MONDAY + HOUR)
    for wish in (past, late, long, backward):
        _refused(laptop, interview, Outcome.APPOINTMENT, AppointmentImpossible, wish)


def test_the_last_day_of_a_campaign_is_the_local_one(tmp_path: Path) -> None:
    laptop = a_laptop(tmp_path)
    interview = laptop.call()
    # One minute past midnight of the day after the last one in Belgium, still the last day in UTC.
    wish = AppointmentWish(datetime(2026, 7, 15, 22, 1, tzinfo=UTC), Firmness.FIRM)
    _refused(laptop, interview, Outcome.APPOINTMENT, AppointmentImpossible, wish)


def test_a_promise_may_fall_on_the_extra_days_of_a_campaign_and_not_end_after_them(tmp_path: Path) -> None:
    laptop = a_laptop(tmp_path)
    campaign = laptop.case().campaign
    extra = laptop.work(lambda work: CampaignSettings.from_json(work.campaigns.get(campaign).settings)).mop_up
    assert extra is not None
    evening = datetime.combine(extra.end, time(20, 0), LOCAL_ZONE)
    interview = laptop.call()
    over = AppointmentWish(evening + 3 * HOUR, Firmness.SOFT, evening + 5 * HOUR)
    _refused(laptop, interview, Outcome.APPOINTMENT, AppointmentImpossible, over)
    _close(laptop, interview, Outcome.APPOINTMENT, wish=AppointmentWish(evening - HOUR, Firmness.FIRM))
    assert [b.start for b in laptop.facts(AppointmentBooked)] == [evening - HOUR]


@pytest.mark.parametrize(
    ("outcome", "detail"),
    [(Outcome.THIRD_PARTY, "dropped"), (Outcome.NO_ANSWER, "dropped"), (Outcome.APPOINTMENT, "")],
)
def test_answers_are_kept_when_the_line_drops_or_the_rest_is_put_off(
    tmp_path: Path, outcome: Outcome, detail: str
) -> None:
    laptop = a_laptop(tmp_path)
    first = laptop.call()
    page = talk(laptop, first, until="grade").page
    wish = AppointmentWish(MONDAY + HOUR, Firmness.FIRM)
    _close(laptop, first, outcome, detail, wish if outcome is not Outcome.NO_ANSWER else None)
    laptop.clock.set(MONDAY + HOUR)
    assert laptop.view(laptop.call()).page == page


def test_a_call_put_off_before_any_question_begins_anew(tmp_path: Path) -> None:
    laptop = a_laptop(tmp_path)
    interview = laptop.call()
    _close(laptop, interview, Outcome.APPOINTMENT, wish=AppointmentWish(MONDAY + HOUR, Firmness.FIRM))
    assert laptop.work(lambda work: work.drafts.get(interview.case)) is None


def test_a_promise_is_kept_with_its_number_and_the_case_waits_for_it(tmp_path: Path) -> None:
    laptop = a_laptop(tmp_path)
    interview = laptop.call()
    _close(laptop, interview, Outcome.APPOINTMENT, wish=AppointmentWish(MONDAY + 2 * HOUR, Firmness.FIRM))
    (booked,) = laptop.facts(AppointmentBooked)
    assert (booked.start, booked.number, booked.personal) == (MONDAY + 2 * HOUR, "n1", False)
    assert booked.start < booked.end <= booked.start + HOUR
    found = laptop.work(lambda work: calling.next_case(work, laptop.desk))
    assert isinstance(found, EmptyQueue)


def test_a_promise_without_a_call_replaces_the_earlier_one(tmp_path: Path) -> None:
    laptop = a_laptop(tmp_path)
    aya = laptop.case().id
    for hours in (2, 3):
        wish = AppointmentWish(MONDAY + hours * HOUR, Firmness.SOFT)
        with laptop.store.work() as work:
            closing.book(work, aya, wish)
    booked = laptop.case().appointment
    assert booked is not None
    assert booked.start == MONDAY + 3 * HOUR


def test_a_refusal_for_good_sets_do_not_call_for_this_purpose(tmp_path: Path) -> None:
    laptop = a_laptop(tmp_path)
    interview = laptop.call()
    _close(laptop, interview, Outcome.REFUSAL)
    (stop,) = laptop.facts(DoNotCallSet)
    assert (stop.case, stop.scope, stop.on) == (interview.case, "purpose", True)
    assert laptop.case().do_not_call


def test_a_soft_refusal_sets_nothing(tmp_path: Path) -> None:
    laptop = a_laptop(tmp_path)
    interview = laptop.call()
    _close(laptop, interview, Outcome.SOFT_REFUSAL)
    assert laptop.facts(DoNotCallSet) == []


def test_a_note_goes_with_the_end_of_the_call(tmp_path: Path) -> None:
    laptop = a_laptop(tmp_path)
    interview = laptop.call()
    laptop.work(lambda work: interviewing.write_note(work, interview, "  zus nam op "))
    _close(laptop, interview, Outcome.THIRD_PARTY)
    assert [n.text for n in laptop.facts(NoteAdded)] == ["zus nam op"]


def test_corrected_contact_points_are_proposed_and_change_nothing_yet(tmp_path: Path) -> None:
    laptop = a_laptop(tmp_path)
    interview = laptop.call()
    talk(laptop, interview, phone_ok="2", new_phone="0499 11 22 33", email_ok="2", new_email="99", town="Gent")
    _close(laptop, interview, Outcome.COMPLETE)
    proposed = {p.part: p.value for p in laptop.facts(ContactCorrectionProposed)}
    assert proposed == {"phone": "0499 11 22 33", "town": "Gent"}
    assert [n.e164 for n in laptop.case().numbers if n.id == "n1"] == ["+32470123412"]


def test_a_stated_best_time_and_a_request_for_help_are_recorded(tmp_path: Path) -> None:
    laptop = a_laptop(tmp_path)
    interview = laptop.call()
    talk(laptop, interview, help="1 2", help_text="Zoekt een job.", help_share="1", best_slot="av za")
    _close(laptop, interview, Outcome.COMPLETE)
    assert [b.slots for b in laptop.facts(BestTimeStated)] == [("av", "za")]
    (asked,) = laptop.facts(ReferralRaised)
    assert (asked.topics, asked.text, asked.share) == (("1", "2"), "Zoekt een job.", True)


def test_what_an_unfinished_interview_told_is_not_told_again_when_it_goes_on(tmp_path: Path) -> None:
    laptop = a_laptop(tmp_path)
    said = {
        "help": "1",
        "help_text": "Zoekt een job.",
        "help_share": "1",
        "phone_ok": "2",
        "new_phone": "0499 11 22 33",
    }
    first = laptop.call()
    talk(laptop, first, until="contact_again", **said)
    _close(laptop, first, Outcome.PARTIAL)
    laptop.clock.set(MONDAY + HOUR)
    second = laptop.call()
    talk(laptop, second, **said)
    _close(laptop, second, Outcome.COMPLETE)
    assert len(laptop.facts(ContactCorrectionProposed)) == 1
    assert len(laptop.facts(ReferralRaised)) == 1
    assert len(laptop.facts(ResponseRecorded)) == 2


def test_no_help_wanted_raises_nothing(tmp_path: Path) -> None:
    laptop = a_laptop(tmp_path)
    interview = laptop.call()
    talk(laptop, interview, help="0")
    _close(laptop, interview, Outcome.COMPLETE)
    assert laptop.facts(ReferralRaised) == []


def test_a_parent_who_agrees_opens_the_way_to_the_child(tmp_path: Path) -> None:
    laptop = a_laptop(tmp_path, LINA)
    interview = laptop.call("G-0077")
    talk(laptop, interview, who_answers="2", parent_consent="1")
    _close(laptop, interview, Outcome.PARTIAL)
    assert [c.given for c in laptop.facts(ParentConsentGiven)] == [True]
    laptop.clock.set(MONDAY + HOUR)
    again = laptop.call("G-0077")
    assert again.role == "subject"
    assert laptop.view(again).card.identity["birth"] == "3 september"
    # The child is asked from the beginning: a parent's answers are not its own.
    assert laptop.view(again).page.number == 1


def test_a_parent_who_says_no_is_told_apart_from_another_who_does(tmp_path: Path) -> None:
    laptop = a_laptop(tmp_path, LINA)
    interview = laptop.call("G-0077")
    _close(laptop, interview, Outcome.OTHER_REFUSES)
    assert [c.detail for c in laptop.facts(AttemptClosed)] == ["parent_of_minor"]


def test_who_knows_the_person_gives_the_case_back_and_only_the_pair_is_recorded(tmp_path: Path) -> None:
    laptop = a_laptop(tmp_path)
    interview = laptop.call()
    talk(laptop, interview, until="consent")
    laptop.work(lambda work: closing.know_person(work, interview.case))
    assert laptop.kinds() == ["AttemptOpened", "PersonKnown", "AttemptClosed", "LeaseReturned"]
    assert laptop.facts(PersonKnown) == [PersonKnown(interview.case, laptop.store.device.person)]
    assert laptop.work(lambda work: work.drafts.latest()) is None
    assert laptop.work(lambda work: calling.next_case(work, laptop.desk)) == EmptyQueue(())


def test_a_case_may_be_given_back_unrung_with_the_reason(tmp_path: Path) -> None:
    laptop = a_laptop(tmp_path)
    aya = laptop.case()
    assert aya.lease is not None
    assert laptop.work(lambda work: closing.skip(work, aya.id, "not now")).cases == {aya.id}
    assert laptop.facts(LeaseReturned) == [LeaseReturned(aya.id, aya.lease.id, "not now")]
