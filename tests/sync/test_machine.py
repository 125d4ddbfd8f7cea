"""Three laptops, an office and a central in any order of acts: the invariants of the protocol."""

from __future__ import annotations

import secrets
import shutil
import tempfile
from datetime import timedelta
from pathlib import Path

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from callcenter.clock import RehearsedClock
from callcenter.domain.agent import Role
from callcenter.domain.event import AttemptOpened, LeaseReturned, NoteAdded
from callcenter.usecases.syncing import sync
from db.central.open import all_events, create_central_sqlite, enrol_mailbox, open_central
from db.errors import CentralUnreachable
from db.local.store import LocalStore, memory_store
from tests.db.laptops import MONDAY, a_campaign, a_device, an_enrolment, granted, opened

_AGENTS = ("ann", "bob", "cor")
_CASES = ("c1", "c2", "c3")


class BadLine:
    """A line to central that breaks at the n-th call, before or after central has done its part."""

    def __init__(self, box, breaks_at: int, *, after: bool) -> None:
        self._box, self._left, self._after = box, breaks_at, after

    def __getattr__(self, name: str):
        call = getattr(self._box, name)

        def breaking(*words):
            self._left -= 1
            if self._left == 0 and not self._after:
                raise CentralUnreachable(host="central")
            answer = call(*words)
            if self._left == 0:
                raise CentralUnreachable(host="central")
            return answer

        return breaking


class Sync(RuleBasedStateMachine):
    @initialize()
    def begin(self) -> None:
        self.folder = Path(tempfile.mkdtemp())
        self.clock = RehearsedClock(MONDAY)
        self.central = create_central_sqlite(self.folder / "c.db", secrets.token_bytes(32), "org-1")
        self.stores = {p: self._enrolled(p, Role.AGENT) for p in _AGENTS}
        self.stores["boss"] = self._enrolled("boss", Role.COORDINATOR)
        self.epochs = dict.fromkeys(_CASES, 0)
        self.cursors: dict[str, dict[str, int]] = {}
        with self.stores["boss"].work() as work:
            work.events.append(a_campaign(), *(f for c in _CASES for f in opened(c)))

    def _enrolled(self, person: str, role: Role) -> LocalStore:
        enrol_mailbox(self.central, an_enrolment(person, role))
        return memory_store(a_device(person, role), self.clock)

    def _sync(self, person: str, breaks_at: int = 0, *, after: bool = False) -> None:
        store = self.stores[person]
        box = open_central(self.central, store.device, self.clock)
        try:
            sync(store.log, BadLine(box, breaks_at, after=after), self.clock)
        except CentralUnreachable:
            assert breaks_at > 0
        finally:
            box.close()

    @rule(minutes=st.integers(1, 90))
    def time_passes(self, minutes: int) -> None:
        self.clock.set(self.clock() + timedelta(minutes=minutes))

    @rule(case=st.sampled_from(_CASES), agent=st.sampled_from(_AGENTS))
    def the_office_leases(self, case: str, agent: str) -> None:
        self.epochs[case] += 1
        with self.stores["boss"].work() as work:
            work.events.append(granted(case, agent, self.epochs[case], self.clock()))

    @rule(agent=st.sampled_from(_AGENTS), give_back=st.booleans())
    def an_agent_works(self, agent: str, give_back: bool) -> None:  # noqa: FBT001 - drawn by hypothesis
        with self.stores[agent].work() as work:
            for case in work.cases.leased_to(agent):
                if give_back:
                    work.events.append(LeaseReturned(case.id, case.lease.id, "done"))
                else:
                    attempt = AttemptOpened(case.id, f"{agent}-{len(case.attempts)}-{case.id}", "n1", "subject")
                    work.events.append(attempt, NoteAdded(case.id, attempt.attempt, "x"))

    @rule(person=st.sampled_from((*_AGENTS, "boss")))
    def one_syncs(self, person: str) -> None:
        self._sync(person)

    @rule(person=st.sampled_from((*_AGENTS, "boss")), breaks_at=st.integers(1, 9), after=st.booleans())
    def the_line_breaks(self, person: str, breaks_at: int, after: bool) -> None:  # noqa: FBT001 - drawn by hypothesis
        self._sync(person, breaks_at, after=after)

    @rule(agent=st.sampled_from(_AGENTS))
    def an_agent_purges(self, agent: str) -> None:
        self.stores[agent].log.purge(frozenset())

    @invariant()
    def acknowledged_means_held_with_the_same_content(self) -> None:
        held = {(e.device, e.seq): e.sha256 for e in all_events(self.central)}
        for store in self.stores.values():
            with store._file.begin() as connection:
                rows = connection.exec_driver_sql("SELECT seq, sha256 FROM outbox WHERE acked").all()
            assert all(held[store.device.device, r.seq] == r.sha256 for r in rows)

    @invariant()
    def cursors_only_grow(self) -> None:
        for person, store in self.stores.items():
            now = dict(store.log.cursors())
            assert all(now[box] >= n for box, n in self.cursors.get(person, {}).items())
            self.cursors[person] = now

    @invariant()
    def no_laptop_holds_a_case_it_was_never_leased(self) -> None:
        for agent in _AGENTS:
            with self.stores[agent].work() as work:
                assert {c.lease.agent for c in work.cases.all("k1") if c.lease} <= {agent}

    def teardown(self) -> None:
        if not hasattr(self, "central"):
            return
        for _ in range(2):
            for person in self.stores:
                self._sync(person)
        self._everything_is_on_central_once()
        self._the_office_agrees_with_a_new_office()
        shutil.rmtree(self.folder)

    def _everything_is_on_central_once(self) -> None:
        held = [(e.device, e.seq) for e in all_events(self.central)]
        assert len(held) == len(set(held))
        for store in self.stores.values():
            counts = store.log.counts()
            assert counts.waiting == 0
            own = sum(device == store.device.device for device, _ in held)
            assert own == counts.acknowledged == counts.total - counts.quarantined

    def _the_office_agrees_with_a_new_office(self) -> None:
        """A store that read everything late and in the mailbox's order folds to the same cases."""
        self.stores["new"] = self._enrolled("new", Role.COORDINATOR)
        self._sync("new")
        with self.stores["boss"].work() as old, self.stores["new"].work() as new:
            assert old.cases.all("k1") == new.cases.all("k1")


Sync.TestCase.settings = settings(
    max_examples=12, stateful_step_count=20, deadline=None, suppress_health_check=list(HealthCheck)
)
test_any_order_of_acts_keeps_the_invariants = Sync.TestCase
