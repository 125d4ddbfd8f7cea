"""Builds the places of a form from its primary instance."""

from __future__ import annotations

from callcenter.forms.definition.schema import Schema
from callcenter.forms.definition.source import JAVAROSA, ORX, Xml, attribute_name, children, named, within
from callcenter.forms.xpath.tree import Element

_TEMPLATE = "template"
"""The mark of a node that is never part of the answers; no attribute of a form is named so without a prefix."""


def given(element: Xml, parent: Element | None = None) -> Element:
    """Return the primary instance as slim nodes, attributes kept."""
    found = Element(named(element), parent)
    found.attributes = {
        _TEMPLATE if key == f"{{{JAVAROSA}}}template" else attribute_name(element, key): str(value)
        for key, value in element.attrib.items()
    } or None
    found.children = [given(child, found) for child in children(element)]
    if not found.children:
        found.raw = within(element)
    return found


def is_template(node: Element) -> bool:
    """Whether a node stands only for what new repeat instances look like."""
    return _TEMPLATE in (node.attributes or {})


def _blank(node: Element, parent: Element | None) -> Element:
    found = Element(node.name, parent)
    found.attributes = node.attributes
    found.children = [_blank(child, found) for child in node.children]
    return found


class Structure:
    """All places by path, in document order."""

    def __init__(self, root: Element, repeats: set[str]) -> None:
        self.all: list[Schema] = []
        self.by_path: dict[str, Schema] = {}
        self._repeats = repeats
        self.root = self._place(root, None)

    def _place(self, node: Element, parent: Schema | None) -> Schema:
        path = f"{parent.path if parent else ''}/{node.name}"
        known = self.by_path.get(path)
        if known is None:
            known = Schema(node.name, path, parent, len(self.all))
            known.repeat = path in self._repeats
            known.repeats = (*(parent.repeats if parent else ()), *([known] if known.repeat else []))
            self.all.append(known)
            self.by_path[path] = known
            if parent is not None:
                parent.by_name[known.name] = known
        if known.repeat and (known.template is None or (is_template(node) and not is_template(known.template))):
            # Without a template, a new instance looks like the first one, but with nothing filled in.
            known.template = node if is_template(node) else _blank(node, None)
        if known.repeat and not is_template(node) and len(known.repeats) == 1:
            known.defaults.append(node)
        for child in node.children:
            self._place(child, known)
        return known

    def spare(self, beside: str, name: str) -> Schema | None:
        """Add a place that new interviews do not have, beside another; None when the form has it."""
        parent = self.by_path[beside].parent
        if parent is None or parent.child(name) is not None:
            return None
        return self._place(Element(name), parent)


def with_identity(root: Element, prefixes: dict[str, str]) -> tuple[str, bool]:
    """Add meta/instanceID where a form has none; returns its path, and whether it was added."""
    prefix = next((name for name, uri in prefixes.items() if uri == ORX and name), "")
    names = [f"{prefix}:" if prefix else "", ""]
    meta = next((child for child in root.children if child.name in {f"{name}meta" for name in names}), None)
    if meta is None:
        meta = Element(f"{names[0]}meta", root)
        root.children.append(meta)
    wanted = {f"{name}instanceID" for name in names}
    own = next((child.name for child in meta.children if child.name in wanted), None)
    if own is not None:
        return f"/{root.name}/{meta.name}/{own}", False
    lead = names[0] if meta.name.startswith(names[0]) else ""
    meta.children.append(Element(f"{lead}instanceID", meta))
    return f"/{root.name}/{meta.name}/{lead}instanceID", True
