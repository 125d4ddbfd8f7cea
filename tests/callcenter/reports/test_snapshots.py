"""The figures of an invented summer as text: a changed line is a changed figure.

A wanted change is written by `SNAPSHOTS=write`, and read before it is committed.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from pathlib import Path

import pytest

from tests.callcenter.reports.making import figures, summer

_FOLDER = Path(__file__).resolve().parents[2] / "snapshots"
_WORLDS = {
    "summer": lambda: figures(summer()),
    "summer-internal": lambda: figures(summer(), internal=True),
    "few": lambda: figures(summer(60, 30)),
    "nobody": lambda: figures([]),
}


def lines(name: str, value: object, depth: int = 0) -> Iterator[str]:
    indent = "  " * depth
    if is_dataclass(value):
        told = [(f.name, getattr(value, f.name)) for f in fields(value)]
        flat = [(n, v) for n, v in told if not isinstance(v, tuple) or not any(map(is_dataclass, v))]
        yield f"{indent}{name}: " + ", ".join(f"{n}={word(v)}" for n, v in flat)
        for n, v in (pair for pair in told if pair not in flat):
            yield from lines(n, v, depth + 1)
    elif isinstance(value, tuple) and value and (is_dataclass(value[0]) or isinstance(value[0], tuple)):
        yield f"{indent}{name}:"
        for place, each in enumerate(value, 1):
            yield from lines(str(place), each, depth + 1)
    else:
        yield f"{indent}{name}: {word(value)}"


def word(value: object) -> str:
    if isinstance(value, float):
        return f"{value:.6g}"
    if isinstance(value, tuple):
        return f"({', '.join(map(word, value))})"
    return str(value)


@pytest.mark.parametrize("world", _WORLDS)
def test_the_figures_are_those_of_the_snapshot(world: str) -> None:
    found = _WORLDS[world]()
    told = "\n".join(line for f in fields(found) for line in lines(f.name, getattr(found, f.name))) + "\n"
    path = _FOLDER / f"figures-{world}.txt"
    if os.environ.get("SNAPSHOTS") == "write":
        path.write_text(told, encoding="utf-8")
    assert told == path.read_text(encoding="utf-8")
