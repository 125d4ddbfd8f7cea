"""Questions that nobody will ever be asked, and comparisons with choices that do not exist."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from callcenter.forms.checks import rules
from callcenter.forms.checks.conditions import Claim, Way, claim_of, fitting, ways
from callcenter.forms.checks.finding import Finding, Spot
from callcenter.forms.checks.places import Places
from callcenter.forms.definition.form import FormDefinition
from callcenter.forms.definition.schema import Schema
from callcenter.forms.xpath.syntax import every

_SHOWN = 12
"""Choices that a finding names."""
_LONGEST = 500
"""Choices of a list that are tried; a longer one is taken as having every answer."""


class Reach:
    """What one form's conditions can never let through."""

    def __init__(self, form: FormDefinition, places: Places) -> None:
        self._form = form
        self._places = places
        self._root = form.places[0]
        self._written = {action.target.index for action in form.actions}
        self._known: dict[int, tuple[str, ...] | None] = {}
        self._never: set[int] = set()

    def findings(self) -> Iterator[Finding]:
        """Yield them in the order of the form; what stands in a group that is never asked is not told again."""
        for node in self._form.places:
            if node.parent is not None and self._unasked(node.parent):
                continue
            found = self._unreached(node) if node.bind.relevant is not None else None
            if found is not None:
                self._never.add(node.index)
                yield found
            yield from self._strangers(node, but_relevant=found is not None)

    def _unreached(self, node: Schema) -> Finding | None:
        own = self._ways(node)
        # Without any way a constant decides, with too many it is taken as reachable.
        if own is None:
            return None
        if not own:
            return Finding(rules.NEVER, self._places.spot(node.path, "relevant"), {"name": node.name})
        all_ways = own
        for one in _above(node):
            around = self._ways(one) if one.bind.relevant is not None else None
            if around and len(all_ways) * len(around) <= 256:
                all_ways = [inner + outer for inner in all_ways for outer in around]
        broken = [self._broken(way) for way in all_ways]
        if not all(broken):
            return None
        return self._told(node, next(one for one in broken if one))

    def _ways(self, node: Schema) -> list[Way] | None:
        return ways(node.bind.relevant.tree, node, self._root) if node.bind.relevant else None

    def _broken(self, way: Way) -> list[Claim]:
        """Return the claims on the first question that no answer fits, empty when the way can be gone."""
        for place in dict.fromkeys(claim.place for claim in way):
            claims = [claim for claim in way if claim.place is place]
            # What is never asked reads as empty, whatever is in it.
            known = () if self._unasked(place) else self._choices(place)
            if not fitting(claims, known, many=_many(place)):
                return claims
        return []

    def _unasked(self, place: Schema) -> bool:
        return any(one.index in self._never for one in (place, *_above(place)))

    def _told(self, node: Schema, claims: Sequence[Claim]) -> Finding:
        spot, asked = self._places.spot(node.path, "relevant"), claims[0].place
        if self._unasked(asked):
            return Finding(rules.NEEDS_UNASKED, spot, {"name": node.name, "question": asked.name})
        known = self._choices(asked)
        stranger = next((claim for claim in claims if self._strange(claim)), None)
        if stranger is not None and known is not None:
            return _not_a_choice(spot, stranger, known)
        return Finding(rules.CONTRADICTION, spot, {"name": node.name, "question": asked.name})

    def _strangers(self, node: Schema, *, but_relevant: bool) -> Iterator[Finding]:
        """Yield comparisons with a value that the list of the question does not have."""
        bind = node.bind
        formulas = {
            "relevant": None if but_relevant else bind.relevant,
            "calculation": bind.calculate,
            "constraint": bind.constraint,
            "required": bind.required,
            "readonly": bind.readonly,
        }
        for column, formula in formulas.items():
            if formula is None:
                continue
            claims = (claim_of(part, node, self._root) for part in every(formula.tree))
            # A constraint about the question itself is often shared by lists of which some have the choice.
            strange = [
                claim
                for claim in claims
                if claim and self._strange(claim) and not (column == "constraint" and claim.place is node)
            ]
            for claim in {(one.place.index, one.value): one for one in strange}.values():
                known = self._choices(claim.place) or ()
                yield _not_a_choice(self._places.spot(node.path, column), claim, known)

    def _strange(self, claim: Claim) -> bool:
        known = self._choices(claim.place)
        if known is None or claim.sign not in ("=", "!=", "selected", "unselected"):
            return False
        # An empty text (or NaN) asks whether there is an answer; a blank, whether one of several chosen ones is that.
        if claim.value in ("", "NaN") or " " in claim.value or (_many(claim.place) and claim.sign in ("=", "!=")):
            return False
        equal = Claim(claim.place, "=", claim.value, claim.number)
        return not any(equal.allows(value) for value in known)

    def _choices(self, place: Schema) -> tuple[str, ...] | None:
        """Return all values that an answer can have, None when they cannot be known."""
        if place.index not in self._known:
            self._known[place.index] = self._listed(place)
        return self._known[place.index]

    def _listed(self, place: Schema) -> tuple[str, ...] | None:
        control = place.control
        if control is None or control.name not in ("select1", "select"):
            return None
        # What is written by a formula, an action or beforehand need not be in the list.
        if place.bind.calculate is not None or place.index in self._written:
            return None
        found = self._form.choice_values(control)
        return found if 0 < len(found) <= _LONGEST else None


def _above(node: Schema) -> Iterator[Schema]:
    while node.parent is not None:
        node = node.parent
        yield node


def _many(place: Schema) -> bool:
    return place.control is not None and place.control.name == "select"


def _not_a_choice(spot: Spot, claim: Claim, known: Sequence[str]) -> Finding:
    shown = ", ".join(known[:_SHOWN]) + (" …" if len(known) > _SHOWN else "")
    return Finding(rules.NOT_A_CHOICE, spot, {"value": claim.value, "question": claim.place.name, "choices": shown})
