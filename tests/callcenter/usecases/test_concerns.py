from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from callcenter.domain.agent import Role
from callcenter.domain.event import ConfidentialNoteAdded, ReferralRaised
from callcenter.usecases.concerns import Concern, Kind, concerns_of
from tests.office import MONDAY, Office, a_staffed_office


def _concerns(office: Office, language: str = "nl") -> tuple[Concern, ...]:
    with office.store.work() as work:
        return concerns_of(work, office.campaign, language)


def _told(office: Office) -> None:
    aya, other = office.case("G-0001").id, office.case("G-0002").id
    office.hear("AG01", ConfidentialNoteAdded(aya, "a1", "Praat over thuis."), at=MONDAY)
    office.hear("AG02", ReferralRaised(other, "a2", ("1", "3"), "Wil kapper worden", share=True), at=MONDAY)
    later = MONDAY + timedelta(hours=1)
    office.hear("AG02", ReferralRaised(aya, "a1", ("2",), "", share=False), at=later)


def test_worries_come_before_referrals_and_the_newest_first(tmp_path: Path) -> None:
    office = a_staffed_office(tmp_path)
    _told(office)
    told = [(c.kind, c.reference, c.agent, c.text, c.share) for c in _concerns(office)]
    assert told == [
        (Kind.WORRY, "G-0001", "Yasmina B.", "Praat over thuis.", False),
        (Kind.REFERRAL, "G-0001", "Bilal K.", "", False),
        (Kind.REFERRAL, "G-0002", "Bilal K.", "Wil kapper worden", True),
    ]


def test_topics_are_in_the_words_of_the_questionnaire(tmp_path: Path) -> None:
    office = a_staffed_office(tmp_path)
    _told(office)
    assert _concerns(office)[-1].topics == ("Studiekeuze", "Stage of job")
    assert _concerns(office, "fr")[-1].topics == ("Choix d'études", "Stage ou job")


def test_nobody_but_a_coordinator_sees_them(tmp_path: Path) -> None:
    office = a_staffed_office(tmp_path, role=Role.SUPERVISOR, site="Gent")
    _told(office)
    assert _concerns(office) == ()
