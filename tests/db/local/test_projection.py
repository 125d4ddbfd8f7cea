from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from callcenter.domain.agent import Role
from callcenter.domain.appointment import Firmness
from callcenter.domain.event import (
    AppointmentBooked,
    AttemptClosed,
    AttemptOpened,
    BestTimeStated,
    DoNotCallSet,
    Fact,
    LeaseReturned,
    NoteAdded,
    OutcomeCorrected,
    PersonKnown,
    ReferralRaised,
    ResponseRecorded,
    RosterChanged,
    SubjectErased,
)
from callcenter.domain.folding import fold
from callcenter.domain.outcome import Outcome
from callcenter.ports import Delivery
from db.local.cases import CaseUnknown
from db.local.store import LocalStore
from tests.db.laptops import MONDAY, a_campaign, a_form, a_store, an_agent, granted, opened


def _rows(store: LocalStore) -> dict[str, list[tuple[object, ...]]]:
    """Return all that is projected, but for the row versions."""
    queries = {
        "case": "SELECT id, campaign, site, name_key, lease_agent, lease_rank, lease_ended, last_outcome, "
        "appointment_at, body FROM case_ ORDER BY id",
        "attempt": "SELECT * FROM attempt ORDER BY id",
        "campaign": "SELECT * FROM campaign ORDER BY id",
        "form": "SELECT * FROM form ORDER BY campaign, version",
        "roster": "SELECT * FROM roster",
    }
    with store._file.begin() as connection:
        return {name: [tuple(r) for r in connection.exec_driver_sql(q)] for name, q in queries.items()}


def _story() -> list[Fact]:
    """Return one fact of each kind that changes a case, about three cases."""
    start = MONDAY + timedelta(days=1)
    return [
        a_campaign(state="draft"),
        *opened("c1"),
        *opened("c2", site="Brussel"),
        *opened("c3"),
        RosterChanged((an_agent("yasmina"),)),
        a_form("1"),
        granted("c1", "yasmina"),
        AttemptOpened("c1", "a1", "n1", "subject"),
        AttemptClosed("c1", "a1", Outcome.PARTIAL, share=0.4),
        ResponseRecorded("c1", "a1", "subject", "alumni", "1", "00", {"q": "1"}, {"status": "work"}, 10, 4),
        AppointmentBooked("c1", "ap1", start, start + timedelta(minutes=15), Firmness.FIRM, number="n1"),
        OutcomeCorrected("c1", "a1", Outcome.PARTIAL, Outcome.BUSY, "misheard"),
        LeaseReturned("c1", "lease-c1-1-yasmina"),
        granted("c1", "jef", epoch=2),
        PersonKnown("c2", "yasmina"),
        DoNotCallSet("c2"),
        NoteAdded("c2", "", "Belt liever zelf."),
        BestTimeStated("c3", ("evening",)),
        ReferralRaised("c3", "", ("school",), "", share=True),
        SubjectErased("c3", "asked"),
        a_form("2"),
        a_campaign(state="open"),
    ]


def test_the_projection_is_the_fold_of_the_log() -> None:
    store = a_store("boss", Role.COORDINATOR)
    for fact in _story():
        with store.work() as work:
            work.events.append(fact)
    with store.work() as work:
        cases = work.cases.all("k1")
        assert cases == tuple(fold(c, work.events.of_case(c)) for c in ("c1", "c2", "c3"))
    store._file.cache.clear()
    with store.work() as work:
        assert work.cases.all("k1") == cases


def test_a_projection_made_again_from_the_log_is_the_same() -> None:
    store = a_store("boss", Role.COORDINATOR)
    for fact in _story():
        with store.work() as work:
            work.events.append(fact)
    before = _rows(store)
    store.rebuild()
    assert _rows(store) == before
    assert all(before.values())


def test_facts_in_one_go_come_to_the_same_as_one_by_one() -> None:
    one_by_one, at_once = a_store("boss", Role.COORDINATOR), a_store("boss", Role.COORDINATOR)
    with at_once.work() as work:
        work.events.append(*_story())
        before = [(c.id, c.attempts[0].outcome if c.attempts else None, c.lease) for c in work.cases.all("k1")]
    for fact in _story():
        with one_by_one.work() as work:
            work.events.append(fact)
    with one_by_one.work() as work:
        after = [(c.id, c.attempts[0].outcome if c.attempts else None, c.lease) for c in work.cases.all("k1")]
    assert [(i, o, lease and lease.id) for i, o, lease in before] == [
        (i, o, lease and lease.id) for i, o, lease in after
    ]


@settings(max_examples=40, deadline=None)
@given(st.data())
def test_the_order_of_delivery_and_repetition_change_nothing(data: st.DataObject) -> None:
    source = a_store("boss", Role.COORDINATOR)
    with source.work() as work:
        work.events.append(*_story())
    sent = source.log.unsent()
    straight, shuffled = a_store("lena", Role.COORDINATOR), a_store("lena", Role.COORDINATOR)
    again = data.draw(st.permutations([*sent, *data.draw(st.lists(st.sampled_from(sent), max_size=6))]))
    sizes = data.draw(st.lists(st.integers(1, 7), min_size=1))
    for store, order in ((straight, sent), (shuffled, again)):
        deliveries = [Delivery(n, o.wire, o.sha256) for n, o in enumerate(order, 1)]
        while deliveries:
            size = sizes[len(deliveries) % len(sizes)]
            store.log.receive("org", deliveries[:size])
            deliveries = deliveries[size:]
    assert _rows(shuffled) == _rows(straight)


def test_the_last_change_of_a_campaign_counts_and_the_newest_comes_first() -> None:
    store = a_store("boss", Role.COORDINATOR)
    with store.work() as work:
        work.events.append(a_campaign("old"), a_campaign("new"), a_campaign("old", state="closed"))
        assert [(c.id, c.state) for c in work.campaigns.all()] == [("new", "open"), ("old", "closed")]
        assert work.campaigns.get("old").settings == {"name": {"nl": "Alumni"}}
        with pytest.raises(CaseUnknown):
            work.campaigns.get("none")


def test_the_form_published_last_is_the_form_and_all_versions_are_kept() -> None:
    store = a_store("boss", Role.COORDINATOR)
    with store.work() as work:
        assert work.campaigns.form("k1") is None
        work.events.append(a_form("1"), a_form("2"))
        assert work.campaigns.form("k1").version == "2"
        assert work.campaigns.form("k1", "1") == a_form("1")
        assert work.campaigns.form("k1", "3") is None


def test_the_roster_is_the_last_one_told_and_without_one_the_person_alone() -> None:
    store = a_store("boss", Role.COORDINATOR)
    with store.work() as work:
        assert [a.id for a in work.campaigns.roster()] == ["boss"]
        work.events.append(RosterChanged((an_agent("yasmina"), an_agent("jef"))))
        assert work.campaigns.roster() == (an_agent("yasmina"), an_agent("jef"))


def test_leased_cases_come_by_rank_also_when_expired_but_not_when_ended() -> None:
    store = a_store("yasmina")
    with store.work() as work:
        work.events.append(
            granted("c1", "yasmina", epoch=3),
            granted("c2", "yasmina", epoch=1, at=MONDAY - timedelta(days=3)),
            granted("c3", "yasmina"),
            granted("c4", "jef"),
        )
        work.events.append(LeaseReturned("c3", "lease-c3-1-yasmina"))
        assert [c.id for c in work.cases.leased_to("yasmina")] == ["c2", "c1"]


def test_an_attempt_leads_to_its_case() -> None:
    store = a_store("yasmina")
    with store.work() as work:
        work.events.append(granted("c1", "yasmina"), AttemptOpened("c1", "a1", "n1", "subject"))
        assert work.cases.holding("a1").id == "c1"
        with pytest.raises(CaseUnknown):
            work.cases.holding("a2")


def test_own_events_alone_make_no_case() -> None:
    store = a_store("yasmina")
    with store.work() as work:
        work.events.append(AttemptOpened("c1", "a1", "n1", "subject"))
        with pytest.raises(CaseUnknown):
            work.cases.get("c1")
        work.events.append(granted("c1", "yasmina"))
        assert [a.id for a in work.cases.get("c1").attempts] == ["a1"]
