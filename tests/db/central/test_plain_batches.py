"""A batch with which nothing is special is taken in one statement; what becomes of it is what any other becomes."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import text

from callcenter.clock import RehearsedClock
from callcenter.domain.agent import Role
from callcenter.domain.event import (
    AttemptOpened,
    ConfidentialNoteAdded,
    LeaseReturned,
    NoteAdded,
    OutcomeCorrected,
    RosterChanged,
    SubjectErased,
)
from callcenter.domain.outcome import Outcome
from callcenter.ids import new_id
from callcenter.ports import Outgoing
from db.central.enrol import owner_of
from db.central.open import init_postgres
from db.local.store import LocalStore
from tests.db.central.conftest import Town, answers, forged
from tests.db.laptops import MONDAY, a_campaign, a_form, an_agent, granted, opened

_STORED = text(
    "SELECT kind, case_id, site, agent_id, seq, clock_suspect, late, erased "
    "FROM priv.event WHERE org_id = :org ORDER BY agent_id, seq"
)
_DELIVERED = text(
    "SELECT d.mailbox, d.n, d.agent_id, e.kind, e.seq "
    "FROM priv.delivery d JOIN priv.event e USING (org_id, event_id) WHERE d.org_id = :org ORDER BY d.mailbox, d.n"
)
_USED = text("SELECT events FROM priv.usage WHERE org_id = :org ORDER BY events")
_PLAIN = text("SELECT priv.take_plain(p, CAST(:batch AS jsonb), 65536) FROM priv.principal p WHERE device = :device")


def _said(store: LocalStore, *facts: Any) -> list[Outgoing]:
    with store.work() as work:
        work.events.append(*facts)
    return list(store.log.unsent())


def _batches(town: Town) -> list[tuple[LocalStore, list[Outgoing]]]:
    """Return what an office, an agent and a supervisor say, after the agent was leased two cases."""
    boss, sam, jef = town.store("boss", Role.COORDINATOR), town.store("sam", Role.SUPERVISOR), town.store("jef")
    yasmina = town.store("yasmina")
    _said(boss, *opened("c1"), *opened("c2"), granted("c1", "yasmina", at=town.clock()), granted("c2", "jef"))
    town.sync(boss, sam, yasmina, jef)
    wrong = OutcomeCorrected("c1", "a1", Outcome.BUSY, Outcome.NO_ANSWER, "misheard")
    office = _said(
        boss, a_campaign(), a_form(), RosterChanged((an_agent("jef"),)), *opened("c3", site="Brussel"), wrong
    )
    attempt = (AttemptOpened("c1", "a1", "n1", "subject"), NoteAdded("c1", "a1", "é\x00"), NoteAdded("", "", "x"))
    agent = _said(yasmina, *attempt, ConfidentialNoteAdded("c1", "a1", "x"))
    early = forged(agent[-1], at=(town.clock() + timedelta(days=2)).isoformat())
    late = _said(jef, NoteAdded("c2", "", "x"))
    return [
        (boss, office),
        (yasmina, [*agent[:-1], early]),
        (jef, late),
        (sam, _said(sam, NoteAdded("c1", "", "x"), RosterChanged((an_agent("jef"),)), NoteAdded("", "", "y"))),
    ]


def _rows(town: Town) -> list[Sequence[Any]]:
    with owner_of(town.owner) as connection:
        return [connection.execute(q, {"org": town.owner["org"]}).all() for q in (_STORED, _DELIVERED, _USED)]


def _plain(town: Town, store: LocalStore, batch: Sequence[Outgoing]) -> bool:
    """Tell whether a batch is taken in one statement, and take nothing."""
    told = [{"id": o.event_id, "seq": o.seq, "wire": o.wire, "sha256": o.sha256} for o in batch]
    with owner_of(town.owner) as connection:
        taken = connection.execute(_PLAIN, {"batch": json.dumps(told), "device": store.device.device}).scalar_one()
        connection.rollback()
    return bool(taken)


def test_a_plain_batch_leaves_what_the_careful_way_leaves(pg_town: Town) -> None:
    other = Town(init_postgres(pg_town.owner["url"], new_id(MONDAY)), RehearsedClock(pg_town.clock()))
    for town in (pg_town, other):
        for store, batch in _batches(town):
            box = town.met(store)
            assert _plain(town, store, batch), store.device.person
            if town is other:
                broken = dataclasses.replace(batch[0], event_id=new_id(MONDAY), seq=900)
                assert answers(box.push([broken, *batch])) == [("refused", "malformed")] + [("have", "")] * len(batch)
            else:
                verdicts = box.push(batch)
                assert [(v.event_id, v.answer, v.sha256) for v in verdicts] == [
                    (o.event_id, "have", o.sha256) for o in batch
                ]
    plain, careful = _rows(pg_town), _rows(other)
    other.close()
    assert plain == careful
    assert {row.late for row in plain[0]} == {row.clock_suspect for row in plain[0]} == {True, False}


@pytest.mark.parametrize(
    "special",
    ["twice", "known", "lease", "erasing", "erased", "rank", "role", "case", "site", "device", "broken", "none"],
)
def test_a_batch_with_something_special_is_not_plain(pg_town: Town, special: str) -> None:
    boss, sam, yasmina = (
        pg_town.store("boss", Role.COORDINATOR),
        pg_town.store("sam", Role.SUPERVISOR),
        pg_town.store("yasmina"),
    )
    _said(boss, *opened("c1"), *opened("gone"), granted("c1", "yasmina", at=pg_town.clock()))
    pg_town.sync(boss)
    _said(boss, SubjectErased("gone", "asked"))
    pg_town.sync(boss, sam, yasmina)
    if special == "none":
        assert not _plain(pg_town, yasmina, [])
        return
    stores = {"erasing": boss, "erased": boss, "site": sam}
    store = stores.get(special, yasmina)
    facts = {
        "lease": LeaseReturned("c1", "lease-c1-1-yasmina", "ill"),
        "erasing": SubjectErased("c1", "asked"),
        "erased": NoteAdded("gone", "", "x"),
        "rank": RosterChanged((an_agent("jef"),)),
        "case": NoteAdded("c9", "", "x"),
    }
    first, last = _said(store, NoteAdded("", "", "x"), facts.get(special, NoteAdded("c1", "", "x")))
    changed = {"role": {"role": "coordinator"}, "site": {"site": "Brussel"}, "device": {"device": "other"}}
    if special in changed:
        last = forged(last, **changed[special])
    elif special == "twice":
        last = first
    elif special == "broken":
        last = dataclasses.replace(last, sha256="0" * 64)
    elif special == "known":
        pg_town.box(store).push([last])
    assert _plain(pg_town, store, [first])
    assert not _plain(pg_town, store, [first, last])
