"""The many names of the columns of an XLSForm."""

from __future__ import annotations

import pytest

from callcenter.forms.checks.headers import meaning


@pytest.mark.parametrize(
    ("header", "told"),
    [
        ("relevant", ("relevant", "")),
        ("relevance", ("relevant", "")),
        ("bind:relevant", ("relevant", "")),
        ("bind::relevant", ("relevant", "")),
        ("read only", ("readonly", "")),
        ("calculate", ("calculation", "")),
        ("Constraint Message", ("constraint_message", "")),
        ("bind::jr:constraintMsg", ("constraint_message", "")),
        ("jr:count", ("repeat_count", "")),
        ("label::Nederlands (nl)", ("label", "Nederlands (nl)")),
        ("caption:english", ("label", "english")),
        ("list name", ("list_name", "")),
        ("bind::cc:key", ("cc:key", "")),
        ("body::intent", ("intent", "")),
    ],
)
def test_a_column_is_known_by_each_of_its_names(header: str, told: tuple[str, str]) -> None:
    assert meaning(header, "survey") == told
