"""What is said about a formula that does not work."""

from __future__ import annotations

import pytest

from callcenter.forms.checks.finding import Spot
from callcenter.forms.checks.formulas import expression_findings
from callcenter.text import translator

_SPOT = Spot("survey", 4, "relevant")
_EN = translator("en")


@pytest.mark.parametrize(
    ("formula", "code", "advice"),
    [
        ("(/d/a = 1", "CHECK-01", "opens 1 brackets and closes 0"),
        ("/d/a[1 = 1", "CHECK-01", "opens 1 brackets and closes 0"),
        ("/d/a = 'x", "CHECK-02", "never closed"),
        ("/d/a = ", "CHECK-03", "near '='"),
        ("/d/a == 1", "CHECK-03", "near '='"),
        ("/d/a ? 1", "CHECK-03", "near '? 1'"),
        ("(" * 60 + "1" + ")" * 60, "CHECK-04", "calculate"),
        ("1 + " * 6000 + "1", "CHECK-04", "calculate"),
        ("fooo(1)", "CHECK-05", "help"),
        ("selectd(/d/a, 'x')", "CHECK-05", "selected()"),
        ("area(/d/a)", "CHECK-05", "help"),
        ("selected(/d/a)", "CHECK-06", "exactly 2"),
        ("concat(if(1, 2))", "CHECK-06", "exactly 3"),
    ],
)
def test_each_way_to_break_a_formula_has_its_own_advice(formula: str, code: str, advice: str) -> None:
    (found,) = expression_findings(formula, _SPOT)
    assert (found.code, found.spot) == (code, _SPOT)
    assert advice in found.advice(_EN)


def test_a_long_formula_is_shown_only_in_part() -> None:
    (found,) = expression_findings("(1 + " * 40 + "1", _SPOT)
    assert len(found.message(_EN)) < 160


def test_a_formula_that_works_has_no_finding() -> None:
    assert list(expression_findings("if(selected(/d/a, 'x'), 1, 2) * 3 >= count(/d/b)", _SPOT)) == []
