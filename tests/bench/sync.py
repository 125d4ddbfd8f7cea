"""What central costs: pushing, reading and numbering on PostgreSQL against the bare copies and sequences it offers.

Everything runs against a server of its own on this machine. The rounds of a measure take turns with those of its
counterpart; ratios are of medians.
"""

from __future__ import annotations

import argparse
import csv
import subprocess
import tempfile
import threading
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from statistics import median

import psycopg

from callcenter.clock import now
from callcenter.domain.agent import Role
from callcenter.domain.envelope import Event, sha256
from callcenter.domain.event import NoteAdded
from callcenter.ids import new_id
from callcenter.ports import Device, Outgoing, PostBox
from callcenter.usecases.syncing import sync
from db.central.open import enrol_laptop, init_postgres, open_central
from db.local.store import memory_store
from tests.bench.bars import at_least, verdict
from tests.db.laptops import a_device, a_greeting, an_enrolment
from tests.sync.server import Server

_BATCH, _PAGE, _SHIFT, _ORGANISATIONS = 1_000, 5_000, 300, 8
_MAILBOX = "site:Gent"
_COPY_IN = (
    "\\copy copied (org_id, agent_id, event_id, device, seq, kind, case_id, site, occurred_at, recorded_at,"
    " sha256, wire)"
    " FROM '{}' CSV FORCE NOT NULL case_id"
)
_COPY_OUT = "\\copy (SELECT wire, sha256 FROM copied) TO '{}' CSV"
# Eight sessions each number deliveries in short transactions, as pushes of eight organisations do.
_COUNTERS = """
CREATE TABLE counter (org int PRIMARY KEY, n bigint NOT NULL);
INSERT INTO counter SELECT o, 0 FROM generate_series(1, 8) o;
CREATE TABLE numbered (way text, org int, n bigint, wire text, PRIMARY KEY (way, org, n));
CREATE SEQUENCE naive;
CREATE PROCEDURE by_counter(p_org int, p_times int) LANGUAGE plpgsql AS $$
DECLARE last bigint; BEGIN
  FOR i IN 1 .. p_times LOOP
    UPDATE counter SET n = n + 10 WHERE org = p_org RETURNING n INTO last;
    INSERT INTO numbered SELECT 'counter', p_org, last - 10 + g, repeat('x', 600) FROM generate_series(1, 10) g;
    COMMIT;
  END LOOP;
END $$;
CREATE PROCEDURE by_sequence(p_org int, p_times int) LANGUAGE plpgsql AS $$
BEGIN
  FOR i IN 1 .. p_times LOOP
    INSERT INTO numbered SELECT 'sequence', p_org, nextval('naive'), repeat('x', 600) FROM generate_series(1, 10) g;
    COMMIT;
  END LOOP;
END $$;
"""


def main(argv: list[str]) -> None:
    """Print each ratio with its bar, and whether the bar is kept."""
    parser = argparse.ArgumentParser(prog="bench sync")
    parser.add_argument("--events", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=3)
    asked = parser.parse_args(argv)
    server = Server(waits=True)
    server.start()
    try:
        with tempfile.TemporaryDirectory() as folder:
            bench = _Bench(server, Path(folder), asked.events)
            print(f"{asked.events} events, {asked.rounds} rounds in turns, medians")
            bench.moving(asked.rounds)
            bench.row_security(asked.rounds)
            bench.counter(asked.rounds)
            bench.shift(asked.rounds)
    finally:
        server.stop()


class _Bench:
    """One server, and what is measured on it."""

    def __init__(self, server: Server, folder: Path, count: int) -> None:
        self._server, self._folder, self._count = server, folder, count
        folder.chmod(0o755)

    def moving(self, rounds: int) -> None:
        """Push, push again and pull, each beside a bare copy of the same rows."""
        pushed, again, copied, pulled, out = ([] for _ in range(5))
        for _ in range(rounds):
            device, box = self._enrolled()
            batches = _batches(device, self._count)
            pushed.append(_timed(_push, box, batches))
            again.append(_timed(_push, box, batches))
            copied.append(self._copy_in(device, batches))
            pulled.append(_timed(_pull, box, self._count))
            out.append(self._copy_out())
            box.close()
        _compare("push to psql \\copy", pushed, copied, 4)
        _compare("replay to first push", again, pushed, 1)
        _compare("pull to COPY out", pulled, out, 5)

    def row_security(self, rounds: int) -> None:
        """Read all events of an organisation as the owner of the tables, with and without row security."""
        on, off = [], []
        with psycopg.connect(self._server.url, autocommit=True) as connection:
            orgs = connection.execute("SELECT org_id FROM priv.organisation").fetchall()
            switch = "ALTER TABLE priv.event {} ROW LEVEL SECURITY"
            for org in orgs * rounds:
                for times, word in ((on, "ENABLE"), (off, "DISABLE")):
                    connection.execute(switch.format(word))
                    connection.execute("SET ROLE cc_owner")
                    times.append(_timed(_read, connection, org))
                    connection.execute("RESET ROLE")
            connection.execute(switch.format("ENABLE"))
        _compare("row security on a select", on, off, 2)

    def counter(self, rounds: int) -> None:
        """Number deliveries of eight organisations at once, by counter rows and by a sequence."""
        with psycopg.connect(self._server.url, autocommit=True) as connection:
            connection.execute(_COUNTERS)
        times = max(10, self._count // 500)
        ours: list[float] = []
        theirs: list[float] = []
        for _ in range(rounds):
            ours.append(_timed(self._at_once, "by_counter", times))
            theirs.append(_timed(self._at_once, "by_sequence", times))
        speed = median(theirs) / median(ours)
        print(f"{'counter over 8 organisations to sequence':42} {speed:6.2f}  (at least 0.8) {at_least(speed, 0.8)}")

    def shift(self, rounds: int) -> None:
        """Send a whole shift, the connection included."""
        seconds = []
        for _ in range(rounds * 3):
            enrolment = self._enrolment()
            device = a_device("boss", Role.COORDINATOR, org=enrolment.org)
            store = memory_store(device, now)
            with store.work() as work:
                work.events.append(*(NoteAdded(new_id(work.now()), "", "x" * 100) for _ in range(_SHIFT)))
            seconds.append(_timed(_whole_sync, enrolment.central, store))
            store.close()
        taken = median(seconds)
        print(f"{'a shift of 300 events, with connection, s':42} {taken:6.2f}  (bar 0.5) {verdict(taken, 0.5)}")

    def _enrolment(self):
        owner = init_postgres(self._server.url, new_id(now()))
        enrolment = an_enrolment("boss", Role.COORDINATOR, org=owner["org"])
        return enrol_laptop(owner, enrolment, "127.0.0.1", self._server.port)

    def _enrolled(self) -> tuple[Device, PostBox]:
        enrolment = self._enrolment()
        device = a_device("boss", Role.COORDINATOR, org=enrolment.org)
        box = open_central(enrolment.central, device)
        box.hello(a_greeting(device))
        return device, box

    def _copy_in(self, device: Device, batches: Sequence[Sequence[Outgoing]]) -> float:
        """Copy the same rows into a table with the columns and indexes of central's own."""
        path = self._folder / "rows.csv"
        with path.open("w", encoding="utf-8", newline="") as file:
            write = csv.writer(file)
            at = datetime.now(UTC).isoformat()
            for sent in (sent for batch in batches for sent in batch):
                head = (device.org, device.person, sent.event_id, device.device, sent.seq)
                write.writerow((*head, "NoteAdded", "", "Gent", at, at, sent.sha256, sent.wire))
        with psycopg.connect(self._server.url, autocommit=True) as connection:
            connection.execute("DROP TABLE IF EXISTS copied")
            connection.execute("CREATE TABLE copied (LIKE priv.event INCLUDING INDEXES)")
            for column in ("clock_suspect", "late", "erased"):
                connection.execute(f"ALTER TABLE copied ALTER COLUMN {column} SET DEFAULT false")
        return _timed(self._psql, _COPY_IN.format(path))

    def _copy_out(self) -> float:
        return _timed(self._psql, _COPY_OUT.format(self._folder / "out.csv"))

    def _psql(self, words: str) -> None:
        program = self._server.program.with_name("psql")
        subprocess.run([program, "-q", "-v", "ON_ERROR_STOP=1", "-c", words, self._server.url], check=True)

    def _at_once(self, procedure: str, times: int) -> None:
        def one(org: int) -> None:
            with psycopg.connect(self._server.url, autocommit=True) as connection:
                connection.execute(f"CALL {procedure}({org}, {times})")

        threads = [threading.Thread(target=one, args=(org,)) for org in range(1, _ORGANISATIONS + 1)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()


def _batches(device: Device, count: int) -> list[list[Outgoing]]:
    """Return so many events of a device, in batches as they are pushed."""
    at = now()
    made = (_outgoing(device, seq, at) for seq in range(1, count + 1))
    return [batch for batch in iter(lambda: list(islice(made, _BATCH)), [])]


def _outgoing(device: Device, seq: int, at: datetime) -> Outgoing:
    fact = NoteAdded("", "", f"note {seq} " + "x" * 200)
    event = Event(new_id(at), fact, device.person, str(device.role), device.device, seq, at, seq, "Gent")
    wire = event.wire()
    return Outgoing(seq, event.id, wire, sha256(wire))


def _push(box: PostBox, batches: Sequence[Sequence[Outgoing]]) -> None:
    for batch in batches:
        verdicts = box.push(batch)
        assert all(v.answer == "have" for v in verdicts), verdicts[0]


def _pull(box: PostBox, count: int) -> None:
    after = 0
    for name in (_MAILBOX, "org"):
        after = 0
        while found := box.pull(name, after, _PAGE):
            after = found[-1].n
        if after:
            break
    assert after == count, after


def _whole_sync(central, store) -> None:
    box = open_central(central, store.device)
    result = sync(store.log, box, now)
    box.close()
    assert (result.confirmed, result.sane) == (_SHIFT, True)


def _read(connection: psycopg.Connection, org: tuple[str]) -> None:
    read = "SELECT sum(length(wire)), count(DISTINCT device) FROM priv.event WHERE org_id = %s"
    connection.execute(read, org).fetchall()


def _timed(act: Callable[..., object], *words: object) -> float:
    began = time.perf_counter()
    act(*words)
    return time.perf_counter() - began


def _compare(what: str, ours: Sequence[float], theirs: Sequence[float], bar: float) -> None:
    ratio = median(ours) / median(theirs)
    sides = f"[{median(ours):.3f} s to {median(theirs):.3f} s]"
    print(f"{what:42} {ratio:6.2f}  (bar {bar:g}) {verdict(ratio, bar)}  {sides}", flush=True)
