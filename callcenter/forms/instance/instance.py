"""One interview on a form: its nodes and all that keeps them in step."""

from __future__ import annotations

from collections.abc import Mapping
from zoneinfo import ZoneInfo

from callcenter.clock import Clock
from callcenter.forms.definition.casedata import CASE, case_row
from callcenter.forms.definition.form import FormDefinition
from callcenter.forms.definition.graph import Facet
from callcenter.forms.definition.undisturbed import undisturbed
from callcenter.forms.instance.actions import Actions
from callcenter.forms.instance.choices import LISTS, Choices
from callcenter.forms.instance.codec import encoded, given, stored
from callcenter.forms.instance.engine import Engine
from callcenter.forms.instance.judging import Judge
from callcenter.forms.instance.node import Node
from callcenter.forms.instance.tree import Tree
from callcenter.forms.instance.wording import Wording
from callcenter.forms.instance.world import Surroundings
from callcenter.forms.xpath.tree import Element


class Instance:
    """The answers of one interview; `begin` starts a new one, `restore` goes on with a saved one."""

    @undisturbed()
    def __init__(
        self,
        form: FormDefinition,
        clock: Clock,
        zone: ZoneInfo,
        seed: int = 0,
        properties: Mapping[str, str] | None = None,
        sent: Element | None = None,
    ) -> None:
        self.form = form
        self.tree = Tree(form, sent)
        self.world = Surroundings(form, self.tree, clock, zone, seed)
        self.engine = Engine(form, self.tree, self.world)
        self.wording = Wording(form, self.engine)
        self.choices = Choices(form, self.engine, self.wording)
        self.judge = Judge(self.engine, self.wording)
        self.actions = Actions(form, self.engine, properties or {})

    @undisturbed()
    def begin(self, presets: Mapping[str, str] | None = None) -> None:
        """Start a new interview: defaults, preloads and presets, first-load actions, calculations."""
        self.know(presets or {})
        self._normalise()
        self.actions.preload()
        for name, value in (presets or {}).items():
            if name in self.form.presets:
                node = self.tree.singles[f"{self.form.places[0].path}/{name}"]
                node.raw = stored(value, node.schema.bind.type, self.world.zone)
        self.engine.compute_all()
        self.actions.first_load()
        self.actions.forget()
        self.engine.settle()
        self.actions.forget()

    def know(self, columns: Mapping[str, str]) -> None:
        """Fill the list `case` of a form that has one; it is never a part of the answers."""
        if CASE in self.form.tables and columns:
            self.world.case = case_row(columns)

    @undisturbed()
    def edit(self) -> None:
        """Go on with a submission: it keeps its start and what was filled in at first, and gets a new identity."""
        self._normalise()
        before = self.tree.singles.get(self.form.identity.path)
        if before is not None and before.raw:
            self.tree.append(self.form.before).raw = before.raw
        self.actions.identify()
        self.engine.compute_all()
        self.actions.later_load()
        self.actions.forget()
        self.engine.settle()
        self.actions.forget()

    def _normalise(self) -> None:
        """Bring defaults into the form of their type."""
        for node in self.tree.root.nodes():
            kind = node.schema.bind.type
            if node.raw and node.schema.leaf and encoded(kind):
                node.raw = given(node.raw, kind, self.world.zone)

    def store(self, node: Node, value: str) -> None:
        """Store an answer as its type and its choices allow, and let the change spread."""
        control = node.schema.control
        name = control.name if control else ""
        if name == "trigger":
            text = "OK" if value == "OK" else ""
        elif name == "range":
            text = self._in_range(node, stored(value, node.schema.bind.type, self.world.zone))
        elif name in LISTS:
            text = self.choices.stored(node, stored(value, "string", self.world.zone))
        else:
            text = given(value, node.schema.bind.type, self.world.zone)
        self.engine.put(node, text)
        self.actions.settle()

    def _in_range(self, node: Node, text: str) -> str:
        control = node.schema.control
        if control is None or not text:
            return ""
        try:
            low, high = float(control.bounds[0]), float(control.bounds[1])
            return text if min(low, high) <= float(text) <= max(low, high) else ""
        except ValueError:
            return ""

    def speak(self, language: str) -> None:
        """Change the language; formulas that speak are worked out again."""
        self.world.language = language
        self.engine.doubt_all()
        for schema in self.form.places:
            formula = schema.bind.calculate
            if formula is not None and formula.spoken:
                for node in self.tree.all_of(schema):
                    self.engine.push(schema, node, Facet.VALUE)
        self.actions.settle()

    def add(self, holder: Node, name: str) -> Node | None:
        """Append an instance of the repeat `name` below a node; None past the caps."""
        schema = holder.schema.by_name[name]
        node = self.engine.add(schema, holder)
        self.actions.settle()
        return node

    def remove(self, node: Node) -> None:
        """Remove a repeat instance."""
        self.engine.remove(node)
        self.actions.settle()

    # --- saving ---

    def raws(self) -> dict[str, str]:
        """Return the raw value of every leaf by its reference."""
        return {node.ref: node.raw for node in self.tree.root.nodes() if node.schema.leaf}

    def sizes(self) -> dict[str, int]:
        """Return how many instances each repeat has, by the reference of the node that holds it."""
        found: dict[str, int] = {}
        for node in (self.tree.root, *self.tree.root.nodes()):
            for child in node.schema.children:
                if child.repeat:
                    found[f"{node.ref}/{child.name}"] = len(node.named(child.name))
        return found

    def load(self, raws: Mapping[str, str], sizes: Mapping[str, int]) -> None:
        """Take over saved values and repeat sizes; nothing is calculated anew, only relevance is."""
        if self.form.spare and raws.get(self.form.before.path):
            self.tree.append(self.form.before)
        self._resize(self.tree.root, sizes)
        for node in self.tree.root.nodes():
            if node.schema.leaf:
                node.raw, node.computed = raws.get(node.ref, ""), None
        self.actions.forget()
        self.engine.doubt_all()
        self.engine.compute_all(values=False)
        self._recall()
        self.actions.forget()

    def _recall(self) -> None:
        """Know again what calculations gave that can be written over, so that an answer over one still stays."""
        for schema in self.form.places:
            formula = schema.bind.calculate
            if formula is not None and schema.control is not None:
                for node in self.tree.all_of(schema):
                    if node.relevant:
                        node.computed = stored(self.engine.value_of(formula, node), schema.bind.type, self.world.zone)

    def _resize(self, top: Node, sizes: Mapping[str, int]) -> None:
        waiting = [top]
        while waiting:
            node = waiting.pop()
            for child in node.schema.children:
                if child.repeat:
                    self._fit(node, child.name, sizes.get(f"{node.ref}/{child.name}", 0))
            waiting += [child for child in node.children if isinstance(child, Node)]

    def _fit(self, holder: Node, name: str, wanted: int) -> None:
        here = holder.named(name)
        for _ in range(len(here), wanted):
            self.engine.add(holder.schema.by_name[name], holder)
        for node in reversed(here[wanted:]):
            if isinstance(node, Node):
                self.engine.remove(node)
