"""Call units: the cases behind one telephone number, called together by one agent."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from callcenter.domain.case import Case
from callcenter.ids import Id


@dataclass(frozen=True)
class Unit:
    """Cases that share usable numbers, directly or through others; `key` is the smallest case id.

    `large` marks more persons than a household has, likely a school or an organisation: no automatic calls.
    """

    key: Id
    cases: tuple[Case, ...]
    large: bool = False

    def others(self, case: Case) -> tuple[Case, ...]:
        """Return the other cases of the unit."""
        return tuple(c for c in self.cases if c.id != case.id)


def units_of(cases: Sequence[Case], limit: int) -> tuple[Unit, ...]:
    """Return the units of these cases by key; `limit` is the most persons that one may have."""
    leader: dict[Id, Id] = {case.id: case.id for case in cases}
    first: dict[str, Id] = {}
    for case in cases:
        for number in case.usable_numbers:
            _join(leader, case.id, first.setdefault(number.e164, case.id))
    together: dict[Id, list[Case]] = {}
    for case in sorted(cases, key=lambda c: c.id):
        together.setdefault(_root(leader, case.id), []).append(case)
    units = (Unit(members[0].id, tuple(members), len(members) > limit) for members in together.values())
    return tuple(sorted(units, key=lambda unit: unit.key))


def _root(leader: dict[Id, Id], case: Id) -> Id:
    while leader[case] != case:
        leader[case] = leader[leader[case]]  # shorten the way for the next look
        case = leader[case]
    return case


def _join(leader: dict[Id, Id], one: Id, other: Id) -> None:
    a, b = _root(leader, one), _root(leader, other)
    leader[max(a, b)] = min(a, b)


def unit_by_case(units: Sequence[Unit]) -> Mapping[Id, Unit]:
    """Return the unit of each case."""
    return {case.id: unit for unit in units for case in unit.cases}
