"""Recorded answers of an oracle to the walks of the ladder, and our answers to the same steps."""

from __future__ import annotations

import functools
import importlib
import json
import re
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest

from callcenter.forms.walk import answer
from tests.scenario.ladder.walks import Step, Walk

HERE = Path(__file__).parent
FAMILIES = {
    "l3": ("choices", "texts", "outside"),
    "l4": ("places", "repeats", "counts", "actions"),
    "l6": ("submissions", "edits"),
}
_UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
_USUAL: dict[str, Any] = {
    "relevant": True,
    "readonly": False,
    "required": False,
    "label": "",
    "hint": "",
    "value": "",
    "constraint_ok": True,
    "required_ok": True,
    "message": "",
    "items": None,
}
State = dict[str, Any]


@dataclass(frozen=True)
class Case:
    """One asserted state of a walk; step 0 is the form as it opens."""

    level: str
    family: str
    walk: Walk
    step: int

    def __str__(self) -> str:
        told = "opens" if self.step == 0 else said(self.walk.steps[self.step - 1])
        return f"{self.level} {self.family}: {self.walk.name} > {self.step} {told}"


def said(step: Step) -> str:
    """Return a step in a few words."""
    verb, what = next(iter(step.items()))
    return {"set": f"{what} := {step.get('value', '')}", "submit": "submit"}.get(verb, f"{verb} {what}")


def walks(level: str, family: str) -> list[Walk]:
    """Return the walks of a family."""
    found: list[Walk] = importlib.import_module(f"tests.scenario.ladder.{level}_{family}").WALKS
    return found


@functools.cache
def recorded(level: str, family: str) -> dict[str, State]:
    """Return the recording of each walk of a family by its name."""
    lines = (HERE / level / f"{family}.jsonl").read_text("utf-8").splitlines()
    return {told["walk"]: told for told in map(json.loads, lines)}


def families() -> Iterator[tuple[str, str]]:
    """Yield each level with each of its families."""
    for level, names in FAMILIES.items():
        for name in names:
            yield level, name


def states_of(level: str, family: str) -> list[Case]:
    """Return every recorded state of a family."""
    told = recorded(level, family)
    return [
        Case(level, family, walk, k) for walk in walks(level, family) for k in range(len(told[walk.name]["states"]))
    ]


def cases(level: str, family: str) -> list[Case]:
    """Return the cases of a family: each opening, and each step whose effect goes beyond the answer itself."""
    told = recorded(level, family)
    every = states_of(level, family)
    found = [one for one in every if telling(one.walk, one.step, told[one.walk.name]["states"][one.step])]
    # Of submissions the submitted XML is the case.
    return [one for one in found if level != "l6" or "xml" in told[one.walk.name]["states"][one.step]]


def telling(walk: Walk, k: int, state: State) -> bool:
    """Whether a state says more than that an answer was stored as it was given."""
    if k == 0 or state.get("gone") or "error" in state or "xml" in state:
        return True
    step, nodes = walk.steps[k - 1], state["nodes"]
    own = {f"{step.get('set')}|": None}.keys()
    return bool(nodes.keys() - own) or any(
        nodes[key].get("value", "") != step.get("value", "") for key in own & nodes.keys()
    )


# --- both sides in the same few words ---


def mask(text: str) -> str:
    """Return a text with its UUIDs made equal."""
    return _UUID.sub("UUID", text)


def _squeezed(text: str | None) -> str:
    return " ".join(mask(text or "").split())


def _field(name: str, value: Any) -> Any:
    if name == "items":
        return None if value is None else [[item["value"], _squeezed(item["label"])] for item in value]
    if name in ("label", "hint", "message"):
        return _squeezed(value)
    return mask(value) if isinstance(value, str) else value


def _node(node: Mapping[str, Any]) -> State:
    if str(node["kind"]).startswith("repeat-range"):
        return {"count": node["count"]}
    told = {name: _field(name, node[name]) for name in _USUAL if name in node}
    return {name: value for name, value in told.items() if value != _USUAL[name]}


def _canonical(xml: str) -> str:
    try:
        return mask(ET.canonicalize(xml, strip_text=False))
    except ET.ParseError as error:
        return f"no XML: {error}"


def short(answered: Mapping[str, Any]) -> list[State]:
    """Return the states of an answer: changed nodes by key without what is usual, keys that went, error, XML."""
    found = []
    for state in answered["states"]:
        nodes = state["nodes"] or []
        told: State = {"nodes": {_key(node): _node(node) for node in nodes}}
        if state.get("gone"):
            told["gone"] = state["gone"]
        if state.get("error"):
            told["error"] = state["error"].replace("readonly", "not-settable")
        if "xml" in state:
            told |= {"valid": state["valid"], "xml": _canonical(state["xml"])}
        found.append(told)
    return found


def _key(node: Mapping[str, Any]) -> str:
    return f"{node['ref']}|{'R' if str(node['kind']).startswith('repeat-range') else ''}"


def folded(states: list[State]) -> list[State]:
    """Return for each state all nodes as they are then, with what else the state tells."""
    full: dict[str, State] = {}
    found = []
    for state in states:
        full = {key: node for key, node in full.items() if key not in state.get("gone", ())} | state["nodes"]
        found.append({"nodes": full} | {name: state[name] for name in ("error", "valid", "xml") if name in state})
    return found


@functools.cache
def _ours(level: str, family: str, name: str) -> tuple[dict[str, Any], list[State]]:
    walk = next(one for one in walks(level, family) if one.name == name)
    with tempfile.TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        patch.setenv("TZ", walk.zone)
        answered = answer(json.dumps(walk.request(laid_out(walk, Path(folder)))))
    return answered["load"], folded(short(answered))


def laid_out(walk: Walk, folder: Path) -> dict[str, str]:
    """Write the attachments of a walk into a folder; their paths by name."""
    folder.mkdir(exist_ok=True)
    for name, text in walk.files.items():
        (folder / name).write_text(text, "utf-8")
    return {name: str(folder / name) for name in walk.files}


@functools.cache
def _theirs(level: str, family: str, name: str) -> list[State]:
    return folded(recorded(level, family)[name]["states"])


def differences(case: Case) -> list[str]:
    """Return what differs between the oracle and us in one state, a line each."""
    load, ours = _ours(case.level, case.family, case.walk.name)
    if not load.get("ok"):
        return [f"not loaded: {load}"]
    return apart(_theirs(case.level, case.family, case.walk.name)[case.step], ours[case.step])


def apart(want: State, got: State) -> list[str]:
    """Return the differences of two full states, a line each."""
    found = []
    for key in want["nodes"].keys() | got["nodes"].keys():
        a, b = want["nodes"].get(key), got["nodes"].get(key)
        if a is None or b is None:
            found.append(f"{key} is {'not expected' if a is None else 'missing'}")
            continue
        found += [
            f"{key} {name}: expected {a.get(name)!r}, is {b.get(name)!r}"
            for name in sorted(a.keys() | b.keys())
            if a.get(name) != b.get(name)
        ]
    for name in ("error", "valid", "xml"):
        if want.get(name) != got.get(name) and want.get("error") != "engine":
            found.append(f"{name}: expected {want.get(name)!r}, is {got.get(name)!r}")
    return sorted(found)
