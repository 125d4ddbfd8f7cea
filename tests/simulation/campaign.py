"""Three weeks of calling: agents ask a policy whom to dial, the hidden truth answers, the policy is told."""

from __future__ import annotations

import heapq
import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import Enum
from statistics import NormalDist
from typing import Protocol

from tests.simulation.world import AGES, DRAWS, World

EARLY, LATE = 8, 20
_DAY = 24 * 60
_AHEAD = 5
"""People name a moment within so many days."""
_LEAST_AHEAD = 60
_SIBLING = 0.50
_LINE_OPEN = 5
"""Minutes for which a household that just answered still has the telephone at hand."""
_IDLE = 2.0
_INTERVIEW, _SPREAD = math.log(11), 0.45
_MAX_DIALS = 20
_NORMAL = NormalDist()


class Result(Enum):
    """What a dial came to."""

    NO_ANSWER = 1
    DEAD = 2
    HOUSEHOLD = 3
    LANGUAGE = 4
    LANGUAGE_END = 5
    REFUSED = 6
    REFUSED_END = 7
    APPOINTMENT = 8
    INTERVIEW = 9

    @property
    def contact(self) -> bool:
        """Tell whether somebody answered."""
        return self not in (Result.NO_ANSWER, Result.DEAD)

    @property
    def final(self) -> bool:
        """Tell whether this person is done."""
        return self in (Result.DEAD, Result.LANGUAGE_END, Result.REFUSED_END, Result.INTERVIEW)


@dataclass(frozen=True, slots=True)
class Told:
    """What a policy hears of one dial; `promise` is the minute of an appointment."""

    caller: int
    person: int
    at: float
    end: float
    block: int
    result: Result
    promise: float | None = None


class Policy(Protocol):
    """Whom to call; it sees people, roster and what it is told, never the hidden truth."""

    def begin(self, block: int, present: Sequence[int]) -> None:
        """Hear which agents came for a block."""

    def pick(self, caller: int, now: float) -> int | None:
        """Return whom this agent dials now; None when there is nobody."""

    def told(self, heard: Told) -> None:
        """Hear what a dial came to."""

    def offers(self, person: int, block: int) -> bool:
        """Tell whether the picker of appointments offers moments of a block to a person."""


@dataclass
class Record:
    """What a campaign came to."""

    hours: float
    people: int
    dials: int = 0
    contacts: int = 0
    interviews: int = 0
    refusals: int = 0
    by_age: list[int] = field(default_factory=lambda: [0] * len(AGES))
    of_age: list[int] = field(default_factory=lambda: [0] * len(AGES))
    due: int = 0
    kept: int = 0
    conflicts: int = 0
    wrong_language: int = 0
    second_agent: int = 0
    idle: float = 0.0
    open: int = 0
    open_below_two: int = 0
    same_agent: int = 0

    @property
    def per_hour(self) -> float:
        """Return interviews per agent-hour."""
        return self.interviews / self.hours

    @property
    def worst_group(self) -> float:
        """Return the response of the age group that has the lowest."""
        return min(done / max(1, n) for done, n in zip(self.by_age, self.of_age, strict=True))


@dataclass(slots=True)
class _State:
    """What happened to one person so far."""

    dials: int = 0
    by_slot: list[int] = field(default_factory=lambda: [0, 0, 0, 0])
    promise: float | None = None
    missed: bool = False
    refused: bool = False
    over: bool = False


@dataclass(slots=True)
class _Number:
    """What happened on one number today, and when it last answered."""

    day: int = -1
    dials: int = 0
    callers: set[int] = field(default_factory=set)
    answered: float = -1e9
    by: int = -1


@dataclass(frozen=True, slots=True)
class _Call:
    """One dial as the telephone rings."""

    caller: int
    person: int
    speaks: bool
    kept: bool
    another: bool


class Campaign:
    """One world under one policy."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.record = Record(world.hours, len(world.people))
        self._states = [_State() for _ in world.people]
        self._numbers = [_Number() for _ in world.units]
        for person in world.people:
            self.record.of_age[person.age] += 1

    def run(self, policy: Policy) -> Record:
        """Let the three weeks pass; return what they came to."""
        for block in self.world.blocks:
            present = self.world.present[block.number]
            policy.begin(block.number, present)
            free = [(float(block.start), caller) for caller in present]
            heapq.heapify(free)
            while free:
                now, caller = heapq.heappop(free)
                if now >= block.end:
                    continue
                person = policy.pick(caller, now)
                if person is None:
                    self.record.idle += min(_IDLE, block.end - now)
                    heapq.heappush(free, (now + _IDLE, caller))
                    continue
                heard = self._dial(policy, caller, person, now, block.number)
                policy.told(heard)
                heapq.heappush(free, (heard.end, caller))
        self._close()
        return self.record

    def truth(self, person: int, slot: int, now: float) -> float:
        """Return the true chance of a contact now; only the oracle may ask."""
        return self._chance(person, slot, now, -1)

    def _chance(self, person: int, slot: int, now: float, caller: int) -> float:
        state, hidden = self._states[person], self.world.hidden[person]
        if hidden.bad:
            return 0.0
        if _served(state, now):
            return 0.78
        number = self._numbers[self.world.people[person].unit]
        p: float = hidden.contact[slot] * 0.93 ** state.by_slot[slot]
        if state.missed:
            p *= 0.85
        if number.by == caller and now - number.answered <= _LINE_OPEN:
            return max(p, _SIBLING)
        return p * 0.5**number.dials if number.day == int(now) // _DAY else p

    def _dial(self, policy: Policy, caller: int, person: int, now: float, block: int) -> Told:
        state = self._states[person]
        if state.over:
            raise AssertionError("a policy dialled a person who is done")
        if state.promise is not None and now > state.promise + LATE:
            self._miss(state)
        row = min(state.dials, _MAX_DIALS) * DRAWS
        draws = self.world.hidden[person].draws[row : row + DRAWS]
        call = self._call(caller, person, now, block)
        answers = draws[0] < self._chance(person, self.world.blocks[block].slot, now, caller)
        self._count(call, state, block)
        result, minutes = self._outcome(call, draws, answers=answers)
        end = now + minutes * self.world.speed[caller]
        promise = self._promise(policy, person, now, draws) if result is Result.APPOINTMENT else None
        self._keep(call, result, end, promise)
        return Told(caller, person, now, end, block, result, promise)

    def _call(self, caller: int, person: int, now: float, block: int) -> _Call:
        """Return what is known when the telephone rings; a new day forgets who dialled the number."""
        number = self._numbers[self.world.people[person].unit]
        day = int(now) // _DAY
        if number.day != day:
            number.day, number.dials, number.callers = day, 0, set()
        return _Call(
            caller,
            person,
            speaks=self._speaks(caller, person),
            kept=_served(self._states[person], now),
            another=bool(number.callers - {caller}),
        )

    def _count(self, call: _Call, state: _State, block: int) -> None:
        record, told = self.record, self.world.people[call.person]
        number = self._numbers[told.unit]
        record.dials += 1
        record.conflicts += call.caller in told.known_by
        record.same_agent += call.caller == told.last_agent
        record.second_agent += call.another and not call.kept
        record.wrong_language += not call.speaks
        state.dials += 1
        state.by_slot[self.world.blocks[block].slot] += 1
        number.dials += 1
        number.callers.add(call.caller)

    def _keep(self, call: _Call, result: Result, end: float, promise: float | None) -> None:
        state, told, record = self._states[call.person], self.world.people[call.person], self.record
        if call.kept:
            record.due += 1
            record.kept += 1
            state.promise = None
        if result.contact:
            record.contacts += 1
            number = self._numbers[told.unit]
            number.answered, number.by = end, call.caller
        if promise is not None:
            state.promise = promise
        if result.final:
            state.over, state.promise = True, None
        if result is Result.INTERVIEW:
            record.interviews += 1
            record.by_age[told.age] += 1

    def _speaks(self, caller: int, person: int) -> bool:
        language = self.world.people[person].language
        return not language or language in self.world.callers[caller].languages

    def _outcome(self, call: _Call, draws: Sequence[float], *, answers: bool) -> tuple[Result, float]:
        if self.world.hidden[call.person].bad:
            return Result.DEAD, 0.6
        if not answers:
            return Result.NO_ANSWER, 0.9 + 0.4 * draws[1]
        talk = 1.5 + 1.5 * draws[1]
        if draws[2] < (0.03 if call.kept else 0.10):
            return Result.HOUSEHOLD, talk
        if not call.speaks:
            return (Result.LANGUAGE_END if draws[3] < 0.45 else Result.LANGUAGE), talk
        if draws[3] < self._refusal(call):
            return self._refused(call.person, draws[4]), talk
        if draws[5] < self.world.hidden[call.person].wants_appointment * (0.3 if call.kept else 1.0):
            return Result.APPOINTMENT, talk
        return Result.INTERVIEW, math.exp(_INTERVIEW + _SPREAD * _normal(draws[6]))

    def _refusal(self, call: _Call) -> float:
        """Return the chance of a refusal: more after a missed promise or a second caller, less when promised."""
        factor = 1.4 if self._states[call.person].missed else 1.0
        factor *= 1.5 if call.another else 1.0
        factor *= 0.9 if call.kept else 1.0
        return self.world.hidden[call.person].refusal * factor

    def _refused(self, person: int, draw: float) -> Result:
        state = self._states[person]
        self.record.refusals += 1
        last = state.refused or draw < 0.60
        state.refused = True
        return Result.REFUSED_END if last else Result.REFUSED

    def _promise(self, policy: Policy, person: int, now: float, draws: Sequence[float]) -> float | None:
        """Return the moment that a person names: mostly when they are at home."""
        contact = self.world.hidden[person].contact
        day = int(now) // _DAY
        found = [
            b
            for b in self.world.blocks
            if b.start >= now + _LEAST_AHEAD and b.day <= day + _AHEAD and policy.offers(person, b.number)
        ]
        if not found:
            return None
        wanted = draws[6] * sum(contact[b.slot] for b in found)
        for block in found:
            wanted -= contact[block.slot]
            if wanted <= 0:
                break
        return block.start + 15.0 * int(draws[7] * 8)

    def _miss(self, state: _State) -> None:
        self.record.due += 1
        state.promise, state.missed = None, True

    def _close(self) -> None:
        last = self.world.blocks[-1].end
        for state in self._states:
            if state.promise is not None and state.promise + LATE <= last:
                self._miss(state)
            if not state.over:
                self.record.open += 1
                self.record.open_below_two += state.dials < 2


def _served(state: _State, now: float) -> bool:
    return state.promise is not None and -EARLY <= now - state.promise <= LATE


def _normal(u: float) -> float:
    """Return a normal deviate of a uniform one."""
    return _NORMAL.inv_cdf(min(0.9999, max(0.0001, u)))
