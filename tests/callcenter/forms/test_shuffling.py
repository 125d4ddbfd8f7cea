from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from callcenter.forms.errors import UnknownReference
from callcenter.forms.session import FormDefinition, Session, load
from tests.scenario.xform import NOW, select, xform

_AIMS = [f"aim{n}" for n in range(1, 9)]
_SEED = "calculate='once(int(random() * 2147483646) + 1)'"


def _form(seed_bind: str = "") -> FormDefinition:
    binds = {"consent": "required='true()'", "aims": "relevant=\"/data/consent = '1'\"", "aims/seed": seed_bind}
    binds |= {f"aims/{name}": "cc:shuffle='seed' cc:fact='{name}'".replace("{name}", name) for name in _AIMS}
    inside = "".join(select(f"aims/{name}", "1 2 3") for name in _AIMS)
    return load(
        xform(
            f"<consent/><aims><seed/><said/>{''.join(f'<{name}/>' for name in _AIMS)}</aims><bye/>",
            binds,
            f"{select('consent', '1 2')}<group ref='/data/aims'><input ref='/data/aims/said'><label>x</label></input>"
            f"{inside}</group><input ref='/data/bye'><label>bye</label></input>",
        )
    )


_FORM = _form(_SEED)


def _open(seed: int, form: FormDefinition = _FORM) -> Session:
    session = Session.open(form, presets={}, clock=lambda: NOW, seed=seed)
    session.answer("/data/consent", "1")
    return session


def _order(session: Session) -> list[str]:
    """Return the names of all questions asked from the first page on."""
    while session.back():
        pass
    order = [session.page().questions[0].name]
    while session.next():
        order.append(session.page().questions[0].name)
    return order


@given(st.integers(0, 2**31))
def test_only_the_questions_that_share_a_seed_change_places(seed: int):
    order = _order(_open(seed))
    assert (order[:2], order[-1]) == (["consent", "said"], "bye")
    assert sorted(order[2:-1]) == _AIMS


def test_each_case_has_an_order_of_its_own():
    orders = {tuple(_order(_open(seed))) for seed in range(20)}
    assert len(orders) > 15


def test_the_order_is_the_same_after_a_restore_in_the_middle_and_after_going_back():
    session = _open(7)
    order = _order(session)
    session.goto(f"/data/aims/{order[4]}")
    session.answer(f"/data/aims/{order[4]}", "2")
    again = Session.restore(_FORM, session.snapshot(), clock=lambda: NOW)
    assert again.page() == session.page()
    assert _order(again) == order
    assert _order(session) == order


def test_the_order_holds_while_the_questions_are_not_asked():
    session = _open(7)
    order = _order(session)
    session.answer("/data/consent", "2")
    assert _order(session) == ["consent", "bye"]
    session.answer("/data/consent", "1")
    assert _order(session) == order


def test_answers_stay_with_their_names_and_are_told_in_the_order_asked():
    session = _open(7)
    order = _order(session)[2:-1]
    for place, name in enumerate(order):
        session.answer(f"/data/aims/{name}", str(place % 3 + 1))
    assert session.facts() == {name: str(place % 3 + 1) for place, name in enumerate(order)}
    told = [said.ref.rpartition("/")[2] for said in session.said()]
    assert [name for name in told if name in _AIMS] == order


def test_an_interview_stepped_through_has_the_order_of_one_opened_afresh():
    stepped = _open(11)
    for name in _order(stepped)[2:-1]:
        stepped.answer(f"/data/aims/{name}", "1")
    assert _order(stepped) == _order(_open(11))


def test_without_a_number_the_order_of_the_form_stays():
    assert _order(_open(7, _form()))[2:-1] == _AIMS


def test_a_seed_that_is_no_question_is_refused_when_the_form_is_published():
    with pytest.raises(UnknownReference, match="nowhere"):
        load(xform("<a/><b/>", {"a": "cc:shuffle='nowhere'"}))
