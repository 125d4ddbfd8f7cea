"""Erasure, durability, restores, epochs of leases and what comes late, on both kinds of central."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from sqlalchemy import text

from callcenter.domain.agent import Role
from callcenter.domain.event import (
    AttemptOpened,
    LeaseEnded,
    LeaseReturned,
    NoteAdded,
    SubjectErased,
)
from db.central.enrol import owner_of
from db.central.erasing import tombstone
from db.central.open import (
    all_events,
    doctor,
    erase,
    erasures,
    mark_durable,
    mark_restored,
    record,
    set_durability,
    status,
)
from tests.db.central.conftest import Town, answers, forged
from tests.db.laptops import a_campaign, granted, opened


def _say(store, *facts):
    with store.work() as work:
        return work.events.append(*facts)


def _wires(town: Town) -> list[str]:
    org = {"org": town.owner["org"]}
    with owner_of(town.owner) as connection:
        found = connection.execute(text("SELECT wire FROM event WHERE org_id = :org ORDER BY recorded_at"), org)
        return list(found.scalars())


@pytest.fixture
def told(town: Town):
    """An office with two sites, and a case that an agent of each kind was told of."""
    boss, sam, yasmina = (
        town.store("boss", Role.COORDINATOR),
        town.store("sam", Role.SUPERVISOR),
        town.store("yasmina"),
    )
    _say(boss, a_campaign(), *opened("c1"), *opened("c2"), granted("c1", "yasmina", at=town.clock()))
    town.sync(boss, sam, yasmina)
    _say(yasmina, AttemptOpened("c1", "a1", "n1", "subject"), NoteAdded("c1", "a1", "a secret"))
    town.sync(yasmina, boss, sam)
    return boss, sam, yasmina


def test_an_erasure_leaves_tombstones_and_goes_to_all_who_were_told(town: Town, told) -> None:
    boss, sam, yasmina = told
    before = {e.id: e.sha256 for e in all_events(town.owner)}
    _say(boss, SubjectErased("c1", "asked"))
    town.sync(boss)
    wires = [json.loads(w) for w in _wires(town)]
    of_case = [w for w in wires if w["case"] == "c1"]
    assert sum(w["kind"] == "Tombstone" for w in of_case) == len(of_case) - 1 == 5
    assert all(w["body"] == {"reason": "asked"} and w["was"] for w in of_case if w["kind"] == "Tombstone")
    assert not any("a secret" in w or "Peeters" in w for w in _wires(town) if '"c1"' in w)
    assert before.items() <= {e.id: e.sha256 for e in all_events(town.owner)}.items()
    for store, box in ((sam, "site:Gent"), (yasmina, "agent:yasmina")):
        last = town.box(store).pull(box, 0)[-1]
        assert json.loads(last.wire)["kind"] == "SubjectErased"
    marks = [d.erased for d in town.box(sam).pull("site:Gent", 0)]
    assert marks.count(True) == 5
    assert erasures(town.owner) == {"c1": "asked"}
    assert ("erased", "c1") in [(n.act, n.subject) for n in record(town.owner)]
    assert [f for f in doctor(town.owner) if f.part in ("hashes", "chain", "counters")] == []


def test_what_comes_late_of_an_erased_case_is_counted_and_not_kept(town: Town, told) -> None:
    boss, _, yasmina = told
    _say(yasmina, NoteAdded("c1", "a1", "said before it was told"))
    _say(boss, SubjectErased("c1", "asked"))
    town.sync(boss)
    late = yasmina.log.unsent()
    assert answers(town.box(yasmina).push(late)) == [("have", "")]
    assert not any("said before" in w for w in _wires(town))
    assert late[0].sha256 in {e.sha256 for e in all_events(town.owner)}
    assert answers(town.box(yasmina).push(late)) == [("have", "")]


def test_both_centrals_write_the_same_tombstone(pg_town: Town) -> None:
    wire = json.dumps(
        {
            "at": "2026",
            "by": 'b"\\\n\t\u0001é漢\U0001f600',
            "case": "c",
            "device": "d",
            "id": "i",
            "kind": "K",
            "logical": 5,
            "role": "agent",
            "seq": 7,
            "site": "",
            "to": "",
            "version": 1,
            "body": {"x": 1},
        }
    )
    with owner_of(pg_town.owner) as connection:
        query = text("SELECT priv.tombstone(:wire, :reason)")
        made = connection.execute(query, {"wire": wire, "reason": 'é " \\ /'}).scalar_one()
    assert made == tombstone(wire, 'é " \\ /')


def test_the_operator_erases_without_an_office(town: Town, told) -> None:
    _, sam, yasmina = told
    erase(town.owner, "c1", "asked by letter", town.clock())
    body = json.loads(town.box(yasmina).pull("agent:yasmina", 0)[-1].wire)["body"]
    assert (body["case"], body["reason"]) == ("c1", "asked by letter")
    assert json.loads(town.box(sam).pull("site:Gent", 0)[-1].wire)["by"] == "operator"
    assert not any("a secret" in w for w in _wires(town))
    erase(town.owner, "c2", "also", town.clock())
    assert set(erasures(town.owner)) == {"c1", "c2"}


def test_after_a_restore_the_log_of_erasures_is_run_again(town: Town, told) -> None:
    assert any("a secret" in w for w in _wires(town))
    mark_restored(town.owner, {"c1": "asked after this backup"})
    assert not any("a secret" in w for w in _wires(town))
    boss, _, yasmina = told
    town.sync(boss, yasmina)
    assert not any("a secret" in w for w in _wires(town))


def test_a_supervisor_may_not_erase(pg_town: Town) -> None:
    sam = pg_town.store("sam", Role.SUPERVISOR)
    _say(sam, SubjectErased("c1", "x"))
    assert answers(pg_town.met(sam).push(sam.log.unsent())) == [("refused", "role")]


def test_a_grant_needs_a_higher_epoch_than_all_before(town: Town) -> None:
    boss = town.store("boss", Role.COORDINATOR)
    now = town.clock()
    facts = (granted("c1", "yasmina", 2, now), LeaseEnded("c1", "lease-c1-2-yasmina", "ill"))
    _say(boss, *facts, granted("c1", "jef", 2, now), granted("c1", "jef", 1, now), granted("c1", "jef", 3, now))
    said = answers(town.met(boss).push(boss.log.unsent()))
    assert said == [("have", ""), ("have", ""), ("refused", "epoch"), ("refused", "epoch"), ("have", "")]


def test_what_is_said_after_the_lease_is_kept_and_marked_late(town: Town, told) -> None:
    boss, _, yasmina = told
    _say(yasmina, LeaseReturned("c1", "lease-c1-1-yasmina", "done"), NoteAdded("c1", "", "too late"))
    assert answers(town.box(yasmina).push(yasmina.log.unsent())) == [("have", "")] * 2
    (mine,) = (o for o in status(town.owner).organisations if o.org == town.owner["org"])
    assert (mine.late, mine.leases) == (1, 0)


def test_what_is_said_under_an_expired_lease_is_marked_late(town: Town, told) -> None:
    _, _, yasmina = told
    _say(yasmina, NoteAdded("c1", "", "x"))
    (sent,) = yasmina.log.unsent()
    moment = (town.clock() + timedelta(hours=7)).isoformat()
    assert answers(town.box(yasmina).push([forged(sent, at=moment)])) == [("have", "")]
    (mine,) = (o for o in status(town.owner).organisations if o.org == town.owner["org"])
    assert (mine.late, mine.clock_suspect) == (1, 1)


def test_durable_is_what_the_backup_was_said_to_hold(pg_town: Town) -> None:
    boss = pg_town.store("boss", Role.COORDINATOR)
    _say(boss, a_campaign())
    pg_town.sync(boss)
    box = pg_town.box(boss)
    assert box.ack("org", 1).durable_seq == 0
    mark_durable(pg_town.owner, pg_town.clock() + timedelta(minutes=2))
    assert box.ack("org", 1).durable_seq == 1
    mark_durable(pg_town.owner, pg_town.clock() - timedelta(days=1))
    assert box.ack("org", 1).durable_seq == 1


def test_where_commit_is_enough_all_that_is_held_is_durable(town: Town) -> None:
    boss = town.store("boss", Role.COORDINATOR)
    set_durability(town.owner, "commit", town.clock())
    _say(boss, a_campaign(), *opened("c1"))
    town.sync(boss)
    assert town.box(boss).ack("org", 1).durable_seq == 3


def test_an_event_changed_behind_the_triggers_is_found_by_the_doctor(town: Town, told) -> None:
    words = ["UPDATE event SET sha256 = 'x' WHERE event_id = (SELECT min(event_id) FROM event WHERE org_id = :org)"]
    with owner_of(town.owner) as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(text("SET session_replication_role = replica"))
        connection.execute(text(words[0]), {"org": town.owner["org"]})
    parts = {f.part for f in doctor(town.owner)}
    assert "hashes" in parts
    if town.owner["kind"] == "postgres":
        assert "chain" in parts


def test_a_missing_delivery_is_found_by_the_doctor(town: Town, told) -> None:
    with owner_of(town.owner) as connection:
        word = text("DELETE FROM delivery WHERE org_id = :org AND n = 2 AND mailbox = 'site:Gent'")
        connection.execute(word, {"org": town.owner["org"]})
    assert "counters" in {f.part for f in doctor(town.owner)}
