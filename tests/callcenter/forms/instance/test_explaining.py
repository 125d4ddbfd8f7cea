from __future__ import annotations

import pytest

from callcenter.forms.instance.explaining import explain
from callcenter.text import LANGUAGES, translator
from tests.scenario.xform import Filled, select, xform

FORM = xform(
    "<p/><a/><b/><c/><g><d/><n/></g><r><e/></r><f/><h/>",
    {
        "b": "relevant=\"/data/a = '1'\" required=\"/data/a = '1'\" constraint=\". != 'x'\"",
        "c": 'calculate="concat(/data/a, /data/b)"',
        "g": "relevant=\"/data/a = '2'\"",
        "g/d": "required='true()'",
        "g/n": "readonly='true()'",
        "f": "relevant=\"/data/b = '' and count(/data/r) = 1\" constraint=\". &gt; sum(/data/r/e)\" type='int'",
        "h": "relevant='false()'",
    },
    "<input ref='/data/a'/><input ref='/data/b'/><group ref='/data/g'><input ref='/data/g/d'/>"
    "<input ref='/data/g/n'/></group>"
    "<group ref='/data/r'><repeat nodeset='/data/r'><input ref='/data/r/e'/></repeat></group>"
    "<input ref='/data/f'/><input ref='/data/h'/>",
)


def told(filled: Filled, ref: str, language: str = "en") -> list[str]:
    return list(explain(filled.instance, filled.node(ref)).sentences(translator(language)))


@pytest.mark.parametrize(
    ("answers", "ref", "sentences"),
    [
        ({"a": "3"}, "b", ["Hidden because ${a} = '3'. It is asked when ${a} = '1'."]),
        ({"a": "1"}, "g/d", ["Hidden with its group g because ${a} = '1'. The group is asked when ${a} = '2'."]),
        ({}, "b", ["Hidden because ${a} is empty. It is asked when ${a} = '1'."]),
        ({}, "h", ["Hidden. It is asked when false()."]),
        (
            {"a": "1"},
            "b",
            [
                "Must be answered because ${a} = '1'. The rule is ${a} = '1'.",
                "Asked because ${a} = '1'. The rule is ${a} = '1'.",
            ],
        ),
        (
            {"a": "2"},
            "g/d",
            ["Must always be answered.", "Asked with its group g because ${a} = '2'. The rule is ${a} = '2'."],
        ),
        ({"a": "2"}, "g/n", ["Only shown, never changed."]),
        ({"a": "1"}, "a", ["Always asked."]),
        ({"a": "1"}, "c", ["Calculated as concat(${a}, ${b}); now ${a} = '1', ${b} is empty."]),
        ({"a": "3"}, "c", ["Calculated as concat(${a}, ${b}); now ${a} = '3', ${b} is hidden."]),
        ({}, "p", ["Filled in beforehand, never asked."]),
        ({}, "f", ["Asked because ${b} is hidden, ${r} = '1 ×'. The rule is ${b} = '' and count(${r}) = 1."]),
    ],
)
def test_the_formula_and_its_values_say_why(answers: dict[str, str], ref: str, sentences: list[str]):
    assert told(Filled(FORM).answer(**answers), ref) == sentences


def test_a_refused_answer_is_told_before_all_else():
    filled = Filled(FORM).answer(a="1", b="x")
    assert told(filled, "b")[0] == "Refused because ${b} = 'x'. An answer fits when . != 'x'."
    assert explain(filled.instance, filled.node("b")).state == "refused"


def test_all_values_of_a_repeat_that_a_rule_read_are_named():
    filled = Filled(FORM).put("r[1]/e", "4").put("f", "2")
    assert told(filled, "f")[0] == "Refused because ${f} = '2', ${e} = '4'. An answer fits when . > sum(${e})."


def test_a_rule_that_finds_no_row_and_no_answer_says_so():
    form = xform(
        "<a/><r><x/></r><z/><y/>",
        {"z": "relevant='count(/data/r[x &gt; 3]) &gt; 0'", "y": "relevant=\"/data/r[x &gt; 3]/x = '4'\""},
        "<input ref='/data/a'/>"
        "<group ref='/data/r'><repeat nodeset='/data/r'><input ref='/data/r/x'/></repeat></group>"
        "<input ref='/data/z'/><input ref='/data/y'/>",
    )
    assert told(Filled(form), "z") == ["Hidden because ${r} = '0 ×'. It is asked when count(${r}[x > 3]) > 0."]
    assert told(Filled(form), "y")[0].startswith("Hidden because ${x} is empty.")


def test_a_hidden_answer_is_said_to_be_kept():
    filled = Filled(FORM).answer(a="1", b="yes").answer(a="2")
    assert told(filled, "b")[-1] == "The answer 'yes' is kept and comes back."


def test_a_value_of_the_wrong_type_is_a_refusal_of_its_own():
    filled = Filled(FORM)
    why = explain(filled.instance, filled.node("f"), unreadable=True)
    assert why.sentences(translator("nl"))[0] == "Geweigerd, want het antwoord is niet van het type int."


def test_a_condition_inside_a_list_is_not_taken_for_a_question():
    item = "<instance id='s'><root><item><name>1</name></item></root></instance>"
    form = xform(
        "<name/><b/>",
        {"b": "relevant=\"count(instance('s')/root/item[name = /data/name]) &gt; 0\""},
        select("name", "1 2") + "<input ref='/data/b'/>",
        model=item,
    )
    assert told(Filled(form).answer(name="2"), "b") == [
        "Hidden because ${name} = '2'. It is asked when count(instance('s')/root/item[name = ${name}]) > 0."
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_names_the_values_and_the_rule(language: str):
    (sentence,) = told(Filled(FORM).answer(a="3"), "b", language)
    assert "${a} = '3'" in sentence
    assert "${a} = '1'" in sentence
