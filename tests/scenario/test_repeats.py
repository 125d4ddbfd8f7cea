"""Repeats and actions, in a user's steps."""

from __future__ import annotations

import pytest

from tests.scenario.xform import Filled, inputs, xform


def repeat(path: str, inside: str, attributes: str = "") -> str:
    return f'<group ref="/data/{path}"><repeat nodeset="/data/{path}" {attributes}>{inside}</repeat></group>'


def ask(path: str, inside: str = "") -> str:
    return f'<input ref="/data/{path}">{inside}</input>'


COUNTED = xform(
    "<n/><r><a/></r>", {"n": 'type="int"'}, inputs("<n/>") + repeat("r", ask("r/a"), 'jr:count="/data/n"')
)


def test_a_count_makes_instances_and_shrinking_keeps_the_first():
    filled = Filled(COUNTED)
    assert filled.count("r") == 0
    filled.answer(n="3").put("r[1]/a", "x").put("r[3]/a", "z").answer(n="2")
    assert filled.count("r") == 2
    filled.answer(n="3")
    assert [filled[f"r[{place}]/a"] for place in (1, 2, 3)] == ["x", "", ""]


def test_a_blank_count_changes_nothing_and_a_huge_one_is_capped():
    filled = Filled(COUNTED).answer(n="2").answer(n="")
    assert filled.count("r") == 2
    assert filled.answer(n="1000000").count("r") == 500
    assert filled.instance.world.warnings


def test_counts_may_nest_and_are_seen_from_their_instance():
    form = xform(
        "<n/><r><m/><q><a/></q></r>",
        {},
        inputs("<n/>")
        + repeat("r", ask("r/m") + repeat("r/q", ask("r/q/a"), 'jr:count="../m"'), 'jr:count="/data/n"'),
    )
    filled = Filled(form).answer(n="2").put("r[1]/m", "1").put("r[2]/m", "3")
    assert [filled.count("r"), filled.count("r[1]/q"), filled.count("r[2]/q")] == [2, 1, 3]


def test_nested_counts_are_capped_together():
    form = xform(
        "<n/><r><q><s><a/></s></q></r>",
        {},
        inputs("<n/>")
        + repeat(
            "r",
            repeat("r/q", repeat("r/q/s", ask("r/q/s/a"), 'jr:count="/data/n"'), 'jr:count="/data/n"'),
            'jr:count="/data/n"',
        ),
    )
    filled = Filled(form).answer(n="100")
    assert len(list(filled.instance.tree.root.nodes())) < 30_000


MANY = repeat("r", ask("r/a"), 'jr:count="/data/n"')
MORE = xform(
    "<n/><flats/><r><more/></r>",
    {
        "flats": 'calculate="count(/data/r)"',
        "n": "calculate=\"if(/data/flats = 0 or indexed-repeat(/data/r/more, /data/r, /data/flats) = 'yes', "
        '/data/flats + 1, /data/flats)"',
    },
    repeat("r", ask("r/more"), 'jr:count="/data/n"'),
)


def test_a_count_may_hang_on_what_its_instances_say():
    filled = Filled(MORE)
    assert (filled.count("r"), filled["n"], filled["flats"]) == (1, "1", "1")
    filled.put("r[1]/more", "yes").put("r[2]/more", "yes")
    assert (filled.count("r"), filled["n"], filled["flats"]) == (3, "3", "3")
    assert filled.put("r[3]/more", "no").count("r") == 3


def test_a_count_that_always_asks_for_one_more_is_bounded():
    filled = Filled(xform("<n/><r><a/></r>", {"n": 'calculate="count(/data/r) + 1"'}, MANY))
    assert (filled.count("r"), filled["n"]) == (100, "101")
    assert filled.instance.world.warnings


REPEAT = xform(
    "<r><a/><p/><same/></r><sum/><n/><second/>",
    {
        "r/p": 'calculate="position(..)"',
        "r/same": "calculate=\"concat(/data/r/a, '!')\"",
        "sum": 'calculate="sum(/data/r/a)"',
        "n": 'calculate="count(/data/r)"',
        "second": 'calculate="indexed-repeat(/data/r/a, /data/r, 2)"',
    },
    repeat("r", ask("r/a")),
)


def test_adding_and_removing_moves_positions_sums_and_counts():
    filled = Filled(REPEAT).add("r").add("r")
    filled.put("r[1]/a", "1").put("r[2]/a", "2").put("r[3]/a", "3")
    assert (filled["sum"], filled["n"], filled["second"]) == ("6", "3", "2")
    filled.remove("r[2]")
    assert (filled["sum"], filled["n"], filled["second"]) == ("4", "2", "3")
    assert [filled["r[1]/p"], filled["r[2]/p"]] == ["1", "2"]


def test_an_absolute_path_inside_a_repeat_means_the_own_instance():
    filled = Filled(REPEAT).add("r").put("r[1]/a", "1").put("r[2]/a", "2")
    assert [filled["r[1]/same"], filled["r[2]/same"]] == ["1!", "2!"]


def test_a_change_stays_inside_its_instance():
    filled = Filled(xform("<r><a/><b/></r>", {"r/b": 'calculate="../a + 1"'}, repeat("r", ask("r/a"))))
    for _ in range(30):
        filled.add("r")
    before = filled.instance.engine.evaluations
    filled.put("r[7]/a", "5")
    assert filled.instance.engine.evaluations - before == 1
    assert filled["r[7]/b"] == "6"


def test_a_new_instance_looks_like_the_template_or_like_nothing_filled_in():
    body = repeat("r", ask("r/a"))
    assert Filled(xform("<r jr:template=''><a>t</a></r><r><a>1</a></r>", {}, body)).add("r")["r[2]/a"] == "t"
    assert Filled(xform("<r><a>1</a></r>", {}, body)).add("r")["r[2]/a"] == ""


def test_instances_given_by_the_form_are_kept():
    filled = Filled(xform("<r><a>1</a></r><r><a>2</a></r>", {}, repeat("r", ask("r/a"))))
    assert [filled["r[1]/a"], filled["r[2]/a"]] == ["1", "2"]


def test_relevance_inside_a_repeat_belongs_to_its_instance():
    form = xform("<r><a/><b/></r>", {"r/b": "relevant=\"../a = '1'\""}, repeat("r", ask("r/a") + ask("r/b")))
    filled = Filled(form).add("r").put("r[2]/a", "1")
    assert (filled.relevant("r[1]/b"), filled.relevant("r[2]/b")) == (False, True)


def test_a_setvalue_on_a_changed_value_runs_after_the_change_and_in_the_same_instance():
    changed = "<setvalue event='xforms-value-changed' ref='/data/r/b' value='../a * 2'/>"
    filled = Filled(xform("<r><a/><b/></r>", {}, repeat("r", ask("r/a", changed)))).add("r")
    filled.put("r[2]/a", "4")
    assert [filled["r[1]/b"], filled["r[2]/b"]] == ["", "8"]


def test_an_empty_setvalue_clears():
    form = xform("<a/><b>x</b>", {}, ask("a", "<setvalue event='xforms-value-changed' ref='/data/b'/>"))
    assert Filled(form).answer(a="1")["b"] == ""


def test_a_setvalue_does_not_run_when_nothing_changed():
    changed = "<setvalue event='xforms-value-changed' ref='/data/n' value='/data/n + 1'/>"
    filled = Filled(xform("<a/><n>0</n>", {}, ask("a", changed)))
    assert filled["n"] == "0"
    assert filled.answer(a="1").answer(a="1")["n"] == "1"


def test_setvalues_that_chase_each_other_come_to_rest():
    def chase(to: str) -> str:
        return f"<setvalue event='xforms-value-changed' ref='/data/{to}' value='. + 1'/>"

    filled = Filled(xform("<a>0</a><b>0</b>", {}, ask("a", chase("b")) + ask("b", chase("a"))))
    filled.answer(a="1")
    assert filled.instance.world.warnings


def test_a_new_repeat_runs_its_own_action_once():
    new = "<setvalue event='odk-new-repeat' ref='/data/r/b' value=\"concat('new ', position(..))\"/>"
    filled = Filled(xform("<r><a/><b/></r>", {}, repeat("r", ask("r/a") + new))).add("r")
    assert [filled["r[1]/b"], filled["r[2]/b"]] == ["", "new 2"]


@pytest.mark.parametrize("ref", ["r[0]/a", "r[3]/a", "r/a", "q[1]/a", "r[1]/a[1]"])
def test_a_reference_without_its_instance_names_nothing(ref: str):
    assert Filled(REPEAT).add("r").instance.tree.find(f"/data/{ref}") is None
