"""The parts of a campaign's calling rules: hours, slots, school calendar, waiting times, appointments."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time

from callcenter.text import LOCAL_ZONE

WORKING_DAYS = (1, 2, 3, 4, 5)


@dataclass(frozen=True)
class Window:
    """Hours on some days: `start` <= local time < `end`; days are ISO numbers, 1 is Monday."""

    start: time
    end: time
    days: tuple[int, ...] = WORKING_DAYS

    def holds(self, at: datetime) -> bool:
        """Tell whether an aware moment lies in these hours, in Brussels time."""
        local = at.astimezone(LOCAL_ZONE)
        return local.isoweekday() in self.days and self.start <= local.time().replace(tzinfo=None) < self.end


@dataclass(frozen=True)
class Slot(Window):
    """A named part of the week used for planning calls, such as `av` for weekday evenings."""

    code: str = ""


@dataclass(frozen=True)
class Span:
    """Days from `start` to `end`, both included."""

    start: date
    end: date
    name: str = ""

    def holds(self, day: date) -> bool:
        """Tell whether a day lies in the span."""
        return self.start <= day <= self.end


@dataclass(frozen=True)
class Retry:
    """What must pass after an outcome before the next dial of the same number.

    `per_shift` and `times` are most often in one shift and in the campaign; 0 is without limit. `next_day` waits
    until the next calling day instead of the minutes.
    """

    minutes: int = 180
    other_slot: bool = False
    other_agent: bool = False
    next_day: bool = False
    per_shift: int = 0
    times: int = 0


@dataclass(frozen=True)
class PupilHours:
    """Pupils under `under` in term: not before these hours on school days; in exam weeks only inside `exam_hours`."""

    under: int = 18
    from_time: time = time(16, 0)
    from_time_wednesday: time = time(12, 30)
    exam_start: time = time(16, 0)
    exam_end: time = time(20, 0)
    exams: tuple[Span, ...] = ()


@dataclass(frozen=True)
class AppointmentRules:
    """When a promised call is served, in minutes; after `anyone_after_hours` it falls to any eligible agent."""

    early: int = 8
    late: int = 20
    gap: int = 14
    firm_length: int = 15
    soft_length: int = 60
    longest_hours: int = 4
    outside_hours: int = 60
    anyone_after_hours: int = 24


@dataclass(frozen=True)
class Leases:
    """How long and how many: minutes after the shift, grace before others get the case, persons per laptop."""

    after_shift_minutes: int = 120
    grace_minutes: int = 30
    limit: int = 60
    reserve: int = 60


@dataclass(frozen=True)
class Recusal:
    """Whom an agent is never offered besides themselves and family, which no coordinator can waive."""

    cohort: bool = True
    school: bool = True
    school_years: int = 2
    pairs: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Retention:
    """The retention clock: how long what is kept."""

    contact_months: int = 24
    answers_years: int = 10
    pseudonymise_after_close_days: int = 90
    paradata_months: int = 12
    agent_months: int = 12


SLOTS = (
    Slot(time(9), time(12), WORKING_DAYS, "vm"),
    Slot(time(12), time(16), WORKING_DAYS, "nm"),
    Slot(time(16), time(18), WORKING_DAYS, "va"),
    Slot(time(18), time(20, 30), WORKING_DAYS, "av"),
    Slot(time(10), time(18), (6,), "za"),
)
HOURS = {
    "subject": (Window(time(9), time(20, 30)), Window(time(10), time(18), (6,))),
    "parent": (Window(time(9), time(20, 30)), Window(time(10), time(18), (6,))),
    "employer": (Window(time(8, 30), time(17)),),
    "mentor": (Window(time(8, 30), time(17)),),
}
_DAY = 24 * 60
# Waiting times per outcome letter. A busy line is tried again soon: it proves that someone is home.
RETRY = {
    "G": Retry(180, other_slot=True),
    "B": Retry(15, per_shift=3),
    "M": Retry(180, other_slot=True),
    "L": Retry(0, next_day=True, times=1),
    "T": Retry(_DAY),
    "I": Retry(_DAY),
    "Z": Retry(7 * _DAY, other_agent=True, times=1),
    "N": Retry(7 * _DAY, times=1),
}
