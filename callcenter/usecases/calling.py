"""The agent's queue: who is next and why, how the shift stands, and finding someone who calls back."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from callcenter.domain.campaign import CampaignSettings
from callcenter.domain.case import Case
from callcenter.domain.template import Card, parse_script
from callcenter.ids import Id
from callcenter.phone import normalise
from callcenter.ports import CampaignRecord, UnitOfWork
from callcenter.queue.calling_hours import Calendar
from callcenter.queue.explain import explain
from callcenter.queue.laptop import Laptop
from callcenter.queue.priority import Empty, Queued, Rules, order
from callcenter.queue.reason import Reason, counted
from callcenter.text import N_, Translator, translator
from callcenter.usecases.cards import Sight, appointment_line, card, short_name
from callcenter.usecases.interviewing import Desk, show_number
from callcenter.usecases.shift import ended_shift, held_cases, tally
from callcenter.usecases.views import (
    AppointmentLine,
    CaseCard,
    DeskStatus,
    EmptyQueue,
    HelpCard,
    QueueLine,
)

_LEAST_LETTERS = 3
_SHIFT_ENDED = N_(
    "You closed your shift, so the people on your list went back. Your calls are safe on this laptop. Close the shift"
    " again to send what still waits, or ask your supervisor for new people."
)
_NO_SEED = 0
_OVER = Reason.of("campaign_over")


@dataclass(frozen=True)
class _Round:
    """One campaign with this agent's leased cases."""

    record: CampaignRecord
    settings: CampaignSettings
    calendar: Calendar
    cases: tuple[Case, ...]


def _rounds(work: UnitOfWork) -> tuple[_Round, ...]:
    mine = work.cases.leased_to(work.device.person)
    found = []
    for record in work.campaigns.all():
        settings = CampaignSettings.from_json(record.settings)
        cases = tuple(c for c in mine if c.campaign == record.id)
        found.append(_Round(record, settings, Calendar(settings), cases))
    return tuple(found)


def next_case(work: UnitOfWork, desk: Desk, say: Translator | None = None) -> CaseCard | EmptyQueue:
    """Return the card of the case to call now, or why there is none and when the first opens."""
    words = say or translator("nl")
    waiting: list[Empty] = []
    for current in _rounds(work):
        if current.record.closed:
            waiting.append(Empty(counted(_OVER for _ in current.cases)))
            continue
        up = _laptop(desk, current).first(current.cases, work.clocks().latest)
        if isinstance(up, Queued):
            why = [explain(reason, words, at=work.now()) for reason in up.why]
            return card(work.cases.get(up.case), Sight(number=up.number, dialling=desk.dialling), why)
        waiting.append(up)
    found = _empty(waiting, words)
    if not found.reasons and ended_shift(work) is not None:
        return replace(found, why=words(_SHIFT_ENDED))
    return found


def _laptop(desk: Desk, current: _Round) -> Laptop:
    """Return the kept order of a campaign, a new one after its settings changed."""
    kept = desk.queues.get(current.record.id)
    if kept is None or kept.rules.settings != current.settings:
        kept = Laptop(Rules(current.settings, current.calendar, _NO_SEED))
        desk.queues[current.record.id] = kept
    return kept


def _empty(waiting: Iterable[Empty], say: Translator) -> EmptyQueue:
    reasons = tuple((explain(reason, say), count) for empty in waiting for reason, count in empty.reasons)
    opens = [empty.opens_at for empty in waiting if empty.opens_at is not None]
    return EmptyQueue(reasons, min(opens, default=None))


def case_card(work: UnitOfWork, desk: Desk, case: Id) -> CaseCard:
    """Return the card of one leased case, out of turn."""
    return card(work.cases.get(case), Sight(dialling=desk.dialling))


def card_with_number(work: UnitOfWork, desk: Desk, case: Id, number: str) -> CaseCard:
    """Record that a masked number is shown in full and return the card with its digits."""
    show_number(work, case, number)
    return card(work.cases.get(case), Sight(shown=frozenset({number}), dialling=desk.dialling))


def queue_lines(work: UnitOfWork, say: Translator) -> tuple[QueueLine, ...]:
    """Return the agent's leased cases: those to call now in their order, then those that wait, with the reason."""
    lines: list[QueueLine] = []
    for current in _rounds(work):
        if current.record.closed:
            lines += [_line(case, explain(_OVER, say), now=False) for case in current.cases]
            continue
        queued = order(current.cases, current.settings, current.calendar, work.clocks().latest, _NO_SEED)
        by_id = {case.id: case for case in current.cases}
        lines += [_line(by_id[q.case], " ".join(explain(r, say) for r in q.why), now=True) for q in queued.ready]
        lines += [_line(by_id[case], explain(reason, say), now=False) for case, reason in queued.waiting]
    return tuple(lines)


def _line(case: Case, why: str, *, now: bool) -> QueueLine:
    return QueueLine(case.id, short_name(case), len(case.closed_attempts), why, appointment_line(case), now)


def find(work: UnitOfWork, text: str) -> tuple[QueueLine, ...]:
    """Find leased cases for someone who calls back: a number in any spelling, or at least three letters of a name.

    Only the agent's own leased cases are searched; an unknown number gives no hint.
    """
    wanted = text.strip().casefold()
    mine = work.cases.leased_to(work.device.person)
    if len(re.sub(r"\D", "", wanted)) >= 6:
        number = normalise(wanted)
        return tuple(_line(c, "", now=True) for c in mine if number and any(n.e164 == number for n in c.numbers))
    if len(wanted) < _LEAST_LETTERS:
        return ()
    return tuple(_line(c, "", now=True) for c in mine if wanted in short_name(c).casefold())


def status(work: UnitOfWork, desk: Desk, say: Translator, waiting: int, last_sync: datetime | None) -> DeskStatus:
    """Return the frame of the desk; `waiting` is how many own events central has not confirmed."""
    rounds = _rounds(work)
    active = next((r for r in rounds if r.cases), rounds[0] if rounds else None)
    counted = tally(work, held_cases(work))
    open_cases = [c for r in rounds for c in r.cases]
    me = work.device
    frame = DeskStatus(
        campaign=active.settings.title(say.language) if active else say("No campaign yet"),
        subtitle=f"{me.org} · {me.site}" if me.site else me.org,
        agent=me.name,
        initials="".join(part[0] for part in me.name.split()[:2]).upper(),
        done=counted.calls,
        total=counted.calls + len([c for c in open_cases if not _called_today(work, c)]),
        interviews=counted.interviews,
        waiting=waiting,
        last_sync=last_sync,
        lease_ends=min((c.lease.expires_at for c in open_cases if c.lease), default=None),
        next_appointment=_next_appointment(work, open_cases),
        practice=not desk.dialling,
    )
    return _with_script(work, active, frame, say)


def _called_today(work: UnitOfWork, case: Case) -> bool:
    today = work.now() - timedelta(hours=12)
    return any(a.agent == work.device.person and a.opened_at >= today for a in case.closed_attempts)


def _next_appointment(work: UnitOfWork, cases: Sequence[Case]) -> AppointmentLine | None:
    booked = [line for case in cases if (line := appointment_line(case))]
    soon = work.now() + timedelta(hours=12)
    return min((line for line in booked if line.start < soon), key=lambda line: line.start, default=None)


def _with_script(work: UnitOfWork, active: _Round | None, frame: DeskStatus, say: Translator) -> DeskStatus:
    published = work.campaigns.form(active.record.id) if active else None
    if active is None or published is None or not published.scripts:
        return frame
    script = parse_script(published.scripts.get(say.language) or published.scripts["nl"])
    spoken = active.settings.voicemail_allowed
    return replace(
        frame,
        opening=script.opening,
        # Without leave to speak there is no text; the desk then says to hang up.
        voicemail=script.voicemail_text if spoken else "",
        cards=tuple(_help_card(c, active.settings) for c in script.cards),
    )


def _help_card(told: Card, settings: CampaignSettings) -> HelpCard:
    text = told.text.replace("{minuten}", settings.minutes)
    return HelpCard(told.title, told.summary, text, told.confidential)
