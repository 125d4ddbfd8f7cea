"""The slim node that expressions walk over; questions and choices are both made of it."""

from __future__ import annotations

from collections.abc import Iterator

_FEW = 6


class Element:
    """A named node with children or a text; `relevant` is always true outside the answers."""

    __slots__ = ("_named", "attributes", "children", "name", "parent", "raw", "relevant")

    def __init__(self, name: str, parent: Element | None = None, raw: str = "") -> None:
        self.name = name
        self.parent = parent
        self.children: list[Element] = []
        self.raw = raw
        self.relevant = True
        self.attributes: dict[str, str] | None = None
        self._named: dict[str, list[Element]] | None = None

    @property
    def text(self) -> str:
        """The text as expressions read it: empty when not relevant, joined for a group."""
        if not self.relevant:
            return ""
        if not self.children:
            return self.raw
        return "".join(leaf.text for leaf in self.below() if not leaf.children)

    def below(self) -> Iterator[Element]:
        """Yield all nodes below, in document order."""
        waiting = list(reversed(self.children))
        while waiting:
            one = waiting.pop()
            yield one
            waiting.extend(reversed(one.children))

    def named(self, name: str) -> list[Element]:
        """Return the children of that name, in order."""
        if len(self.children) <= _FEW:
            return [child for child in self.children if child.name == name]
        if self._named is None:
            self._named = {}
            for child in self.children:
                self._named.setdefault(child.name, []).append(child)
        return self._named.get(name, [])

    def regrouped(self) -> None:
        """Forget what was remembered about the children, after they changed."""
        self._named = None


class Fixed(Element):
    """A node of a list that never changes, so its children may be hashed by their texts."""

    __slots__ = ("_index",)

    def __init__(self, name: str, parent: Element | None = None, raw: str = "") -> None:
        super().__init__(name, parent, raw)
        self._index: dict[tuple[str, str], dict[str, list[Element]]] = {}

    def where(self, name: str, key: str, value: str) -> list[Element]:
        """Return the children `name` that have a child `key` with this text; hashed on first use."""
        table = self._index.get((name, key))
        if table is None:
            table = self._index[name, key] = {}
            for child in self.named(name):
                for text in {leaf.text for leaf in child.named(key)}:
                    table.setdefault(text, []).append(child)
        return table.get(value, [])
