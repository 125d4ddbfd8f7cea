from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from callcenter.forms.definition.loader import load_form
from callcenter.forms.errors import FormError
from callcenter.forms.instance.dump import Dump
from callcenter.forms.instance.instance import Instance
from tests.scenario.recorded import comparable
from tests.scenario.xform import Filled, select, xform
from tests.shared import shared

NOW = datetime(2026, 8, 14, 9, tzinfo=UTC)
FORM = xform(
    "<a/><b/><n/><r><x/></r>",
    {"a": "required='true()'", "b": "relevant=\"/data/a = 'y'\"", "n": 'calculate="count(/data/r)"'},
    select("a", "x y")
    + '<input ref="/data/b"><label>after <output value="/data/a"/></label></input>'
    + '<group ref="/data/r"><label>row</label><repeat nodeset="/data/r"><input ref="/data/r/x">'
    + '<label>row <output value="position(..)"/> of <output value="/data/n"/></label></input></repeat></group>',
)


def test_what_cannot_have_changed_is_taken_over():
    filled = Filled(FORM)
    dump = Dump(filled.instance)
    first = dump.take()
    second = dump.take()
    assert second == first
    assert all(second[key] is first[key] for key in first if first[key]["ref"] == "/data/a")
    filled.put("a", "y")
    third = dump.take()
    assert (third["/data/b|"]["label"], third["/data/b|"]["relevant"]) == ("after y", True)
    assert third["/data/n|"] is first["/data/n|"]


def test_rows_that_come_go_and_move_up_are_told_anew():
    filled = Filled(FORM)
    dump, root = Dump(filled.instance), filled.instance.tree.root
    dump.take()
    filled.instance.add(root, "r")
    filled.put("r[2]/x", "kept")
    assert dump.take()["/data/r[2]/x|"]["label"] == "row 2 of 2"
    filled.instance.remove(filled.node("r[1]"))
    told = dump.take()
    assert (told["/data/r[1]/x|"]["label"], told["/data/r[1]/x|"]["value"]) == ("row 1 of 1", "kept")
    assert "/data/r[2]/x|" not in told


@pytest.mark.shared
def test_states_taken_over_equal_those_told_afresh_in_recorded_walks():
    for row, walk in comparable()[::12]:
        try:
            form = load_form(shared(f"forms/{row['file']}").read_bytes())
        except FormError:
            continue
        instance = Instance(form, lambda: NOW, ZoneInfo("UTC"))
        instance.begin()
        dump = Dump(instance)
        dump.take()
        for step in [state["did"] for state in walk["states"] if state.get("did")]:
            node = instance.tree.find(step.get("set", ""))
            if node is not None and node.schema.leaf:
                instance.store(node, step["value"])
            assert dump.take() == Dump(instance).take(), (row["id"], step)
