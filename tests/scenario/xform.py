"""Writes small XForms for tests, and gives a form the verbs of a person who fills it in."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from callcenter.clock import Clock
from callcenter.forms.definition.form import FormDefinition
from callcenter.forms.definition.loader import load_form
from callcenter.forms.instance.instance import Instance
from callcenter.forms.instance.node import Node

NOW = datetime(2026, 8, 14, 9, tzinfo=UTC)
HEAD = (
    '<h:html xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml"'
    ' xmlns:jr="http://openrosa.org/javarosa" xmlns:odk="http://www.opendatakit.org/xforms"'
    ' xmlns:cc="https://callcenter.example/xforms">'
)


def clock() -> datetime:
    return NOW


def xform(
    data: str, binds: Mapping[str, str] | Sequence[str] = (), body: str = "", *, model: str = "", attributes: str = ""
) -> str:
    """Return an XForm; binds map a path below /data to the attributes of its bind."""
    pairs = binds.items() if isinstance(binds, Mapping) else ((bind, "") for bind in binds)
    lines = "".join(f'<bind nodeset="/data/{path}" {told}/>' for path, told in pairs)
    itext, rest = re.match(r"(\s*<itext>.*</itext>)?(.*)", model, re.DOTALL).groups()  # type: ignore[union-attr]
    return (
        f"{HEAD}<h:head><h:title>t</h:title><model>{itext or ''}<instance><data id='t' {attributes}>{data}</data>"
        f"</instance>{rest}{lines}</model></h:head><h:body>{body or inputs(data)}</h:body></h:html>"
    )


def inputs(data: str) -> str:
    """Return one text question for each empty top-level node written as `<a/>`."""
    return "".join(
        f'<input ref="/data/{name}"><label>{name}</label></input>' for name in re.findall(r"<(\w+)/>", data)
    )


def select(path: str, items: str, name: str = "select1") -> str:
    """Return a choice of the given values, each its own label in capitals."""
    written = "".join(f"<item><label>{v.upper()}</label><value>{v}</value></item>" for v in items.split())
    return f'<{name} ref="/data/{path}"><label>{path}</label>{written}</{name}>'


class Filled:
    """A form being filled in."""

    def __init__(
        self,
        form: str | FormDefinition,
        *,
        presets: Mapping[str, str] | None = None,
        zone: str = "UTC",
        at: Clock = clock,
        seed: int = 0,
        attachments: Mapping[str, str] | None = None,
    ) -> None:
        self.form = load_form(form, attachments) if isinstance(form, str) else form
        self.instance = Instance(self.form, at, ZoneInfo(zone), seed)
        self.instance.begin(presets)

    def node(self, ref: str) -> Node:
        found = self.instance.tree.find(f"/data/{ref}")
        assert found is not None, ref
        return found

    def answer(self, **answers: str) -> Filled:
        for name, value in answers.items():
            self.put(name, value)
        return self

    def put(self, ref: str, value: str) -> Filled:
        self.instance.store(self.node(ref), value)
        return self

    def __getitem__(self, ref: str) -> str:
        return self.node(ref).text

    def relevant(self, ref: str) -> bool:
        return self.node(ref).relevant

    def offers(self, ref: str) -> list[str]:
        return [offer.value for offer in self.instance.choices.offers(self.node(ref))]

    def labels(self, ref: str) -> list[str]:
        choices = self.instance.choices
        return [choices.label(self.node(ref), offer) for offer in choices.offers(self.node(ref))]

    def label(self, ref: str) -> str:
        control = self.node(ref).schema.control
        return self.instance.wording.text(control.label if control else None, self.node(ref))

    def count(self, ref: str) -> int:
        holder, _, name = f"/data/{ref}".rpartition("/")
        found = self.instance.tree.find(holder)
        return len(found.named(name)) if found else 0

    def add(self, ref: str) -> Filled:
        holder, _, name = f"/data/{ref}".rpartition("/")
        found = self.instance.tree.find(holder)
        assert found is not None
        self.instance.add(found, name)
        return self

    def remove(self, ref: str) -> Filled:
        self.instance.remove(self.node(ref))
        return self

    def values(self) -> dict[str, str]:
        return {
            node.ref.removeprefix("/data/"): node.text for node in self.instance.tree.root.nodes() if node.schema.leaf
        }


def value_of(expression: str, *, zone: str = "UTC", at: Clock = clock, **values: str) -> str:
    """Return what a calculation gives beside nodes of the given values."""
    data = "".join(f"<{name}>{value}</{name}>" for name, value in values.items())
    quoted = expression.replace("&", "&amp;").replace("<", "&lt;").replace('"', "&quot;")
    return Filled(xform(f"{data}<r/>", {"r": f'calculate="{quoted}"'}), zone=zone, at=at)["r"]
