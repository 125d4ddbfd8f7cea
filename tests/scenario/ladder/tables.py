"""Reads the tables of the first two levels, makes their forms, and tells both sides in the same few words."""

from __future__ import annotations

import functools
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from callcenter.forms.walk import answer
from tests.scenario.ladder.walks import NOW, attribute
from tests.scenario.xform import xform

HERE = Path(__file__).parent
REFUSED = "(refused)"
"""Stands for the value where a form with the expression does not load."""

Line = dict[str, Any]
State = dict[str, Any]


@dataclass(frozen=True)
class Case:
    """One line of a table in one zone; `line` holds the table's head too, `place` is its number in the file."""

    level: str
    topic: str
    place: int
    zone: str
    line: Line

    def __str__(self) -> str:
        told = self.line.get("x") or self.line.get("name")
        zone = "" if self.zone == "UTC" else f" in {self.zone}"
        return f"{self.level} {self.topic}:{self.place} {told}{zone}"

    @property
    def key(self) -> str:
        """The case's name in the list of deviations: where it stands, what it asks, and in which zone."""
        return f"{self.topic}: {self.line.get('x') or self.line.get('name')} [{self.zone}]"

    def request(self) -> Line:
        """Return the request of the walk contract."""
        asked: Line = {"id": f"{self.topic}:{self.place}", "xml": form(self.line), "now": self.line.get("now", NOW)}
        return asked | {"steps": [step(*told) for told in self.line.get("steps", ())], "dump": "delta"}

    def expected(self) -> Any:
        """Return what was recorded for this case's zone."""
        return self.line["is"][self.line["zones"].index(self.zone)]


def topics(level: str) -> list[str]:
    """Return the names of a level's tables."""
    return sorted(path.stem for path in (HERE / level).glob("*.jsonl"))


def lines(level: str, topic: str) -> tuple[Line, list[Line]]:
    """Return a table's head (what all its lines share) and its lines."""
    text = (HERE / level / f"{topic}.jsonl").read_text("utf-8")
    head, *rest = [json.loads(line) for line in text.splitlines()]
    return head, rest


def cases(level: str) -> Iterator[Case]:
    """Yield each line of each table of a level, once for each zone."""
    for topic in topics(level):
        head, rest = lines(level, topic)
        for place, line in enumerate(rest, 2):
            whole = {"zones": ["UTC"]} | head | line
            for zone in whole["zones"]:
                yield Case(level, topic, place, zone, whole)


def form(line: Mapping[str, Any]) -> str:
    """Return the form of a line; an expression becomes the calculation of a last node `r`, or of the node named."""
    binds = dict(line.get("binds", {}))
    data = line.get("data", "")
    if "x" in line:
        where = line.get("at", "r")
        data += "" if "at" in line else "<r/>"
        binds[where] = f'{binds.get(where, "")} calculate="{attribute(line["x"])}"'
    return xform(data, binds, line.get("body", ""), model=line.get("model", ""))


def step(verb: str, value: str | None = None) -> Line:
    """Return a step: a node and its answer, `+` or `-` with a repeat, or `submit`."""
    if verb in "+-":
        return {{"+": "add", "-": "remove"}[verb]: f"/data/{value}"}
    return {"submit": True} if value is None else {"set": f"/data/{verb}", "value": value}


# --- both sides in the same few words ---


def told(case: Case, answered: Mapping[str, Any]) -> Any:
    """Return what an engine says of a case: the value of an expression, or the states of a walk."""
    if not answered["load"].get("ok"):
        return REFUSED
    if "x" not in case.line:
        return _changes(_state(state) for state in answered["states"])
    where = f"/data/{case.line.get('see', case.line.get('at', 'r'))}"
    return next(node["value"] for node in answered["states"][0]["nodes"] if node["ref"] == where)


_FLAGS = (
    ("relevant", False, "hidden"),
    ("readonly", True, "read-only"),
    ("required", True, "required"),
    ("constraint_ok", False, "refused"),
    ("required_ok", False, "missing"),
)


def _changes(states: Iterable[State]) -> list[State]:
    """Leave out of each state what was told the same before."""
    known: State = {}
    found = []
    for state in states:
        found.append({ref: value for ref, value in state.items() if ref[0] == "(" or known.get(ref, known) != value})
        known |= state
    return found


def _state(state: Mapping[str, Any]) -> State:
    found: State = {}
    for node in state["nodes"] or ():
        ref = node["ref"].removeprefix("/data/")
        if ref.startswith(("meta", "orx:meta")):
            continue
        if node["kind"].startswith("repeat-range"):
            found[f"{ref} rows"] = node["count"]
        else:
            found[ref] = _node(node)
    for key in state.get("gone") or ():
        ref, _, rows = key.removeprefix("/data/").partition("|")
        found[f"{ref} rows" if rows else ref] = None
    if "valid" in state:
        found["(valid)"] = state["valid"]
    if "error" in state:
        found["(error)"] = state["error"].replace("readonly", "not-settable")
    return found


def _node(node: Mapping[str, Any]) -> str | list[str]:
    flags = [word for name, when, word in _FLAGS if node.get(name) is when]
    value, message = node.get("value", ""), " ".join((node.get("message") or "").split())
    return [value, " ".join(flags), *([message] if message else [])] if flags or message else value


@functools.cache
def _ours(level: str, topic: str) -> dict[tuple[int, str], Any]:
    found = {}
    with pytest.MonkeyPatch.context() as patch:
        for case in cases(level):
            if case.topic == topic:
                patch.setenv("TZ", case.zone)
                found[case.place, case.zone] = told(case, answer(json.dumps(case.request())))
    return found


def ours(case: Case) -> Any:
    """Return what our engine says of a case."""
    return _ours(case.level, case.topic)[case.place, case.zone]


@functools.cache
def allowed(level: str) -> dict[str, Any]:
    """Return what we say instead of the oracle, by the name of the case; the reasons stand beside it in the file."""
    rules = json.loads((HERE / "allowed_cases.json").read_text("utf-8"))
    return {name: value for rule in rules if rule["level"] == level for name, value in rule["cases"].items()}
