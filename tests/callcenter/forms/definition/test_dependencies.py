from __future__ import annotations

import pytest

from callcenter.forms.definition.dependencies import Reading
from callcenter.forms.definition.loader import load_form
from callcenter.forms.xpath.parser import parse
from tests.scenario.xform import xform

BODY = (
    '<repeat nodeset="/data/r"><input ref="/data/r/x"/>'
    '<repeat nodeset="/data/r/q"><input ref="/data/r/q/z"/></repeat></repeat>'
)
FORM = load_form(xform("<a/><g><b/></g><r><x/><y/><q><z/></q></r>", {}, BODY))


def read(expression: str, here: str = "r/y") -> set[tuple[str, str, bool, bool]]:
    reading = Reading(FORM.by_path[f"/data/{here}"], FORM.places[0]).of(parse(expression))
    return {
        (one.node.path.removeprefix("/data/"), one.scope.name if one.scope else "", one.soft, one.size)
        for one in reading.reads
    }


@pytest.mark.parametrize(
    ("expression", "reads"),
    [
        ("/data/a", {("a", "", False, False)}),
        ("../x", {("r/x", "r", False, False)}),
        ("/data/r/x", {("r/x", "r", False, False)}),
        ("current()/../x", {("r/x", "r", False, False)}),
        ("position(..)", {("r", "", False, True)}),
        ("../../g/b", {("g/b", "", False, False)}),
        ("count(../q)", {("r/q", "r", False, True)}),
        ("sum(../q/z)", {("r/q/z", "r", False, False), ("r/q", "r", False, True)}),
        ("/data/r[1]/x", {("r/x", "", True, False), ("r", "", True, True)}),
        ("concat('a', 1)", set()),
    ],
)
def test_a_formula_reads_the_places_it_names(expression: str, reads: set[tuple[str, str, bool, bool]]):
    assert read(expression) == reads


def test_a_predicate_on_a_list_reads_the_answer_it_compares_with():
    assert read("instance('l')/root/item[kind = current()/../x]") == {("r/x", "r", False, False)}


def test_an_indexed_repeat_reaches_other_instances():
    assert ("r/x", "", True, False) in read("indexed-repeat(/data/r/x, /data/r, 1)")


def test_seen_from_outside_every_instance_and_their_number_count():
    assert read("sum(/data/r/x)", "a") == {("r/x", "", False, False), ("r", "", False, True)}


def test_a_name_that_is_not_there_is_told():
    reading = Reading(FORM.by_path["/data/a"], FORM.places[0]).of(parse("/data/nope + ../b"))
    assert reading.lost == ["data/nope", "node()/b"]
