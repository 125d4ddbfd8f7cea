from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from callcenter.forms.definition.loader import load_form
from callcenter.forms.instance.engine import MOST_NODES
from callcenter.forms.instance.instance import Instance
from tests.scenario.xform import NOW, Filled, inputs, xform

LISTS = (
    "<instance id='l'><root>"
    + "".join(f"<item><name>{name}</name><kind>{kind}</kind></item>" for name, kind in ("a1", "a2", "b2", "c3"))
    + "</root></instance>"
)
FORM = load_form(
    xform(
        "<n/><a/><b/><c/><pick/><total/><shown/><g><d/><e/></g><r><x/><y/><z/></r><far/>",
        {
            "n": 'type="int"',
            "b": "type='int' relevant=\"/data/a != '2'\"",
            "c": 'calculate="/data/b * 2 + count(/data/r)"',
            "total": 'calculate="sum(/data/r/y)"',
            "shown": "calculate=\"concat(/data/pick, '/', /data/g/e)\"",
            "g": 'relevant="/data/c > 3"',
            "g/e": "relevant=\"../d != ''\"",
            "r/y": 'type="int" calculate="../x + /data/n"',
            "r/z": 'relevant="../y > 4 and position(..) != 2"',
            "far": 'calculate="indexed-repeat(/data/r/y, /data/r, /data/a)" relevant="/data/total > 0"',
        },
        inputs("<n/><a/><b/>")
        + "<select1 ref='/data/pick'><itemset nodeset=\"instance('l')/root/item[kind = /data/a]\">"
        "<value ref='name'/><label ref='name'/></itemset></select1>"
        "<input ref='/data/g/d'/><input ref='/data/g/e'/>"
        "<repeat nodeset='/data/r'><input ref='/data/r/x'/><input ref='/data/r/z'/></repeat>",
        model=LISTS,
    )
)
SETTABLE = ("n", "a", "b", "pick", "g/d", "g/e", "r[1]/x", "r[2]/x", "r[1]/z", "r[3]/x")
VALUES = ("", "1", "2", "3", "5", "a", "b", "c", "x y")
STEPS = st.lists(
    st.one_of(
        st.tuples(st.sampled_from(SETTABLE), st.sampled_from(VALUES)),
        st.just(("add", "")),
        st.tuples(st.just("remove"), st.sampled_from(("1", "2", "3"))),
    ),
    max_size=12,
)


def _take(filled: Filled, step: tuple[str, str]) -> None:
    verb, value = step
    if verb == "add":
        filled.add("r")
    elif verb == "remove":
        if filled.count("r") > int(value):
            filled.remove(f"r[{value}]")
    elif filled.instance.tree.find(f"/data/{verb}") is not None:
        filled.put(verb, value)


def _state(instance: Instance) -> dict[str, tuple[str, bool]]:
    return {node.ref: (node.text, node.relevant) for node in instance.tree.root.nodes() if "meta" not in node.ref}


@settings(max_examples=200, deadline=None)
@given(STEPS)
def test_a_change_that_spreads_gives_what_a_full_computation_gives(steps: list[tuple[str, str]]):
    filled = Filled(FORM)
    for step in steps:
        _take(filled, step)
        before = _state(filled.instance)
        for node in filled.instance.tree.root.nodes():
            node.computed = None
        filled.instance.engine.compute_all()
        assert _state(filled.instance) == before


@settings(max_examples=100, deadline=None)
@given(STEPS)
def test_what_was_saved_comes_back_as_it_was(steps: list[tuple[str, str]]):
    filled = Filled(FORM)
    for step in steps:
        _take(filled, step)
    saved = filled.instance
    other = Instance(FORM, lambda: NOW, saved.world.zone)
    other.load(saved.raws(), saved.sizes())
    assert _state(other) == _state(saved)
    assert (other.raws(), other.sizes()) == (saved.raws(), saved.sizes())


@settings(max_examples=50, deadline=None)
@given(st.permutations([("n", "2"), ("a", "1"), ("g/d", "x"), ("r[1]/x", "5")]))
def test_the_order_of_answers_that_do_not_touch_does_not_matter(steps: list[tuple[str, str]]):
    filled, plain = Filled(FORM), Filled(FORM)
    for step in steps:
        _take(filled, step)
    for step in sorted(steps):
        _take(plain, step)
    assert _state(filled.instance) == _state(plain.instance)


@settings(max_examples=100, deadline=None)
@given(STEPS, st.sampled_from(SETTABLE), st.sampled_from(VALUES))
def test_memos_never_give_an_old_answer(steps: list[tuple[str, str]], ref: str, value: str):
    filled = Filled(FORM)
    for step in [*steps, (ref, value)]:
        filled.offers("pick")
        _take(filled, step)
        offered = filled.offers("pick")
        filled.node("pick").memo.clear()
        assert filled.offers("pick") == offered


def test_rows_that_came_and_went_leave_room_for_others():
    names = [f"x{number}" for number in range(MOST_NODES // 500)]
    row = "".join(f"<{name}/>" for name in names)
    body = "<group ref='/data/r'><repeat nodeset='/data/r'><input ref='/data/r/x0'/></repeat></group>"
    instance = Filled(xform(f"<r>{row}</r>", {}, body)).instance
    for _ in range(510):
        added = instance.add(instance.tree.root, "r")
        assert added is not None
        instance.remove(added)
