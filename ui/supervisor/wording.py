"""Words of the supervisor's pages: states of agents, what asks for attention, moments."""

from __future__ import annotations

from datetime import datetime, timedelta

from callcenter.text import N_
from callcenter.usecases.board import AgentRow, Attention, Need, State
from ui.supervisor.sync_words import sync_words
from ui.text import _, plural
from ui.widgets import Tone, times

_A_MINUTE = timedelta(minutes=1)

STATES: dict[State, tuple[str, Tone]] = {
    State.CALLING: (N_("calling"), Tone.OK),
    State.HELP: (N_("asks for help"), Tone.BAD),
    State.READY: (N_("at work"), Tone.ACCENT),
    State.SILENT: (N_("not heard from"), Tone.WARN),
    State.DONE: (N_("done"), Tone.PLAIN),
    State.EXPECTED: (N_("expected"), Tone.PLAIN),
}
ICONS: dict[Need, tuple[str, str]] = {
    Need.HELP: ("hand", "bad"),
    Need.LATE_PROMISE: ("calendar-clock", "warn"),
    Need.CONFLICT: ("message-square", "warn"),
    Need.CALLED_TWICE: ("phone-call", "warn"),
    Need.SET_ASIDE: ("inbox", "warn"),
    Need.REFUSAL: ("ban", "warn"),
    Need.NOT_IN_LIST: ("user-x", "warn"),
    Need.NOBODY: ("languages", "muted"),
    Need.UNLOCATED: ("map-pin", "muted"),
    Need.PROPOSALS: ("inbox", "muted"),
}
# The word on the button; without one there is nothing to press.
WAYS: dict[Need, str] = {
    Need.HELP: N_("Helped"),
    Need.LATE_PROMISE: N_("Give away"),
    Need.CONFLICT: N_("Decide"),
    Need.CALLED_TWICE: N_("Look"),
    Need.SET_ASIDE: N_("Look"),
    Need.REFUSAL: N_("Decide"),
    Need.NOT_IN_LIST: N_("Decide"),
}


def title_of(item: Attention, now: datetime) -> str:
    """Return the first line of something that asks for attention."""
    if said := sync_words(item):
        return said[0]
    match item.need:
        case Need.HELP:
            return _("{agent} asks for help", agent=item.agent)
        case Need.LATE_PROMISE:
            return _("Appointment of {time} is late", time=times.moment(item.at, now) if item.at else "–")
        case Need.REFUSAL:
            return _("Somebody else refused for {name}", name=item.name)
        case Need.NOT_IN_LIST:
            return _("Does {name} belong in the list?", name=item.name)
        case Need.NOBODY:
            return plural("{n} person whom nobody can call", "{n} people whom nobody can call", item.count)
        case Need.UNLOCATED:
            return plural("{n} person without a number", "{n} people without a number", item.count)
    return plural("{n} new number or address", "{n} new numbers or addresses", item.count)


def detail_of(item: Attention) -> str:
    """Return the second line: what is known, or what to do."""
    if said := sync_words(item):
        return said[1]
    match item.need:
        case Need.HELP:
            about = _("In a call with {name}", name=item.name)
            return f"{about} · {item.detail}" if item.detail else about
        case Need.LATE_PROMISE:
            return _promise(item)
        case Need.REFUSAL:
            return _("Call again, or stop? Heard by {agent}", agent=item.agent or "–")
        case Need.NOT_IN_LIST:
            return _("Confirm, or correct it. Told to {agent}", agent=item.agent or "–")
        case Need.NOBODY:
            return _("Another language is needed, or every agent knows them.")
        case Need.UNLOCATED:
            return _("Look for a new number; the coordinator puts it in the list.")
    return _("The coordinator decides about them.")


def _promise(item: Attention) -> str:
    if item.agent:
        return _("{name}, with {agent}", name=item.name, agent=item.agent)
    return _("{name}, with nobody at the moment", name=item.name)


def heard(row: AgentRow, now: datetime) -> str:
    """Return how long ago something was heard of an agent, or when the shift begins."""
    if row.last_seen is None:
        starts = row.shift[0] if row.shift else now
        return _("from {time}", time=times.moment(starts, now)) if starts > now else "–"
    ago = now - row.last_seen
    return times.length(ago) if ago >= _A_MINUTE else _("now")
