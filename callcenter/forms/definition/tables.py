"""Secondary instances: lists inside the form, and attached XML or CSV files by their base name."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from urllib.parse import unquote

from callcenter.errors import CallcenterError
from callcenter.forms.definition.source import Xml, children, named, read, within
from callcenter.forms.errors import FormTooLarge
from callcenter.forms.xpath.tree import Fixed

MOST_ITEMS = 20_000


def read_tables(model: Xml, attachments: Mapping[str, str]) -> dict[str, Fixed]:
    """Return the root element of each secondary instance by its id; what is not attached is empty."""
    tables: dict[str, Fixed] = {}
    for element in list(children(model, "instance"))[1:]:
        identity = str(element.get("id") or "")
        source = element.get("src")
        inside = next(children(element), None)
        if inside is not None:
            tables[identity] = _inside(inside)
        elif source:
            tables[identity] = _attached(str(source), attachments)
    return tables


def attached_names(model: Xml) -> tuple[str, ...]:
    """Return the base names of the files that lists come from; `jr://instance` is no file."""
    elements = list(children(model, "instance"))[1:]
    sources = [str(one.get("src")) for one in elements if one.get("src") and next(children(one), None) is None]
    return tuple(dict.fromkeys(_base(one) for one in sources if not one.startswith("jr://instance")))


def _base(source: str) -> str:
    # Only the base name counts: an address that climbs out of a folder leads nowhere.
    return unquote(source.replace("\\", "/").rpartition("/")[2])


def _inside(element: Xml) -> Fixed:
    holder = Fixed("instance")
    root = _fixed(element, holder)
    holder.children = [root]
    if len(root.children) > MOST_ITEMS:
        raise FormTooLarge(what=f"a list of {len(root.children)} items, at most {MOST_ITEMS}")
    return root


def _fixed(element: Xml, parent: Fixed) -> Fixed:
    found = Fixed(named(element), parent)
    if element.attrib:
        found.attributes = {str(key).rpartition("}")[2]: str(value) for key, value in element.attrib.items()}
    found.children = [_fixed(child, found) for child in children(element)]
    if not found.children:
        found.raw = within(element)
    return found


def empty() -> Fixed:
    """Return a list without items."""
    holder = Fixed("instance")
    root = Fixed("root", holder)
    holder.children = [root]
    return root


def _attached(source: str, attachments: Mapping[str, str]) -> Fixed:
    name = _base(source)
    text = attachments.get(name)
    if text is None or name.endswith(".geojson"):
        return empty()
    if name.endswith(".csv"):
        return from_csv(text)
    try:
        return _inside(read(text))
    except CallcenterError:
        return empty()


def _delimiter(text: str) -> str:
    """Return what separates the columns: a comma, or what a spreadsheet writes where the comma is for decimals."""
    head = text.partition("\n")[0]
    return next((sign for sign in ",;\t|" if sign in head), ",")


def from_csv(text: str) -> Fixed:
    """Return a CSV file as `root/item`, one child per column of its header."""
    root = empty()
    text = text.removeprefix("\ufeff")
    rows = csv.reader(io.StringIO(text, newline=""), strict=False, delimiter=_delimiter(text))
    header = next(rows, [])
    for row in rows:
        if not any(row):
            continue
        item = Fixed("item", root)
        for place, column in enumerate(header):
            item.children.append(Fixed(column.strip(), item, row[place] if place < len(row) else ""))
        root.children.append(item)
        if len(root.children) > MOST_ITEMS:
            raise FormTooLarge(what=f"a list of more than {MOST_ITEMS} rows")
    return root
