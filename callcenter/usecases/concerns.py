"""What young people asked for or what worried an agent: for the coordinator, who passes it on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from callcenter.domain.agent import Role
from callcenter.domain.case import Case
from callcenter.domain.event import ConfidentialNoteAdded
from callcenter.forms.session import load
from callcenter.ids import Id
from callcenter.ports import UnitOfWork
from callcenter.usecases.cards import short_name


class Kind(StrEnum):
    """Somebody in trouble, or a question for help that the person asked in the interview."""

    WORRY = "worry"
    REFERRAL = "referral"


@dataclass(frozen=True)
class Concern:
    """One of them; `share` tells whether the person agreed that it is passed on."""

    kind: Kind
    case: Id
    name: str
    reference: str
    site: str
    agent: str
    at: datetime
    topics: tuple[str, ...]
    text: str
    share: bool


def concerns_of(work: UnitOfWork, campaign: Id, language: str) -> tuple[Concern, ...]:
    """Return what waits for the coordinator, worries before referrals, newest first.

    Topics are in the words of the published questionnaire. Empty for anybody but a coordinator: these notes go to the
    organisation only.
    """
    if work.device.role is not Role.COORDINATOR:
        return ()
    cases = {case.id: case for case in work.cases.all(campaign)}
    names = {agent.id: agent.short_name() for agent in work.campaigns.roster()}
    found = [*_worries(work, cases, names), *_referrals(work, campaign, cases, names, language)]
    return tuple(sorted(found, key=lambda c: (c.kind is not Kind.WORRY, -c.at.timestamp(), c.case)))


def _worries(work: UnitOfWork, cases: Mapping[Id, Case], names: Mapping[Id, str]) -> Iterator[Concern]:
    for event in work.events.of_kind(ConfidentialNoteAdded.__name__):
        case, fact = cases.get(event.fact.about), event.fact
        if case is not None and isinstance(fact, ConfidentialNoteAdded):
            yield _concern(Kind.WORRY, case, (names.get(event.by, "–"), event.at), (), (fact.text, False))


def _referrals(
    work: UnitOfWork, campaign: Id, cases: Mapping[Id, Case], names: Mapping[Id, str], language: str
) -> Iterator[Concern]:
    raised = [(case, referral) for case in cases.values() for referral in case.referrals]
    words = _topics(work, campaign, language) if raised else {}
    for case, referral in raised:
        topics = tuple(words.get(topic, topic) for topic in referral.topics)
        said = (names.get(referral.by, "–"), referral.at)
        yield _concern(Kind.REFERRAL, case, said, topics, (referral.text, referral.share))


def _concern(
    kind: Kind, case: Case, said: tuple[str, datetime], topics: tuple[str, ...], what: tuple[str, bool]
) -> Concern:
    agent, at = said
    text, share = what
    return Concern(kind, case.id, short_name(case), case.reference, case.site, agent, at, topics, text, share)


def _topics(work: UnitOfWork, campaign: Id, language: str) -> Mapping[str, str]:
    """Return the words of the help topics: the choices of the question whose answers mean `help`."""
    published = work.campaigns.form(campaign)
    if published is None:
        return {}
    form = load(published.xml)
    spoken = next((name for name in form.languages if name.endswith(f"({language})")), form.default_language)
    asked = next((q for q in form.questions() if form.attributes(q.name).get("fact") == "help"), None)
    return {} if asked is None else {code: labels.get(spoken, code) for code, labels in asked.choices}
