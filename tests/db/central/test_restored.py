"""A backup of central is put back: what laptops do about events that it holds no more, on both kinds of central."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import psycopg
import pytest
from sqlalchemy import Table, select, text

from callcenter.domain.agent import Role
from callcenter.domain.event import AttemptOpened, NoteAdded, SubjectErased
from callcenter.usecases.exchange import exchange
from callcenter.usecases.views import SyncResult
from db.central import schema
from db.central.enrol import owner_of
from db.central.open import all_events, doctor, mark_restored
from db.errors import EnrolmentUsed
from db.local.store import LocalStore
from tests.db.central.conftest import Town, moved
from tests.db.laptops import a_campaign, granted, opened

Backup = Mapping[Table, Sequence[Mapping[str, Any]]]


class _Asked:
    """A line to central that notes what was asked of it."""

    def __init__(self, box: Any) -> None:
        self._box = box
        self.calls: list[str] = []

    def __getattr__(self, name: str) -> Any:
        self.calls.append(name)
        return getattr(self._box, name)


class Shift:
    """An office and Yasmina, who was leased a case and called; all of it is on central."""

    def __init__(self, town: Town) -> None:
        self.town = town
        self.boss, self.yasmina = town.store("boss", Role.COORDINATOR), town.store("yasmina")
        at = town.clock()
        say(self.boss, a_campaign(), *opened("c1"), *opened("c2"))
        say(self.boss, granted("c1", "yasmina", at=at), granted("c2", "yasmina", at=at))
        self.sync(self.boss, self.yasmina)

    def sync(self, *stores: LocalStore) -> list[SyncResult]:
        return [self.asked(store)[0] for store in stores]

    def asked(self, store: LocalStore) -> tuple[SyncResult, int]:
        """Sync; return what came of it and how often central was asked what it holds."""
        line = _Asked(self.town.box(store))
        result = exchange(store, line, self.town.clock)  # type: ignore[arg-type]
        line.close()
        return result, line.calls.count("holds")

    def call(self) -> None:
        say(self.yasmina, AttemptOpened("c1", "a1", "n1", "subject"), NoteAdded("c1", "a1", "a secret"))
        say(self.yasmina, NoteAdded("c2", "", "of another person"))
        self.sync(self.yasmina, self.boss)

    def erase(self) -> None:
        say(self.boss, SubjectErased("c1", "asked"))
        self.sync(self.boss, self.yasmina, self.boss)

    def back_up(self) -> Backup:
        """Return every row of this organisation."""
        with owner_of(self.town.owner) as connection:
            return {t: connection.execute(_own(self.town, t)).mappings().all() for t in _tables()}

    def put_back(self, backup: Backup) -> None:
        """Put every row back as it was, and say so, as an operator does."""
        with owner_of(self.town.owner) as connection:
            _without_triggers(connection)
            for table in reversed(_tables()):
                connection.execute(table.delete().where(table.c.org_id == self.town.owner["org"]))
            for table in _tables():
                if backup[table]:
                    connection.execute(table.insert(), [dict(row) for row in backup[table]])
        mark_restored(self.town.owner)

    def held(self, store: LocalStore) -> int:
        return sum(e.device == store.device.device for e in all_events(self.town.owner))


def _tables() -> list[Table]:
    return [table for table in schema.tables.sorted_tables if "org_id" in table.c]


def _own(town: Town, table: Table) -> Any:
    return select(table).where(table.c.org_id == town.owner["org"])


def _without_triggers(connection: Any) -> None:
    if connection.dialect.name == "postgresql":
        connection.execute(text("SET LOCAL session_replication_role = replica"))


def say(store: LocalStore, *facts: Any) -> None:
    with store.work() as work:
        work.events.append(*facts)


def _broken(town: Town) -> list[Any]:
    """Return what the doctor finds in the history of this organisation; others on the same server may be broken."""
    return [found for found in doctor(town.owner) if town.owner["org"] in found.told]


@pytest.fixture
def shift(town: Town) -> Shift:
    return Shift(town)


def test_where_nothing_is_wrong_central_is_never_asked_what_it_holds(shift: Shift) -> None:
    shift.call()
    shift.erase()
    shift.put_back(shift.back_up())
    for store in (shift.yasmina, shift.boss, shift.yasmina):
        result, asked = shift.asked(store)
        assert (result.sane, asked) == (True, 0)


@pytest.mark.parametrize("called_before", [True, False])
def test_a_backup_from_before_an_erasure_leaves_no_difference(shift: Shift, called_before: bool) -> None:  # noqa: FBT001 - a case of the test
    if called_before:
        shift.call()
    backup = shift.back_up()
    if not called_before:
        shift.call()
    shift.erase()
    shift.put_back(backup)
    for store in (shift.yasmina, shift.boss, shift.yasmina, shift.boss):
        result, _ = shift.asked(store)
        assert (result.sane, result.waiting, result.set_aside) == (True, 0, 0)
    # Once settled, nobody asks again.
    assert [shift.asked(store)[1] for store in (shift.yasmina, shift.boss)] == [0, 0]
    assert shift.held(shift.yasmina) == shift.yasmina.log.counts().acknowledged
    with owner_of(shift.town.owner) as connection:
        wires = connection.execute(_own(shift.town, schema.event)).mappings().all()
    assert not any("a secret" in row["wire"] for row in wires)
    assert any("of another person" in row["wire"] for row in wires)
    assert _broken(shift.town) == []


def test_a_laptop_goes_on_after_it_gave_events_up(shift: Shift) -> None:
    backup = shift.back_up()
    shift.call()
    shift.erase()
    shift.put_back(backup)
    shift.sync(shift.yasmina, shift.boss)
    say(shift.yasmina, NoteAdded("c2", "", "said later"))
    (result,) = shift.sync(shift.yasmina)
    assert (result.confirmed, result.sane, result.set_aside) == (1, True, 0)


def test_a_later_backup_that_holds_them_after_all_is_believed(shift: Shift) -> None:
    early = shift.back_up()
    shift.call()
    shift.erase()
    late = shift.back_up()
    shift.put_back(early)
    shift.sync(shift.yasmina, shift.boss, shift.yasmina)
    given_up = shift.yasmina.log.counts()
    assert given_up.acknowledged == given_up.total - 2
    shift.put_back(late)
    shift.sync(shift.yasmina, shift.boss)
    (result,) = shift.sync(shift.yasmina)
    counts = shift.yasmina.log.counts()
    assert (result.sane, counts.acknowledged, shift.held(shift.yasmina)) == (True, counts.total, counts.total)


def test_another_hash_stays_a_difference(shift: Shift) -> None:
    shift.call()
    mine = (schema.event.c.org_id == shift.town.owner["org"]) & (schema.event.c.seq == 2)
    mine &= schema.event.c.device == shift.yasmina.device.device
    with owner_of(shift.town.owner) as connection:
        _without_triggers(connection)
        connection.execute(schema.event.update().where(mine).values(sha256="another"))
    before = shift.yasmina.log.counts()
    for _ in range(2):
        result, asked = shift.asked(shift.yasmina)
        assert (result.sane, asked) == (False, 2)  # the events, and that there are no more
    assert shift.yasmina.log.counts() == before


def test_what_is_held_is_told_in_pages_and_only_of_the_own_device(shift: Shift) -> None:
    shift.call()
    own = [(e.seq, e.sha256) for e in all_events(shift.town.owner) if e.device == shift.yasmina.device.device]
    box = shift.town.box(shift.yasmina)
    assert list(box.holds(0) or ()) == own
    assert [list(box.holds(after, 2) or ()) for after in (0, 2, len(own))] == [own[:2], own[2:4], []]
    with pytest.raises(EnrolmentUsed):
        shift.town.box(moved(shift.yasmina, db_epoch="guessed")).holds(0)


def test_an_older_central_that_does_not_know_the_question_leaves_the_difference_as_it_was(pg_town: Town) -> None:
    shift = Shift(pg_town)
    backup = shift.back_up()
    shift.call()
    shift.erase()
    shift.put_back(backup)
    before = shift.yasmina.log.counts()
    with psycopg.connect(pg_town.owner["url"], autocommit=True) as owner:
        owner.execute("ALTER FUNCTION api_v1.holds(text, text, bigint, int) RENAME TO later")
        try:
            assert not shift.sync(shift.yasmina)[0].sane
        finally:
            owner.execute("ALTER FUNCTION api_v1.later(text, text, bigint, int) RENAME TO holds")
    assert shift.yasmina.log.counts() == before
    assert shift.sync(shift.yasmina)[0].sane
