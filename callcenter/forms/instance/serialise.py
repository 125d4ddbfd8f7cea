"""Writes the answers of an interview as XML, without what is not relevant."""

from __future__ import annotations

import unicodedata
from xml.sax.saxutils import escape, quoteattr

from callcenter.forms.instance.instance import Instance
from callcenter.forms.instance.node import Node


def submission_xml(instance: Instance) -> str:
    """Return the instance as XML: relevant nodes only, names and attributes as the form has them."""
    found: list[str] = []
    _write(instance.tree.root, found, _declarations(instance))
    return "".join(found)


def _declarations(instance: Instance) -> str:
    form = instance.form
    used = {name.partition(":")[0] for place in form.places for name in (place.name,) if ":" in name}
    for node in (instance.tree.root, *instance.tree.root.nodes()):
        used |= {name.partition(":")[0] for name in node.attributes or {} if ":" in name}
    texts = [f" xmlns:{prefix}={quoteattr(uri)}" for prefix, uri in form.namespaces.items() if prefix in used]
    if form.default_namespace:
        texts.insert(0, f" xmlns={quoteattr(form.default_namespace)}")
    return "".join(texts)


def _write(node: Node, found: list[str], extra: str = "") -> None:
    if not node.relevant:
        return
    attributes = "".join(
        f" {name}={quoteattr(value)}" for name, value in (node.attributes or {}).items() if name != "template"
    )
    found.append(f"<{node.name}{extra}{attributes}>")
    if node.schema.leaf:
        # Letters are composed; a default may have them in parts.
        found.append(escape(unicodedata.normalize("NFC", node.text)))
    for child in node.children:
        if isinstance(child, Node):
            _write(child, found)
    found.append(f"</{node.name}>")
