"""Erasure on a laptop: of an erased person ids and hashes stay, and in an office that there was a case."""

from __future__ import annotations

import re
from collections.abc import Iterable

from sqlalchemy import ColumnElement, Connection, delete, exists, select
from sqlalchemy.dialects.sqlite import insert

from callcenter.domain.envelope import Event
from callcenter.domain.event import CaseOpened, PurgeDone, SubjectErased
from callcenter.domain.folding import fold
from callcenter.domain.sample import Respondent
from callcenter.ids import Id
from db.local import schema
from db.local.reading import chunks, counting_events

# What is said about the erasure itself holds nothing of the person.
_SAID = (SubjectErased.__name__, PurgeDone.__name__)
_WORD = re.compile(r"\w+")
# An office also keeps that there was a case, of which campaign and site: erased people are counted.
_COUNTED = (CaseOpened.__name__, *_SAID)


def erased_among(connection: Connection, cases: Iterable[Id]) -> frozenset[Id]:
    """Return which of these cases were erased."""
    table = schema.erased.c.case_id
    found = (connection.execute(select(table).where(table.in_(piece))).scalars() for piece in chunks(cases))
    return frozenset(case for some in found for case in some)


def erase(connection: Connection, cases: Iterable[Id], *, office: bool) -> None:
    """Remove all that is held of some cases, but own events that still have to be sent; safe to do again.

    The projection is the caller's to make again.
    """
    wanted = frozenset(cases)
    if office:
        for case, events in counting_events(connection, wanted).items():
            _forget_findings(connection, case, events)
    for piece in chunks(wanted):
        rows = [{"case_id": case} for case in piece]
        connection.execute(insert(schema.erased).on_conflict_do_nothing(), rows)
        connection.execute(delete(schema.draft).where(schema.draft.c.case_id.in_(piece)))
    strip(connection, office=office)


def strip(connection: Connection, *, office: bool) -> bool:
    """Take the texts of erased cases' events out of the log, save those that wait to be sent; tell if any went."""
    event = schema.event
    due = _of_erased(_COUNTED if office else _SAID) & ~_waits()
    known = select(event.c.id, event.c.sha256).where(due)
    connection.execute(insert(schema.gone).from_select(["event_id", "sha256"], known).on_conflict_do_nothing())
    return connection.execute(delete(event).where(due)).rowcount > 0


def finished(connection: Connection) -> tuple[Id, ...]:
    """Return the erased cases of which no text is left and whose PurgeDone was not said yet."""
    event, erased = schema.event.c, schema.erased.c
    left = exists().where(event.case_id == erased.case_id, event.kind.not_in(_COUNTED))
    said = exists().where(event.case_id == erased.case_id, event.kind == PurgeDone.__name__, event.own)
    return tuple(connection.execute(select(erased.case_id).where(~left, ~said).order_by(erased.case_id)).scalars())


def erased_by(events: Iterable[Event]) -> frozenset[Id]:
    """Return the cases that these events erase."""
    return frozenset(e.fact.case for e in events if isinstance(e.fact, SubjectErased))


def _of_erased(stay: tuple[str, ...]) -> ColumnElement[bool]:
    event = schema.event.c
    return event.case_id.in_(select(schema.erased.c.case_id)) & event.kind.not_in(stay)


def _waits() -> ColumnElement[bool]:
    out = schema.outbox.c
    return exists().where(out.event_id == schema.event.c.id, ~out.acked, out.set_aside == "")


def _forget_findings(connection: Connection, case: Id, events: Iterable[Event]) -> None:
    """Remove what an import found in the rows of a list that hold a value of this person."""
    before = fold(case, [e for e in events if not isinstance(e.fact, SubjectErased)])
    person = before.respondent
    if person is None:
        return
    table = schema.finding
    rows = connection.execute(select(table).where(table.c.campaign == before.campaign)).all()
    hit = {(r.sheet, r.row) for r in rows if _tells_of(person, f"{r.old}\n{r.new}")}
    for piece in chunks([r.id for r in rows if (r.sheet, r.row) in hit]):
        connection.execute(delete(table).where(table.c.id.in_(piece)))


def _tells_of(person: Respondent, found: str) -> bool:
    """Tell whether a cell holds a value by which its row is this person's: surname, reference, address or number."""
    words = [_spaced(word) for word in (person.last_name, person.reference, person.email) if len(word) > 1]
    if any(word in _spaced(found) for word in words):
        return True
    digits = "".join(c for c in found if c.isdigit())
    # However a number is written, its last eight digits are the same.
    return any(len(number.e164) > 8 and number.e164[-8:] in digits for number in person.numbers)


def _spaced(text: str) -> str:
    """Return the words of a text between single spaces, so that a short name is not found inside a longer one."""
    return f" {' '.join(_WORD.findall(text.casefold()))} "
