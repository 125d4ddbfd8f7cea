"""A central in a file with an office and two agents, for tests of sync and of the end of a shift."""

from __future__ import annotations

import secrets
import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from callcenter.clock import RehearsedClock
from callcenter.domain.agent import Role
from callcenter.domain.event import AttemptClosed, AttemptOpened
from callcenter.domain.outcome import Outcome
from callcenter.ports import Acked, Delivery, Greeting, Outgoing, PostBox, Verdict, Welcome
from callcenter.usecases.syncing import sync
from callcenter.usecases.views import SyncResult
from db.central.open import all_events, create_central_sqlite, enrol_mailbox, mark_restored, open_central
from db.errors import CentralUnreachable
from db.local.store import LocalStore
from tests.db.laptops import MONDAY, ORG, a_campaign, a_store, an_enrolment, granted, opened

CASES = ("c0", "c1", "c2")


class Line:
    """A line to central that may be down from a moment on, silent about pushes, or answer another welcome."""

    def __init__(self, box: PostBox) -> None:
        self._box = box
        self.down_after: int | None = None
        self.silent = False
        self.welcome: Callable[[Welcome], Welcome] = lambda welcome: welcome
        self.asked: list[str] = []

    def _ask(self, name: str) -> None:
        self.asked.append(name)
        if self.down_after is not None and len(self.asked) > self.down_after:
            raise CentralUnreachable(host="central")

    def hello(self, greeting: Greeting) -> Welcome:
        self._ask("hello")
        return self.welcome(self._box.hello(greeting))

    def push(self, batch: Sequence[Outgoing]) -> Sequence[Verdict]:
        self._ask("push")
        return () if self.silent else self._box.push(batch)

    def pull(self, mailbox: str, after_n: int, limit: int = 5000) -> Sequence[Delivery]:
        self._ask("pull")
        return self._box.pull(mailbox, after_n, limit)

    def ack(self, mailbox: str, n: int) -> Acked:
        self._ask("ack")
        return self._box.ack(mailbox, n)

    def holds(self, after_seq: int, limit: int = 5000) -> Sequence[tuple[int, str]] | None:
        self._ask("holds")
        return self._box.holds(after_seq, limit)

    def close(self) -> None:
        self._box.close()


@dataclass
class Town:
    """The stores and the file that is their central."""

    folder: Path
    central: dict[str, str]
    clock: RehearsedClock
    boss: LocalStore
    yasmina: LocalStore

    def line(self, store: LocalStore) -> Line:
        """Return a line of a store to central."""
        return Line(open_central(self.central, store.device, self.clock))

    def sync(self, store: LocalStore, line: Line | None = None) -> SyncResult:
        """Sync a store."""
        used = line or self.line(store)
        try:
            return sync(store.log, used, self.clock)
        finally:
            if line is None:
                used.close()

    def call(self, case: str = "c1") -> None:
        """Let Yasmina make a call that was not answered."""
        with self.yasmina.work() as work:
            attempt = f"a-{case}-{len(work.cases.get(case).attempts)}"
            work.events.append(
                AttemptOpened(case, attempt, "n1", "subject"), AttemptClosed(case, attempt, Outcome.BUSY)
            )

    def held(self, store: LocalStore) -> int:
        """Count the events of a store's device that central holds."""
        return sum(e.device == store.device.device for e in all_events(self.central))

    def back_up(self) -> None:
        """Copy central's file."""
        shutil.copy(self.folder / "central.db", self.folder / "backup.db")

    def restore(self, *, told: bool) -> None:
        """Put the copy back; `told` says whether its owner marked it as restored."""
        shutil.copy(self.folder / "backup.db", self.folder / "central.db")
        if told:
            mark_restored(self.central)


def a_town(folder: Path) -> Town:
    """Return a town whose office leased three cases to Yasmina, all synced."""
    clock = RehearsedClock(MONDAY)
    central = dict(create_central_sqlite(folder / "central.db", secrets.token_bytes(32), ORG))
    boss, yasmina = a_store("boss", Role.COORDINATOR, clock=clock), a_store("yasmina", clock=clock)
    for store in (boss, yasmina):
        enrol_mailbox(central, an_enrolment(store.device.person, store.device.role))
    town = Town(folder, central, clock, boss, yasmina)
    with boss.work() as work:
        work.events.append(a_campaign(), *(f for c in CASES for f in (*opened(c), granted(c, "yasmina"))))
    town.sync(boss)
    town.sync(yasmina)
    return town


def read_only(welcome: Welcome) -> Welcome:
    """Answer as a central that a newer program has taken over."""
    return replace(welcome, verdict="read_only")
