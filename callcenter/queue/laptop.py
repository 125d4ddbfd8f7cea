"""The order of one laptop, kept from one call to the next: after an outcome only what it touched is judged again."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from callcenter.domain.case import Case
from callcenter.ids import Id
from callcenter.queue.calling_hours import local_day
from callcenter.queue.line import Line
from callcenter.queue.priority import Empty, Queued, Rules, Standing, empty, stand
from callcenter.queue.units import Unit, unit_by_case, units_of

_LAST: tuple[int | float | str, ...] = (99,)


class Laptop:
    """A heap over the leased cases; `first` gives what `priority.next_up` gives, at the cost of what changed.

    Cases are compared by identity: a store that reads an unchanged case again must hand out the same value.
    """

    def __init__(self, rules: Rules) -> None:
        self.rules = rules
        self._cases: dict[Id, Case] = {}
        self._units: dict[Id, Unit] = {}
        self._lines: dict[Id, tuple[str, ...]] = {}
        self._standings: dict[Id, Standing] = {}
        self._heap: Line[Id] = Line()
        self._part: tuple[date, str] | None = None
        self._at: datetime | None = None

    def first(self, cases: Sequence[Case], at: datetime) -> Queued | Empty:
        """Return the case to call now, or the reasons why there is none."""
        self._take(cases, at)
        now = at.timestamp()
        for woken in self._heap.awake(now):
            self._put(woken, at)
        while (case := self._heap.first(now)) is not None:
            # Time passes for all alike: only who stands in front is looked at once more.
            before, fresh = self._standings[case], self._put(case, at)
            if fresh.queued is not None and before.place == fresh.place:
                return fresh.queued
        # Nobody is ready: there is time to say anew what each waits for, leases that ran out included.
        reasons = {c.id: reason for c in cases if (reason := self._put(c.id, at).waits) is not None}
        return empty(cases, self._units, self.rules, reasons, at)

    def _take(self, cases: Sequence[Case], at: datetime) -> None:
        """Judge again what changed since the last look, and all when another part of the day began."""
        part = (local_day(at), self.rules.calendar.slot_of(at))
        back = self._at is not None and at < self._at
        changed = [case for case in cases if self._cases.get(case.id) is not case]
        gone = self._cases.keys() - {case.id for case in cases} if len(cases) != len(self._cases) or changed else ()
        touched = {case.id for case in changed} | {o.id for case in gone for o in self._units[case].cases}
        for case in gone:
            self._heap.drop(case)
            del self._cases[case], self._standings[case], self._lines[case]
        for fresh in changed:
            self._cases[fresh.id] = fresh
        if changed or gone:
            touched |= self._join(cases, changed, bool(gone))
        # Between two parts of the day what is still to come shrinks by the minute.
        if part != self._part or not part[1] or back:
            touched = set(self._cases)
        self._part, self._at = part, at
        for case in touched & self._cases.keys():
            self._put(case, at)

    def _join(self, cases: Sequence[Case], changed: Sequence[Case], shrunk: bool) -> set[Id]:  # noqa: FBT001 - of `_take`
        """Put the units right; return the cases whose neighbours changed."""
        lines = {case.id: tuple(n.e164 for n in case.usable_numbers) for case in changed}
        same = not shrunk and all(self._lines.get(case) == told for case, told in lines.items())
        self._lines.update(lines)
        if not same:
            before = self._units
            self._units = dict(unit_by_case(units_of(cases, self.rules.settings.unit_limit)))
            return {c for c, unit in self._units.items() if c not in before or before[c].cases != unit.cases}
        touched: set[Id] = set()
        for case in changed:
            members = tuple(self._cases[o.id] for o in self._units[case.id].cases)
            unit = Unit(self._units[case.id].key, members, self._units[case.id].large)
            for member in members:
                self._units[member.id] = unit
                touched.add(member.id)
        return touched

    def _put(self, case: Id, at: datetime) -> Standing:
        standing = stand(self._cases[case], self._units[case], self.rules, at)
        self._standings[case] = standing
        if standing.place is not None:
            self._heap.put(case, standing.place)
        elif standing.waits is not None and standing.waits.until is not None:
            self._heap.put(case, _LAST, standing.waits.until.timestamp())
        else:
            self._heap.drop(case)
        return standing
