from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from callcenter.domain.agent import Role
from callcenter.domain.appointment import Firmness
from callcenter.domain.disposition import Class
from callcenter.domain.event import AppointmentBooked, AttemptOpened, ContactCorrectionProposed
from callcenter.domain.outcome import Outcome
from callcenter.domain.template import read_template
from callcenter.usecases import dealing, supervising
from callcenter.usecases.supervising import CorrectionImpossible, CorrectionRefused, NobodyHoldsIt, ProposalUnusable
from tests.office import MONDAY, Office, a_staffed_office

RULES = read_template("tajo").settings.cutoffs


def _correct(office: Office, attempt: str, outcome: Outcome, reason: str = "misheard", detail: str = "") -> None:
    with office.store.work() as work:
        supervising.correct_outcome(work, attempt, outcome, reason, detail)


def test_a_correction_counts_and_the_first_outcome_stays_in_the_history(tmp_path: Path) -> None:
    office = a_staffed_office(tmp_path)
    attempt = office.call("AG01", "G-0001", Outcome.REFUSAL)
    _correct(office, attempt, Outcome.THIRD_PARTY)
    corrected = office.case().attempt(attempt)
    assert (corrected.outcome, corrected.first_outcome) == (Outcome.THIRD_PARTY, Outcome.REFUSAL)
    assert office.case().disposition(RULES).klass is Class.NON_CONTACT


def test_not_in_the_list_closes_the_case_once_it_is_confirmed(tmp_path: Path) -> None:
    office = a_staffed_office(tmp_path)
    attempt = office.call("AG01", "G-0001", Outcome.NOT_IN_LIST)
    assert office.case().disposition(RULES).klass is not Class.NOT_ELIGIBLE
    _correct(office, attempt, Outcome.NOT_IN_LIST, "checked with the school", "confirmed")
    assert office.case().disposition(RULES).klass is Class.NOT_ELIGIBLE


def test_a_correction_needs_a_reason_and_a_finished_call(tmp_path: Path) -> None:
    office = a_staffed_office(tmp_path)
    attempt = office.call("AG01", "G-0001", Outcome.REFUSAL)
    with pytest.raises(CorrectionImpossible):
        _correct(office, attempt, Outcome.BUSY, "  ")
    office.hear("AG01", AttemptOpened(office.case().id, "open", "n1", "subject"))
    with pytest.raises(CorrectionImpossible):
        _correct(office, "open", Outcome.BUSY)


def test_a_supervisor_of_another_site_corrects_nothing_and_sees_nothing(tmp_path: Path) -> None:
    office = a_staffed_office(tmp_path, role=Role.SUPERVISOR, site="Kortrijk")
    attempt = office.call("AG01", "G-0001", Outcome.REFUSAL)
    with pytest.raises(CorrectionRefused):
        _correct(office, attempt, Outcome.BUSY)
    with office.store.work() as work:
        assert supervising.attempts_of(work, office.campaign, MONDAY - timedelta(days=1)) == ()


def test_the_list_of_calls_is_newest_first_since_a_moment_without_recusals(tmp_path: Path) -> None:
    office = a_staffed_office(tmp_path)
    office.call("AG01", "G-0001", Outcome.BUSY, at=MONDAY - timedelta(days=2))
    office.call("AG01", "G-0002", Outcome.NO_ANSWER, at=MONDAY - timedelta(hours=2))
    office.call("AG02", "G-0003", Outcome.VOICEMAIL, at=MONDAY - timedelta(hours=1))
    office.call("AG02", "G-0004", Outcome.KNOWN_PERSON)
    with office.store.work() as work:
        entries = supervising.attempts_of(work, office.campaign, supervising.start_of_day(MONDAY))
    assert [(e.reference, e.agent, e.outcome) for e in entries] == [
        ("G-0003", "Bilal K.", Outcome.VOICEMAIL),
        ("G-0002", "Yasmina B.", Outcome.NO_ANSWER),
    ]


def test_a_lease_can_be_ended_once(tmp_path: Path) -> None:
    office = a_staffed_office(tmp_path)
    with office.store.work() as work:
        dealing.deal_daybatch(work, office.campaign, None, 1)
    aya = office.case().id
    with office.store.work() as work:
        supervising.end_lease(work, aya, "ill")
    with office.store.work() as work, pytest.raises(NobodyHoldsIt):
        supervising.end_lease(work, aya, "ill")


def test_a_personal_promise_is_let_go_without_losing_its_moment(tmp_path: Path) -> None:
    office = a_staffed_office(tmp_path)
    start = MONDAY + timedelta(hours=1)
    aya = office.case().id
    office.hear("AG01", AppointmentBooked(aya, "p1", start, start, Firmness.FIRM, personal=True))
    with office.store.work() as work:
        assert supervising.release_appointment(work, aya).cases == {aya}
    booked = office.case().appointment
    assert booked is not None
    assert (booked.start, booked.personal) == (start, False)
    with office.store.work() as work:
        assert supervising.release_appointment(work, aya).cases == frozenset()


def _proposed(office: Office, part: str, value: str) -> str:
    aya = office.case().id
    office.hear("AG01", ContactCorrectionProposed(aya, f"c-{part}", part, value))
    return aya


def test_an_accepted_number_comes_first_and_gets_an_id_of_its_own(tmp_path: Path) -> None:
    office = a_staffed_office(tmp_path)
    aya = _proposed(office, "phone", "0470 55 66 77")
    with office.store.work() as work:
        (entry,) = supervising.proposals_of(work, office.campaign)
        supervising.decide_contact_correction(work, aya, entry.proposal, accepted=True)
    assert [(n.id, n.e164) for n in office.case().numbers][0] == ("n3", "+32470556677")
    with office.store.work() as work:
        assert supervising.proposals_of(work, office.campaign) == ()


def test_a_refused_correction_changes_nobody(tmp_path: Path) -> None:
    office = a_staffed_office(tmp_path)
    before = office.case().respondent
    aya = _proposed(office, "town", "Zwijnaarde")
    with office.store.work() as work:
        supervising.decide_contact_correction(work, aya, "c-town", accepted=False)
    assert office.case().respondent == before


def test_a_number_that_cannot_be_called_is_not_accepted(tmp_path: Path) -> None:
    office = a_staffed_office(tmp_path)
    aya = _proposed(office, "phone", "12")
    with office.store.work() as work, pytest.raises(ProposalUnusable):
        supervising.decide_contact_correction(work, aya, "c-phone", accepted=True)


def test_only_a_coordinator_decides_on_contact_corrections(tmp_path: Path) -> None:
    office = a_staffed_office(tmp_path, role=Role.SUPERVISOR, site="Gent")
    aya = _proposed(office, "town", "Zwijnaarde")
    with office.store.work() as work, pytest.raises(CorrectionRefused):
        supervising.decide_contact_correction(work, aya, "c-town", accepted=True)
