"""Whom a call may ask for, the person or a parent, and in which language."""

from __future__ import annotations

from datetime import date

from callcenter.domain.attempt import NOBODY_SPEAKS
from callcenter.domain.campaign import CampaignSettings
from callcenter.domain.case import Case
from callcenter.domain.outcome import Outcome
from callcenter.queue.reason import Reason

SUBJECT, PARENT = "subject", "parent"


def age_of(case: Case, on: date) -> int | None:
    """Return the age in whole years; a pack tells the birth year only, so the youngest possible age; None unknown."""
    if case.respondent is not None:
        return case.respondent.age(on)
    born = case.pack.birth_year if case.pack else None
    return None if born is None else on.year - born - 1


def role_to_call(case: Case, settings: CampaignSettings, on: date) -> str | Reason:
    """Return the role that a call asks for, or why nobody may be asked.

    Under the campaign's limit, or with an unknown age, a parent is asked first until consent is recorded.
    """
    if case.parent_consent is True or not _needs_parent(case, settings, on):
        return SUBJECT
    if case.parent_consent is False:
        return Reason.of("parent_refused")
    if PARENT not in settings.roles or not any(n.role == PARENT for n in case.numbers):
        return Reason.of("no_parent_number", under=settings.parent_consent_under)
    return PARENT


def _needs_parent(case: Case, settings: CampaignSettings, on: date) -> bool:
    if case.respondent is None and case.pack is not None:
        return case.pack.needs_parent
    age = age_of(case, on)
    return settings.parent_consent_under > 0 and (age is None or age < settings.parent_consent_under)


def language_of(case: Case) -> str:
    """Return the language that works: after a language problem the one heard, or that of the home."""
    heard = [a.detail for a in case.closed_attempts if a.outcome is Outcome.LANGUAGE]
    home = case.respondent.home_language if case.respondent else ""
    known = case.respondent.language if case.respondent else case.pack.language if case.pack else ""
    if not heard:
        return known
    told = [detail for detail in heard if detail and detail != NOBODY_SPEAKS]
    return told[-1] if told else home or known
