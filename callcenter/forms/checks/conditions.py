"""Decides, as far as it can, whether a condition can ever be true: constants, and what one answer can be at once."""

from __future__ import annotations

import math
import operator
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from callcenter.forms.definition.schema import Schema
from callcenter.forms.xpath.syntax import Binary, Call, Negate, Number, Path, Syntax, Text

_MOST_WAYS = 64
"""Ways in which a condition may become true; beyond it, it is taken as possible."""
_SIGNS = ("=", "!=", "<", "<=", ">", ">=")
_TURNED = {"<": ">", ">": "<", "<=": ">=", ">=": "<="}
_OPPOSITE = {"=": "!=", "!=": "=", "selected": "unselected", "unselected": "selected"}
_ORDERS: dict[str, Callable[[float, float], bool]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}
OTHER = "\0other"
"""Any answer that no condition names."""


@dataclass(frozen=True)
class Claim:
    """A condition about one answer: `place sign value`, or that a choice is among (or not among) those chosen."""

    place: Schema
    sign: str
    value: str
    number: bool = False

    def allows(self, answer: str) -> bool:
        """Return whether an answer fits; where that cannot be known it does."""
        if self.sign in ("selected", "unselected"):
            return (self.value in answer.split(" ")) == (self.sign == "selected")
        if self.sign in _ORDERS:
            return _ORDERS[self.sign](_number(answer), float(self.value)) if self.number else True
        same = _number(answer) == float(self.value) if self.number else answer == self.value
        return same == (self.sign == "=")


Way = tuple[Claim, ...]
"""Claims that hold together."""


def ways(tree: Syntax, here: Schema, root: Schema, *, wanted: bool = True) -> list[Way] | None:
    """Return the ways in which a condition becomes true (or false); none at all means never, None means too many.

    What cannot be decided puts no claim on a way.
    """
    if isinstance(tree, Call) and tree.name in ("not", "boolean") and len(tree.arguments) == 1:
        return ways(tree.arguments[0], here, root, wanted=wanted == (tree.name == "boolean"))
    if isinstance(tree, Binary) and tree.operator in ("and", "or"):
        left, right = (ways(side, here, root, wanted=wanted) for side in (tree.left, tree.right))
        if left is None or right is None:
            # An impossible side still decides for `and`.
            return [] if (tree.operator == "and") == wanted and [] in (left, right) else None
        return _together(left, right) if (tree.operator == "and") == wanted else _either(left, right)
    constant = truth(tree)
    if constant is not None:
        return [()] if constant == wanted else []
    claim = claim_of(tree, here, root)
    if claim is not None and not wanted:
        claim = _denied(claim)
    return [()] if claim is None else [(claim,)]


def _together(left: list[Way], right: list[Way]) -> list[Way] | None:
    return [one + other for one in left for other in right] if len(left) * len(right) <= _MOST_WAYS else None


def _either(left: list[Way], right: list[Way]) -> list[Way] | None:
    return left + right if len(left) + len(right) <= _MOST_WAYS else None


def _denied(claim: Claim) -> Claim | None:
    # No answer is neither less nor more than a number, so only equality can be turned round.
    sign = _OPPOSITE.get(claim.sign)
    return Claim(claim.place, sign, claim.value, claim.number) if sign else None


def truth(tree: Syntax) -> bool | None:
    """Return what a condition without any question in it says, None when that is not plain to see."""
    if isinstance(tree, Call) and tree.name in ("true", "false") and not tree.arguments:
        return tree.name == "true"
    if isinstance(tree, (Number, Text)):
        return bool(tree.value)
    if isinstance(tree, Binary) and tree.operator in _SIGNS:
        left, right = _constant(tree.left), _constant(tree.right)
        if left is not None and right is not None and left[1] == right[1]:
            sign = tree.operator
            if sign in ("=", "!="):
                return (left[0] == right[0]) == (sign == "=")
            return _ORDERS[sign](float(left[0]), float(right[0])) if left[1] else None
    return None


def claim_of(tree: Syntax, here: Schema, root: Schema) -> Claim | None:
    """Return what a comparison or `selected()` claims about one answer, None for anything else."""
    if isinstance(tree, Call) and tree.name == "selected" and len(tree.arguments) == 2:
        place, constant = _place(tree.arguments[0], here, root), _constant(tree.arguments[1])
        if place is None or constant is None or not constant[0] or " " in constant[0]:
            return None
        return Claim(place, "selected", constant[0])
    if not isinstance(tree, Binary) or tree.operator not in _SIGNS:
        return None
    sides, sign = (tree.left, tree.right), tree.operator
    if _constant(tree.left) is not None:
        sides, sign = (tree.right, tree.left), _TURNED.get(tree.operator, tree.operator)
    place, constant = _place(sides[0], here, root), _constant(sides[1])
    if place is None or constant is None:
        return None
    return Claim(place, sign, constant[0], constant[1])


def _constant(tree: Syntax) -> tuple[str, bool] | None:
    """Return a constant as text, and whether it is a number."""
    if isinstance(tree, Text):
        return tree.value, False
    if isinstance(tree, Number):
        return _plain(tree.value), True
    if isinstance(tree, Negate) and isinstance(tree.operand, Number):
        return _plain(-tree.operand.value), True
    return None


def _plain(value: float) -> str:
    return str(int(value)) if value.is_integer() else str(value)


def _number(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return math.nan


def _place(tree: Syntax, here: Schema, root: Schema) -> Schema | None:
    """Return the one answer that a plain path means from here, None for lists of nodes and other formulas."""
    if not isinstance(tree, Path) or tree.start is not None or any(step.predicates for step in tree.steps):
        return None
    place: Schema | None = None if tree.absolute else here
    for number, step in enumerate(tree.steps):
        if step.axis == "parent":
            place = place.parent if place is not None else None
        elif step.axis == "child" and tree.absolute and number == 0:
            place = root if step.test == root.name else None
        elif step.axis == "child":
            place = place.child(step.test) if place is not None else None
        elif step.axis != "self":
            return None
    # Seen from outside, a repeat gives many answers at once.
    if place is None or not place.leaf or place.repeats != here.repeats[: len(place.repeats)]:
        return None
    return place


def candidates(claims: Iterable[Claim], known: Sequence[str] | None) -> set[str]:
    """Return the answers to try: the choices, or one of each kind that the claims tell apart; and no answer."""
    found = list(claims)
    if known is not None:
        return {"", *known}
    # A text may hold several words at once, also ones that no condition names.
    words = " ".join(sorted({claim.value for claim in found if claim.sign == "selected"}))
    texts = {"", OTHER, words, f"{words} {OTHER}"} | {claim.value for claim in found}
    numbers = sorted({float(claim.value) for claim in found if claim.number})
    if numbers:
        between = [(one + other) / 2 for one, other in pairwise(numbers)]
        texts |= {_plain(one) for one in (numbers[0] - 1, *between, numbers[-1] + 1)}
    return texts


def fitting(claims: Sequence[Claim], known: Sequence[str] | None, *, many: bool) -> bool:
    """Return whether some answer fits all claims about one question; `many` answers may be chosen at once."""
    if many:
        return _some_choice(claims, known)
    return any(all(claim.allows(answer) for claim in claims) for answer in candidates(claims, known))


def _some_choice(claims: Sequence[Claim], known: Sequence[str] | None) -> bool:
    wanted = {claim.value for claim in claims if claim.sign == "selected"}
    unwanted = {claim.value for claim in claims if claim.sign == "unselected"}
    return not wanted & unwanted and (known is None or wanted <= set(known))
