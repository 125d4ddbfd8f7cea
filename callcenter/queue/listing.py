"""Planning a bare list: rows of a file with a worth each, and agents with languages, a site and minutes of work."""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from callcenter.domain.lease import Tier
from callcenter.ids import Id
from callcenter.queue.auction import Sale, sell
from callcenter.queue.certificate import Certificate
from callcenter.queue.chance import drawn
from callcenter.queue.fast import best, quickest
from callcenter.queue.hall import OUT, PARTS
from callcenter.queue.market import Ladder, Market
from callcenter.queue.pairing import BASE, CONTINUITY, SCARCE, SCARCE_PART, SITE
from callcenter.queue.reason import Reason
from callcenter.queue.tiers import fair_shares, ladder_of, uneven

# Of a longer list the best so many times what all agents can hold are dealt.
_CHOSEN = 1.3
# So many agents of one sort are offered to a unit at first; others join where they would be better.
_OFFERED = 8
_PASSES = 3
# Millionths of the bound that may stay unproven for the sake of agents who were not offered.
_ENOUGH, _ENOUGH_LARGE, _LARGE = 50, 500, 100_000


# The cheapest agent who speaks certain languages, at a site or anywhere.
_Cheapest = dict[tuple[frozenset[str], str | None], int]


@dataclass(frozen=True)
class Caller:
    """An agent of the list of people; `minutes` of work decide the fair share."""

    code: Id
    site: str
    languages: frozenset[str]
    minutes: int


@dataclass
class Listed:
    """The rows of a file in columns, by case; `units` is each case's place in `keys`."""

    cases: list[Id] = field(default_factory=list)
    units: array[int] = field(default_factory=lambda: array("q"))
    languages: list[str] = field(default_factory=list)
    sites: list[str] = field(default_factory=list)
    values: array[int] = field(default_factory=lambda: array("q"))
    last: list[Id] = field(default_factory=list)
    dialled: bytearray = field(default_factory=bytearray)
    keys: list[Id] = field(default_factory=list)


@dataclass(frozen=True)
class Assigned:
    """A case with its agent and its place on that agent's list."""

    case: Id
    unit: Id
    agent: Id
    tier: Tier
    rank: int


@dataclass(frozen=True)
class ListPlan:
    """The plan of a list; `shares` are fair shares in tenths of a dial."""

    assigned: tuple[Assigned, ...]
    unassigned: tuple[tuple[Id, Reason], ...]
    loads: Mapping[Id, int]
    shares: Mapping[Id, int]
    prices: Mapping[Id, int]
    certificate: Certificate
    binding: tuple[Reason, ...]
    balance: tuple[Reason, ...]
    units: int
    eps: int


@dataclass(frozen=True)
class _Unit:
    """A unit that can be dealt: its cases as places in the list, what it is worth, and who may take it."""

    key: Id
    cases: tuple[int, ...]
    value: int
    site: str
    languages: frozenset[str]
    last: tuple[Id, ...]


def plan_list(
    listed: Listed, callers: Sequence[Caller], seed: int, rules: tuple[int, int], most: int = 6
) -> ListPlan:
    """Return who calls whom; `rules` are the people that a laptop holds, primary and reserve, `most` in a unit."""
    return _Listing(listed, sorted(callers, key=lambda c: c.code), seed, rules).plan(most)


class _Listing:
    """A list while it is planned."""

    def __init__(self, listed: Listed, callers: list[Caller], seed: int, rules: tuple[int, int]) -> None:
        self._listed, self._callers, self._seed, self._rules = listed, callers, seed, rules
        self._places = {caller.code: place for place, caller in enumerate(callers)}
        self._speakers: dict[frozenset[str], list[int]] = {}
        self._near: dict[tuple[frozenset[str], str], list[int]] = {}
        self._left: list[tuple[Id, Reason]] = []
        self._unchosen: list[_Unit] = []
        self._lost = 0

    def plan(self, most: int) -> ListPlan:
        units = self._chosen(self._callable(most))
        ladders, shares = self._ladders(units)
        rows = [self._row(unit) for unit in units]
        sale = self._sold(units, rows, ladders)
        assigned = self._assigned(units, sale)
        loads = Counter(each.agent for each in assigned)
        codes = [caller.code for caller in self._callers]
        may = {code: Counter[str]() for code in codes}
        for unit in units:
            for place in self._speaking(unit.languages):
                may[codes[place]]["/".join(sorted(unit.languages))] += len(unit.cases)
        return ListPlan(
            assigned=tuple(assigned),
            unassigned=tuple(sorted(self._left, key=lambda pair: pair[0])),
            loads={code: loads[code] for code in codes},
            shares={code: round(share * 10) for code, share in zip(codes, shares, strict=True)},
            prices=dict(zip(codes, sale.prices, strict=True)),
            certificate=Certificate(sale.certificate.value - self._lost, sale.certificate.bound),
            binding=self._binding(),
            balance=uneven(loads, {c: round(s) for c, s in zip(codes, shares, strict=True)}, may, {})
            if units
            else (),
            units=len(self._listed.keys),
            eps=sale.eps,
        )

    def _callable(self, most: int) -> list[_Unit]:
        """Return the units by key that somebody may call; the others are left with their reason."""
        found = []
        for unit in self._units():
            reason = self._refused(unit, most)
            if reason is None:
                found.append(unit)
            else:
                self._leave(unit, reason)
        return found

    def _units(self) -> Iterator[_Unit]:
        listed = self._listed
        cases: list[list[int]] = [[] for _ in listed.keys]
        for case, unit in enumerate(listed.units):
            cases[unit].append(case)
        for place in sorted(range(len(listed.keys)), key=listed.keys.__getitem__):
            members = sorted(cases[place], key=listed.cases.__getitem__)
            yield _Unit(
                key=listed.keys[place],
                cases=tuple(members),
                value=sum(listed.values[case] for case in members),
                site=listed.sites[members[0]],
                languages=frozenset(listed.languages[case] for case in members) - {""},
                last=tuple(listed.last[case] for case in members if listed.last[case]),
            )

    def _refused(self, unit: _Unit, most: int) -> Reason | None:
        if len(unit.cases) > most:
            return Reason.of("large_unit", n=len(unit.cases))
        if not any(self._listed.dialled[case] for case in unit.cases):
            return Reason.of("no_number")
        if not self._callers:
            return Reason.of("nobody_works")
        if not self._speaking(unit.languages):
            unspoken = [language for language in sorted(unit.languages) if not self._speaking(frozenset((language,)))]
            if not unspoken:
                return Reason.of("household_languages", languages="/".join(sorted(unit.languages)))
            return Reason.of("language", language=unspoken[0])
        return None

    def _leave(self, unit: _Unit, reason: Reason) -> None:
        self._left += [(self._listed.cases[case], reason) for case in unit.cases]

    def _speaking(self, languages: frozenset[str]) -> list[int]:
        if languages not in self._speakers:
            self._speakers[languages] = [p for p, c in enumerate(self._callers) if languages <= c.languages]
        return self._speakers[languages]

    def _of_site(self, unit: _Unit) -> list[int]:
        key = (unit.languages, unit.site)
        if key not in self._near:
            self._near[key] = [p for p in self._speaking(unit.languages) if self._callers[p].site == unit.site]
        return self._near[key]

    def _room(self) -> int:
        return sum(self._rules) * len(self._callers)

    def _chosen(self, units: list[_Unit]) -> list[_Unit]:
        """Keep the best of a list that is much longer than all agents can hold."""
        count = int(_CHOSEN * self._room())
        if len(units) <= count:
            return units
        worths = array("q", (unit.value // len(unit.cases) for unit in units))
        kept = set(best(worths, count))
        for place, unit in enumerate(units):
            if place not in kept:
                self._leave(unit, Reason.of("not_chosen"))
                self._unchosen.append(unit)
        return [units[place] for place in sorted(kept)]

    def _ladders(self, units: Sequence[_Unit]) -> tuple[list[Ladder], list[float]]:
        rooms = [sum(self._rules)] * len(self._callers)
        shares = fair_shares(sum(len(u.cases) for u in units), [c.minutes for c in self._callers], rooms)
        return [ladder_of(share, room) for share, room in zip(shares, rooms, strict=True)], [float(s) for s in shares]

    def _weight(self, unit: _Unit, place: int) -> int:
        people, caller = len(unit.cases), self._callers[place]
        weight = BASE * people + unit.value + CONTINUITY * unit.last.count(caller.code)
        if caller.site == unit.site:
            weight += SITE * people
        if len(self._speaking(unit.languages)) * SCARCE_PART <= len(self._callers):
            weight += SCARCE * people
        return weight

    def _row(self, unit: _Unit) -> dict[int, int]:
        """Offer a unit to agents of its site, to last year's agent, and to some others; turned by lot."""
        turn = drawn(self._seed, unit.key)
        speaking = self._speaking(unit.languages)
        known = [self._places[code] for code in unit.last if code in self._places]
        offered = [place for place in known if unit.languages <= self._callers[place].languages]
        for sort in (self._of_site(unit), speaking):
            begin = turn % len(sort) if sort else 0
            offered += (sort[begin:] + sort[:begin])[:_OFFERED]
        return {place: self._weight(unit, place) for place in offered}

    def _sold(self, units: Sequence[_Unit], rows: list[dict[int, int]], ladders: Sequence[Ladder]) -> Sale:
        """Sell, and offer more agents where those who were not offered would be better, until that is proven."""
        sizes = [len(unit.cases) for unit in units]
        cases = len(self._listed.cases)
        enough = _ENOUGH_LARGE if cases > _LARGE else _ENOUGH
        for last in (False,) * (_PASSES - 1) + (True,):
            market = Market.of([list(row.items()) for row in rows], ladders, sizes)
            sale = sell(market, quickest(market), cases=cases)
            missing = self._missing(units, rows, sale.prices)
            more = sum(missing.values()) + self._forgone(sale.prices)
            proof = Certificate(sale.certificate.value, sale.certificate.bound + more)
            if last or not missing or proof.millionths <= enough:
                break
            for unit, place in missing:
                rows[unit][place] = self._weight(units[unit], place)
        return Sale(sale.where, sale.prices, sale.eps, proof)

    def _missing(
        self, units: Sequence[_Unit], rows: Sequence[Mapping[int, int]], prices: Sequence[int]
    ) -> dict[tuple[int, int], int]:
        """Return the pairs that were not offered and would be better, with by how much; nothing for short lists."""
        if len(self._callers) <= _OFFERED:
            return {}
        found: dict[tuple[int, int], int] = {}
        cheapest: _Cheapest = {}
        for number, (unit, row) in enumerate(zip(units, rows, strict=True)):
            size = len(unit.cases)
            profit = max([0, *(weight * PARTS - size * prices[place] for place, weight in row.items())])
            for place in self._nearest(unit, prices, cheapest):
                gain = self._weight(unit, place) * PARTS - size * prices[place] - profit
                if gain > 0 and place not in row:
                    found[number, place] = gain
        return found

    def _nearest(self, unit: _Unit, prices: Sequence[int], cheapest: _Cheapest) -> Iterator[int]:
        """Yield the cheapest agent of the unit's site and the cheapest of all who may call it."""
        for site in (unit.site, None):
            key = (unit.languages, site)
            if key not in cheapest:
                among = self._speaking(unit.languages) if site is None else self._of_site(unit)
                cheapest[key] = min(among, key=lambda place: (prices[place], place), default=-1)
            if cheapest[key] >= 0:
                yield cheapest[key]

    def _forgone(self, prices: Sequence[int]) -> int:
        """Return what those who were not chosen would gain at best: so the proof holds for the whole list."""
        more = 0
        cheapest: _Cheapest = {}
        for unit in self._unchosen:
            places = set(self._nearest(unit, prices, cheapest))
            known = (self._places[code] for code in unit.last if code in self._places)
            places |= {place for place in known if unit.languages <= self._callers[place].languages}
            size = len(unit.cases)
            more += max([0, *(self._weight(unit, place) * PARTS - size * prices[place] for place in places)])
        return more

    def _assigned(self, units: Sequence[_Unit], sale: Sale) -> list[Assigned]:
        """Return the cases by agent, the most valuable first, primary before reserve."""
        mine: list[list[_Unit]] = [[] for _ in self._callers]
        for unit, place in zip(units, sale.where, strict=True):
            if place == OUT:
                self._leave(unit, self._full(unit))
            else:
                mine[place].append(unit)
        found: list[Assigned] = []
        for place, taken in enumerate(mine):
            taken.sort(key=lambda unit: (-unit.value // len(unit.cases), drawn(self._seed, unit.key), unit.key))
            found += self._tiers(self._callers[place].code, taken)
        return found

    def _tiers(self, agent: Id, units: Sequence[_Unit]) -> Iterator[Assigned]:
        """Split an agent's units over primary and reserve, whole; what fits into neither is left."""
        room = dict(zip((Tier.PRIMARY, Tier.RESERVE), self._rules, strict=True))
        placed: dict[Tier, list[_Unit]] = {Tier.PRIMARY: [], Tier.RESERVE: []}
        for unit in units:
            tier = next((each for each, left in room.items() if left >= len(unit.cases)), None)
            if tier is None:
                self._leave(unit, self._full(unit))
                self._lost += self._weight(unit, self._places[agent]) * PARTS
            else:
                room[tier] -= len(unit.cases)
                placed[tier].append(unit)
        rank = 0
        for tier, taken in placed.items():
            for unit in taken:
                for case in unit.cases:
                    rank += 1
                    yield Assigned(self._listed.cases[case], unit.key, agent, tier, rank)

    def _full(self, unit: _Unit) -> Reason:
        speaking = len(self._speaking(unit.languages))
        if len(unit.languages) == 1 and speaking < len(self._callers):
            return Reason.of("language_full", agents=speaking, language=next(iter(unit.languages)))
        return Reason.of("all_full", agents=speaking)

    def _binding(self) -> tuple[Reason, ...]:
        counts = Counter(reason for _, reason in self._left)
        return tuple(
            Reason.of(reason.code, **{**dict(reason.facts), "cases": n})
            for reason, n in sorted(counts.items(), key=lambda pair: (-pair[1], str(pair[0])))
        )
