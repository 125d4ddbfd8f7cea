"""An erased person's values stand nowhere on a laptop, whatever order the news comes in; ids and hashes stay."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path

import pytest

from callcenter.domain.agent import Role
from callcenter.domain.codec import canonical, parse
from callcenter.domain.event import (
    AttemptOpened,
    ContactCorrectionProposed,
    Fact,
    NoteAdded,
    PurgeDone,
    SubjectErased,
)
from callcenter.ports import Delivery, Draft, KeptFinding, Outgoing, Verdict
from db.local.cases import CaseUnknown
from db.local.open import create_store
from db.local.store import LocalStore
from db.local.vault import open_vault
from tests.db.laptops import MONDAY, a_clock, a_pack, a_store, an_enrolment, granted, opened
from tests.db.local.pages import plain_pages

_PHRASE = "paard batterij niet juist"


def _said(*facts: Fact) -> Sequence[Outgoing]:
    office = a_store("boss", Role.COORDINATOR)
    with office.work() as work:
        work.events.append(*facts)
    return office.log.unsent()


def _erasure(case: str = "c1") -> Outgoing:
    """Return the news as it travels, said an hour later in a store of its own."""
    office = a_store("boss", Role.COORDINATOR, clock=a_clock(MONDAY + timedelta(hours=1)))
    with office.work() as work:
        work.events.append(SubjectErased(case, "asked"))
    return office.log.unsent()[-1]


def _delivered(*sent: Outgoing, first: int = 1) -> list[Delivery]:
    return [Delivery(n, o.wire, o.sha256) for n, o in enumerate(sent, first)]


def _tombstone(n: int, of: Outgoing) -> Delivery:
    told = parse(of.wire)
    wire = canonical({**told, "kind": "Tombstone", "was": told["kind"], "body": {"reason": "asked"}})
    return Delivery(n, wire, of.sha256, erased=True)


def _laptop() -> LocalStore:
    """A laptop with a case, a confirmed note, a note that waits and an interview under way."""
    store = a_store("yasmina")
    store.log.receive("agent:yasmina", _delivered(*_said(granted("c1", "yasmina"), granted("c2", "yasmina"))))
    with store.work() as work:
        work.events.append(AttemptOpened("c1", "a1", "n1", "subject"), NoteAdded("c1", "a1", "Zwaantje belt terug"))
    store.log.settle([Verdict(o.event_id, "have", o.sha256) for o in store.log.unsent()])
    with store.work() as work:
        work.events.append(ContactCorrectionProposed("c1", "a1", "phone", "+32470999888"))
        work.drafts.save(Draft("c1", "a1", '{"q": "Zwaantje"}', "Zwaantje", MONDAY))
        work.drafts.save(Draft("c2", "a2", "{}", "", MONDAY))
    return store


def test_the_case_its_draft_and_its_confirmed_events_go_at_once_and_others_stay() -> None:
    store = _laptop()
    assert store.log.receive("agent:yasmina", _delivered(_erasure(), first=3)) == {"c1"}
    with store.work() as work:
        with pytest.raises(CaseUnknown):
            work.cases.get("c1")
        assert work.drafts.get("c1") is None
        assert work.drafts.get("c2") is not None
        assert [c.id for c in work.cases.leased_to("yasmina")] == ["c2"]
        assert [e.fact.kind for e in work.events.of_case("c1")] == ["ContactCorrectionProposed", "SubjectErased"]


def test_what_still_waits_is_sent_as_it_is_and_goes_once_it_is_confirmed() -> None:
    store = _laptop()
    before = store.log.counts()
    store.log.receive("agent:yasmina", _delivered(_erasure(), first=3))
    assert store.log.erasures() == ()
    (sent,) = store.log.unsent()
    assert "+32470999888" in sent.wire
    store.log.settle([Verdict(sent.event_id, "have", sent.sha256)])
    assert store.log.erasures() == ("c1",)
    after = store.log.counts()
    assert (after.total, after.acknowledged) == (before.total, before.total)
    with store.work() as work:
        assert [e.fact.kind for e in work.events.of_case("c1")] == ["SubjectErased"]


def test_what_central_refused_of_an_erased_case_goes_too() -> None:
    store = _laptop()
    (sent,) = store.log.unsent()
    store.log.settle([Verdict(sent.event_id, "refused", reason="not yours")])
    store.log.receive("agent:yasmina", _delivered(_erasure(), first=3))
    assert store.log.erasures() == ("c1",)
    with store.work() as work:
        assert work.outbox.aside() == ()


def test_an_erasure_is_answered_once() -> None:
    store = _laptop()
    store.log.receive("agent:yasmina", _delivered(_erasure(), first=3))
    store.log.settle([Verdict(o.event_id, "have", o.sha256) for o in store.log.unsent()])
    with store.work() as work:
        work.events.append(PurgeDone(case="c1"))
    assert store.log.erasures() == ()
    (answer,) = store.log.unsent()
    store.log.settle([Verdict(answer.event_id, "have", answer.sha256)])
    store.log.receive("agent:yasmina", _delivered(_erasure(), first=4))
    assert store.log.erasures() == ()


def test_after_a_restored_server_nothing_of_an_erased_case_is_offered() -> None:
    store = _laptop()
    store.log.receive("agent:yasmina", _delivered(_erasure(), first=3))
    store.log.settle([Verdict(o.event_id, "have", o.sha256) for o in store.log.unsent()])
    assert store.log.offer_again() == 0
    assert store.log.counts().waiting == 0


def test_a_tombstone_is_known_by_the_hash_of_what_it_was_and_brings_nothing() -> None:
    sent = _said(granted("c1", "yasmina"), granted("c2", "yasmina"))
    store = a_store("yasmina")
    store.log.receive("agent:yasmina", [_tombstone(1, sent[0]), *_delivered(sent[1], first=2)])
    with store.work() as work:
        assert [c.id for c in work.cases.leased_to("yasmina")] == ["c2"]
    # The text itself, in whatever order it comes, adds nothing.
    store.log.receive("agent:yasmina", _delivered(sent[0], first=3))
    with store.work() as work:
        assert work.events.of_case("c1") == ()


@pytest.mark.parametrize("order", [(0, 1, 2, 3), (3, 0, 1, 2), (1, 3, 2, 0), (3, 2, 1, 0)])
def test_in_an_office_the_case_is_counted_as_erased_in_any_order(order: tuple[int, ...]) -> None:
    sent = [*_said(*opened("c1"), NoteAdded("c1", "", "Zwaantje")), _erasure()]
    store = a_store("lena", Role.COORDINATOR)
    for n, place in enumerate(order, 1):
        store.log.receive("org", _delivered(sent[place], first=n))
    with store.work() as work:
        case = work.cases.get("c1")
        assert (case.erased, case.respondent, case.campaign, case.notes) == (True, None, "k1", ())
        assert [e.fact.kind for e in work.events.of_case("c1")] == ["CaseOpened", "SubjectErased"]
    before = case
    store.rebuild()
    with store.work() as work:
        assert work.cases.get("c1") == before


def test_what_an_import_found_in_the_row_of_an_erased_person_goes_with_them() -> None:
    store = a_store("boss", Role.COORDINATOR)
    with store.work() as work:
        work.events.append(*opened("c1"))
        work.campaigns.keep_findings(
            "k1",
            [
                KeptFinding("alumni", 4, "gsm", "IMP-01", "0470/11.22.33", "+32470112233"),
                KeptFinding("alumni", 4, "naam", "IMP-02", "noor", "Noor"),
                KeptFinding("alumni", 5, "naam", "IMP-02", "noor", "Noor"),
                KeptFinding("alumni", 6, "naam", "IMP-02", "de peetersen", "De Peetersen"),
                KeptFinding("alumni", 7, "naam", "IMP-02", "PEETERS, Noor", "Noor Peeters"),
            ],
        )
    with store.work() as work:
        work.events.append(SubjectErased("c1", "asked"))
        assert [f.row for f in work.campaigns.findings("k1")] == [5, 6]


def test_an_erased_persons_values_stand_nowhere_in_the_files(tmp_path: Path) -> None:
    folder = tmp_path / "yasmina"
    store = create_store(folder, an_enrolment("yasmina"), _PHRASE, a_clock())
    packs = [granted(f"c{n}", "yasmina", pack=a_pack(f"c{n}", f"Zwaantje-{n}-")) for n in range(60)]
    store.log.receive("agent:yasmina", _delivered(*_said(*packs)))
    with store.work() as work:
        for n in (7, 8):
            work.events.append(NoteAdded(f"c{n}", "", f"Zwaantje-{n}- belt terug" * 30))
            work.drafts.save(Draft(f"c{n}", "a", f"Zwaantje-{n}- {'x' * 9000}", f"Zwaantje-{n}-", MONDAY))
    (folder / "store.db.v1").write_bytes(b"a copy of before a migration")
    store.log.receive("agent:yasmina", _delivered(_erasure("c7"), first=61))
    store.log.settle([Verdict(o.event_id, "have", o.sha256) for o in store.log.unsent()])
    left = plain_pages(folder / "store.db", open_vault(folder, _PHRASE))
    assert b"Zwaantje-8-" in left
    assert b"Zwaantje-7-" not in left
    assert (folder / "store.db-wal").stat().st_size == 0
    assert not (folder / "store.db.v1").exists()
    store.close()
