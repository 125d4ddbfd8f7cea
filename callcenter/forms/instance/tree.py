"""Builds the nodes of an interview and finds them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from callcenter.forms.definition.form import FormDefinition
from callcenter.forms.definition.schema import Schema
from callcenter.forms.definition.structure import is_template
from callcenter.forms.instance.node import Node
from callcenter.forms.xpath.tree import Element

_STEP = re.compile(r"([^/\[\]]+)(?:\[(\d+)\])?\Z")


def build(schema: Schema, given: Element, parent: Element | None, *, sent: bool = False) -> Node:
    """Return the node of a place with all below, from what was given or, `sent`, from what was submitted."""
    node = Node(schema, parent, given.raw if schema.leaf else "")
    node.attributes = given.attributes
    if isinstance(parent, Node):
        node.relevant = parent.relevant
    for child in given.children:
        place = schema.child(child.name)
        # A repeat with a count starts without instances; its count makes them.
        if place is not None and not (
            place.repeat and (is_template(child) or (place.count is not None and not sent))
        ):
            insert(node, build(place, child, node, sent=sent))
    return node


def insert(parent: Node, node: Node) -> None:
    """Put a node among its siblings: after those of its own place, before those of later places."""
    index = node.schema.index
    for at in range(len(parent.children), -1, -1):
        before = parent.children[at - 1] if at else None
        if not isinstance(before, Node) or before.schema.index <= index:
            parent.children.insert(at, node)
            break
    parent.regrouped()


class Tree:
    """The nodes of one interview."""

    def __init__(self, form: FormDefinition, sent: Element | None = None) -> None:
        self.document = Element("")
        self.root = build(form.places[0], sent or form.given, self.document, sent=sent is not None)
        self.document.children = [self.root]
        self.singles: dict[str, Node] = {
            node.schema.path: node for node in (self.root, *self.root.nodes()) if not node.schema.repeats
        }

    def append(self, schema: Schema) -> Node:
        """Return the one node of a place outside repeats; made when it is not there."""
        known = self.singles.get(schema.path)
        if known is not None:
            return known
        node = Node(schema, self.append(schema.parent) if schema.parent else self.document)
        if isinstance(node.parent, Node):
            insert(node.parent, node)
        self.singles[schema.path] = node
        return node

    def all_of(self, schema: Schema, within: Node | None = None) -> Iterator[Node]:
        """Yield the nodes of a place, in one repeat instance or in all."""
        if within is None:
            single = self.singles.get(schema.path)
            if single is not None:
                yield single
                return
        top = within or self.root
        if schema is top.schema:
            yield top
            return
        names = schema.path[len(top.schema.path) + 1 :].split("/")
        found: list[Element] = [top]
        for name in names:
            found = [child for node in found for child in node.named(name)]
        for node in found:
            if isinstance(node, Node):
                yield node

    def find(self, ref: str) -> Node | None:
        """Return the node of a reference with the place of every repeat instance, or None."""
        single = self.singles.get(ref)
        if single is not None:
            return single
        node: Element = self.document
        for step in ref.split("/")[1:]:
            match = _STEP.match(step)
            here = node.named(match[1]) if match else []
            place = int(match[2] or 1) if match else 0
            if not 0 < place <= len(here):
                return None
            node = here[place - 1]
            if isinstance(node, Node) and node.schema.repeat != bool(match and match[2]):
                return None
        return node if isinstance(node, Node) else None
