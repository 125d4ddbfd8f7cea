"""Words and icons that several parts of the desk use for the same thing."""

from __future__ import annotations

from datetime import datetime

from callcenter.domain.outcome import MEANING, Outcome
from callcenter.text import N_
from ui.text import _
from ui.widgets import times

ICONS: dict[Outcome, str] = {
    Outcome.COMPLETE: "circle-check",
    Outcome.PARTIAL: "circle-check",
    Outcome.NO_ANSWER: "phone-missed",
    Outcome.BUSY: "phone-missed",
    Outcome.VOICEMAIL: "voicemail",
    Outcome.VOICEMAIL_LEFT: "voicemail",
    Outcome.APPOINTMENT: "calendar-clock",
    Outcome.THIRD_PARTY: "users",
    Outcome.SOFT_REFUSAL: "ban",
    Outcome.REFUSAL: "ban",
    Outcome.OTHER_REFUSES: "ban",
    Outcome.WRONG_NUMBER: "user-x",
    Outcome.NOT_IN_SERVICE: "phone-off",
}

# What happened, as an agent would say it; the heading of the outcome stands behind it as a tooltip with its code.
SENTENCES: dict[Outcome, str] = {
    Outcome.COMPLETE: N_("We finished the whole conversation"),
    Outcome.NO_ANSWER: N_("Nobody answered"),
    Outcome.VOICEMAIL: N_("Voicemail, I said nothing"),
    Outcome.APPOINTMENT: N_("We agreed on another moment"),
    Outcome.THIRD_PARTY: N_("Someone else answered: call back later, or I got a new number"),
    Outcome.BUSY: N_("The line was busy"),
    Outcome.PARTIAL: N_("We stopped halfway and go on later"),
    Outcome.SOFT_REFUSAL: N_("Does not feel like it now, or hung up on me"),
    Outcome.REFUSAL: N_("Does not want this and must not be called again"),
    Outcome.WRONG_NUMBER: N_("This number belongs to somebody else"),
    Outcome.NOT_IN_SERVICE: N_("This number does not exist or is out of service"),
    Outcome.VOICEMAIL_LEFT: N_("Voicemail, I left the message"),
    Outcome.OTHER_REFUSES: N_("A parent or somebody else does not want it"),
    Outcome.LANGUAGE: N_("We do not speak the same language"),
    Outcome.UNABLE: N_("Cannot take part: ill, unable, or away for long"),
    Outcome.NOT_IN_LIST: N_("Does not belong in our list, or is in it twice"),
    Outcome.DECEASED: N_("This person has died"),
    Outcome.KNOWN_PERSON: N_("I know this person"),
}


def outcome_icon(outcome: Outcome | None) -> str:
    """Return the icon of an attempt; the call that is going on has one of its own."""
    return ICONS.get(outcome, "info") if outcome is not None else "phone-call"


def outcome_label(outcome: Outcome) -> str:
    """Return an outcome's short name."""
    return _(MEANING[outcome].label)


def moment(at: datetime, now: datetime) -> str:
    """Return a moment in words: the day is left out when it is today."""
    words = times.moment(at, now)
    return _("Today, {time}", time=words) if times.same_day(at, now) else words


def clock_words(seconds: int) -> str:
    """Return a length as 02:41, or 1:02:41 from an hour on."""
    minutes, rest = divmod(max(seconds, 0), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes:02}:{rest:02}"
