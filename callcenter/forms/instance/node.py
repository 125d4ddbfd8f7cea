"""A node of an interview: its raw value, and whether it is relevant by itself and by its parents."""

from __future__ import annotations

from collections.abc import Iterator

from callcenter.forms.definition.expression import Expression
from callcenter.forms.definition.schema import Schema
from callcenter.forms.xpath.tree import Element
from callcenter.forms.xpath.values import Value


class Node(Element):
    """One node of the answers; `raw` is kept while the node is not relevant."""

    __slots__ = ("__weakref__", "computed", "memo", "own", "schema", "sifted")

    def __init__(self, schema: Schema, parent: Element | None, raw: str = "") -> None:
        super().__init__(schema.name, parent, raw)
        self.schema = schema
        self.own = True
        self.computed: str | None = None
        """What the calculation gave last; an answer written over it stays until that changes."""
        self.sifted: str | None = None
        """The part of the raw value that is on offer, where a filter decides."""
        self.memo: dict[Expression, tuple[int, Value]] = {}

    @property
    def text(self) -> str:
        """The value as expressions and the submission read it."""
        if self.sifted is not None and self.relevant:
            return self.sifted
        return super().text

    @property
    def ref(self) -> str:
        """The path with the place of each repeat instance, `/data/rep[2]/a`."""
        names: list[str] = []
        node: Element | None = self
        while isinstance(node, Node):
            names.append(f"{node.name}[{node.place}]" if node.schema.repeat else node.name)
            node = node.parent
        return "/" + "/".join(reversed(names))

    @property
    def place(self) -> int:
        """The 1-based place among the siblings of its name."""
        return self.parent.named(self.name).index(self) + 1 if self.parent else 1

    def nodes(self) -> Iterator[Node]:
        """Yield the nodes below, in document order."""
        for node in self.below():
            if isinstance(node, Node):
                yield node

    def around(self, repeat: Schema | None) -> Node | None:
        """Return the instance of a repeat that this node stands in, itself included."""
        node: Element | None = self
        while isinstance(node, Node):
            if node.schema is repeat:
                return node
            node = node.parent
        return None
