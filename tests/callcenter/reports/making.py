"""Invented campaigns for the tests of reports."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, timedelta

from callcenter.domain.attempt import CallAttempt
from callcenter.domain.campaign import CampaignSettings
from callcenter.domain.case import Case
from callcenter.domain.outcome import Outcome
from callcenter.domain.response import Response
from callcenter.domain.sample import Number, Respondent
from callcenter.reports.figures import CampaignFigures, campaign_figures

NOW = datetime(2026, 7, 1, 15, 40, tzinfo=UTC)
_BEGUN = datetime(2026, 6, 23, 14, 0, tzinfo=UTC)
BEFORE, YEAR = "2024-2025", "2025-2026"


def settings(**more: object) -> CampaignSettings:
    """Return the settings of a school campaign of three sites."""
    known = {
        "name": {"nl": "Jaarlijkse update 2026", "en": "Yearly update 2026", "fr": "Suivi annuel 2026"},
        "organisation": "TAJO",
        "purpose": "follow_up",
        "legal_basis": "consent",
        "sites": ("Gent", "Kortrijk", "Antwerpen"),
        "period_start": date(2026, 6, 22),
        "period_end": date(2026, 6, 30),
        "school_year": YEAR,
        "previous_school_year": BEFORE,
        "ref_school": date(2026, 5, 31),
        "ref_next": date(2026, 9, 1),
        "ref_week": date(2026, 5, 25),
        **more,
    }
    return CampaignSettings(**known)  # type: ignore[arg-type]


def case(
    name: str,
    outcome: Outcome | None = None,
    *,
    site: str = "Gent",
    born: date | None = None,
    before: Mapping[str, str] | None = None,
    facts: Mapping[str, str] | None = None,
    **more: object,
) -> Case:
    """Return the case of one person after at most one attempt; `facts` are the answers by meaning."""
    attempts: tuple[CallAttempt, ...] = ()
    if outcome is not None:
        end = _BEGUN + timedelta(minutes=8)
        attempts = (CallAttempt(f"a-{name}", "amina", _BEGUN, "n1", closed_at=end, outcome=outcome, **more),)  # type: ignore[arg-type]
    responses = ()
    if facts is not None:
        responses = (Response(f"a-{name}", "subject", "tajo", "1", "", _BEGUN, facts=facts),)
    person = Respondent(
        person=name,
        first_name="Noor",
        last_name="Peeters",
        site=site,
        birth_date=born,
        numbers=(Number("n1", "+32470000001"),),
        schooling={BEFORE: before or {}},
    )
    return Case(name, site=site, respondent=person, attempts=attempts, responses=responses)


def pupil(finality: str, form: str, grade: int = 4) -> dict[str, str]:
    """Return where somebody was last year, as the list tells."""
    return {"grade": str(grade), "finality": finality, "form": form}


def answers(finality: str, form: str, grade: int = 5) -> dict[str, str]:
    """Return where somebody is this year, as the answers tell."""
    return {
        "school_status": "1",
        "track_grade": str(grade),
        "track_finality": finality,
        "track_form": form,
        "attest": "A",
    }


_GONE = {"school_status": "6", "left_date": "2025-12-19", "left_qual": "0", "edu4w": "4", "ilo_status": "2"}
_PLACES = (("3", "aso"), ("2", "tso"), ("1", "bso"))
_NOBODY = (
    Outcome.NO_ANSWER, Outcome.VOICEMAIL, Outcome.REFUSAL, Outcome.SOFT_REFUSAL, Outcome.WRONG_NUMBER,
    Outcome.THIRD_PARTY, Outcome.OTHER_REFUSES, Outcome.LANGUAGE, Outcome.NO_ANSWER, Outcome.VOICEMAIL, None,
)  # fmt: skip


def summer(people: int = 420, interviews: int = 200) -> Sequence[Case]:
    """Return a whole campaign, the same every time."""
    chance = random.Random(2026)  # noqa: S311 - invented people, the same every time
    made = []
    for number in range(people):
        place = chance.choices((0, 1, 2), (45, 35, 20))[0]
        before = pupil(*_PLACES[place])
        site = chance.choices(("Gent", "Kortrijk", "Antwerpen"), (45, 22, 33))[0]
        born = date(2007 + number % 4, 9, 12)
        if number >= interviews:
            made.append(case(f"p{number}", chance.choice(_NOBODY), site=site, born=born, before=before))
            continue
        moved = min(2, max(0, place + chance.choices((-1, 0, 1, 2), (4, 78, 14, 4))[0]))
        facts = dict(_GONE) if chance.random() < 0.08 else answers(*_PLACES[moved])
        if "attest" in facts and number % 4 == 0:
            facts["attest"] = ("B", "C", "B", "A-REM", "98")[number // 4 % 5]
        share = 0.6 if chance.random() < 0.06 else None
        outcome = Outcome.PARTIAL if share else Outcome.COMPLETE
        made.append(case(f"p{number}", outcome, site=site, born=born, before=before, facts=facts, share=share))
    return made


def figures(
    cases: Sequence[Case], *, internal: bool = False, language: str = "en", **more: object
) -> CampaignFigures:
    """Return the figures of cases."""
    return campaign_figures(cases, settings(**more), NOW, language, internal=internal)
