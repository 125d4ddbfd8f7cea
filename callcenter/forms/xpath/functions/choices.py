"""Functions on chosen items."""

from __future__ import annotations

import math

from callcenter.forms.xpath.functions.table import Register
from callcenter.forms.xpath.scope import Context
from callcenter.forms.xpath.values import Value, to_number, to_text

function = Register()


def _chosen(at: Context, chosen: Value, value: Value) -> bool:
    wanted, items = to_text(value).strip(), to_text(chosen).split()
    # Of nothing, nothing is chosen: forms ask so whether there is no answer.
    return wanted in items or not (wanted or items)


function("selected", 2)(_chosen)
function("is-selected", 2)(_chosen)


@function("selected-at", 2)
def _selected_at(at: Context, chosen: Value, place: Value) -> str:
    number, items = to_number(place, at.world.zone), to_text(chosen).split()
    if math.isnan(number) or not 0 <= number < len(items):
        return ""
    return items[int(number)]


@function("count-selected", 1)
def _count_selected(at: Context, chosen: Value) -> float:
    return float(len(to_text(chosen).split()))


@function("jr:choice-name", 2)
def _choice_name(at: Context, value: Value, ref: Value) -> str:
    return at.world.choice_label(to_text(value), to_text(ref).strip(), at.current)
