"""A walk of the ladder: a small form of our own and the steps taken in it; what an oracle said of it is recorded."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any
from xml.sax.saxutils import escape

NOW = "2026-08-14T09:00:00Z"
Step = dict[str, Any]
SUBMIT: Step = {"submit": True}


@dataclass(frozen=True)
class Walk:
    """One form with its steps; `name` is a sentence about what the form shows."""

    name: str
    xml: str
    steps: tuple[Step, ...] = ()
    zone: str = "UTC"
    files: Mapping[str, str] = field(default_factory=dict)
    properties: Mapping[str, str] = field(default_factory=dict)
    edit: str = ""
    """The XML of a submission that is opened again; empty for a new interview."""

    def request(self, files: Mapping[str, str]) -> dict[str, Any]:
        """Return the request of the walk contract; `files` maps attachment names to paths."""
        asked: dict[str, Any] = {"id": self.name, "xml": self.xml, "now": NOW, "steps": list(self.steps)}
        told = asked | {"dump": "delta", "attachments": dict(files), "properties": dict(self.properties)}
        return told | ({"edit": self.edit} if self.edit else {})

    @property
    def mark(self) -> str:
        """What tells a recording of another form or other steps apart."""
        told = [self.xml, self.steps, self.zone, dict(self.files), dict(self.properties)]
        told += [self.edit] if self.edit else []
        return hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()[:12]


def put(ref: str, value: str = "") -> Step:
    """Answer `/data/ref`."""
    return {"set": f"/data/{ref}", "value": value}


def puts(**answers: str) -> list[Step]:
    """Answer top-level questions in turn."""
    return [put(ref, value) for ref, value in answers.items()]


def add(ref: str = "r", count: int = 1) -> Step:
    """Append instances to a repeat."""
    return {"add": f"/data/{ref}"} | ({"count": count} if count > 1 else {})


def remove(ref: str) -> Step:
    """Remove a repeat instance."""
    return {"remove": f"/data/{ref}"}


def speak(language: str) -> Step:
    """Change the language."""
    return {"language": language}


def attribute(expression: str) -> str:
    """Return an expression as it stands inside double quotes."""
    return escape(expression, {'"': "&quot;"})


def ask(path: str, inside: str = "") -> str:
    """Return a text question."""
    return f'<input ref="/data/{path}"><label>{path}</label>{inside}</input>'


def repeat(path: str, inside: str, told: str = "") -> str:
    """Return a repeat in its group."""
    return f'<group ref="/data/{path}"><repeat nodeset="/data/{path}" {told}>{inside}</repeat></group>'


def items(values: Iterable[str]) -> str:
    """Return choices that stand in the question, each its own label in capitals."""
    return "".join(f"<item><label>{value.upper()}</label><value>{value}</value></item>" for value in values)


def pick(path: str, nodes: str, name: str = "select1", value: str = "name", label: str = "label") -> str:
    """Return a choice from a list of nodes."""
    return (
        f'<{name} ref="/data/{path}"><label>{path}</label><itemset nodeset="{attribute(nodes)}">'
        f'<value ref="{value}"/><label ref="{label}"/></itemset></{name}>'
    )


def rows(name: str, *lines: Mapping[str, str]) -> str:
    """Return a list of the form; every mapping is one row."""
    inside = "".join(
        "<item>" + "".join(f"<{key}>{escape(text)}</{key}>" for key, text in line.items()) + "</item>"
        for line in lines
    )
    return f'<instance id="{name}"><root>{inside}</root></instance>'


def setvalue(event: str, ref: str, value: str | None = None, text: str = "") -> str:
    """Return an action on `/data/ref`, with an expression or with a text."""
    told = "" if value is None else f' value="{attribute(value)}"'
    return f'<setvalue event="{event}" ref="/data/{ref}"{told}>{escape(text)}</setvalue>'
