"""Attests per site."""

from __future__ import annotations

from callcenter.indicators.suppression import Hidden
from callcenter.reports.attest_table import AttestRow, AttestTable, attest_table
from tests.callcenter.reports.making import case

_SITES = ("Gent", "Kortrijk")


def pupils(count: int, attest: str, site: str = "Gent", status: str = "1"):
    facts = {"school_status": status, "attest": attest}
    return [case(f"{attest}{site}{n}", site=site, facts=facts) for n in range(count)]


def test_attests_are_counted_per_site_in_their_own_order():
    found = attest_table([*pupils(6, "C"), *pupils(20, "A"), *pupils(9, "A", "Kortrijk")], _SITES, 5)
    assert found.rows == (
        AttestRow("A", (20, 9), 29),
        AttestRow("C", (6, 0), 6),
        AttestRow("", (26, 9), 35),
    )


def test_few_are_hidden_and_protected():
    found = attest_table([*pupils(3, "C"), *pupils(20, "A"), *pupils(9, "B", "Kortrijk")], _SITES, 5)
    rows = {row.attest: row for row in found.rows}
    assert rows["C"].by_site == (Hidden.SMALL, 0)
    assert rows["A"].by_site == (Hidden.GUARD, 0)


def test_pupils_who_did_not_tell_are_unknown_and_others_no_pupils():
    found = attest_table([*pupils(2, "98"), *pupils(1, ""), *pupils(4, "A", status="6")], _SITES, 5)
    assert found == AttestTable((), 3)


def test_who_was_not_interviewed_is_in_no_count():
    assert attest_table([case("p1")], _SITES, 5) == AttestTable()
