"""Reads the binds of a form onto its places."""

from __future__ import annotations

from lxml import etree

from callcenter.forms.definition.expression import Expression, expression
from callcenter.forms.definition.schema import Bind, Schema
from callcenter.forms.definition.source import JAVAROSA, Xml, foreign
from callcenter.forms.definition.words import message

MOST = 5_000
_STANDARD = ("", JAVAROSA)


def read_bind(element: Xml, path: str) -> Bind:
    """Return what one bind says."""

    def formula(name: str) -> Expression | None:
        source = element.get(name)
        return expression(source, path) if source and source.strip() else None

    type_name = str(element.get("type") or "string").rpartition(":")[2]
    return Bind(
        type=type_name,
        relevant=formula("relevant"),
        calculate=formula("calculate"),
        required=formula("required"),
        readonly=formula("readonly"),
        constraint=formula("constraint"),
        required_message=message(foreign(element, "requiredMsg"), path),
        constraint_message=message(foreign(element, "constraintMsg"), path),
        preload=foreign(element, "preload") or "",
        preload_params=foreign(element, "preloadParams") or "",
        foreign=_foreign(element),
    )


def _foreign(element: Xml) -> dict[str, str]:
    found = {}
    for key, value in element.attrib.items():
        name = etree.QName(key)
        if (name.namespace or "") not in _STANDARD:
            found[str(name.localname)] = str(value)
    return found


def resolve(path: str, base: Schema | None, root: Schema) -> str:
    """Return the absolute path of a reference written below `base`."""
    path = path.strip()
    if path.startswith("/"):
        return path
    names = (base or root).path.split("/")[1:]
    for step in path.split("/"):
        if step == "..":
            names.pop()
        elif step != ".":
            names.append(step)
    return "/" + "/".join(names)
