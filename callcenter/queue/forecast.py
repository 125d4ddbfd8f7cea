"""How a campaign will go: how many shifts until the goal, with an interval, and how many shifts can be dropped.

Cases are counted by how often they were tried; each shift dials those tried least first, every case at most once in a
block. What a dial becomes is drawn per try: the rate of this campaign, mixed with last year's (which counts half) and
with a first guess. The interval holds chance and what is not known of the rates; it knows nothing of strikes and sun.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from itertools import groupby
from typing import TypeVar

from callcenter.queue.calling_hours import local_day

_Value = TypeVar("_Value")
_WEIGHT = 40.0
"""So many dials at the first guess are mixed into the rate of each try."""
_LAST_YEAR = 0.5
_DOUBT, _DOUBT_DIALS = 0.20, 150.0
"""How far the rates of a whole campaign may lie off the first guess (a factor), and how fast calls take that away."""
_INTERVIEW = (0.150, 0.135, 0.120, 0.110, 0.100, 0.090, 0.080, 0.075)
_ENDED = (0.110, 0.045, 0.035, 0.030, 0.030, 0.030, 0.030, 0.030)
_MINUTES, _MINUTES_DIALS = 2.6, 60.0
"""Agent minutes a dial, interviews included. Source: the campaign simulator, 470 agent hours for 10,800 dials."""
_PATHS = 400
_LOW, _HIGH = 0.10, 0.90
_BUSY = 0.5
_AGAIN = 2


@dataclass(frozen=True)
class Tally:
    """Dials of one try (the first, the second, ...): how many became an interview, how many ended the case."""

    dials: float = 0
    interviews: float = 0
    ended: float = 0


@dataclass(frozen=True)
class Pool:
    """The people of a campaign: `waiting` are open and callable by tries so far, `done` were interviewed.

    `eligible` is what shares are taken of: all but those who turned out not to belong. `out_of_reach` are open but
    nobody on the roster may call them, or they have no number.
    """

    waiting: tuple[int, ...]
    done: int
    eligible: int
    out_of_reach: int = 0


@dataclass(frozen=True)
class ShiftBlock:
    """Agents who work at the same hours: together so many minutes inside the calling hours."""

    start: datetime
    end: datetime
    agents: int
    minutes: int


@dataclass(frozen=True)
class Assumed:
    """What is known of calls so far: tallies by try in this campaign and the last, and the minutes calls took."""

    now: Mapping[int, Tally] = field(default_factory=dict)
    last_year: Mapping[int, Tally] = field(default_factory=dict)
    minutes: float = 0.0
    dials: float = 0.0


@dataclass(frozen=True)
class Reach:
    """The share interviewed at the end of a day: the low, middle and high end of the 80 % interval."""

    day: date
    low: float
    middle: float
    high: float


@dataclass(frozen=True)
class Forecast:
    """What is to be expected with the shifts there are.

    `shifts` are agent shifts from now until the goal (low, middle, high). They may be more than the `total` of the
    roster: the roster is then thought to go on as it is for some weeks; None is not even then. `days` are the days on
    which the goal is reached, None when not within the roster. `worked_out` is the day from which half of the agents'
    time finds nobody to call, `spare` the agent shifts that could be dropped then.
    """

    goal: float
    reach: tuple[Reach, ...]
    shifts: tuple[int | None, int | None, int | None]
    days: tuple[date | None, date | None, date | None]
    worked_out: date | None
    spare: int
    total: int
    out_of_reach: int

    @property
    def end(self) -> Reach | None:
        """Return what is reached with the last shift; None without shifts."""
        return self.reach[-1] if self.reach else None


@dataclass(frozen=True)
class _Course:
    """One way it may go: interviews after each block, and the share of the block's time that found somebody."""

    done: tuple[int, ...]
    busy: tuple[float, ...]


@dataclass(frozen=True)
class Aim:
    """The share to interview, and the most tries of a case, in all and on one day."""

    goal: float = 0.70
    limit: int = 8
    per_day: int = 2


def forecast(pool: Pool, assumed: Assumed, blocks: Sequence[ShiftBlock], aim: Aim, seed: int) -> Forecast:
    """Return how a campaign will go with these shifts; the same for the same seed.

    Method: 400 courses of the campaign are drawn; low, middle and high are their percentiles 10, 50 and 90.
    """
    ordered = sorted(blocks, key=lambda b: (b.start, b.end))
    longer = [*ordered, *_gone_on(ordered)]
    draw = random.Random(seed)  # noqa: S311 - a simulation, not a secret
    courses = [_course(pool, assumed, longer, aim, draw) for _ in range(_PATHS)]
    agents = [block.agents for block in longer]
    needed = sorted((_blocks_until(course, pool, aim.goal) for course in courses), key=lambda n: (n is None, n or 0))
    firsts = [needed[_at(share)] for share in (_LOW, 0.5, _HIGH)]
    busy = [_middle([course.busy[n] for course in courses]) for n in range(len(ordered))]
    idle = next((n for n in range(len(ordered)) if max(busy[n:]) < _BUSY), None)
    return Forecast(
        goal=aim.goal,
        reach=_reach(courses, ordered, pool),
        shifts=_three(None if n is None else sum(agents[:n]) for n in firsts),
        days=_three(_day_of(ordered, n) for n in firsts),
        worked_out=None if idle is None else local_day(ordered[idle].start),
        spare=0 if idle is None else _spare(ordered[idle:], busy[idle:]),
        total=sum(block.agents for block in ordered),
        out_of_reach=pool.out_of_reach,
    )


def _gone_on(blocks: Sequence[ShiftBlock]) -> list[ShiftBlock]:
    """Return the same weeks again after the roster, until there are enough to say whether the goal can be reached."""
    if not blocks:
        return []
    weeks = timedelta(weeks=(local_day(blocks[-1].end) - local_day(blocks[0].start)).days // 7 + 1)
    found: list[ShiftBlock] = []
    for times in range(1, _AGAIN + 1):
        found += [replace(b, start=b.start + weeks * times, end=b.end + weeks * times) for b in blocks]
    return found


def _spare(blocks: Sequence[ShiftBlock], busy: Sequence[float]) -> int:
    return int(sum(block.agents * (1 - share) for block, share in zip(blocks, busy, strict=True)))


def _three(values: Iterable[_Value]) -> tuple[_Value, _Value, _Value]:
    low, middle, high = values
    return low, middle, high


def _at(share: float) -> int:
    return min(_PATHS - 1, int(share * _PATHS))


def _middle(values: Sequence[float]) -> float:
    return sorted(values)[len(values) // 2]


def _day_of(blocks: Sequence[ShiftBlock], n: int | None) -> date | None:
    if n is None or not blocks or n > len(blocks):
        return None
    return local_day(blocks[max(n - 1, 0)].end)


def _blocks_until(course: _Course, pool: Pool, goal: float) -> int | None:
    """Return after how many blocks the goal is reached."""
    wanted = goal * pool.eligible
    if pool.done >= wanted:
        return 0
    return next((n for n, done in enumerate(course.done, 1) if done >= wanted), None)


def _reach(courses: Sequence[_Course], blocks: Sequence[ShiftBlock], pool: Pool) -> tuple[Reach, ...]:
    last = {day: max(n for n, _ in group) for day, group in groupby(enumerate(blocks), lambda p: local_day(p[1].end))}
    found = []
    for day, n in last.items():
        shares = sorted(course.done[n] / max(pool.eligible, 1) for course in courses)
        found.append(Reach(day, shares[_at(_LOW)], shares[_at(0.5)], shares[_at(_HIGH)]))
    return tuple(found)


def _course(pool: Pool, assumed: Assumed, blocks: Sequence[ShiftBlock], aim: Aim, draw: random.Random) -> _Course:
    limit = aim.limit
    rates = _drawn_rates(assumed, limit, draw)
    minutes = (assumed.minutes + _MINUTES * _MINUTES_DIALS) / (assumed.dials + _MINUTES_DIALS)
    waiting = [*pool.waiting[:limit], *[0] * (limit - len(pool.waiting))]
    # By tries so far: how many were dialled once, twice, ... today.
    today: list[list[int]] = [[] for _ in range(limit)]
    done, day = pool.done, None
    after: list[int] = []
    busy: list[float] = []
    for block in blocks:
        if local_day(block.start) != day:
            waiting = [rested + sum(tired) for rested, tired in zip(waiting, today, strict=True)]
            today, day = [[0] * aim.per_day for _ in range(limit)], local_day(block.start)
        room = whole = int(block.minutes / minutes)
        room, interviews = _dial(waiting, today, room, rates, draw)
        done += interviews
        after.append(done)
        busy.append(1.0 if whole == 0 else 1 - room / whole)
    return _Course(tuple(after), tuple(busy))


def _dial(
    rested: list[int], today: list[list[int]], room: int, rates: Sequence[tuple[float, float]], draw: random.Random
) -> tuple[int, int]:
    """Dial those tried least first, nobody twice; return the room that is left and the interviews."""
    interviews = 0
    moved: list[tuple[int, int, int]] = []
    for tries, (interview, ended) in enumerate(rates):
        for times in range(len(today[tries])):
            there = rested[tries] if times == 0 else today[tries][times - 1]
            dialled = min(room, there)
            if dialled == 0:
                continue
            room -= dialled
            if times == 0:
                rested[tries] -= dialled
            else:
                today[tries][times - 1] -= dialled
            held = _binomial(dialled, interview, draw)
            gone = _binomial(dialled - held, min(1.0, ended / max(1 - interview, 1e-9)), draw)
            interviews += held
            moved.append((tries + 1, times, dialled - held - gone))
    for tries, times, count in moved:
        if tries < len(today):
            today[tries][times] += count
    return room, interviews


def _drawn_rates(assumed: Assumed, limit: int, draw: random.Random) -> list[tuple[float, float]]:
    """Draw, per try, the chance of an interview and of another end, as far as they are known."""
    dials = sum(tally.dials for tally in assumed.now.values())
    dials += _LAST_YEAR * sum(tally.dials for tally in assumed.last_year.values())
    factor = max(0.3, draw.gauss(1.0, _DOUBT / (1 + dials / _DOUBT_DIALS) ** 0.5))
    found = []
    for tries in range(limit):
        now, before = assumed.now.get(tries, Tally()), assumed.last_year.get(tries, Tally())
        seen = now.dials + _LAST_YEAR * before.dials
        first = (_INTERVIEW[min(tries, len(_INTERVIEW) - 1)], _ENDED[min(tries, len(_ENDED) - 1)])
        yes = (
            now.interviews + _LAST_YEAR * before.interviews + _WEIGHT * first[0],
            now.ended + _LAST_YEAR * before.ended + _WEIGHT * first[1],
        )
        interview, ended = (draw.betavariate(y, max(seen + _WEIGHT - y, 0.5)) for y in yes)
        found.append((min(0.9, interview * factor), min(0.9, ended)))
    return found


def _binomial(n: int, p: float, draw: random.Random) -> int:
    """Draw how many of n succeed: one by one for few, by the normal curve for many."""
    if n * p * (1 - p) < 9:
        return sum(draw.random() < p for _ in range(n)) if n < 200 else min(n, _poisson(n * p, draw))
    return min(n, max(0, round(draw.gauss(n * p, (n * p * (1 - p)) ** 0.5))))


def _poisson(mean: float, draw: random.Random) -> int:
    count, total = -1, 0.0
    while total < mean:
        total += draw.expovariate(1.0)
        count += 1
    return max(count, 0)
