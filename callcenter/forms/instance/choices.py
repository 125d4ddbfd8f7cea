"""What a question offers now: its choices, filtered and in order."""

from __future__ import annotations

from dataclasses import dataclass
from weakref import WeakKeyDictionary

from callcenter.forms.definition.form import FormDefinition
from callcenter.forms.definition.schema import Itemset
from callcenter.forms.definition.words import Words
from callcenter.forms.instance.engine import Engine
from callcenter.forms.instance.node import Node
from callcenter.forms.instance.wording import Wording
from callcenter.forms.xpath.scope import Context
from callcenter.forms.xpath.tree import Element
from callcenter.forms.xpath.values import to_text

LISTS = ("select1", "select", "rank")


@dataclass(frozen=True, slots=True)
class Offer:
    """One choice on offer: its value, and where its label comes from."""

    value: str
    label: Words | None
    item: Element | None = None


class Choices:
    """The choices of an interview's questions."""

    def __init__(self, form: FormDefinition, engine: Engine, wording: Wording) -> None:
        self._form = form
        self._engine = engine
        self._wording = wording
        self._known: WeakKeyDictionary[Node, tuple[int, tuple[Offer, ...]]] = WeakKeyDictionary()
        """The choices on offer, and the revision for which they hold."""
        engine.keep_offered = self.kept
        engine.world.choose = self._name

    def offers(self, node: Node) -> tuple[Offer, ...]:
        """Return the choices of a node in order; worked out again only after the filter's answers changed."""
        control = node.schema.control
        if control is None or control.name not in LISTS:
            return ()
        if control.itemset is None:
            return tuple(Offer(item.value, item.label) for item in control.items)
        seen, nodes = self._engine.memo_at(node, control.itemset.nodes)
        known = self._known.get(node)
        if known is not None and known[0] == seen:
            return known[1]
        found = self._listed(control.itemset, nodes if isinstance(nodes, list) else [])
        self._known[node] = (seen, found)
        return found

    def _listed(self, itemset: Itemset, nodes: list[Element]) -> tuple[Offer, ...]:
        world = self._engine.world
        return tuple(
            Offer(to_text(itemset.value.run(Context(item, world, item))), itemset.label, item) for item in nodes
        )

    def label(self, node: Element, offer: Offer) -> str:
        """Return the label of a choice in the active language; its value when it has none."""
        return self._wording.text(offer.label, node, item=offer.item)

    def kept(self, node: Node, value: str) -> str:
        """Return the part of a value that is on offer: one choice, some as they were given, or a whole ranking."""
        control = node.schema.control
        if control is None or control.name not in LISTS:
            return value
        offered = [offer.value for offer in self.offers(node)]
        if control.name == "select1":
            return value if value in offered else ""
        chosen = value.split()
        if control.name == "rank":
            # What is no longer on offer goes, what is new stands last.
            kept = [one for one in dict.fromkeys(chosen) if one in offered]
            return " ".join([*kept, *(one for one in offered if one not in kept)])
        return " ".join(one for one in dict.fromkeys(chosen) if one in offered)

    def stored(self, node: Node, value: str) -> str:
        """Return the value to store when a person chooses: several in the order of the list, a ranking only whole."""
        control = node.schema.control
        offered = [offer.value for offer in self.offers(node)]
        if control is not None and control.name == "rank":
            return value if sorted(value.split()) == sorted(offered) else ""
        if control is not None and control.name == "select":
            chosen = value.split()
            return " ".join(one for one in dict.fromkeys(offered) if one in chosen)
        return self.kept(node, value)

    def _name(self, value: str, ref: str, at: Element) -> str:
        """Return the label of a choice of another question, as jr:choice-name asks."""
        schema = self._form.by_path.get(_path_of(ref, at))
        if schema is None or schema.control is None:
            return value
        around = at if isinstance(at, Node) else None
        nodes = list(self._engine.tree.all_of(schema))
        own = [node for node in nodes if around is not None and _together(node, around)] or nodes
        for node in own:
            for offer in self.offers(node):
                if offer.value == value:
                    return self.label(node, offer)
        return ""


def _path_of(ref: str, at: Element) -> str:
    if ref.startswith("/"):
        return ref
    names = at.schema.path.split("/")[1:] if isinstance(at, Node) else []
    for step in ref.split("/"):
        if step == ".." and names:
            names.pop()
        elif step not in (".", "..", "current()"):
            names.append(step)
    return "/" + "/".join(names)


def _together(node: Node, other: Node) -> bool:
    """Whether two nodes stand in the same instances of the repeats that they share."""
    shared = [repeat for repeat in node.schema.repeats if repeat in other.schema.repeats]
    return all(node.around(repeat) is other.around(repeat) for repeat in shared)
