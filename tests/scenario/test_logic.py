"""What relevance, calculation, constraint and types do, in a user's steps."""

from __future__ import annotations

import pytest

from tests.scenario.xform import Filled, inputs, select, xform


def test_a_value_that_is_not_relevant_reads_as_empty_and_comes_back():
    filled = Filled(
        xform("<a/><b/><c/>", {"b": "relevant=\"/data/a = '1'\"", "c": "calculate=\"concat('[', /data/b, ']')\""})
    )
    filled.answer(a="1", b="kept")
    assert filled["c"] == "[kept]"
    filled.answer(a="2")
    assert (filled["b"], filled["c"], filled.relevant("b")) == ("", "[]", False)
    filled.answer(a="1")
    assert (filled["b"], filled["c"]) == ("kept", "[kept]")


def test_relevance_of_a_group_covers_all_inside():
    form = xform(
        "<a/><g><h><b/></h></g>",
        {"g": "relevant=\"/data/a = '1'\"", "g/h/b": "relevant=\"/data/a != '2'\""},
        inputs("<a/>") + "<input ref='/data/g/h/b'/>",
    )
    filled = Filled(form)
    assert [filled.relevant(ref) for ref in ("g", "g/h", "g/h/b")] == [False, False, False]
    assert filled.answer(a="1").relevant("g/h/b")
    assert not filled.answer(a="2").relevant("g/h/b")


def test_relevance_follows_a_calculation_that_follows_an_answer():
    binds = {"b": 'type="int" calculate="/data/a * 2"', "c": 'relevant="/data/b > 10"'}
    filled = Filled(xform("<a/><b/><c/>", binds))
    assert not filled.answer(a="5").relevant("c")
    assert filled.answer(a="6").relevant("c")
    assert not filled.answer(a="").relevant("c")


def test_constraint_and_required_are_satisfied_when_empty_or_not_relevant():
    binds = {
        "a": "",
        "b": "relevant=\"/data/a = '1'\" required='true()' constraint=\". = 'ok'\""
        " jr:constraintMsg='not ok' jr:requiredMsg='please'",
    }
    filled = Filled(xform("<a/><b/>", binds))
    judge = filled.instance.judge
    b = filled.node("b")
    assert (judge.missing(b), judge.refused(b), judge.required(b)) == (False, False, True)
    filled.answer(a="1")
    assert (judge.missing(b), judge.refused(b), judge.message(b)) == (True, False, "please")
    filled.answer(b="x")
    assert (judge.missing(b), judge.refused(b), judge.message(b)) == (False, True, "not ok")
    filled.answer(a="2")
    assert (judge.missing(b), judge.refused(b), judge.message(b)) == (False, False, None)


def test_required_and_readonly_follow_the_answers():
    binds = {"b": "required=\"/data/a = '1'\" readonly=\"/data/a = '2'\""}
    filled = Filled(xform("<a/><b/>", binds))
    judge, b = filled.instance.judge, filled.node("b")
    assert not judge.required(b)
    filled.answer(a="1")
    assert judge.required(b)
    assert not judge.readonly(b)
    filled.answer(a="2")
    assert judge.readonly(b)


def test_readonly_is_inherited():
    filled = Filled(xform("<g><a/></g>", {"g": 'readonly="true()"'}, "<input ref='/data/g/a'/>"))
    assert filled.instance.judge.readonly(filled.node("g/a"))


@pytest.mark.parametrize(
    ("kind", "written", "kept"),
    [
        ("int", "7.9", "7"),
        ("int", "-7.9", "-7"),
        ("int", "abc", ""),
        ("int", "2147483648", ""),
        ("decimal", "7", "7.0"),
        ("decimal", "1e3", "1000.0"),
        ("decimal", "x", ""),
        ("date", "2026-02-28", "2026-02-28"),
        ("date", "2026-02-30", ""),
        ("date", "2026-02-03T10:00:00", "2026-02-03"),
        ("date", "2026-08-14T23:30:00.000Z", ""),
        ("time", "10:30:00.000+00:00", "10:30:00.000+00:00"),
        ("time", "25:00", ""),
        ("dateTime", "2026-08-14T10:00:00.000+00:00", "2026-08-14T10:00:00.000+00:00"),
        ("dateTime", "2026-08-14", "2026-08-14T00:00:00.000+02:00"),
        ("string", " x ", " x "),
        ("string", "e\u0301", "\u00e9"),
        ("string", "a\x00b\ud800", "ab"),
    ],
)
def test_an_answer_is_stored_as_its_type_writes_it(kind: str, written: str, kept: str):
    filled = Filled(xform("<a/>", {"a": f'type="{kind}"'}), zone="Europe/Brussels")
    assert filled.answer(a=written)["a"] == kept


def test_a_calculation_of_a_number_is_written_without_a_fraction_in_a_text():
    binds = {"a": 'calculate="6 div 2"', "b": 'calculate="6 div 2" type="decimal"', "c": "calculate=\"number('x')\""}
    filled = Filled(xform("<a/><b/><c/>", binds))
    assert (filled["a"], filled["b"], filled["c"]) == ("3", "3.0", "")


def test_an_answer_over_a_calculation_stays_until_the_calculation_gives_another_value():
    filled = Filled(xform("<a/><b/><c/>", {"b": "calculate=\"if(/data/a = '1', 'one', 'other')\""}))
    filled.answer(a="2", b="mine")
    assert filled.answer(a="3")["b"] == "mine"
    assert filled.answer(a="1")["b"] == "one"


def test_a_calculation_has_the_last_word_at_the_start():
    form = xform(
        "<a>default</a><b>default</b><c>default</c>",
        {"b": "calculate=\"'calculated'\""},
        "<input ref='/data/a'/>",
        model="<setvalue ref='/data/b' event='odk-instance-first-load'>set</setvalue>"
        "<setvalue ref='/data/c' event='odk-instance-first-load'>set</setvalue>",
    )
    filled = Filled(form)
    assert (filled["a"], filled["b"], filled["c"]) == ("default", "calculated", "set")


def test_presets_fill_hidden_nodes_and_nothing_else():
    form = xform("<name/><a/><calc/>", {"calc": 'calculate="/data/name"'}, inputs("<a/>"))
    filled = Filled(form, presets={"name": "Aya", "a": "no", "calc": "no", "nothing": "no"})
    assert (filled["name"], filled["a"], filled["calc"]) == ("Aya", "", "Aya")


def test_three_thousand_calculations_in_a_row_need_no_recursion():
    data = "".join(f"<c{number}/>" for number in range(3000))
    binds = {f"c{number}": f'calculate="/data/c{number - 1} + 1"' for number in range(1, 3000)}
    filled = Filled(xform(data, binds, "<input ref='/data/c0'/>"))
    assert filled.answer(c0="1")["c2999"] == "3000"


def test_a_text_that_doubles_itself_is_cut():
    data = "<c0/>" + "".join(f"<c{number}/>" for number in range(1, 60))
    binds = {f"c{number}": f'calculate="concat(/data/c{number - 1}, /data/c{number - 1})"' for number in range(1, 60)}
    filled = Filled(xform(data, binds, "<input ref='/data/c0'/>"))
    assert len(filled.answer(c0="xx")["c59"]) == 20_000


def test_one_answer_works_out_only_what_reads_it():
    data = "".join(f"<a{number}/><b{number}/>" for number in range(200))
    binds = {f"b{number}": f"relevant=\"/data/a{number} = '1'\"" for number in range(200)}
    filled = Filled(xform(data, binds))
    before = filled.instance.engine.evaluations
    filled.answer(a7="1")
    assert filled.instance.engine.evaluations - before == 1


def test_preloads_fill_from_the_clock():
    binds = {
        "s": 'type="dateTime" jr:preload="timestamp" jr:preloadParams="start"',
        "e": 'type="dateTime" jr:preload="timestamp" jr:preloadParams="end"',
        "d": 'type="date" jr:preload="date" jr:preloadParams="today"',
    }
    filled = Filled(xform("<s/><e/><d/>", binds, "<group/>"), zone="Europe/Brussels")
    assert (filled["s"], filled["e"], filled["d"]) == ("2026-08-14T11:00:00.000+02:00", "", "2026-08-14")


def test_an_identity_is_added_where_a_form_has_none():
    assert Filled(xform("<a/>"))["meta/instanceID"].startswith("uuid:")


def test_a_trigger_is_ok_or_nothing():
    filled = Filled(xform("<a/>", {}, "<trigger ref='/data/a'/>"))
    assert filled.answer(a="OK")["a"] == "OK"
    assert filled.answer(a="yes")["a"] == ""


def test_a_range_keeps_its_bounds():
    filled = Filled(xform("<a/>", {"a": 'type="int"'}, "<range ref='/data/a' start='1' end='5' step='1'/>"))
    assert filled.answer(a="5")["a"] == "5"
    assert filled.answer(a="6")["a"] == ""


def test_a_choice_outside_the_list_clears():
    filled = Filled(xform("<a/><b/>", {}, select("a", "x y") + select("b", "x y z", "select")))
    assert filled.answer(a="x")["a"] == "x"
    assert filled.answer(a="q")["a"] == ""
    assert filled.answer(b="z q x x")["b"] == "x z"
