from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

from callcenter.domain.agent import Role
from callcenter.domain.event import NoteAdded
from callcenter.ports import Draft, KeptFinding
from db.local.case_cache import CaseCache
from tests.db.laptops import MONDAY, a_store, opened


def test_a_draft_replaces_the_earlier_one_of_its_case() -> None:
    store = a_store("yasmina")
    with store.work() as work:
        work.drafts.save(Draft("c1", "a1", "one", "", MONDAY))
        work.drafts.save(Draft("c2", "a2", "other", "n", MONDAY + timedelta(minutes=1)))
        work.drafts.save(Draft("c1", "a1", "two", "note", MONDAY + timedelta(minutes=2)))
        assert work.drafts.get("c1") == Draft("c1", "a1", "two", "note", MONDAY + timedelta(minutes=2))
        assert work.drafts.latest().case == "c1"
        work.drafts.drop("c1")
        assert work.drafts.get("c1") is None
        assert work.drafts.latest().case == "c2"


def test_findings_of_an_import_come_after_those_of_earlier_ones() -> None:
    store = a_store("boss", Role.COORDINATOR)
    first = [KeptFinding("alumni", n, "gsm", "IMP-01", "abc", "") for n in (5, 3)]
    with store.work() as work:
        work.campaigns.keep_findings("k1", first)
        work.campaigns.keep_findings("k2", [KeptFinding("x", 1, "c", "IMP-02", "", "")])
        work.campaigns.keep_findings("k1", [])
        work.campaigns.keep_findings("k1", [KeptFinding("alumni", 1, "naam", "IMP-02", "", "x")])
        assert [f.row for f in work.campaigns.findings("k1")] == [5, 3, 1]


def test_cases_of_a_campaign_come_by_id_and_only_of_that_campaign() -> None:
    store = a_store("boss", Role.COORDINATOR)
    with store.work() as work:
        work.events.append(*opened("c2"), *opened("c1"), *opened("c3", campaign="k2"))
        assert [c.id for c in work.cases.all("k1")] == ["c1", "c2"]


def test_two_lanes_take_turns_on_one_store() -> None:
    store = a_store("boss", Role.COORDINATOR)

    def say(n: int) -> None:
        with store.work() as work:
            work.events.append(NoteAdded(f"c{n}", "", "x"))
        store.log.counts()

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(say, range(100)))
    assert [o.seq for o in store.log.unsent()] == list(range(1, 101))


def test_the_case_used_longest_ago_leaves_the_cache(monkeypatch) -> None:
    from callcenter.domain.case import Case
    from db.local import case_cache

    monkeypatch.setattr(case_cache, "_MOST", 2)
    cache = CaseCache()
    for name in ("a", "b"):
        cache.put(Case(name), 1)
    assert cache.get("a", 1) == Case("a")
    cache.put(Case("c"), 1)
    assert (cache.get("a", 1), cache.get("b", 1), cache.get("c", 1)) == (Case("a"), None, Case("c"))
    assert cache.get("a", 2) is None
