"""Laws that every interview keeps, tried on random walks: the suite takes some hundreds, the soak thousands."""

from __future__ import annotations

import functools
import random
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any
from zoneinfo import ZoneInfo

from callcenter.errors import CallcenterError
from callcenter.forms.definition.form import FormDefinition
from callcenter.forms.definition.graph import Facet, vertex
from callcenter.forms.definition.schema import Schema
from callcenter.forms.instance.instance import Instance
from callcenter.forms.instance.node import Node
from callcenter.forms.session import Session, load
from tests.callcenter.forms.interview import FORM_XML
from tests.scenario.ladder.replayed import families, walks
from tests.scenario.xform import NOW

ZONE = ZoneInfo("Europe/Brussels")
STEPS = 6
_TEXTS = ("", "1", "2", "3", "7.5", "x", "y", "east", "gent", "2026-02-03", "no", "a b", "\u00e9")
State = dict[str, tuple[Any, ...]]


@functools.cache
def forms() -> tuple[tuple[str, FormDefinition], ...]:
    """Return the forms to walk through, with their names: those of the ladder that can be used, and an interview."""
    found = [("an interview", load(FORM_XML))]
    for level, family in families():
        for walk in walks(level, family):
            try:
                found.append((walk.name, load(walk.xml, walk.files)))
            except CallcenterError:
                continue
    return tuple((name, form) for name, form in found if lawful(form))


def lawful(form: FormDefinition) -> bool:
    """Whether a form's values follow from its answers: none comes from chance, none is written over a calculation."""
    formulas = [place.bind.calculate for place in form.places]
    written = any(action.target.bind.calculate is not None for action in form.actions)
    return not written and not any(formula is not None and formula.volatile for formula in formulas)


def state(instance: Instance) -> State:
    """Return all that a client sees of every node."""
    judge = instance.judge
    return {
        node.ref: (
            node.text,
            node.relevant,
            judge.readonly(node),
            judge.required(node),
            judge.message(node) if node.schema.leaf else None,
            tuple((offer.value, instance.choices.label(node, offer)) for offer in instance.choices.offers(node)),
            instance.wording.text(node.schema.control.label, node) if node.schema.control else "",
        )
        for node in instance.tree.root.nodes()
    }


@dataclass
class Walker:
    """Takes random steps in one interview and holds it to the laws after each of them."""

    name: str
    form: FormDefinition
    seed: int
    checks: Counter[str] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        self._chance = random.Random(self.seed)  # noqa: S311 - a walk that can be taken again, no secret
        self.session = Session.open(self.form, presets={}, clock=lambda: NOW, seed=self.seed, zone=ZONE)

    def walk(self, steps: int = STEPS) -> Counter[str]:
        """Take the steps; return how often each law was checked. AssertionError names form, seed and law."""
        for _ in range(steps):
            self._step()
            self._full()
            self._saved()
            self._undone()
            self._swapped()
        return self.checks

    # --- steps ---

    def _instance(self, session: Session | None = None) -> Instance:
        return (session or self.session)._instance

    def _step(self) -> None:
        verb = self._chance.choice(("answer",) * 6 + ("add", "remove", "language", "next", "back", "undo"))
        if verb in ("add", "remove"):
            self._resize(verb)
        elif verb == "language":
            self.session.language(self._chance.choice(self.form.languages or ("",)))
        elif verb == "answer":
            self._answer(self.session, self._choice())
        else:
            getattr(self.session, verb)()

    def _resize(self, verb: str) -> None:
        sizes = self._instance().sizes()
        if sizes:
            ref = self._chance.choice(sorted(sizes))
            if verb == "add" and sizes[ref] < 4:
                self.session.add(ref)
            elif verb == "remove" and sizes[ref]:
                self.session.remove(f"{ref}[{self._chance.randint(1, sizes[ref])}]")

    def _settable(self) -> list[Node]:
        judge = self._instance().judge
        return [
            node
            for node in self._instance().tree.root.nodes()
            if node.schema.control
            and node.schema.leaf
            and not node.schema.bind.calculate
            and not judge.readonly(node)
        ]

    def _choice(self) -> tuple[str, str] | None:
        nodes = self._settable()
        if not nodes:
            return None
        node = self._chance.choice(nodes)
        offered = [offer.value for offer in self._instance().choices.offers(node)]
        value = self._chance.choice([*offered, "", "OK"] if offered else _TEXTS)
        if offered and self._chance.random() < 0.3:
            value = " ".join(self._chance.sample(offered, len(offered)))
        return node.ref, value

    @staticmethod
    def _answer(session: Session, answer: tuple[str, str] | None) -> None:
        if answer is not None:
            session.answer(*answer)

    def _copy(self) -> Session:
        return Session.restore(self.form, self.session.snapshot(), clock=lambda: NOW, zone=ZONE)

    # --- laws ---

    def _same(self, law: str, want: State, got: State) -> None:
        self.checks[law] += 1
        apart = {
            ref: (want.get(ref), got.get(ref)) for ref in want.keys() | got.keys() if want.get(ref) != got.get(ref)
        }
        assert not apart, f"{law}; form {self.name!r}, seed {self.seed}: {apart}"

    def _full(self) -> None:
        """What spread is what a computation of everything gives."""
        one = self._instance(self._copy())
        for node in one.tree.root.nodes():
            node.computed = None
        one.engine.compute_all()
        self._same("incremental equals full", state(one), state(self._instance()))

    def _saved(self) -> None:
        """What was saved comes back as it was."""
        other = self._copy()
        self._same("save and load equals before", state(self._instance()), state(self._instance(other)))
        assert other.snapshot() == self.session.snapshot()

    def _undone(self) -> None:
        """An answer, an added or a removed row that is taken back leaves everything as it was."""
        sizes = self._instance().sizes()
        if sizes and self._chance.random() < 0.5:
            self._resized(self._chance.choice(sorted(sizes)))
        answer = self._choice()
        if answer is None:
            return
        before = state(self._instance())
        self.session.answer(*answer)
        assert self.session.undo()
        self._same("set and undo equals before", before, state(self._instance()))

    def _resized(self, ref: str) -> None:
        before = state(self._instance())
        for resize, what in ((self.session.add, ref), (self.session.remove, f"{ref}[1]")):
            if resize(what):
                assert self.session.undo()
            self._same("set and undo equals before", before, state(self._instance()))

    def _swapped(self) -> None:
        """Two answers of which none reaches the other may be given in either order."""
        first, second = self._choice(), self._choice()
        if first is None or second is None or not self._independent(first[0], second[0]):
            return
        one, other = self._copy(), self._copy()
        for answer in (first, second):
            self._answer(one, answer)
        for answer in (second, first):
            self._answer(other, answer)
        self._same("order of independent answers", state(self._instance(one)), state(self._instance(other)))

    def _independent(self, first: str, second: str) -> bool:
        a, b = (self._instance().tree.find(ref) for ref in (first, second))
        if a is None or b is None or a.schema is b.schema:
            return False
        here, there = self._reach(a.schema), self._reach(b.schema)
        # An action writes what it finds at that moment, so what both may set off is no independent pair.
        told = {vertex(action.target, Facet.VALUE) for action in self.form.actions}
        # A number of rows that is blank leaves the rows as they are, so what was answered before it counts.
        sized = any(one % 3 == Facet.SIZE for one in here & there)
        crossed = vertex(b.schema, Facet.VALUE) in here or vertex(a.schema, Facet.VALUE) in there
        # What may not be written at that moment is not written.
        locked = self._locks(a.schema) & there or self._locks(b.schema) & here
        return not crossed and not sized and not locked and not (here | there) & told

    def _locks(self, schema: Schema) -> set[int]:
        """Return the vertices that say whether a question may be answered."""
        found: set[int] = set()
        place: Schema | None = schema
        while place is not None:
            found.update(self.form.graph.reads.get(id(place.bind.readonly), ()))
            place = place.parent
        return found

    def _reach(self, schema: Schema) -> set[int]:
        """Return all vertices that an answer to a question may move, its own included."""
        found = {vertex(schema, Facet.VALUE)}
        waiting = list(found)
        while waiting:
            one = waiting.pop()
            for nearby in self._after(one):
                if nearby not in found:
                    found.add(nearby)
                    waiting.append(nearby)
        return found

    def _after(self, one: int) -> Iterable[int]:
        place = self.form.places[one // 3]
        yield from (vertex(edge.node, edge.facet) for edge in self.form.graph.readers.get(one, ()))
        yield from (vertex(action.target, Facet.VALUE) for action in self.form.actions if action.trigger is place)
        if one % 3 != Facet.VALUE:
            # What comes, goes or hides takes all below along.
            inside = [
                below for below in self.form.places if below.path.startswith(f"{place.path}/") or below is place
            ]
            yield from (vertex(below, facet) for below in inside for facet in (Facet.RELEVANCE, Facet.VALUE))
