"""An invented campaign: what everybody knows, and what stays hidden until somebody dials."""

from __future__ import annotations

import math
import random
from dataclasses import dataclass

SLOTS = ("morning", "noon", "evening", "saturday")
AGES = ("young", "middle", "old")
SITES = ("Gent", "Brugge", "Leuven", "Hasselt")
LANGUAGES = (("tr", 0.06, 4), ("ar", 0.05, 3), ("ps", 0.03, 2))
"""A language, the share of contacts who need it, and how many agents speak it."""
AGENTS, WEEKS, ROSTERED, ABSENT = 12, 3, 0.40, 0.08
_DAY = 24 * 60
_WEEKDAY = ((10 * 60, 0), (14 * 60, 1), (17 * 60 + 30, 2))
_SATURDAY = ((10 * 60, 3), (13 * 60, 3))
BLOCK = 120
DRAWS = 8
"""Draws of one dial; a person has draws for as many dials as the rules ever allow."""
_DIALS = 24

# Class: contact per slot. Pupils sleep late in July; some never take an unknown number.
_CLASSES = {
    "student": (0.17, 0.31, 0.26, 0.22),
    "day worker": (0.06, 0.09, 0.35, 0.30),
    "late shift": (0.32, 0.23, 0.06, 0.19),
    "easy": (0.36, 0.37, 0.41, 0.38),
    "screens": (0.05, 0.06, 0.09, 0.07),
}
_CLASS_OF_AGE = (
    (0.62, 0.06, 0.07, 0.15, 0.10),
    (0.40, 0.22, 0.13, 0.12, 0.13),
    (0.12, 0.42, 0.19, 0.10, 0.17),
)
_AGE_SHARES = (0.35, 0.35, 0.30)


@dataclass(frozen=True)
class Block:
    """Two hours of calling; minutes count from the first midnight of the campaign."""

    number: int
    day: int
    slot: int
    start: int

    @property
    def end(self) -> int:
        """Return the minute at which no call starts any more."""
        return self.start + BLOCK


@dataclass(frozen=True)
class Caller:
    """An agent as the roster tells: languages, site, trained for refusals, and the blocks of the roster."""

    number: int
    site: int
    languages: frozenset[str]
    converter: bool
    blocks: frozenset[int]


@dataclass(frozen=True, slots=True)
class Person:
    """What a policy may know of a contact; `history` are last year's dials as slot and whether somebody answered."""

    number: int
    unit: int
    site: int
    age: int
    language: str
    last_agent: int
    known_by: frozenset[int]
    history: tuple[tuple[int, bool], ...]
    stated: int


@dataclass(frozen=True, slots=True)
class Hidden:
    """What only dialling shows; `draws` are shared by all policies, one row per dial."""

    contact: tuple[float, float, float, float]
    refusal: float
    wants_appointment: float
    bad: bool
    draws: tuple[float, ...]


@dataclass(frozen=True)
class World:
    """One seed: the same for all policies."""

    seed: int
    blocks: tuple[Block, ...]
    callers: tuple[Caller, ...]
    people: tuple[Person, ...]
    hidden: tuple[Hidden, ...]
    units: tuple[tuple[int, ...], ...]
    present: tuple[tuple[int, ...], ...]
    """The agents who really come, per block."""
    speed: tuple[float, ...]

    @property
    def hours(self) -> float:
        """Return the hours that agents are present."""
        return sum(len(who) for who in self.present) * BLOCK / 60

    def able(self, caller: int, person: int) -> bool:
        """Tell whether this agent speaks the language and does not know the person."""
        told = self.people[person]
        spoken = not told.language or told.language in self.callers[caller].languages
        return spoken and caller not in told.known_by


def make_world(seed: int, contacts: int, *, languages: bool = True) -> World:
    """Return the world of a seed; without languages everybody speaks the common one."""
    chance = random.Random(seed * 7919 + contacts)  # noqa: S311 - invented people, no secrets
    blocks = _blocks()
    callers = _callers(chance, len(blocks))
    present = tuple(
        tuple(c.number for c in callers if b.number in c.blocks and chance.random() >= ABSENT) for b in blocks
    )
    speed = tuple(max(0.6, chance.gauss(1, 0.12)) for _ in callers)
    units = _units(chance, contacts)
    unit_of = {member: number for number, unit in enumerate(units) for member in unit}
    people, hidden = [], []
    for number in range(contacts):
        person, secret = _person(chance, number, unit_of[number], callers)
        people.append(person if languages else _common(person))
        hidden.append(secret)
    return World(seed, blocks, callers, tuple(people), tuple(hidden), units, present, speed)


def _blocks() -> tuple[Block, ...]:
    found: list[Block] = []
    for day in range(7 * WEEKS):
        for minute, slot in {5: _SATURDAY, 6: ()}.get(day % 7, _WEEKDAY):
            found.append(Block(len(found), day, slot, day * _DAY + minute))
    return tuple(found)


def _callers(chance: random.Random, blocks: int) -> tuple[Caller, ...]:
    spoken: list[set[str]] = [set() for _ in range(AGENTS)]
    for language, _, speakers in LANGUAGES:
        for number in chance.sample(range(AGENTS), speakers):
            spoken[number].add(language)
    return tuple(
        Caller(
            number,
            number % len(SITES),
            frozenset(spoken[number]),
            number % 3 == 0,
            frozenset(b for b in range(blocks) if chance.random() < ROSTERED),
        )
        for number in range(AGENTS)
    )


def _units(chance: random.Random, contacts: int) -> tuple[tuple[int, ...], ...]:
    """Pair 12 of 100 people on one number; brothers and sisters stand anywhere in a list."""
    order = list(range(contacts))
    chance.shuffle(order)
    paired = contacts * 12 // 100 // 2 * 2
    pairs = [tuple(sorted(order[i : i + 2])) for i in range(0, paired, 2)]
    return tuple(sorted([*pairs, *((member,) for member in order[paired:])]))


def _person(chance: random.Random, number: int, unit: int, callers: tuple[Caller, ...]) -> tuple[Person, Hidden]:
    site = chance.randrange(len(SITES))
    age = chance.choices(range(3), _AGE_SHARES)[0]
    kind = _draw_class(chance, age)
    before = _draw_class(chance, age) if chance.random() < 0.25 else kind
    own = chance.gauss(0, 0.6)
    truth = tuple(_noisy(base, own + chance.gauss(0, 0.25)) for base in _CLASSES[kind])
    asked = chance.random() < 0.60
    history = _history(chance, before, own) if chance.random() < 0.60 else ()
    best = max(range(4), key=lambda s: truth[s])
    stated = (chance.randrange(4) if chance.random() < 0.20 else best) if asked else -1
    known = frozenset(c.number for c in callers if c.site == site and chance.random() < 0.04)
    person = Person(number, unit, site, age, _language(chance), _last(chance), known, history, stated)
    refusal = min(0.9, chance.betavariate(2, 14) + (0.05 if kind == "screens" else 0.0))
    bad = chance.random() < 0.08
    draws = tuple(chance.random() for _ in range(DRAWS * _DIALS))
    contact = (truth[0], truth[1], truth[2], truth[3])
    return person, Hidden(contact, refusal, chance.betavariate(4, 12), bad, draws)


def _common(person: Person) -> Person:
    return Person(
        person.number, person.unit, person.site, person.age, "", person.last_agent,
        person.known_by, person.history, person.stated,
    )  # fmt: skip


def _draw_class(chance: random.Random, age: int) -> str:
    return chance.choices(list(_CLASSES), _CLASS_OF_AGE[age])[0]


def _noisy(base: float, noise: float) -> float:
    return 1 / (1 + math.exp(-(math.log(base / (1 - base)) + noise)))


def _history(chance: random.Random, kind: str, own: float) -> tuple[tuple[int, bool], ...]:
    found = []
    for _ in range(chance.randint(2, 5)):
        slot = chance.randrange(4)
        found.append((slot, chance.random() < _noisy(_CLASSES[kind][slot], own)))
    return tuple(found)


def _language(chance: random.Random) -> str:
    drawn, total = chance.random(), 0.0
    for language, share, _ in LANGUAGES:
        total += share
        if drawn < total:
            return language
    return ""


def _last(chance: random.Random) -> int:
    drawn = chance.random()
    return int(drawn / 0.35 * AGENTS) if drawn < 0.35 else -1
