"""Replays walks that an oracle recorded, and compares every node after every step."""

from __future__ import annotations

import gzip
import importlib.util
import json
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

from callcenter.forms.walk import answer
from tests.shared import shared

DEVIATIONS = json.loads((Path(__file__).parent / "deviations.json").read_text())


def comparer() -> Any:
    """Return the shared comparison of two answers; the test is skipped where it is not."""
    spec = importlib.util.spec_from_file_location("recorded_comparer", shared("forms/oracle/xf.py"))
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def comparable() -> list[tuple[dict[str, Any], dict[str, Any]]]:
    """Return each comparable form of the manifest with its recorded walk."""
    rows = {row["id"]: row for row in json.loads(shared("forms/manifest.json").read_text())}
    with gzip.open(shared("forms/oracle.jsonl.gz"), "rt", encoding="utf-8") as lines:
        walks = [json.loads(line) for line in lines]
    return [(rows[walk["id"]], walk) for walk in walks if walk["load"].get("ok") and not rows[walk["id"]]["random"]]


def replay(compare: Any, row: dict[str, Any], walk: dict[str, Any]) -> Any:
    """Return the report of one form."""
    folder = shared("forms/manifest.json").parent
    files = {name: (folder / path).resolve() for name, path in (row.get("attachments") or {}).items()}
    request, steps = compare.replay_request(walk, (folder / row["file"]).resolve(), files)
    return compare.compare(row["id"], walk, answer(json.dumps(request)), steps, DEVIATIONS)


def named(form: str) -> bool:
    """Whether a form has a named deviation."""
    return any(fnmatchcase(form, rule["form"]) for rule in DEVIATIONS)
