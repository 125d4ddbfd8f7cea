"""Which agent may be given a case: language, recusal, refusals to converters, promises to the one who made them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from callcenter.domain.agent import Agent
from callcenter.domain.campaign import CampaignSettings
from callcenter.domain.case import Case
from callcenter.domain.outcome import Outcome
from callcenter.ids import Id
from callcenter.queue.reason import Reason
from callcenter.queue.recusal import recused
from callcenter.queue.whom import language_of


def unsuited(agent: Agent, case: Case, settings: CampaignSettings) -> Reason | None:
    """Return why this agent may not call this case at all, or None."""
    language = language_of(case)
    if language and not _speaks(agent, case, language, settings):
        return Reason.of("language", language=language)
    if any(a.outcome is Outcome.LANGUAGE and a.agent == agent.id for a in case.closed_attempts):
        return Reason.of("language", language=language)
    return recused(agent, case, settings.recusal) or _refused(agent, case, settings)


def _speaks(agent: Agent, case: Case, language: str, settings: CampaignSettings) -> bool:
    if language in agent.languages:
        return True
    # A call that failed for its language has shown that the other one does not do.
    failed = any(a.outcome is Outcome.LANGUAGE for a in case.closed_attempts)
    return not failed and any(other in agent.languages for other in settings.language_routing.get(language, ()))


def _refused(agent: Agent, case: Case, settings: CampaignSettings) -> Reason | None:
    rule = settings.retry.get(Outcome.SOFT_REFUSAL.value)
    heard = [a.agent for a in case.closed_attempts if a.outcome is Outcome.SOFT_REFUSAL]
    # A promise made after the refusal is the person's own wish: any agent may keep it.
    if not heard or rule is None or not rule.other_agent or case.appointment is not None:
        return None
    return None if agent.converter and agent.id not in heard else Reason.of("needs_converter")


def keeper(case: Case, settings: CampaignSettings, working: Sequence[Agent], until: datetime) -> Id:
    """Return the agent who alone may keep a personal promise, or an empty text when any eligible agent may.

    It falls to others when its maker does not work now or may not call any more, or a day after its moment.
    """
    booked = case.appointment
    if booked is None or not booked.personal:
        return ""
    maker = next((agent for agent in working if agent.id == booked.made_by), None)
    over = booked.start + timedelta(hours=settings.appointments.anyone_after_hours)
    return maker.id if maker and until <= over and unsuited(maker, case, settings) is None else ""


# What is told when different agents are kept from a case for different reasons: what a supervisor can change first.
_TELLING = ("held", "after_shift", "needs_converter", "personal")


def nobody(reasons: Sequence[Reason]) -> Reason:
    """Return the one reason why no agent may call a case, given each working agent's own reason."""
    if not reasons:
        return Reason.of("nobody_works")
    languages = [r for r in reasons if r.code == "language"]
    if len(languages) == len(reasons):
        return languages[0]
    by_code = {r.code: r for r in reversed(reasons)}
    return next((by_code[code] for code in _TELLING if code in by_code), Reason.of("all_recused", n=len(reasons)))
