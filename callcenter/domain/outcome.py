"""The 18 outcomes of one call attempt: code, class, what becomes of the number, what may follow."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from callcenter.text import N_


class Outcome(StrEnum):
    """What happened in one attempt; the value is the letter that the agent presses."""

    COMPLETE = "V"
    PARTIAL = "D"
    NO_ANSWER = "G"
    BUSY = "B"
    VOICEMAIL = "M"
    VOICEMAIL_LEFT = "L"
    APPOINTMENT = "A"
    THIRD_PARTY = "T"
    SOFT_REFUSAL = "Z"
    REFUSAL = "W"
    OTHER_REFUSES = "O"
    WRONG_NUMBER = "F"
    NOT_IN_SERVICE = "N"
    UNABLE = "I"
    LANGUAGE = "S"
    DECEASED = "X"
    NOT_IN_LIST = "Q"
    KNOWN_PERSON = "K"


class NumberStatus(StrEnum):
    """What is known of one telephone number."""

    NEW = "new"
    WORKS = "works"
    NO_ANSWER_YET = "no_answer_yet"
    DEAD = "dead"
    WRONG = "wrong"
    DO_NOT_USE = "do_not_use"

    @property
    def usable(self) -> bool:
        """Tell whether this number may still be dialled."""
        return self not in (NumberStatus.DEAD, NumberStatus.WRONG, NumberStatus.DO_NOT_USE)


@dataclass(frozen=True)
class Meaning:
    """What an outcome means: label, AAPOR attempt code (9th edition), what the number becomes."""

    label: str
    code: str
    number: NumberStatus | None = None
    contact: bool = False
    needs_appointment: bool = False


MEANING: dict[Outcome, Meaning] = {
    Outcome.COMPLETE: Meaning(N_("Complete interview"), "1.1", NumberStatus.WORKS, contact=True),
    Outcome.PARTIAL: Meaning(N_("Partly done, continue later"), "1.2", NumberStatus.WORKS, contact=True),
    Outcome.NO_ANSWER: Meaning(N_("No answer"), "3.13", NumberStatus.NO_ANSWER_YET),
    Outcome.BUSY: Meaning(N_("Busy"), "3.12", NumberStatus.NO_ANSWER_YET),
    Outcome.VOICEMAIL: Meaning(N_("Voicemail, no message"), "2.221", NumberStatus.NO_ANSWER_YET),
    Outcome.VOICEMAIL_LEFT: Meaning(N_("Voicemail, message left"), "2.222", NumberStatus.NO_ANSWER_YET),
    Outcome.APPOINTMENT: Meaning(
        N_("Appointment with the person"), "2.20", NumberStatus.WORKS, contact=True, needs_appointment=True
    ),
    Outcome.THIRD_PARTY: Meaning(N_("Someone else answered, call back"), "2.20", NumberStatus.WORKS, contact=True),
    Outcome.SOFT_REFUSAL: Meaning(N_("Not now (soft refusal)"), "2.112", NumberStatus.WORKS, contact=True),
    Outcome.REFUSAL: Meaning(N_("Refuses, do not call again"), "2.112", NumberStatus.WORKS, contact=True),
    Outcome.OTHER_REFUSES: Meaning(N_("Parent or other refuses"), "2.111", NumberStatus.WORKS, contact=True),
    Outcome.WRONG_NUMBER: Meaning(N_("Wrong number"), "F", NumberStatus.WRONG),
    Outcome.NOT_IN_SERVICE: Meaning(N_("Number not in service"), "N", NumberStatus.DEAD),
    Outcome.UNABLE: Meaning(N_("Unable, ill, away"), "2.32", NumberStatus.WORKS, contact=True),
    Outcome.LANGUAGE: Meaning(N_("Language problem"), "2.332", NumberStatus.WORKS, contact=True),
    Outcome.DECEASED: Meaning(N_("Deceased"), "2.31", NumberStatus.WORKS, contact=True),
    Outcome.NOT_IN_LIST: Meaning(N_("Not in the list, duplicate"), "4.10", NumberStatus.WORKS, contact=True),
    Outcome.KNOWN_PERSON: Meaning(N_("I know this person"), ""),
}

# The frequent ones first: the order of the outcome question.
ASKED_ORDER: tuple[Outcome, ...] = (
    Outcome.COMPLETE,
    Outcome.NO_ANSWER,
    Outcome.VOICEMAIL,
    Outcome.APPOINTMENT,
    Outcome.THIRD_PARTY,
    Outcome.BUSY,
    Outcome.PARTIAL,
    Outcome.SOFT_REFUSAL,
    Outcome.REFUSAL,
    Outcome.WRONG_NUMBER,
    Outcome.NOT_IN_SERVICE,
    Outcome.VOICEMAIL_LEFT,
    Outcome.OTHER_REFUSES,
    Outcome.LANGUAGE,
    Outcome.UNABLE,
    Outcome.NOT_IN_LIST,
    Outcome.DECEASED,
)
