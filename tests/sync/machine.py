"""Three laptops, two offices, strangers and a central, in any order of acts: the invariants I1 to I14."""

from __future__ import annotations

import contextlib
import random
import time
from collections.abc import Callable, Iterator
from datetime import timedelta

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from callcenter.domain.agent import Role
from callcenter.domain.event import AttemptOpened, Fact, LeaseEnded, LeaseReturned, NoteAdded, SubjectErased
from callcenter.domain.folding import fold
from callcenter.domain.lease import GRACE
from callcenter.ids import Id
from callcenter.usecases.syncing import sync
from db.central.open import all_events
from db.errors import DeviceRefused
from tests.sync.faulty_box import FAULTS
from tests.sync.tally import unread
from tests.sync.world import AGENTS, CASES, Holder, World, granted, marker, texts_of

_ROUNDS = 30
_agents, _cases = st.sampled_from(AGENTS), st.sampled_from(CASES)
_anyone = st.sampled_from((*AGENTS, "boss", "sup", "ann'"))


class Acts(RuleBasedStateMachine):
    """What people do, and fate to their clocks."""

    world_of: Callable[[], World] = World

    @initialize()
    def begin(self) -> None:
        self.world = type(self).world_of()
        self.history: dict[Id, str] = {}
        self.forced: set[Id] = set()
        self.erased: set[Id] = set()

    @precondition(lambda self: self.world.travels)
    @rule(minutes=st.integers(1, 120))
    def time_passes(self, minutes: int) -> None:
        self.world.true.set(self.world.true() + timedelta(minutes=minutes))

    @rule(agent=_agents, minutes=st.integers(-4, 4))
    def a_clock_jumps(self, agent: Id, minutes: int) -> None:
        self.world.holders[agent].clock.wrong = timedelta(minutes=minutes)

    @rule(agent=_agents, days=st.sampled_from((-3, -1, 1, 400)))
    def a_clock_is_far_off(self, agent: Id, days: int) -> None:
        self.world.holders[agent].clock.wrong = timedelta(days=days)

    @rule(case=_cases, agent=_agents)
    def the_office_leases(self, case: Id, agent: Id) -> None:
        self._grant(case, agent)

    @rule(case=_cases, agent=_agents)
    def the_office_forces(self, case: Id, agent: Id) -> None:
        """Take a lease away and give it to another at once: the absent laptop may still call."""
        lease = next(c.lease for c in self.world.cases("boss") if c.id == case)
        if lease is not None and lease.ended_at is None:
            self.forced.add(case)
            self.world.say("boss", LeaseEnded(case, lease.id, "forced"))
        self._grant(case, agent)

    def _grant(self, case: Id, agent: Id) -> None:
        self.world.epochs[case] += 1
        self.world.say("boss", granted(case, agent, self.world.epochs[case], self.world.true()))

    @rule(agent=st.sampled_from((*AGENTS, "ann'")), give_back=st.booleans())
    def an_agent_works(self, agent: Id, give_back: bool) -> None:  # noqa: FBT001 - drawn by hypothesis
        if agent not in self.world.holders:
            return
        store = self.world.holders[agent].store
        self.world.say(agent)
        with store.work() as work:
            for case in work.cases.leased_to(store.device.person):
                assert case.lease is not None
                facts: list[Fact] = [LeaseReturned(case.id, case.lease.id, "done")]
                if not give_back:
                    opened = AttemptOpened(case.id, f"{agent}-{len(case.attempts)}-{case.id}", "n1", "subject")
                    facts = [opened, NoteAdded(case.id, opened.attempt, marker(case.id))]
                work.events.append(*facts)


class Lines(Acts):
    """What happens between laptops and central, and to what they hold."""

    @rule(name=_anyone)
    def one_syncs(self, name: str) -> None:
        self._sync(name)

    @rule(name=_anyone, breaks_at=st.integers(1, 12), after=st.booleans())
    def the_line_breaks(self, name: str, breaks_at: int, after: bool) -> None:  # noqa: FBT001 - drawn by hypothesis
        self._sync(name, breaks_at=breaks_at, after=after)

    @rule(name=_anyone, fault=st.sampled_from(sorted(FAULTS)))
    def the_line_repeats_reorders_or_damages(self, name: str, fault: str) -> None:
        self._sync(name, fault=fault)

    @rule(name=_anyone)
    def an_old_program_syncs(self, name: str) -> None:
        """I12: an old program only reads."""
        before = self.world.held()
        self._sync(name, protocol=0)
        assert self.world.held() == before

    def _sync(self, name: str, **how: object) -> None:
        if name in self.world.holders:
            self.world.sync(name, **how)  # type: ignore[arg-type]

    @rule(agent=_agents)
    def an_agent_purges(self, agent: Id) -> None:
        self.world.say(agent)
        self.world.holders[agent].store.log.purge(frozenset())

    @rule(agent=_agents)
    def own_events_go(self, agent: Id) -> None:
        """I4: of what goes, central holds the same content.

        The embedded central calls durable what it has committed, so what went from a laptop since a backup would not
        come back with it: that backup is not put back any more. Nothing goes between a restore and the next sync.
        """
        if self.world.holders[agent].stale:
            return
        if self.world.holders[agent].store.log.forget_own(self.world.true() + timedelta(days=999)):
            self.world.backup = False
        assert not list(self.world.unsaid(agent))

    @rule(agent=st.just("cor"))
    def a_laptop_is_revoked(self, agent: Id) -> None:
        self.world.revoke(agent)

    @rule(agent=st.just("ann"))
    def a_laptop_is_cloned(self, agent: Id) -> None:
        if f"{agent}'" not in self.world.holders:
            self.world.clone(agent)

    @precondition(lambda self: self.world.travels)
    @rule()
    def central_is_backed_up(self) -> None:
        self.world.back_up()

    @precondition(lambda self: self.world.backup)
    @rule()
    def central_is_restored(self) -> None:
        """Put a backup back, also one from before an erasure, whose texts no laptop can offer again."""
        self.world.restore()
        self.history = self.world.held()

    @rule(case=_cases)
    def a_subject_is_erased(self, case: Id) -> None:
        self.erased.add(case)
        self.world.say("boss", SubjectErased(case, "asked"))


class Laws(Lines):
    """What is always so; the names carry the numbers of the design."""

    def _touched(self) -> Iterator[tuple[str, Holder]]:
        """Yield who did something last; what the others hold has not changed."""
        for name in self.world.touched:
            if not self.world.holders[name].stale:
                yield name, self.world.holders[name]

    @invariant()
    def i01_every_confirmed_event_is_on_a_laptop_or_on_central(self) -> None:
        for name, _ in self._touched():
            assert not list(self.world.unsaid(name))

    @invariant()
    def i03_acknowledged_is_equal_on_central(self) -> None:
        held = self.world.held()
        for _, holder in self._touched():
            rows = holder.rows("SELECT event_id, sha256 FROM outbox WHERE acked")
            assert all(held.get(event) == sha for event, sha in rows)

    @invariant()
    def i05_no_laptop_holds_a_case_outside_its_leases_and_no_office_one_outside_its_site(self) -> None:
        for name, holder in self._touched():
            cases = self.world.cases(name)
            if holder.store.device.role is Role.AGENT:
                assert {c.lease.agent for c in cases if c.lease} <= {holder.person}
                assert all(c.respondent is None for c in cases)
            assert name != "sup" or cases == ()

    @invariant()
    def i06_at_most_one_may_dial_a_case(self) -> None:
        able: dict[Id, set[Id]] = {case: set() for case in CASES}
        for name, holder in self.world.holders.items():
            if holder.person in AGENTS and abs(holder.clock.wrong) <= GRACE:
                for case in self.world.dials(name) - self.forced:
                    able[case].add(holder.person)
        assert all(len(people) <= 1 for people in able.values()), able

    @invariant()
    def i07_cursors_only_grow(self) -> None:
        for _, holder in self._touched():
            now = dict(holder.store.log.cursors())
            assert all(now[box] >= n or not now[box] for box, n in holder.cursors.items())
            holder.cursors = now

    @invariant()
    def i11_history_never_changes(self) -> None:
        held = self.world.held()
        assert self.history.items() <= held.items()
        self.history = held


class Sync(Laws):
    """And what is so once the faults are over."""

    def teardown(self) -> None:
        if hasattr(self, "world"):
            self._come_to_rest()
            self._i02_central_is_the_union_of_all()
            self._i07_every_inbox_is_a_beginning_of_its_mailbox()
            self._i08_order_of_delivery_changes_nothing()
            self._i10_nothing_is_left_of_the_erased()
            self._i14_a_foreign_organisation_sees_nothing()
            self.world.close()

    def _come_to_rest(self) -> None:
        """I13: a bounded number of syncs; a person lets what mismatched on a copied store be said anew."""
        for holder in self.world.holders.values():
            holder.clock.wrong = timedelta()
        for _ in range(_ROUNDS):
            self._all_sync()
            if not any(self._said_anew(name) for name in self.world.holders):
                break
        self._all_sync()
        for name, holder in self.world.holders.items():
            assert holder.revoked or holder.store.log.counts().waiting == 0, name

    def _all_sync(self) -> None:
        for name, holder in self.world.holders.items():
            assert holder.revoked or self.world.sync(name)

    def _said_anew(self, name: str) -> int:
        with self.world.holders[name].store.work() as work:
            clashed = [each.sent.event_id for each in work.outbox.aside() if each.why == "mismatch"]
            return work.outbox.again(clashed) if clashed else 0

    def _i02_central_is_the_union_of_all(self) -> None:
        held = self.world.held()
        said = "SELECT event_id, sha256 FROM outbox WHERE set_aside = ''"
        settled = {h.store.device.device for h in self.world.holders.values() if not h.revoked}
        union = {e: sha for h in self.world.holders.values() if not h.revoked for e, sha in h.rows(said)}
        theirs = {e.id: e.sha256 for e in all_events(self.world.central) if e.device in settled}
        assert union == theirs
        assert theirs.items() <= held.items()

    def _i07_every_inbox_is_a_beginning_of_its_mailbox(self) -> None:
        for name, holder in self.world.holders.items():
            if not holder.revoked:
                box = self.world.box(name)
                assert not unread(holder.store, box)
                box.close()

    def _i08_order_of_delivery_changes_nothing(self) -> None:
        """A store that reads everything late agrees, and so does a fold in any order with repetitions."""
        self.world.holders["new"] = self.world.enrol("new", Role.COORDINATOR)
        assert self.world.sync("new")
        late, early = ({c.id: c for c in self.world.cases(who) if not c.erased} for who in ("new", "boss"))
        assert late == early
        with self.world.holders["boss"].store.work() as work:
            for case in self.world.epochs:
                events = list(work.events.of_case(case))
                mixed = random.Random(7).sample(events, len(events))  # noqa: S311 - any order will do
                assert fold(case, [*mixed, *events]) == fold(case, events)

    def _i10_nothing_is_left_of_the_erased(self) -> None:
        if not self.erased:
            return
        marks = {marker(case) for case in self.erased}
        there = {n: h for n, h in self.world.holders.items() if not h.revoked}
        for name, text in texts_of(self.world.central, there):
            assert not any(mark in text for mark in marks), (name, text)

    def _i14_a_foreign_organisation_sees_nothing(self) -> None:
        box = self.world.box("stranger")
        sync(self.world.stranger.store.log, box, self.world.true)
        for mailbox in ("org", "site:Gent", "site:Brussel", "agent:ann"):
            with contextlib.suppress(DeviceRefused):
                assert box.pull(mailbox, 0) == ()
        box.close()
        assert all_events(self.world.abroad) == ()
        assert self.world.stranger.rows("SELECT id FROM event") == []


def run(machine: type[Sync], examples: int, steps: int, *, shrink: bool = True) -> None:
    """Let hypothesis draw so many runs of so many acts; raises what breaks an invariant, shrunk to few acts."""
    phases = (Phase.explicit, Phase.reuse, Phase.generate, Phase.shrink)
    drawn = settings(
        max_examples=examples,
        stateful_step_count=steps,
        deadline=None,
        suppress_health_check=list(HealthCheck),
        print_blob=False,
        phases=phases if shrink else (Phase.generate,),
        database=None,
    )
    run_state_machine_as_test(machine, settings=drawn)  # type: ignore[no-untyped-call]


def at_length(examples: int, steps: int, tell: Callable[[str], None]) -> bool:
    """Run for long; tell how it went and return whether every invariant held."""
    began = time.monotonic()
    try:
        run(Sync, examples, steps)
    except AssertionError as error:
        tell(f"state machine: BROKEN {error!r}")
        return False
    tell(f"state machine: {examples:,} runs of {steps} acts kept the invariants, {time.monotonic() - began:.0f} s")
    return True
