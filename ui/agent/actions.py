"""What the desk may ask for; the composition root hands it in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from callcenter.clock import Clock
from callcenter.domain.outcome import Outcome
from callcenter.ids import Id
from callcenter.queue.picker import Picker
from callcenter.usecases.set_aside import AsideEntry
from callcenter.usecases.views import (
    AppointmentWish,
    CaseCard,
    Changes,
    DeskStatus,
    EmptyQueue,
    FileMade,
    InterviewView,
    QueueLine,
    ShiftEnd,
)


def _no_picker() -> Picker | None:
    return None


@dataclass(frozen=True)
class CallActions:
    """Steps of a call; each is one transaction and is run in the store lane.

    `resume` returns the interview that was going on when the program stopped. `speak` asks on in another language of
    the form. `note` returns when it was kept. `close` takes the outcome, its detail and the promised moment.
    `picker` tells which moments somebody can keep; None where no roster is known.
    """

    resume: Callable[[], InterviewView | None]
    open: Callable[[Id, str], InterviewView]
    answer: Callable[[str, str], InterviewView]
    forward: Callable[[], InterviewView]
    backward: Callable[[], InterviewView]
    undo: Callable[[], InterviewView]
    go_to: Callable[[str], InterviewView]
    speak: Callable[[str], InterviewView]
    note: Callable[[str], datetime]
    close: Callable[[Outcome, str, AppointmentWish | None], Changes]
    ask_help: Callable[[Id, str, str], object]
    tell_coordinator: Callable[[str], object]
    picker: Callable[[], Picker | None] = _no_picker


@dataclass(frozen=True)
class QueueActions:
    """Who comes next, and giving cases back; run in the store lane.

    `find` takes a part of a name (from three letters) or a number in any spelling. `show_number` records that a
    masked number was shown and returns the card with its digits.
    """

    status: Callable[[], DeskStatus]
    next_case: Callable[[], CaseCard | EmptyQueue]
    card: Callable[[Id], CaseCard]
    lines: Callable[[], tuple[QueueLine, ...]]
    find: Callable[[str], tuple[QueueLine, ...]]
    show_number: Callable[[Id, str], CaseCard]
    skip: Callable[[Id, str], Changes]
    know_person: Callable[[Id], Changes]


@dataclass(frozen=True)
class OfficeFile:
    """A sealed file for the office: where it is proposed, and making it; the latter runs in the free lane.

    `make` takes the path and whether everything goes in, not only what central has not confirmed.
    """

    proposed: Callable[[], Path]
    make: Callable[[Path, bool], FileMade]


@dataclass(frozen=True)
class AsideActions:
    """Results that central would not have; run in the store lane. `again` offers them anew, `leave` lets them be."""

    entries: Callable[[], tuple[AsideEntry, ...]]
    again: Callable[[tuple[Id, ...]], object]
    leave: Callable[[tuple[Id, ...]], object]


@dataclass(frozen=True)
class DeskActions:
    """All that the desk needs from outside.

    `dial` hands a number to the softphone, on the main thread; None where calls are made on another telephone.
    `end_shift` is run in the free lane; it is told how to report (events confirmed, of how many). `languages` are the
    names of the form's languages (`Nederlands (nl)`), asked in the store lane.
    """

    call: CallActions
    queue: QueueActions
    end_shift: Callable[[Callable[[int, int], None]], ShiftEnd]
    now: Clock
    dial: Callable[[str], None] | None = None
    languages: Callable[[], tuple[str, ...]] = tuple
    office_file: OfficeFile | None = None
    aside: AsideActions | None = None
