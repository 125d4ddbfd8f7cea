"""Earlier days of a campaign, played through the use cases: deal, call, close the shift, sync."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from callcenter.clock import RehearsedClock
from callcenter.domain.agent import Shift
from callcenter.domain.outcome import Outcome
from callcenter.forms.session import load
from callcenter.ids import Id
from callcenter.ports import PostBox, Store
from callcenter.rehearsal.company import block_of, calling_days
from callcenter.rehearsal.people import Person
from callcenter.rehearsal.shift import Cast, Player
from callcenter.text import LOCAL_ZONE
from callcenter.usecases import dealing
from callcenter.usecases.interviewing import Desk
from callcenter.usecases.shift import close_shift, send_and_clear
from callcenter.usecases.syncing import sync

Tell = Callable[[str], None]
"""Hears how far the rehearsal is."""


@dataclass(frozen=True)
class Member:
    """Somebody of the organisation: an open store and the line to central."""

    store: Store
    box: PostBox
    desk: Desk


@dataclass
class Room:
    """The whole call room on one rehearsed clock."""

    clock: RehearsedClock
    coordinator: Member
    supervisors: tuple[Member, ...]
    agents: tuple[Member, ...]
    campaign: Id
    seed: int
    cast: Cast = field(default_factory=lambda: Cast({}, {}))

    def sync(self, *members: Member) -> None:
        """Let these members exchange their events."""
        for member in members:
            sync(member.store.log, member.box, self.clock)

    def offices(self) -> tuple[Member, ...]:
        """Return supervisors and coordinator."""
        return (*self.supervisors, self.coordinator)

    def learn_cast(self, people: tuple[Person, ...]) -> None:
        """Find out who is behind which case, by the numbers of the list, and what the questions mean."""
        by_number = {person.number: person for person in people}
        with self.coordinator.store.work() as work:
            cases = work.cases.all(self.campaign)
            published = work.campaigns.form(self.campaign)
        behind = {c.id: by_number[c.respondent.reference] for c in cases if c.respondent}
        assert published is not None  # noqa: S101 - the campaign was opened with its form
        form = load(published.xml)
        meanings = {question.name: form.attributes(question.name).get("fact", "") for question in form.questions()}
        self.cast = Cast(behind, meanings)

    def deal(self, block: Shift) -> None:
        """Let every supervisor deal a block, and everyone get it."""
        self.sync(*self.offices())
        for member in self.supervisors:
            with member.store.work() as work:
                dealing.deal_daybatch(work, self.campaign, block, self.seed)
        self.sync(*self.offices())
        self.sync(*self.agents)

    def interviews(self) -> int:
        """Count the complete interviews that the coordinator's store knows."""
        with self.coordinator.store.work() as work:
            cases = work.cases.all(self.campaign)
        return sum(any(a.outcome is Outcome.COMPLETE for a in case.attempts) for case in cases)


def block_on(day: date) -> Shift:
    """Return the shift of a day, in Brussels time."""
    start, _, end = block_of(day).partition("-")
    return Shift(_moment(day, start), _moment(day, end))


def _moment(day: date, clock: str) -> datetime:
    return datetime.combine(day, time.fromisoformat(clock), LOCAL_ZONE)


def play_days(room: Room, first: date, last: date, wanted: int, tell: Tell) -> int:
    """Play days until so many interviews exist or the last day is over; return how many exist."""
    held = 0
    for day in calling_days(first, last):
        if held >= wanted:
            break
        block = block_on(day)
        room.clock.set(block.start - timedelta(minutes=10))
        room.deal(block)
        for member in room.agents:
            held += _shift(room, member, block, wanted - held)
        room.clock.set(block.end + timedelta(minutes=10))
        room.sync(*room.offices())
        tell(f"{day.isoformat()}: {held} interviews")
    return held


def _shift(room: Room, member: Member, block: Shift, most: int) -> int:
    room.clock.set(block.start)
    chance = random.Random(f"{room.seed} {member.store.device.name} {block.start.isoformat()}")
    player = Player(member.store, member.desk, room.cast, room.clock, chance)
    held = player.play(block.end, most)
    room.clock.set(max(block.end, room.clock()))
    with member.store.work() as work:
        counted = close_shift(work)
    send_and_clear(member.store, member.box, room.clock, counted, _quiet)
    return held


def _quiet(done: int, total: int) -> None:
    """Hear progress and say nothing."""


def every_member(room: Room) -> Iterator[Member]:
    """Yield everyone: coordinator, supervisors, agents."""
    yield room.coordinator
    yield from room.supervisors
    yield from room.agents
