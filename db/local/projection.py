"""What the log comes to: one row per case, the campaigns, their forms and the roster."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Table, delete, select, tuple_
from sqlalchemy.dialects.sqlite import insert

from callcenter.domain.case import Case
from callcenter.domain.codec import canonical, to_json
from callcenter.domain.envelope import Event
from callcenter.domain.event import (
    CampaignChanged,
    CaseOpened,
    FormPublished,
    LeaseGranted,
    RespondentAdded,
    RespondentMerged,
    RosterChanged,
)
from callcenter.domain.folding import fold
from callcenter.ids import Id
from db.local import schema, state
from db.local.case_cache import CaseCache
from db.local.reading import chunks, counting_events, read_wire

# Only these bring a case to a store: what is left after a purge, own attempts for one, makes no case again.
_BRING_A_CASE = (CaseOpened, LeaseGranted, RespondentAdded, RespondentMerged)
_LOG_WIDE = (CampaignChanged, FormPublished, RosterChanged)

CaseEvents = Mapping[Id, Sequence[Event]]


def apply(connection: Connection, before: CaseEvents, events: Iterable[Event], cache: CaseCache) -> frozenset[Id]:
    """Project events that were just added to the log; `before` holds the earlier events of the cases they touch.

    Returns the cases touched.
    """
    touched: dict[Id, list[Event]] = {}
    for event in events:
        if isinstance(event.fact, _LOG_WIDE):
            _apply_wide(connection, event)
        elif event.fact.about:
            touched.setdefault(event.fact.about, list(before.get(event.fact.about, ()))).append(event)
    _write_cases(connection, touched, cache)
    return frozenset(touched)


def refold(connection: Connection, cases: Iterable[Id], cache: CaseCache) -> None:
    """Fold cases again from the whole log."""
    wanted = list(cases)
    found = counting_events(connection, wanted)
    _write_cases(connection, {case: found.get(case, []) for case in wanted}, cache)


def rebuild(connection: Connection, cache: CaseCache) -> None:
    """Drop the projection and make it again from the log."""
    cache.clear()
    for table in (schema.case_, schema.attempt):
        connection.execute(delete(table))
    refold_wide(connection)
    cases = connection.execute(
        select(schema.event.c.case_id).where(schema.event.c.case_id != "").distinct()
    ).scalars()
    for piece in chunks(cases.all()):
        refold(connection, piece, cache)


def refold_wide(connection: Connection) -> None:
    """Make the tables of campaigns, forms and the roster again from the log."""
    for table in (schema.campaign, schema.form, schema.roster):
        connection.execute(delete(table))
    wide = schema.event.c.kind.in_([kind.__name__ for kind in _LOG_WIDE])
    for row in connection.execute(select(schema.event.c.wire).where(wide, ~schema.event.c.skipped)).all():
        _apply_wide(connection, read_wire(row.wire))


def forget(connection: Connection, cases: Iterable[Id], cache: CaseCache) -> None:
    """Take the rows of cases out of the projection."""
    for piece in chunks(cases):
        connection.execute(delete(schema.case_).where(schema.case_.c.id.in_(piece)))
        connection.execute(delete(schema.attempt).where(schema.attempt.c.case_id.in_(piece)))
        cache.drop(piece)


def _write_cases(connection: Connection, events: CaseEvents, cache: CaseCache) -> None:
    brought = {c: e for c, e in events.items() if any(isinstance(x.fact, _BRING_A_CASE) for x in e)}
    forget(connection, events.keys() - brought.keys(), cache)
    if not brought:
        return
    version = state.next_row_version(connection)
    folded = [fold(case, told) for case, told in brought.items()]
    _upsert(connection, schema.case_, [_row(case, version) for case in folded])
    attempts = [{"id": a.id, "case_id": case.id} for case in folded for a in case.attempts]
    _upsert(connection, schema.attempt, attempts)
    for case in folded:
        cache.put(case, version)


def _row(case: Case, version: int) -> dict[str, Any]:
    lease = case.lease
    closed = case.closed_attempts
    return {
        "id": case.id,
        "campaign": case.campaign,
        "site": case.site,
        "name_key": _name_key(case),
        "lease_agent": lease.agent if lease else "",
        "lease_rank": lease.rank if lease else 0,
        "lease_ended": lease is None or lease.ended_at is not None,
        "last_outcome": str(closed[-1].outcome) if closed else "",
        "appointment_at": case.appointment.start if case.appointment else None,
        "version": version,
        "body": canonical(case),
    }


def _name_key(case: Case) -> str:
    if case.respondent is not None:
        return f"{case.respondent.last_name} {case.respondent.first_name}".casefold().strip()
    return f"{case.pack.initial} {case.pack.first_name}".casefold().strip() if case.pack else ""


def _upsert(connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    if not rows:
        return
    add = insert(table)
    keys = [c.name for c in table.primary_key]
    changed = {c.name: add.excluded[c.name] for c in table.columns if c.name not in keys}
    connection.execute(add.on_conflict_do_update(index_elements=keys, set_=changed), rows)


def _apply_wide(connection: Connection, event: Event) -> None:
    """Keep a fact about a campaign or the organisation, unless a later one of the same is there already."""
    match event.fact:
        case CampaignChanged() as fact:
            _campaign(connection, fact, event)
        case FormPublished() as fact:
            key = {"campaign": fact.campaign, "version": fact.version}
            _upsert_newer(connection, schema.form, {**key, "body": canonical(fact)}, event)
        case RosterChanged() as fact:
            _upsert_newer(connection, schema.roster, {"id": 1, "agents": to_json(fact.agents)}, event)


def _campaign(connection: Connection, fact: CampaignChanged, event: Event) -> None:
    table = schema.campaign
    row = {"id": fact.campaign, "settings": fact.settings, "state": fact.state, "first_logical": event.logical}
    known = connection.execute(select(table.c.first_logical).where(table.c.id == fact.campaign)).scalar()
    first = event.logical if known is None else min(known, event.logical)
    _upsert_newer(connection, table, {**row, "first_logical": first}, event)
    # An older change that arrives late still tells when the campaign began.
    connection.execute(table.update().where(table.c.id == fact.campaign).values(first_logical=first))


def _upsert_newer(connection: Connection, table: Table, row: Mapping[str, Any], event: Event) -> None:
    add = insert(table).values(**row, logical=event.logical, event_id=event.id)
    keys = [c.name for c in table.primary_key]
    changed = {c.name: add.excluded[c.name] for c in table.columns if c.name not in keys}
    later = tuple_(add.excluded.logical, add.excluded.event_id) > tuple_(table.c.logical, table.c.event_id)
    connection.execute(add.on_conflict_do_update(index_elements=keys, set_=changed, where=later))
