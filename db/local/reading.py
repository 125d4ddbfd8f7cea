"""Reads events back from their wire text, whatever program wrote them."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, TypeVar

from sqlalchemy import Connection, Row, Select, select

from callcenter.domain.codec import parse
from callcenter.domain.envelope import Event, UnknownFact, read_event
from callcenter.domain.event import KINDS, LeaseGranted
from callcenter.domain.folding import fold
from callcenter.ids import Id
from db.local import schema

# SQLite takes many parameters; this many keep a statement small enough to be compiled once.
CHUNK = 500
_V = TypeVar("_V")


def read_wire(wire: str) -> Event:
    """Return the event of a wire text; a known kind whose body does not fit is kept as an unknown one.

    KeyError, TypeError or ValueError when the envelope itself is no envelope.
    """
    envelope = parse(wire)
    try:
        return _fitting(envelope)
    except (AttributeError, KeyError, TypeError, ValueError):
        if envelope["kind"] not in KINDS:
            raise
    # An unknown kind takes any body, so the envelope is read under a name no program knows.
    event = read_event({**envelope, "kind": "", "version": 0})
    fact = UnknownFact(name=envelope["kind"], case=envelope["case"], body=envelope["body"])
    return dataclasses.replace(event, fact=fact)


def _fitting(envelope: Mapping[str, Any]) -> Event:
    event = read_event(envelope)
    if isinstance(event.fact, LeaseGranted):
        fold(event.fact.case, [event])  # only folding reads the outcomes in a pack's history
    return event


def chunks(values: Iterable[_V]) -> Iterator[Sequence[_V]]:
    """Yield the values in pieces that fit one statement."""
    rest = list(values)
    for start in range(0, len(rest), CHUNK):
        yield rest[start : start + CHUNK]


def rows_for(connection: Connection, query: Select[Any], column: Any, values: Iterable[str]) -> list[Row[Any]]:
    """Return the rows of a query whose column is one of many values."""
    found: list[Row[Any]] = []
    for piece in chunks(values):
        found += connection.execute(query.where(column.in_(piece))).all()
    return found


def counting_events(connection: Connection, cases: Iterable[Id]) -> dict[Id, list[Event]]:
    """Return the events of cases that count, not those that central refused."""
    query = select(schema.event.c.wire).where(~schema.event.c.skipped)
    found: dict[Id, list[Event]] = {}
    for row in rows_for(connection, query, schema.event.c.case_id, cases):
        event = read_wire(row.wire)
        found.setdefault(event.fact.about, []).append(event)
    return found
