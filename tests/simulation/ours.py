"""Our own policy, with the program's model, index, heap and auction; offline inside a block."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from callcenter.queue.chance import drawn
from callcenter.queue.index import after_refusal, fairness, index
from callcenter.queue.line import Line
from callcenter.queue.model import MILLION, Odds, Past, Team, Tried, chances, past_of
from tests.simulation.campaign import EARLY, LATE, Campaign, Result, Told
from tests.simulation.dealing import Unit, deal_block
from tests.simulation.world import AGES, BLOCK, SLOTS, Block, World

_DAY = 24 * 60
_WAIT = {Result.NO_ANSWER: 180, Result.HOUSEHOLD: _DAY, Result.LANGUAGE: 180, Result.REFUSED: 7 * _DAY}
_MOST_DIALS = 8
_PER_DAY = 2
MINUTES_PER_DIAL = 2.4
_PRIOR = {"morning": 160_000, "noon": 200_000, "evening": 260_000, "saturday": 230_000}
_GAP = 14
_PIN, _SIBLING, _ORDINARY = range(3)


@dataclass(slots=True)
class _Case:
    """What our stores know of one person."""

    past: dict[str, Tried]
    stated: tuple[str, ...]
    dials: int = 0
    done: bool = False
    refused_by: int = -1
    free_at: float = 0.0
    promise: float | None = None
    chances: dict[str, int] | None = None
    """Kept until the next dial, and until the rates of another day."""


@dataclass(slots=True)
class _Number:
    """Who dialled a number today, and how often."""

    day: int = -1
    caller: int = -1
    dials: int = 0


@dataclass
class Lease:
    """What one laptop holds during a block."""

    line: Line[int] = field(default_factory=Line)
    places: dict[int, tuple[int, int]] = field(default_factory=dict)


class Ours:
    """The product's queue; `stated` uses the best moment that people named, `roster` the picker that knows shifts."""

    def __init__(self, world: World, *, stated: bool = True, roster: bool = True) -> None:
        self.world = world
        self.roster = roster
        self.team = Team(dict(_PRIOR))
        self.cases = [
            _Case(
                past_of((SLOTS[slot], reached, True) for slot, reached in person.history),
                (SLOTS[person.stated],) if stated and person.stated >= 0 else (),
            )
            for person in world.people
        ]
        for person in world.people:
            for slot, reached in person.history:
                self.team.count(AGES[person.age], SLOTS[slot], reached=reached, last_year=True)
        self.numbers = [_Number() for _ in world.units]
        self.done_by_age = [0] * len(AGES)
        self.of_age = [sum(p.age == age for p in world.people) for age in range(len(AGES))]
        self.leases: dict[int, Lease] = {}
        self._later = _rostered_later(world)
        self._suited = tuple(
            frozenset(c.number for c in world.callers if world.able(c.number, p.number)) for p in world.people
        )
        self._lot = tuple(drawn(world.seed, str(p.number)) for p in world.people)
        self.block: Block = world.blocks[0]
        self._rated = -1

    def offers(self, person: int, block: int) -> bool:
        """Offer only moments at which somebody who may call this person is rostered."""
        return not self.roster or any(
            block in caller.blocks and self.world.able(caller.number, person) for caller in self.world.callers
        )

    def begin(self, block: int, present: Sequence[int]) -> None:
        """Plan the block: rates, index, leases, pinned appointments."""
        now = self.world.blocks[block]
        if self._rated != now.day:
            self._rated = now.day
            self.odds = self._rates()
            for case in self.cases:
                case.chances = None
        self.block = now
        self.leases = {caller: Lease() for caller in present}
        pinned = self._pin(block, present)
        units = [
            unit
            for number, members in enumerate(self.world.units)
            if number not in pinned and (unit := self._unit(number, members, present)) is not None
        ]
        capacity = int(BLOCK / MINUTES_PER_DIAL)
        for caller, tier, unit in deal_block(units, present, capacity, self.world.seed):
            for person, value in zip(unit.members, unit.values, strict=True):
                self._lease(caller, person, tier, value)

    def _rates(self) -> tuple[Odds, ...]:
        mean = sum(self.done_by_age) * MILLION // max(1, sum(self.of_age))
        interview = self.team.interview()
        return tuple(
            Odds(
                self.team.rates(AGES[age]),
                interview,
                fair=fairness(self.done_by_age[age] * MILLION // max(1, self.of_age[age]), mean),
            )
            for age in range(len(AGES))
        )

    def _pin(self, block: int, present: Sequence[int]) -> set[int]:
        """Give each promised call of the block to the eligible agent whose other promises lie farthest."""
        start, end = self.world.blocks[block].start, self.world.blocks[block].end
        held: dict[int, list[float]] = {caller: [] for caller in present}
        pinned: set[int] = set()
        promised = [(case.promise, p) for p, case in enumerate(self.cases) if case.promise is not None]
        for promise, person in sorted(promised):
            if promise + LATE < start:
                self.cases[person].promise = None
                continue
            unit = self.world.people[person].unit
            able = [c for c in present if c in self._suited[person]]
            if promise > end or not able:
                continue
            today = self._caller_today(unit)
            near = {c: sum(abs(promise - other) < _GAP for other in held[c]) for c in able}
            chosen = min(able, key=lambda c: (near[c], c != today, len(held[c]), c))
            held[chosen].append(promise)
            pinned.add(unit)
            self.leases[chosen].line.put(person, (_PIN, promise), promise - EARLY)
        return pinned

    def _caller_today(self, unit: int) -> int:
        number = self.numbers[unit]
        return number.caller if number.day == self.block.day else -1

    def _unit(self, number: int, members: Sequence[int], present: Sequence[int]) -> Unit | None:
        today = self._caller_today(number)
        if today >= 0 and (today not in present or self.numbers[number].dials >= _PER_DAY):
            return None
        free = [p for p in members if self._free(p)]
        if not free:
            return None
        able = self._able(free, present, today)
        if not able:
            return None
        values = tuple(self._value(p, self.numbers[number].dials if today >= 0 else 0) for p in free)
        last = frozenset(self.world.people[p].last_agent for p in free)
        return Unit(number, tuple(free), values, able, last)

    def _free(self, person: int) -> bool:
        case = self.cases[person]
        return not case.done and case.promise is None and case.free_at <= self.block.start

    def _able(self, members: Sequence[int], present: Sequence[int], today: int) -> tuple[int, ...]:
        """Return the agents who came and may call all of these."""
        suited = self._suited[members[0]].intersection(present)
        for person in members:
            suited &= self._suited[person]
            heard = self.cases[person].refused_by
            if heard >= 0:
                suited = frozenset(c for c in suited if c != heard and self.world.callers[c].converter)
        return tuple(sorted(suited if today < 0 else suited & {today}))

    def _value(self, person: int, today: int) -> int:
        case, told = self.cases[person], self.world.people[person]
        odds, slot = self.odds[told.age], SLOTS[self.block.slot]
        if case.refused_by >= 0:
            return after_refusal(self.world.seed, str(person), slot, odds).value
        later = self._later[told.language][self.block.number]
        if case.chances is None:
            case.chances = self._chances(person, odds.contact, case.past)
        return index(case.chances, odds, slot, later, case.dials, today).value

    def _chances(self, person: int, rates: Mapping[str, int], past: Past) -> dict[str, int]:
        return chances(rates, past, self.cases[person].stated)

    def _lease(self, caller: int, person: int, tier: int, value: int) -> None:
        lease = self.leases[caller]
        lease.places[person] = (tier, value)
        lease.line.put(person, (_ORDINARY, tier, -value, self._lot[person]))

    def pick(self, caller: int, now: float) -> int | None:
        """Return the head of the laptop's heap; a pin that was missed goes back to the others."""
        line = self.leases[caller].line
        while (person := line.first(now)) is not None:
            promise = self.cases[person].promise
            if promise is None or now <= promise + LATE:
                return person
            self.cases[person].promise = None
            line.drop(person)
        return None

    def told(self, heard: Told) -> None:
        """Learn from a dial, and put the heap right."""
        person, case = heard.person, self.cases[heard.person]
        told = self.world.people[person]
        slot, reached = SLOTS[self.block.slot], heard.result.contact
        kept = case.promise is not None
        case.dials += 1
        case.chances = None
        if not kept:
            before = case.past.get(slot, Tried(0.0, 0.0))
            case.past[slot] = Tried(before.dials + 1, before.contacts + reached)
            self.team.count(AGES[told.age], slot, reached=reached)
        if reached:
            self.team.count_contact(interview=heard.result is Result.INTERVIEW)
        if heard.result is Result.INTERVIEW:
            self.done_by_age[told.age] += 1
        if heard.result is Result.REFUSED:
            case.refused_by = heard.caller
        case.promise = heard.promise
        case.free_at = heard.end + _WAIT.get(heard.result, 0)
        case.done = heard.result.final or (case.dials >= _MOST_DIALS and heard.promise is None)
        self._number(heard, told.unit)
        line = self.leases[heard.caller].line
        line.drop(person)
        self._siblings(heard, person, told.unit, line)

    def _number(self, heard: Told, unit: int) -> None:
        number = self.numbers[unit]
        if number.day != self.block.day:
            number.day, number.dials = self.block.day, 0
        number.caller = heard.caller
        number.dials += 1

    def _siblings(self, heard: Told, person: int, unit: int, line: Line[int]) -> None:
        """Offer the sister next where somebody answered; after no answer the number rests as a whole."""
        for other in self.world.units[unit]:
            if other != person and other in line and self.cases[other].promise is None:
                if heard.result.contact:
                    line.put(other, (_SIBLING, 0))
                else:
                    line.drop(other)
                    self.cases[other].free_at = max(self.cases[other].free_at, heard.end + _WAIT[Result.NO_ANSWER])


class Oracle(Ours):
    """Ours with the true chance of every contact."""

    def __init__(self, world: World, campaign: Campaign) -> None:
        super().__init__(world)
        self.campaign = campaign

    def begin(self, block: int, present: Sequence[int]) -> None:
        """Know every chance anew."""
        for case in self.cases:
            case.chances = None
        super().begin(block, present)

    def _chances(self, person: int, rates: Mapping[str, int], past: Past) -> dict[str, int]:
        now = self.block.start
        return {name: int(self.campaign.truth(person, slot, now) * MILLION) for slot, name in enumerate(SLOTS)}


def _rostered_later(world: World) -> dict[str, tuple[frozenset[str], ...]]:
    """Return per language and block the slots in which a speaker is rostered after that block."""
    found = {}
    for language in sorted({p.language for p in world.people}):
        speakers = [c for c in world.callers if not language or language in c.languages]
        rows: list[frozenset[str]] = []
        later: set[str] = set()
        for block in reversed(world.blocks):
            rows.append(frozenset(later))
            if any(block.number in c.blocks for c in speakers):
                later.add(SLOTS[block.slot])
        found[language] = tuple(reversed(rows))
    return found
