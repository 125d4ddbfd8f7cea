from __future__ import annotations

import dataclasses
from datetime import date
from typing import Any

import pytest

from callcenter.domain.agent import Agent, Role, Shift
from callcenter.domain.appointment import Appointment, Firmness
from callcenter.domain.codec import parse
from callcenter.domain.envelope import UnknownFact, read_event, sha256
from callcenter.domain.event import (
    KINDS,
    AppointmentBooked,
    AttemptClosed,
    CampaignChanged,
    Fact,
    LeaseGranted,
    PurgeDone,
    RespondentAdded,
    RosterChanged,
)
from callcenter.domain.lease import Tier
from callcenter.domain.outcome import NumberStatus, Outcome
from callcenter.domain.sample import Number, Parent, PastAttempt
from tests.callcenter.domain.making import after, event, pack, respondent

_FACTS: list[Fact] = [
    CampaignChanged("update", {"name": {"nl": "Update"}, "sites": ["Gent"], "eligibility": None}),
    RespondentAdded(
        "case",
        "update",
        respondent(
            birth_date=date(2008, 2, 29),
            numbers=(Number("n1", "+32470000001", status=NumberStatus.WORKS, shared=True),),
            schooling={"2025-2026": {"school": "Vakschool Dampoort"}},
            parents=(Parent("Ayşe Koçak", "mother"),),
        ),
    ),
    LeaseGranted(
        "case",
        "update",
        "lease",
        "amina",
        3,
        after(0),
        after(60),
        pack(history=(PastAttempt("a", after(-9), "I", detail="away"),), chips=("Gent",), presets={"age": "17"}),
        Tier.RESERVE,
        7,
    ),
    RosterChanged(
        (Agent("amina", "Amina", Role.AGENT, languages=("nl", "tr"), shifts=(Shift(after(0), after(60)),)),)
    ),
    AttemptClosed("case", "a1", Outcome.PARTIAL, "", 0.625, 91),
    AppointmentBooked("case", "p", after(60), after(75), Firmness.SOFT, personal=True),
    PurgeDone(("l1", "l2")),
]


@pytest.mark.parametrize("fact", _FACTS, ids=lambda fact: fact.kind)
def test_an_event_survives_the_wire(fact: Fact) -> None:
    sent = event(fact, 3, site="Gent")
    assert read_event(parse(sent.wire())) == sent
    assert read_event(parse(sent.wire())).wire() == sent.wire()


def test_the_wire_text_is_sorted_compact_and_names_its_addressee() -> None:
    wire = event(_FACTS[2]).wire()
    assert wire.startswith('{"at":"2026-06-23T08:00:00+00:00","body":{')
    assert parse(wire)["to"] == "amina"
    assert parse(event(_FACTS[4]).wire())["to"] == ""
    assert ": " not in wire.replace("\\", "")


def test_the_hash_is_of_the_text() -> None:
    # NIST's example of SHA-256 over "abc".
    assert sha256("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"


def _newer(**changed: Any) -> dict[str, Any]:
    return {**parse(event(_FACTS[4]).wire()), **changed}


@pytest.mark.parametrize(
    "changed",
    [
        {"kind": "CoffeeServed", "body": {"sugar": 2}},
        {"kind": "CoffeeServed", "body": {"sugar": 2}, "to": "amina", "version": 4},
        {"version": 2, "body": {"case": "case", "new": [1]}},
    ],
)
def test_a_fact_of_a_newer_program_is_kept_as_it_came(changed: dict[str, Any]) -> None:
    told = _newer(**changed)
    found = read_event(told)
    assert isinstance(found.fact, UnknownFact)
    assert (found.fact.kind, found.fact.about) == (told["kind"], "case")
    assert parse(found.wire()) == told


def test_a_newer_program_may_add_fields_to_a_known_kind() -> None:
    told = _newer()
    told["body"]["mood"] = "good"
    found = read_event(told).fact
    assert isinstance(found, AttemptClosed)
    assert found.share == 0.625


def test_events_stand_in_the_order_of_the_logical_clock_then_their_id() -> None:
    late, early = event(_FACTS[4], logical=9), event(_FACTS[4], logical=8)
    twin = dataclasses.replace(early, id="event-zzz")
    assert sorted([late, twin, early], key=lambda e: e.order) == [early, twin, late]


def test_every_kind_is_known_by_the_name_of_its_class() -> None:
    assert all(KINDS[name].__name__ == name for name in KINDS)
    assert "UnknownFact" not in KINDS
    assert len(KINDS) >= 30


def test_a_promise_is_due_from_eight_minutes_before_and_late_after_twenty() -> None:
    promise = Appointment("p", after(60), after(75), Firmness.FIRM, "amina")
    assert [promise.due(after(m)) for m in (51, 52)] == [False, True]
    assert [promise.late(after(m)) for m in (80, 80.1)] == [False, True]
