"""How likely somebody answers in each part of the week: the team's rates, shrunk to what one person did before.

All rates are whole millionths, so that every platform orders the same list alike.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

MILLION = 1_000_000
HISTORY = 0.5
"""What a dial of last year's campaign counts."""
_PERSON, _PERSON_RANGE = 1.2, (0.25, 2.5)
_SLOT, _SLOT_RANGE = 1.0, (0.5, 1.6)
_STATED, _OTHER = 1.5, 0.8
_MOST = 600_000
"""Nobody answers more often than this, whatever the factors multiply to."""
_TEAM = 40.0
"""So many dials at the wider rate are mixed into the rate of one group in one slot."""


class Tried(NamedTuple):
    """Dials in one slot and how many reached somebody; a dial of last year counts half."""

    dials: float
    contacts: float


Past = Mapping[str, Tried]
NONE = Tried(0.0, 0.0)


@dataclass(frozen=True)
class Odds:
    """What one group of people may expect, as a lease brings it: no names and nothing of one person.

    `contact` is per slot in millionths, `interview` the share of contacts that become an interview in millionths.
    `dial` and `talk` are seconds: of a dial, and what a contact adds. `fair` is the fairness factor in millionths.
    """

    contact: Mapping[str, int]
    interview: int = 580_000
    dial: int = 66
    talk: int = 480
    fair: int = MILLION

    def texts(self) -> dict[str, int]:
        """Return it as one flat table, as a pack carries it."""
        return {
            **{f"slot.{slot}": rate for slot, rate in sorted(self.contact.items())},
            "interview": self.interview,
            "dial": self.dial,
            "talk": self.talk,
            "fair": self.fair,
        }

    @classmethod
    def read(cls, told: Mapping[str, int]) -> Odds:
        """Return the odds that `texts` wrote; what is missing takes its default, and nothing is below one."""
        contact = {name[5:]: rate for name, rate in told.items() if name.startswith("slot.")}
        known = {name: max(1, told[name]) for name in ("interview", "dial", "talk", "fair") if name in told}
        return cls(contact, **known)


def past_of(tries: Iterable[tuple[str, bool, bool]]) -> dict[str, Tried]:
    """Count tries per slot; each is its slot, whether somebody was reached, and whether it was last year."""
    found: dict[str, Tried] = {}
    for slot, reached, last_year in tries:
        before = found.get(slot, NONE)
        counts = HISTORY if last_year else 1.0
        found[slot] = Tried(before.dials + counts, before.contacts + (counts if reached else 0.0))
    return found


def chances(rates: Mapping[str, int], past: Past, stated: Collection[str] = ()) -> dict[str, int]:
    """Return the chance of a contact per slot, in millionths.

    p = g m r: the team's rate, how often this person answered against what the team would have had, and how this slot
    did for this person. A slot that the person named counts more, the others less.
    """
    m = _person(rates, past)
    return {slot: _one(g, m, past.get(slot), slot, stated) for slot, g in rates.items()}


def _person(rates: Mapping[str, int], past: Past) -> float:
    contacts = expected = 0.0
    for slot, tried in past.items():
        contacts += tried.contacts
        expected += tried.dials * rates.get(slot, 0) / MILLION
    return _clip((contacts + _PERSON) / (expected + _PERSON), _PERSON_RANGE)


def _one(rate: int, m: float, tried: Tried | None, slot: str, stated: Collection[str]) -> int:
    p = rate * m
    if tried is not None and rate:
        g = rate / MILLION
        p *= _clip((tried.contacts + _SLOT * g) / (tried.dials + _SLOT) / g, _SLOT_RANGE)
    if stated:
        p *= _STATED if slot in stated else _OTHER
    return min(_MOST, int(p))


def _clip(value: float, within: tuple[float, float]) -> float:
    return min(within[1], max(within[0], value))


@dataclass
class Team:
    """What the office counts over all its calls: per group and slot, and what contacts became."""

    prior: Mapping[str, int]
    tried: dict[tuple[str, str], Tried] = field(default_factory=dict)
    contacts: int = 0
    interviews: int = 0

    def count(self, group: str, slot: str, *, reached: bool, last_year: bool = False) -> None:
        """Count one dial."""
        counts = HISTORY if last_year else 1.0
        for key in ((group, slot), ("", slot)):
            before = self.tried.get(key, NONE)
            self.tried[key] = Tried(before.dials + counts, before.contacts + (counts if reached else 0.0))

    def count_contact(self, *, interview: bool) -> None:
        """Count what a contact with the person became."""
        self.contacts += 1
        self.interviews += interview

    def rates(self, group: str) -> dict[str, int]:
        """Return a group's contact rate per slot: smoothed to the slot's rate, and that to the prior."""
        found = {}
        for slot, prior in self.prior.items():
            wide = _smooth(self.tried.get(("", slot), NONE), prior / MILLION)
            found[slot] = int(_smooth(self.tried.get((group, slot), NONE), wide) * MILLION)
        return found

    def interview(self, prior: int = 580_000) -> int:
        """Return the share of contacts that become an interview, smoothed, in millionths."""
        share = (self.interviews + _TEAM * prior / MILLION) / (self.contacts + _TEAM)
        return int(share * MILLION)


def _smooth(tried: Tried, to: float) -> float:
    return (tried.contacts + _TEAM * to) / (tried.dials + _TEAM)
