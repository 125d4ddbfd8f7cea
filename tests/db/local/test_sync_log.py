from __future__ import annotations

import dataclasses
import json
from collections.abc import Sequence
from datetime import timedelta

import pytest

from callcenter.domain.agent import Role
from callcenter.domain.envelope import sha256
from callcenter.domain.event import AttemptOpened, LeaseGranted, NoteAdded, RosterChanged, SubjectErased
from callcenter.ports import Delivery, Outgoing, Verdict
from db.local.cases import CaseUnknown
from db.local.store import LocalStore
from db.local.sync_log import DeliveryDamaged, MailboxGap
from db.types import rolling_hash
from tests.db.laptops import MONDAY, a_campaign, a_store, an_agent, granted, opened


def _said(*facts: object, person: str = "boss") -> Sequence[Outgoing]:
    """Return what another store would send of these facts."""
    store = a_store(person, Role.COORDINATOR)
    with store.work() as work:
        work.events.append(*facts)
    return store.log.unsent()


def _delivered(sent: Sequence[Outgoing], first: int = 1) -> list[Delivery]:
    return [Delivery(n, o.wire, o.sha256) for n, o in enumerate(sent, first)]


def _forged(sent: Outgoing, **changed: object) -> Delivery:
    wire = json.dumps({**json.loads(sent.wire), **changed})
    return Delivery(1, wire, sha256(wire))


def _held(store: LocalStore) -> tuple[Verdict, ...]:
    return tuple(Verdict(o.event_id, "have", o.sha256) for o in store.log.unsent())


def test_unsent_events_come_in_their_sequence_within_both_limits() -> None:
    store = a_store("yasmina")
    with store.work() as work:
        work.events.append(*(NoteAdded("c1", "", "x" * 1000) for _ in range(10)))
    assert [o.seq for o in store.log.unsent()] == list(range(1, 11))
    assert len(store.log.unsent(limit=3)) == 3
    assert len(store.log.unsent(max_bytes=3000)) == 2
    assert len(store.log.unsent(max_bytes=1)) == 1


def test_an_event_is_acknowledged_only_by_its_content() -> None:
    store = a_store("yasmina")
    with store.work() as work:
        work.events.append(NoteAdded("c1", "", "x"), NoteAdded("c1", "", "y"))
    first, second = store.log.unsent()
    store.log.settle([Verdict(first.event_id, "have", first.sha256), Verdict(second.event_id, "have", "other")])
    counts = store.log.counts()
    assert (counts.total, counts.acknowledged, counts.waiting, counts.quarantined) == (2, 1, 0, 1)
    assert counts.rolling == rolling_hash([(1, first.sha256)])


def test_a_refused_event_is_set_aside_and_does_not_block_the_others() -> None:
    store = a_store("yasmina")
    with store.work() as work:
        work.events.append(*(NoteAdded("c1", "", "x") for _ in range(3)))
    first, second, third = store.log.unsent()
    store.log.settle([Verdict(second.event_id, "refused", reason="case")])
    assert [o.seq for o in store.log.unsent()] == [1, 3]
    store.log.settle(_held(store))
    assert store.log.counts().quarantined == 1
    with store.work() as work:
        assert len(work.events.of_case("c1")) == 3


def test_a_refused_event_counts_no_longer_in_its_case() -> None:
    store = a_store("boss", Role.COORDINATOR)
    with store.work() as work:
        work.events.append(a_campaign(state="draft"), *opened("c1"))
    with store.work() as work:
        lease, change = work.events.append(granted("c1", "yasmina"), a_campaign(state="closed"))
        assert work.cases.get("c1").lease.agent == "yasmina"
    store.log.settle([Verdict(lease.id, "refused", reason="leased"), Verdict(change.id, "refused", reason="role")])
    with store.work() as work:
        assert work.cases.get("c1").lease is None
        assert work.campaigns.get("k1").state == "draft"
    store.rebuild()
    with store.work() as work:
        assert work.cases.get("c1").lease is None


def test_events_are_offered_again_after_a_restored_server_and_mailboxes_read_from_the_start() -> None:
    store = a_store("yasmina")
    with store.work() as work:
        work.events.append(NoteAdded("c1", "", "x"), NoteAdded("c1", "", "y"))
    store.log.settle(_held(store))
    store.log.receive("agent:yasmina", _delivered(_said(a_campaign())))
    assert store.log.unsent() == ()
    assert store.log.offer_again() == 2
    assert [o.seq for o in store.log.unsent()] == [1, 2]
    assert store.log.cursors() == {"agent:yasmina": 0}


def _three_events_of_which_the_second_is_erased() -> tuple[LocalStore, Sequence[Outgoing]]:
    store = a_store("yasmina")
    with store.work() as work:
        work.events.append(NoteAdded("c1", "", "x"), NoteAdded("c2", "", "y"), NoteAdded("c1", "", "z"))
    sent = store.log.unsent()
    store.log.settle(_held(store))
    store.log.receive("agent:yasmina", _delivered(_said(SubjectErased("c2", "asked"))))
    return store, sent


def _pairs(*sent: Outgoing) -> list[tuple[int, str]]:
    return [(o.seq, o.sha256) for o in sent]


def test_what_central_lost_is_offered_again_and_what_was_erased_is_given_up() -> None:
    store, (first, second, third) = _three_events_of_which_the_second_is_erased()
    assert store.log.reconcile(_pairs(first)) == 2
    counts = store.log.counts()
    assert (counts.total, counts.acknowledged, counts.waiting, counts.quarantined) == (3, 1, 1, 0)
    assert store.log.unsent() == (third,)
    store.log.settle(_held(store))
    counts = store.log.counts()
    assert (counts.acknowledged, counts.waiting) == (2, 0)
    assert counts.rolling == rolling_hash(_pairs(first, third))
    with store.work() as work:
        assert work.outbox.aside() == work.outbox.unconfirmed() == ()
        assert work.outbox.again([second.event_id]) == 0


def test_what_was_given_up_and_is_held_after_all_counts_again() -> None:
    store, sent = _three_events_of_which_the_second_is_erased()
    store.log.reconcile(_pairs(sent[0], sent[2]))
    assert store.log.reconcile([*_pairs(sent[0], sent[2]), (2, "another")]) == 0
    assert store.log.counts().acknowledged == 2
    assert store.log.reconcile(_pairs(*sent)) == 1
    assert store.log.counts().rolling == rolling_hash(_pairs(*sent))
    # And may be given up once more, after yet another restore.
    store.log.offer_again()
    assert store.log.reconcile(()) == 1
    assert store.log.counts().waiting == 2


def test_own_events_that_went_after_a_backup_are_given_up_when_that_backup_is_lost_too() -> None:
    store, sent = _three_events_of_which_the_second_is_erased()
    store.log.note_durable(3, MONDAY)
    assert store.log.forget_own(MONDAY + timedelta(days=1)) == 2
    assert store.log.reconcile(()) == 3
    counts = store.log.counts()
    assert (counts.total, counts.acknowledged, counts.waiting, counts.quarantined) == (3, 0, 0, 0)
    assert store.log.reconcile(_pairs(*sent)) == 3
    assert store.log.forget_own(MONDAY + timedelta(days=1)) == 0


def test_what_agrees_or_has_another_hash_or_is_not_known_here_changes_nothing() -> None:
    store, sent = _three_events_of_which_the_second_is_erased()
    before = store.log.counts()
    assert store.log.reconcile([*_pairs(*sent), (4, "never said here")]) == 0
    assert store.log.reconcile([(1, "another"), (2, "another"), (3, "another")]) == 0
    assert store.log.counts() == before


def test_an_event_whose_text_went_for_no_reason_stays_a_difference() -> None:
    store, _ = _three_events_of_which_the_second_is_erased()
    with store._file.begin() as connection:
        connection.exec_driver_sql("DELETE FROM gone")
    assert store.log.reconcile(()) == 2
    assert store.log.counts().acknowledged == 1


def test_deliveries_are_logged_projected_and_counted_at_once() -> None:
    store = a_store("yasmina")
    changed = store.log.receive("agent:yasmina", _delivered(_said(a_campaign(), granted("c1", "yasmina"))))
    assert changed == {"c1"}
    assert store.log.cursors() == {"agent:yasmina": 2}
    with store.work() as work:
        assert work.cases.get("c1").pack.first_name == "Noor"
    assert store.log.counts().total == 0


def test_what_was_delivered_before_adds_nothing() -> None:
    store = a_store("yasmina")
    sent = _delivered(_said(a_campaign(), granted("c1", "yasmina")))
    store.log.receive("agent:yasmina", sent)
    assert store.log.receive("agent:yasmina", sent) == frozenset()
    assert store.log.receive("agent:yasmina", [*sent, Delivery(3, sent[0].wire, sent[0].sha256)]) == frozenset()
    assert store.log.cursors() == {"agent:yasmina": 3}
    with store.work() as work:
        assert len(work.events.of_case("c1")) == 1


def test_own_events_that_come_back_add_nothing() -> None:
    store = a_store("boss", Role.COORDINATOR)
    with store.work() as work:
        work.events.append(a_campaign(), *opened("c1"))
    assert store.log.receive("org", _delivered(store.log.unsent())) == frozenset()
    assert store.log.counts().total == 3


@pytest.mark.parametrize("gap", [[2, 3], [1, 3], [1, 2, 2]])
def test_a_gap_is_refused_and_changes_nothing(gap: list[int]) -> None:
    store = a_store("yasmina")
    sent = _said(a_campaign(), granted("c1", "yasmina"), a_campaign("k2"))
    deliveries = [Delivery(n, o.wire, o.sha256) for n, o in zip(gap, sent, strict=False)]
    with pytest.raises(MailboxGap):
        store.log.receive("agent:yasmina", deliveries)
    assert store.log.cursors() == {"agent:yasmina": 0}
    with store.work() as work:
        assert work.campaigns.all() == ()


def test_a_text_that_does_not_fit_its_hash_is_refused_and_changes_nothing() -> None:
    store = a_store("yasmina")
    first, second = _delivered(_said(a_campaign(), granted("c1", "yasmina")))
    with pytest.raises(DeliveryDamaged):
        store.log.receive(
            "agent:yasmina", [first, dataclasses.replace(second, wire=second.wire.replace("Noor", "Nour"))]
        )
    assert store.log.cursors() == {"agent:yasmina": 0}


@pytest.mark.parametrize("wire", ["", "[]", "{}", "null", '{"id": 1', '{"kind": "NoteAdded", "body": {}}'])
def test_what_is_no_event_at_all_is_refused(wire: str) -> None:
    store = a_store("yasmina")
    with pytest.raises(DeliveryDamaged):
        store.log.receive("agent:yasmina", [Delivery(1, wire, sha256(wire))])


def test_a_clock_beyond_all_measure_is_refused() -> None:
    (sent,) = _said(a_campaign())
    with pytest.raises(DeliveryDamaged):
        a_store("yasmina").log.receive("agent:yasmina", [_forged(sent, logical=2**62)])


def test_a_kind_of_the_future_is_kept_as_it_came() -> None:
    store = a_store("yasmina")
    (sent,) = _said(NoteAdded("c1", "", "x"))
    delivery = _forged(sent, kind="VideoCallOpened", version=7, body={"case": "c1", "camera": [1, {"x": None}]})
    store.log.receive("agent:yasmina", [delivery])
    with store.work() as work:
        (event,) = work.events.of_case("c1")
        assert event.fact.kind == "VideoCallOpened"
        assert event.fact.body == {"case": "c1", "camera": [1, {"x": None}]}
    with store._file.begin() as connection:
        kept = connection.exec_driver_sql("SELECT wire FROM event").scalar()
    assert kept == delivery.wire


@pytest.mark.parametrize(
    "body", [{}, {"case": "c1", "campaign": 7, "pack": "x"}, "history", {"case": "c1", "expires_at": "soon"}]
)
def test_a_known_kind_with_a_body_that_does_not_fit_blocks_nothing(body: dict[str, object] | str) -> None:
    store = a_store("yasmina")
    (bad,) = _said(granted("c1", "yasmina"))
    if body == "history":
        body = json.loads(bad.wire)["body"]
        body["pack"]["history"] = [{"id": "a0", "at": MONDAY.isoformat(), "outcome": "no such outcome"}]
    (good,) = _said(granted("c2", "yasmina"))
    store.log.receive("agent:yasmina", [_forged(bad, body=body), Delivery(2, good.wire, good.sha256)])
    with store.work() as work:
        assert work.cases.get("c2").lease.agent == "yasmina"
        with pytest.raises(CaseUnknown):
            work.cases.get("c1")
        (kept,) = [e for e in work.events.of_kind("LeaseGranted") if e.id == bad.event_id]
        assert not isinstance(kept.fact, LeaseGranted)


def test_received_clocks_move_the_own_one_forward() -> None:
    (sent,) = _said(NoteAdded("c1", "", "x"))
    ahead = int((MONDAY + timedelta(hours=3)).timestamp() * 1000)
    store = a_store("yasmina")
    store.log.receive("agent:yasmina", [_forged(sent, logical=ahead)])
    with store.work() as work:
        (event,) = work.events.append(AttemptOpened("c1", "a1", "n1", "subject"))
    assert event.logical == ahead + 1


def test_own_events_of_before_a_backup_was_put_back_are_not_numbered_twice() -> None:
    store = a_store("yasmina")
    (sent,) = _said(NoteAdded("c1", "", "x"))
    store.log.receive("agent:yasmina", [_forged(sent, device=store.device.device, seq=41)])
    with store.work() as work:
        (event,) = work.events.append(NoteAdded("c1", "", "y"))
    assert event.seq == 42


def test_a_coordinator_also_reads_offices_that_came_later() -> None:
    store = a_store("boss", Role.COORDINATOR)
    assert list(store.log.cursors()) == ["org", "site:Gent", "site:Brussel"]
    with store.work() as work:
        work.events.append(
            *opened("c1", site="Aalst"), RosterChanged((dataclasses.replace(an_agent("j"), site="Mol"),))
        )
    assert list(store.log.cursors()) == ["org", "site:Gent", "site:Brussel", "site:Aalst", "site:Mol"]
    agent = a_store("yasmina")
    with agent.work() as work:
        work.events.append(granted("c1", "yasmina"))
    assert list(agent.log.cursors()) == ["agent:yasmina"]


def test_the_last_sync_is_remembered() -> None:
    store = a_store("yasmina")
    assert store.log.last_sync() == (None, "")
    store.log.note_sync(MONDAY, 1.5, "epoch-1")
    assert store.log.last_sync() == (MONDAY, "epoch-1")
