"""The enrolments of an office: kept in its own encrypted store, never sent."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import Connection, Row, Select, select, update
from sqlalchemy.dialects.sqlite import insert

from callcenter.domain.agent import Role
from callcenter.errors import CallcenterError
from callcenter.ids import Id
from callcenter.ports import StockEntry
from callcenter.text import N_
from db.local import schema


class StockTaken(CallcenterError):
    """The entry went to somebody else, or this office never had it."""

    code = "STORE-12"
    what = N_("This enrolment file is not free any more.")
    advice = N_("Take another one from the stock.")


class StoredStock:
    """The entries of one store."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def keep(self, entries: Iterable[StockEntry]) -> None:
        """Keep entries; one that is known already stays as it is, so a stock may be opened twice."""
        rows = [{**dataclasses.asdict(e), "role": str(e.role)} for e in entries]
        if rows:
            self._connection.execute(insert(schema.stock).on_conflict_do_nothing(), rows)

    def all(self) -> Sequence[StockEntry]:
        """Return every entry, by label."""
        return self._read(_BY_LABEL)

    def free(self, role: Role, site: str) -> Sequence[StockEntry]:
        """Return the entries of a role and site that nobody has yet, by label."""
        table = schema.stock.c
        return self._read(_BY_LABEL.where(table.role == str(role), table.site == site, table.person == ""))

    def hand(self, enrolment: Id, person: Id, at: datetime) -> StockEntry:
        """Note who has an entry from now on and return it; StockTaken when another person has it or it is unknown."""
        table = schema.stock
        found = self._read(select(table).where(table.c.enrolment == enrolment))
        if not found or found[0].person not in ("", person):
            raise StockTaken()
        if found[0].person == person:
            return found[0]
        given = update(table).where(table.c.enrolment == enrolment).values(person=person, handed_at=at)
        self._connection.execute(given)
        return dataclasses.replace(found[0], person=person, handed_at=at)

    def recovery_for(self, person: Id) -> Sequence[StockEntry]:
        """Return the entries a person was handed, the last one first."""
        table = schema.stock.c
        return self._read(select(schema.stock).where(table.person == person).order_by(table.handed_at.desc()))

    def _read(self, query: Select[tuple[object, ...]]) -> tuple[StockEntry, ...]:
        return tuple(_entry(row) for row in self._connection.execute(query).all())


_BY_LABEL = select(schema.stock).order_by(schema.stock.c.label, schema.stock.c.enrolment)


def _entry(row: Row[tuple[object, ...]]) -> StockEntry:
    told = row._asdict()
    return StockEntry(**{**told, "role": Role(told["role"])})
