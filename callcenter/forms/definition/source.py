"""Reads the XML of a form: no document type, nothing from outside, and caps on size and depth."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from lxml import etree

from callcenter.forms.errors import FormNotXml, FormTooLarge

Xml = Any
"""An lxml element; lxml ships no types."""

LARGEST = 5_000_000
DEEPEST = 50
JAVAROSA = "http://openrosa.org/javarosa"
ODK = "http://www.opendatakit.org/xforms"
XFORMS = "http://www.w3.org/2002/xforms"
ORX = "http://openrosa.org/xforms"


def read(xml: str | bytes) -> Xml:
    """Return the root element; FormTooLarge or FormNotXml for what is not taken in."""
    raw = xml.encode() if isinstance(xml, str) else xml
    if len(raw) > LARGEST:
        raise FormTooLarge(what=f"{len(raw)} bytes, at most {LARGEST}")
    if b"<!DOCTYPE" in raw or b"<!ENTITY" in raw:
        raise FormNotXml(reason="it has a document type, which is never read")
    return _checked(raw.lstrip())


def _checked(raw: bytes) -> Xml:
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        remove_comments=True,
        remove_pis=True,
        encoding=_coding(raw),
    )
    try:
        root = etree.fromstring(raw, parser)
    except etree.XMLSyntaxError as error:
        if "depth" in str(error).lower():
            raise FormTooLarge(what=f"more than {DEEPEST} elements within each other") from error
        raise FormNotXml(reason=str(error)[:200]) from error
    # A document type in another encoding than ASCII is found only after parsing.
    if root.getroottree().docinfo.doctype:
        raise FormNotXml(reason="it has a document type, which is never read")
    _depth(root)
    return root


def _coding(raw: bytes) -> str | None:
    return None if raw[:2] in (b"\xff\xfe", b"\xfe\xff") or b"encoding=" in raw[:100] else "utf-8"


def _depth(root: Xml) -> None:
    level, depth = [root], 1
    while level:
        if depth > DEEPEST:
            raise FormTooLarge(what=f"more than {DEEPEST} elements within each other")
        level, depth = [child for one in level for child in one], depth + 1


def local(element: Xml) -> str:
    """Return the name of an element without its namespace."""
    return str(element.tag).rpartition("}")[2]


def named(element: Xml) -> str:
    """Return the name of an element with the prefix that the form gave it."""
    return f"{element.prefix}:{local(element)}" if element.prefix else local(element)


def attribute_name(element: Xml, key: str) -> str:
    """Return an attribute's name with its prefix."""
    name = etree.QName(key)
    if name.namespace is None:
        return str(name.localname)
    prefixes = [prefix for prefix, uri in element.nsmap.items() if uri == name.namespace and prefix]
    return f"{prefixes[0]}:{name.localname}" if prefixes else str(name.localname)


def children(element: Xml, *names: str) -> Iterator[Xml]:
    """Return the child elements of those local names, all when none is given."""
    wanted = [f"{{*}}{name}" for name in names] if names else [etree.Element]
    return iter(element.iterchildren(*wanted))


def first(element: Xml, name: str) -> Xml | None:
    """Return the first child of that local name."""
    return next(children(element, name), None)


def foreign(element: Xml, key: str, namespace: str = JAVAROSA) -> str | None:
    """Return an attribute of a namespace, or None."""
    value = element.get(f"{{{namespace}}}{key}")
    return None if value is None else str(value)


def within(element: Xml) -> str:
    """Return the text directly inside an element."""
    return str(element.text or "")


def parts(root: Xml) -> tuple[Xml, Xml | None, str]:
    """Return the model, the body and the title of a form; FormNotXml when there is no model."""
    head, body = first(root, "head"), first(root, "body")
    model = first(head if head is not None else root, "model")
    if model is None:
        raise FormNotXml(reason="it has no model")
    title = first(head, "title") if head is not None else None
    return model, body, within(title).strip() if title is not None else ""
