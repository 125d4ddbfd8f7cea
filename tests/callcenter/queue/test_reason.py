from __future__ import annotations

from datetime import UTC, datetime

from callcenter.queue.reason import Reason, counted

_AT = datetime(2026, 6, 23, 15, 30, tzinfo=UTC)


def test_a_reason_survives_its_text_form() -> None:
    reason = Reason.of("wait", until=_AT, outcome="G", n=3)
    assert str(reason) == "wait n=3 outcome=G until=2026-06-23T15:30:00+00:00"
    assert Reason.read(str(reason)) == reason
    assert Reason.read("sibling") == Reason.of("sibling")


def test_a_word_with_a_capital_t_stays_a_word() -> None:
    assert Reason.read("wait outcome=T").fact("outcome") == "T"


def test_only_a_moment_ends_a_reason() -> None:
    assert Reason.of("wait", until=_AT).until == _AT
    assert Reason.of("closed").until is None
    assert Reason.of("closed").fact("until") is None


def test_reasons_are_counted_by_code_and_the_soonest_speaks_for_the_others() -> None:
    later = datetime(2026, 6, 24, 7, tzinfo=UTC)
    found = counted([Reason.of("closed"), Reason.of("wait", until=later), Reason.of("wait", until=_AT)])
    assert found == ((Reason.of("wait", until=_AT), 2), (Reason.of("closed"), 1))
