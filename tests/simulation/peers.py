"""Readings of how other programs choose whom to call; see the notes of each class for what was read.

None is the program itself. Where a rule left a choice, the one was taken that serves the peer better.
"""

from __future__ import annotations

import heapq
import random
from collections import deque
from collections.abc import Sequence

from tests.simulation.campaign import EARLY, LATE, Result, Told
from tests.simulation.world import World

_GAP = 180
_COOLING = 7 * 24 * 60
_DAY = 24 * 60
MOST_DIALS = 8


class _Desk:
    """What every peer keeps: who is done, how often and when people were dialled, and promised calls."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.chance = random.Random(world.seed)  # noqa: S311 - a lottery of the simulation, no secrets
        self.done = [False] * len(world.people)
        self.dials = [0] * len(world.people)
        self.free_at = [0.0] * len(world.people)
        self.promise: dict[int, float] = {}
        self.maker: dict[int, int] = {}
        self.busy: set[int] = set()

    def begin(self, block: int, present: Sequence[int]) -> None:
        """Start a block."""

    def offers(self, person: int, block: int) -> bool:
        """Offer every block: no peer's picker knows the roster."""
        return True

    def told(self, heard: Told) -> None:
        """Keep the outcome."""
        person = heard.person
        self.dials[person] += 1
        self.done[person] = heard.result.final or self.dials[person] >= MOST_DIALS
        self.promise.pop(person, None)
        self.free_at[person] = heard.end + (_COOLING if heard.result is Result.REFUSED else _GAP)
        if heard.promise is not None:
            self.done[person] = False
            self.promise[person] = heard.promise
            self.maker[person] = heard.caller

    def may(self, person: int, now: float) -> bool:
        """Tell whether a person may be dialled without a promise."""
        return not self.done[person] and self.free_at[person] <= now and person not in self.promise

    def overdue(self, now: float) -> None:
        """Put people whose promised call was missed back among the others."""
        for person in [p for p, at in self.promise.items() if now > at + LATE]:
            del self.promise[person]

    def due(self, now: float) -> list[int]:
        """Return those whose promised call may be made now, the earliest first."""
        return sorted(
            (p for p, at in self.promise.items() if -EARLY <= now - at <= LATE), key=self.promise.__getitem__
        )


class File(_Desk):
    """A list cut into equal pieces; everybody goes round in their own and remembers half of what was promised."""

    def __init__(self, world: World) -> None:
        super().__init__(world)
        size = -(-len(world.people) // len(world.callers))
        self.pieces = [
            deque(range(c * size, min(len(world.people), (c + 1) * size))) for c in range(len(world.callers))
        ]
        self.written: set[int] = set()

    def pick(self, caller: int, now: float) -> int | None:
        """Return a promised call that was not forgotten, or the next of the own piece."""
        self.overdue(now)
        for person in self.due(now):
            if self.maker[person] == caller and person in self.written:
                return person
        return _round(self, self.pieces[caller], now)

    def told(self, heard: Told) -> None:
        """Write half of the promises down."""
        super().told(heard)
        if heard.promise is not None and self.chance.random() < 0.5:
            self.written.add(heard.person)


def _round(desk: _Desk, piece: deque[int], now: float) -> int | None:
    for _ in range(len(piece)):
        person = piece.popleft()
        if desk.done[person]:
            continue
        piece.append(person)
        if desk.may(person, now):
            return person
    return None


class Random(_Desk):
    """Anybody who may be called, drawn by lot."""

    def begin(self, block: int, present: Sequence[int]) -> None:
        """Draw the order of a block."""
        self.order = [p for p in range(len(self.done)) if not self.done[p]]
        self.chance.shuffle(self.order)

    def pick(self, caller: int, now: float) -> int | None:
        """Return the next in the drawn order."""
        self.overdue(now)
        while self.order:
            person = self.order.pop()
            if self.may(person, now):
                return person
        return None


class Civicrm(_Desk):
    """An interviewer reserves 50 by hand, tries each up to three times, then releases them and reserves others.

    Read: civicrm-core, CRM/Campaign/Form/Task/Reserve.php. Promised calls stand in the interviewer's own diary, and
    half of them are forgotten, as with a file.
    """

    RESERVED, TRIES = 50, 3

    def __init__(self, world: World) -> None:
        super().__init__(world)
        self.free: deque[int] = deque(range(len(world.people)))
        self.reserved: list[deque[int]] = [deque() for _ in world.callers]
        self.tried = [0] * len(world.people)
        self.written: set[int] = set()

    def pick(self, caller: int, now: float) -> int | None:
        """Return a promised call of the own diary, or the next of the reserved people."""
        self.overdue(now)
        for person in self.due(now):
            if self.maker[person] == caller and person in self.written:
                return person
        mine = self.reserved[caller]
        for _ in range(2):
            if not mine:
                self._reserve(mine)
            found = self._next(mine, now)
            if found is not None:
                return found
            # All reserved people wait: an interviewer at a desk reserves others rather than wait for hours.
            while mine:
                self._release(mine.popleft())
        return None

    def _next(self, mine: deque[int], now: float) -> int | None:
        for _ in range(len(mine)):
            person = mine.popleft()
            if self.done[person] or self.tried[person] >= self.TRIES:
                self._release(person)
                continue
            mine.append(person)
            if self.may(person, now):
                self.tried[person] += 1
                return person
        return None

    def _reserve(self, mine: deque[int]) -> None:
        for _ in range(min(self.RESERVED, len(self.free))):
            mine.append(self.free.popleft())

    def _release(self, person: int) -> None:
        self.tried[person] = 0
        if not self.done[person]:
            self.free.append(person)

    def told(self, heard: Told) -> None:
        """Write half of the promises down."""
        super().told(heard)
        if heard.promise is not None and self.chance.random() < 0.5:
            self.written.add(heard.person)


class Vicidial(_Desk):
    """One hopper for the campaign in the order DOWN COUNT (fewest dials first); half the callbacks are agent-only.

    Read: inktel/Vicidial, bin/AST_VDhopper.pl.
    """

    def __init__(self, world: World) -> None:
        super().__init__(world)
        self.own: set[int] = set()

    def begin(self, block: int, present: Sequence[int]) -> None:
        """Fill the hopper."""
        self.hopper = [(self.dials[p], p) for p in range(len(self.done)) if not self.done[p]]
        heapq.heapify(self.hopper)

    def pick(self, caller: int, now: float) -> int | None:
        """Return a due callback, or the head of the hopper."""
        self.overdue(now)
        for person in self.due(now):
            if person not in self.own or self.maker[person] == caller:
                return person
        while self.hopper:
            _, person = heapq.heappop(self.hopper)
            if self.may(person, now):
                return person
        return None

    def told(self, heard: Told) -> None:
        """Make half of the callbacks personal."""
        super().told(heard)
        if heard.promise is not None and self.chance.random() < 0.5:
            self.own.add(heard.person)


class Quexs(_Desk):
    """A running appointment, then the oldest recall; a new case only when no recall is left.

    Read: ACSPRI/queXS, functions/functions.operator.php, get_case_id. A recall is due on the next day: its own
    default of three hours would bring most of them back on the same day, in vain.
    """

    def __init__(self, world: World) -> None:
        super().__init__(world)
        self.fresh = deque(range(len(world.people)))
        self.recall: list[tuple[float, int]] = []

    def pick(self, caller: int, now: float) -> int | None:
        """Return an appointment, a recall or a new case."""
        for person in [p for p, at in self.promise.items() if now > at + LATE]:
            heapq.heappush(self.recall, (self.free_at[person], person))
        self.overdue(now)
        due = self.due(now)
        if due:
            return due[0]
        while self.recall and self.recall[0][0] <= now:
            _, person = heapq.heappop(self.recall)
            if self.may(person, now):
                return person
        return self.fresh.popleft() if self.fresh else None

    def told(self, heard: Told) -> None:
        """Put the person among the recalls."""
        super().told(heard)
        midnight = (int(heard.end) // _DAY + 1) * _DAY
        self.free_at[heard.person] = max(self.free_at[heard.person], midnight)
        if not self.done[heard.person] and heard.promise is None:
            heapq.heappush(self.recall, (self.free_at[heard.person], heard.person))


class Blaise(_Desk):
    """A day batch on a perfect online server: appointments, slots not tried yet, fewest dials, language groups.

    Read: Blaise CATI Guide (Westat 2004). An agent of a language group takes its cases first, as one does where only
    few can; nobody is ever offered a case in a language that they do not speak.
    """

    def __init__(self, world: World) -> None:
        super().__init__(world)
        self.in_slot = [[0, 0, 0, 0] for _ in world.people]
        self.last_day = [-1] * len(world.people)

    def begin(self, block: int, present: Sequence[int]) -> None:
        """Make the batch of a time slice, per language."""
        slot, day = self.world.blocks[block].slot, self.world.blocks[block].day
        self.batch: dict[str, list[tuple[int, int, float, int]]] = {}
        for person, told in enumerate(self.world.people):
            if not self.done[person] and self.last_day[person] != day:
                tried = self.in_slot[person][slot]
                row = (int(tried > 0), self.dials[person], self.chance.random(), person)
                self.batch.setdefault(told.language, []).append(row)
        for rows in self.batch.values():
            heapq.heapify(rows)

    def pick(self, caller: int, now: float) -> int | None:
        """Return a due appointment that this agent may serve, or the best of the batch."""
        self.overdue(now)
        spoken = self.world.callers[caller].languages
        for person in self.due(now):
            language = self.world.people[person].language
            if not language or language in spoken:
                return person
        for language in (*sorted(spoken), ""):
            rows = self.batch.get(language, [])
            while rows:
                person = heapq.heappop(rows)[3]
                if self.may(person, now):
                    return person
        return None

    def told(self, heard: Told) -> None:
        """Keep the slot and the day."""
        super().told(heard)
        block = self.world.blocks[heard.block]
        self.in_slot[heard.person][block.slot] += 1
        self.last_day[heard.person] = block.day
