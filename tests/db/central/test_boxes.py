"""What every post box must do: one suite over the embedded file and PostgreSQL."""

from __future__ import annotations

import dataclasses
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from callcenter.domain.agent import Role
from callcenter.domain.envelope import sha256
from callcenter.domain.event import (
    AttemptOpened,
    ConfidentialNoteAdded,
    LeaseEnded,
    LeaseReturned,
    NoteAdded,
    OutcomeCorrected,
    RosterChanged,
)
from callcenter.domain.outcome import Outcome
from db.central.open import all_events, mark_restored, revoke
from db.errors import CentralUnreachable, DeviceRefused, DeviceRevoked, EnrolmentUsed
from db.types import rolling_hash
from tests.db.central.conftest import Town, answers, forged, moved
from tests.db.laptops import a_campaign, a_form, a_greeting, an_agent, granted, opened


def _append(store, *facts):
    with store.work() as work:
        return work.events.append(*facts)


def test_hello_tells_the_time_the_mailboxes_and_what_is_held(town: Town) -> None:
    boss = town.store("boss", Role.COORDINATOR)
    welcome = town.box(boss).hello(a_greeting(boss.device))
    assert welcome.verdict == "ok"
    assert abs((welcome.server_time - town.clock()).total_seconds()) < 60
    assert welcome.mailboxes == {"org": 0, "site:Gent": 0, "site:Brussel": 0}
    assert (welcome.count, welcome.rolling) == (0, rolling_hash([]))
    old = dataclasses.replace(a_greeting(boss.device), protocol=0)
    assert town.box(boss).hello(old).verdict == "read_only"


def test_a_device_that_was_never_enrolled_is_refused(town: Town) -> None:
    town.store("boss", Role.COORDINATOR)
    stranger = town.stranger("yasmina")
    box = town.box(stranger)
    for call in (
        lambda: box.hello(a_greeting(stranger.device)),
        lambda: box.push(()),
        lambda: box.pull("agent:yasmina", 0),
        lambda: box.ack("agent:yasmina", 0),
        lambda: box.holds(0),
    ):
        with pytest.raises(DeviceRefused):
            call()


def test_an_enrolment_binds_one_device_and_refuses_the_second(town: Town) -> None:
    enrolment = town.enrol("yasmina")
    first, second = town.laptop(enrolment), town.laptop(enrolment)
    town.met(first)
    with pytest.raises(EnrolmentUsed):
        town.met(second)
    town.met(first)


def test_a_device_without_the_epoch_of_its_store_is_refused(town: Town) -> None:
    store = town.store("yasmina")
    town.met(store)
    with pytest.raises(EnrolmentUsed):
        town.met(moved(store, db_epoch="guessed"))


def test_a_revoked_device_gets_nothing_more(town: Town) -> None:
    enrolment = town.enrol("yasmina")
    store = town.laptop(enrolment)
    box = town.met(store)
    revoke(town.owner, enrolment.enrolment, town.clock())
    with pytest.raises((DeviceRevoked, CentralUnreachable)):  # its live line may have been cut first
        box.pull("agent:yasmina", 0)
    with pytest.raises(DeviceRevoked):
        town.met(store)


def test_a_mailbox_of_somebody_else_is_refused(town: Town) -> None:
    town.store("boss", Role.COORDINATOR)
    box = town.met(town.store("yasmina"))
    for name in ("org", "site:Gent", "agent:jef"):
        with pytest.raises(DeviceRefused):
            box.pull(name, 0)
        with pytest.raises(DeviceRefused):
            box.ack(name, 0)


def test_a_pushed_event_is_held_and_a_replay_adds_nothing(town: Town) -> None:
    boss = town.store("boss", Role.COORDINATOR)
    box = town.met(boss)
    _append(boss, a_campaign(), *opened("c1"))
    sent = boss.log.unsent()
    first = box.push(sent)
    assert [(v.event_id, v.answer, v.sha256) for v in first] == [(o.event_id, "have", o.sha256) for o in sent]
    assert box.push(sent) == first
    assert box.push([*sent, *sent]) == (*first, *first)
    assert [(e.id, e.seq) for e in all_events(town.owner)] == [(o.event_id, o.seq) for o in sent]
    assert [d.n for d in box.pull("site:Gent", 0)] == [1, 2, 3]


def test_other_content_under_a_known_id_or_number_is_a_mismatch(town: Town) -> None:
    boss = town.store("boss", Role.COORDINATOR)
    box = town.met(boss)
    _append(boss, a_campaign(), a_campaign("k2"))
    first, second = boss.log.unsent()
    box.push([first])
    same_id = forged(first, body={"campaign": "other", "settings": {}, "state": "open"})
    same_seq = forged(second, seq=1)
    verdicts = box.push([same_id, same_seq, second])
    assert [v.answer for v in verdicts] == ["mismatch", "mismatch", "have"]
    assert verdicts[0].sha256 == first.sha256
    assert len(all_events(town.owner)) == 2


@pytest.mark.parametrize(
    "change",
    [
        {"device": "other"},
        {"by": "jef"},
        {"role": "coordinator"},
        {"seq": 0},
        {"at": "soon"},
        {"kind": None},
        {"body": 1},
    ],
)
def test_an_event_that_is_not_this_devices_own_or_no_event_is_refused(town: Town, change: dict[str, object]) -> None:
    store = town.store("sam", Role.SUPERVISOR)
    box = town.met(store)
    _append(store, NoteAdded("c1", "", "x"))
    (sent,) = store.log.unsent()
    (verdict,) = box.push([forged(sent, **change)])
    assert verdict.answer == "refused"
    assert all_events(town.owner) == ()
    assert box.pull("site:Gent", 0) == ()


def test_a_text_that_does_not_fit_its_hash_or_no_json_is_refused(town: Town) -> None:
    store = town.store("sam", Role.SUPERVISOR)
    box = town.met(store)
    _append(store, NoteAdded("c1", "", "x"))
    (sent,) = store.log.unsent()
    deep = "[" * 100_000
    bad = [dataclasses.replace(sent, sha256="0" * 64), dataclasses.replace(sent, wire=deep, sha256=sha256(deep))]
    assert answers(box.push([*bad, sent])) == [("refused", "malformed")] * 2 + [("have", "")]


def test_what_nests_too_deep_for_a_laptop_to_read_is_refused(town: Town) -> None:
    store = town.store("sam", Role.SUPERVISOR)
    box = town.met(store)
    _append(store, NoteAdded("c1", "", "x"))
    (sent,) = store.log.unsent()
    body: dict[str, object] = {}
    for _ in range(150):
        body = {"in": [body]}
    assert answers(box.push([forged(sent, body=body)])) == [("refused", "malformed")]


def test_deliveries_are_contiguous_and_paged(town: Town) -> None:
    boss = town.store("boss", Role.COORDINATOR)
    box = town.met(boss)
    _append(boss, *(fact for n in range(20) for fact in opened(f"c{n}")))
    box.push(boss.log.unsent())
    pages = [box.pull("site:Gent", after, limit=7) for after in (0, 7, 14, 40)]
    assert [[d.n for d in page] for page in pages] == [list(range(1, 8)), list(range(8, 15)), list(range(15, 22)), []]
    assert all(sha256(d.wire) == d.sha256 for d in pages[0])


def test_ack_tells_count_and_rolling_hash_of_the_devices_own_events(town: Town) -> None:
    boss = town.store("boss", Role.COORDINATOR)
    box = town.met(boss)
    _append(boss, a_campaign(), *opened("c1"))
    sent = boss.log.unsent()
    boss.log.settle(box.push(sent))
    acked = box.ack("org", 1)
    counts = boss.log.counts()
    assert (acked.count, acked.rolling) == (3, counts.rolling)
    assert counts.rolling == rolling_hash((o.seq, o.sha256) for o in sent)


def test_a_shift_travels_from_the_office_to_the_laptop_and_back(town: Town) -> None:
    boss, yasmina = town.store("boss", Role.COORDINATOR), town.store("yasmina")
    _append(boss, a_campaign(), a_form(), *opened("c1"), *opened("c2"), granted("c1", "yasmina", at=town.clock()))
    town.sync(boss, yasmina)
    with yasmina.work() as work:
        assert [c.id for c in work.cases.leased_to("yasmina")] == ["c1"]
        assert work.campaigns.form("k1").version == "1"
    _append(yasmina, AttemptOpened("c1", "a1", "n1", "subject"))
    town.sync(yasmina, boss)
    with boss.work() as work:
        assert work.cases.holding("a1").attempts[0].agent == "yasmina"


def test_a_correction_reaches_the_laptop_that_holds_the_case_and_no_other(town: Town) -> None:
    boss, yasmina, jef = town.store("boss", Role.COORDINATOR), town.store("yasmina"), town.store("jef")
    _append(boss, *opened("c1"), granted("c1", "yasmina", at=town.clock()))
    town.sync(boss, yasmina, jef)
    _append(boss, OutcomeCorrected("c1", "a1", Outcome.BUSY, Outcome.NO_ANSWER, "misheard"))
    town.sync(boss, yasmina, jef)
    with yasmina.work() as work:
        assert len(work.events.of_kind("OutcomeCorrected")) == 1
    with jef.work() as work:
        assert work.events.of_kind("OutcomeCorrected") == ()


def test_confidential_notes_reach_coordinators_and_no_supervisor(town: Town) -> None:
    boss, sam, yasmina = (
        town.store("boss", Role.COORDINATOR),
        town.store("sam", Role.SUPERVISOR),
        town.store("yasmina"),
    )
    _append(boss, *opened("c1"), granted("c1", "yasmina", at=town.clock()))
    town.sync(boss, yasmina)
    _append(yasmina, ConfidentialNoteAdded("c1", "", "x"))
    town.sync(yasmina, boss, sam)
    with boss.work() as work:
        assert len(work.events.of_kind("ConfidentialNoteAdded")) == 1
    with sam.work() as work:
        assert work.events.of_kind("ConfidentialNoteAdded") == ()


def test_a_case_has_one_live_lease(town: Town) -> None:
    boss = town.store("boss", Role.COORDINATOR)
    box = town.met(boss)
    now = town.clock()
    _append(boss, granted("c1", "yasmina", 1, now), granted("c1", "jef", 2, now), granted("c2", "jef", 1, now))
    sent = boss.log.unsent()
    assert answers(box.push(sent)) == [("have", ""), ("refused", "leased"), ("have", "")]
    boss.log.settle(box.push(sent))
    with boss.work() as work:
        assert work.cases.get("c1").lease.agent == "yasmina"


@pytest.mark.parametrize("over", [LeaseEnded, LeaseReturned])
def test_a_case_is_leased_again_after_its_lease_is_over(town: Town, over: type) -> None:
    boss = town.store("boss", Role.COORDINATOR)
    now = town.clock()
    _append(
        boss, granted("c1", "yasmina", 1, now), over("c1", "lease-c1-1-yasmina", "ill"), granted("c1", "jef", 2, now)
    )
    assert answers(town.met(boss).push(boss.log.unsent())) == [("have", "")] * 3


def test_a_case_is_leased_again_when_its_lease_expired_for_every_clock(town: Town) -> None:
    boss = town.store("boss", Role.COORDINATOR)
    now = town.clock()
    just, long_ago = now - timedelta(hours=6, minutes=1), now - timedelta(hours=6, minutes=9)
    _append(boss, granted("c1", "yasmina", 1, just), granted("c1", "jef", 2, now))
    _append(boss, granted("c2", "yasmina", 1, long_ago), granted("c2", "jef", 2, now))
    said = answers(town.met(boss).push(boss.log.unsent()))
    assert said == [("have", ""), ("refused", "leased"), ("have", ""), ("have", "")]


def test_two_offices_at_once_never_lease_one_case_twice(town: Town) -> None:
    offices = [town.store(name, Role.COORDINATOR) for name in ("ann", "bob", "cor")]
    for office in offices:
        _append(office, *(granted(f"c{n}", office.device.person, 1, town.clock()) for n in range(12)))
    work = [(town.met(office), office.log.unsent()) for office in offices]
    with ThreadPoolExecutor(3) as pool:
        verdicts = [v for done in pool.map(lambda w: w[0].push(w[1]), work) for v in done]
    assert sum(v.answer == "have" for v in verdicts) == 12
    numbers = [d.n for d in work[0][0].pull("site:Gent", 0)]
    assert numbers == list(range(1, 13))


def test_pushes_at_once_leave_no_gap_in_a_mailbox(town: Town) -> None:
    offices = [town.store(name, Role.COORDINATOR) for name in ("ann", "bob", "cor", "dot")]
    for office in offices:
        _append(office, *(NoteAdded(f"c{n}", "", "x") for n in range(60)))

    def push(office) -> None:
        box = town.met(office)
        while batch := office.log.unsent(limit=7):
            office.log.settle(box.push(batch))

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(push, offices))
    assert [d.n for d in town.met(offices[0]).pull("site:Gent", 0)] == list(range(1, 241))


def test_a_new_laptop_begins_with_the_campaigns_and_forms(town: Town) -> None:
    boss = town.store("boss", Role.COORDINATOR)
    _append(boss, a_campaign(), a_form(), RosterChanged((an_agent("yasmina"),)), *opened("c1"))
    town.sync(boss)
    yasmina = town.store("yasmina")
    town.sync(yasmina)
    with yasmina.work() as work:
        assert [c.id for c in work.campaigns.all()] == ["k1"]
        assert work.events.of_kind("RosterChanged") == work.events.of_kind("CaseOpened") == ()


def test_a_new_office_begins_with_all_that_happened_at_its_site(town: Town) -> None:
    boss = town.store("boss", Role.COORDINATOR, site="")
    _append(boss, a_campaign(), RosterChanged((an_agent("yasmina"),)), *opened("c1", site="Aalst"), *opened("c2"))
    _append(boss, ConfidentialNoteAdded("c1", "", "x"))
    town.sync(boss)
    sam = town.store("sam", Role.SUPERVISOR, site="Aalst")
    town.sync(sam)
    with sam.work() as work:
        assert [c.id for c in work.cases.all("k1")] == ["c1"]
        assert [a.id for a in work.campaigns.roster()] == ["yasmina"]
        assert work.events.of_kind("ConfidentialNoteAdded") == ()
    _append(sam, NoteAdded("c1", "", "from the new office"))
    town.sync(sam, boss)
    with boss.work() as work:
        assert [n.text for n in work.cases.get("c1").notes] == ["from the new office"]


def test_a_lease_waits_for_an_agent_without_a_laptop(town: Town) -> None:
    boss = town.store("boss", Role.COORDINATOR)
    _append(boss, a_campaign(), granted("c1", "late", at=town.clock()))
    town.sync(boss)
    late = town.store("late")
    town.sync(late)
    with late.work() as work:
        assert [c.id for c in work.cases.leased_to("late")] == ["c1"]
        assert [c.id for c in work.campaigns.all()] == ["k1"]


def test_enrolling_twice_delivers_nothing_twice(town: Town) -> None:
    boss = town.store("boss", Role.COORDINATOR)
    _append(boss, a_campaign(), *opened("c1"))
    town.sync(boss)
    again = town.store("boss", Role.COORDINATOR)
    assert [d.n for d in town.met(again).pull("site:Gent", 0)] == [1, 2, 3]


def test_after_a_restore_every_laptop_offers_its_events_again(town: Town) -> None:
    boss = town.store("boss", Role.COORDINATOR)
    _append(boss, a_campaign(), *opened("c1"))
    town.sync(boss)
    mark_restored(town.owner)
    town.sync(boss)
    assert boss.log.counts().acknowledged == 3
    assert len(all_events(town.owner)) == 3


def test_a_claim_of_the_year_9999_is_kept(town: Town) -> None:
    boss = town.store("boss", Role.COORDINATOR)
    box = town.met(boss)
    _append(boss, NoteAdded("c1", "", "x"))
    (sent,) = boss.log.unsent()
    (verdict,) = box.push([forged(sent, at="9999-12-31T23:00:00+00:00")])
    assert verdict.answer == "have"


def test_text_of_every_sort_comes_back_as_it_was(town: Town) -> None:
    boss = town.store("boss", Role.COORDINATOR)
    box = town.met(boss)
    _append(boss, NoteAdded("c1", "", "é 漢 \U0001f600 \" ' \\ % : \n \x00 \u2028 {x} $1"))
    (sent,) = boss.log.unsent()
    assert [v.answer for v in box.push([sent])] == ["have"]
    assert [d.wire for d in box.pull("site:Gent", 0)] == [sent.wire]
