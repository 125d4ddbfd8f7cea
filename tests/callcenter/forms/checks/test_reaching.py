"""A question counts as never asked only when no answers at all lead to it."""

from __future__ import annotations

from itertools import product
from xml.sax.saxutils import quoteattr

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from callcenter.forms.checks.finding import Finding
from callcenter.forms.checks.places import Places
from callcenter.forms.checks.reaching import Reach
from callcenter.forms.definition.loader import load_form
from tests.scenario.xform import Filled, inputs, select, xform

_BODY = (
    select("a", "x y") + select("m", "x y", "select") + inputs("<n/><t/>")
    + '<group ref="/data/g"><label>G</label><input ref="/data/g/q"><label>Q</label></input></group>'
)  # fmt: skip


def _form(group: str, question: str, more: str = "") -> str:
    binds = {
        "n": "type='int'",
        "g": f"relevant={quoteattr(group)}",
        "g/q": f"relevant={quoteattr(question)}",
    }
    return xform(f"<a/><m/><n/><t/><g><q/></g>{more}", binds, _BODY)


def _found(group: str, question: str) -> list[Finding]:
    return list(Reach(load_form(_form(group, question)), Places()).findings())


def _never(group: str, question: str) -> set[str]:
    return {one.spot.node for one in _found(group, question)}


@pytest.mark.parametrize(
    "condition",
    [
        "false()",
        "not(true())",
        "1 = 2",
        "/data/a = 'x' and /data/a = 'y'",
        "/data/a = 'x' and not(/data/a = 'x')",
        "/data/a = 'z'",
        "selected(/data/a, 'x') and selected(/data/a, 'y')",
        "selected(/data/m, 'x') and not(selected(/data/m, 'x'))",
        "selected(/data/m, 'z')",
        "/data/n > 5 and /data/n < 3",
        "/data/n = 4 and 4 != /data/n",
        "/data/t = 'x' and /data/t = 'y'",
        "../../a = 'x' and /data/a = 'y'",
        "(/data/a = 'x' or /data/a = 'y') and /data/a = ''",
        "/data/a != 'x' and /data/a != 'y' and /data/a != ''",
    ],
)
def test_a_condition_that_no_answer_fits_is_found(condition: str) -> None:
    assert _never("true()", condition) == {"/data/g/q"}


@pytest.mark.parametrize(
    "condition",
    [
        "/data/a = 'x' or /data/a = 'y'",
        "selected(/data/m, 'x') and selected(/data/m, 'y')",
        "selected(/data/t, 'x') and selected(/data/t, 'y')",
        "/data/n > 3 and /data/n < 3.5",
        "/data/n > 3 and /data/t = 'x'",
        "not(/data/n > 3) and not(/data/n <= 3)",
        "/data/a != ''",
        "string-length(/data/t) > 3 and today() > '2020-01-01'",
        "count(/data/a) = 1",
        "/data/t > 'a' and /data/t < 'b'",
    ],
)
def test_a_condition_that_some_answer_fits_is_left_alone(condition: str) -> None:
    assert _never("true()", condition) == set()


def test_the_group_around_a_question_counts_too() -> None:
    assert _never("/data/a = 'x'", "/data/a = 'y'") == {"/data/g/q"}
    assert _never("/data/a = 'x'", "/data/a = 'x'") == set()


def test_what_stands_in_a_group_that_is_never_asked_is_not_told_again() -> None:
    assert _never("false()", "false()") == {"/data/g"}


def test_a_value_outside_the_list_is_told_with_the_choices_also_where_another_answer_is_enough() -> None:
    (found,) = _found("true()", "/data/a = 'x' or /data/a = 'w'")
    assert found.code == "CHECK-11"
    assert (found.facts["value"], found.facts["choices"]) == ("w", "x, y")


def test_answers_of_another_instance_of_a_repeat_do_not_contradict_each_other() -> None:
    xml = xform(
        "<r><k/></r><q/>",
        {"q": "relevant=\"/data/r/k = 'x' and /data/r/k = 'y'\""},
        "<group><repeat nodeset='/data/r'>" + select("r/k", "x y") + "</repeat></group>" + inputs("<q/>"),
    )
    assert list(Reach(load_form(xml), Places()).findings()) == []


def test_a_choice_that_an_action_may_write_is_not_held_against_the_list() -> None:
    xml = xform(
        "<a/><q/>",
        {"q": "relevant=\"/data/a = 'z'\""},
        select("a", "x y") + inputs("<q/>"),
        model="<setvalue event='odk-instance-first-load' ref='/data/a'>z</setvalue>",
    )
    assert list(Reach(load_form(xml), Places()).findings()) == []


_ATOMS = st.sampled_from(
    [
        *(f"/data/{name} {sign} '{value}'" for name in "at" for sign in ("=", "!=") for value in ("x", "y", "z", "")),
        *(f"/data/n {sign} {value}" for sign in ("=", "!=", "<", "<=", ">", ">=") for value in (1, 2, 3)),
        *(f"selected(/data/{name}, '{value}')" for name in "amt" for value in "xyz"),
        "true()",
        "false()",
        "3 > /data/n",
    ]
)
_CONDITIONS = st.recursive(
    _ATOMS,
    lambda inner: st.one_of(
        st.tuples(inner, st.sampled_from(["and", "or"]), inner).map(lambda told: f"({told[0]} {told[1]} {told[2]})"),
        inner.map(lambda told: f"not({told})"),
    ),
    max_leaves=6,
)
_ANSWERS = list(
    product(("", "x", "y"), ("", "x", "y", "x y"), ("", "0", "1", "2", "3", "4"), ("", "x", "y z", "x y z"))
)


@settings(max_examples=60, deadline=None)
@example("/data/t != 'x'", "selected(/data/t, 'x')")
@given(_CONDITIONS, _CONDITIONS)
def test_no_answers_reach_a_question_that_counts_as_never_asked(group: str, question: str) -> None:
    form = load_form(_form(group, question))
    never = {
        one.spot.node for one in Reach(form, Places()).findings() if one.code in ("CHECK-09", "CHECK-10")
    }  # fmt: skip
    if not never:
        return
    filled = Filled(form)
    nodes = filled.instance.tree.singles
    before: dict[str, str] = {}
    for answers in _ANSWERS:
        for name, value in zip("amnt", answers, strict=True):
            if before.get(name, "") != value:
                before[name] = value
                filled.instance.store(nodes[f"/data/{name}"], value)
        assert not any(nodes[path].relevant for path in never)
