"""The ladder L0: every form there is loads or is refused with a named reason, within two seconds and 500 MB."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.scenario.xform import xform
from tests.shared import shared

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="limits of a process are set as Linux and macOS do")
_HOME = Path(__file__).resolve().parents[2]
_NAMED = re.compile(r"FORM-\d\d: .|CHECK-\d\d")
_MANY = 4_990
Told = dict[str, dict[str, Any]]


def judged(requests: list[dict[str, Any]]) -> Told:
    """Return what became of each form, by its id."""
    lines = "".join(json.dumps({"now": "2026-08-14T09:00:00Z", "dump": "last"} | one) + "\n" for one in requests)
    done = subprocess.run(
        [sys.executable, "-m", "tests.scenario.bounded"],
        input=lines,
        capture_output=True,
        text=True,
        check=True,
        cwd=_HOME,
        env={**os.environ, "TZ": "UTC"},
    )
    told = {one["id"]: one for one in map(json.loads, done.stdout.splitlines())}
    assert told.keys() == {one["id"] for one in requests}
    return told


def unnamed(told: Told) -> dict[str, Any]:
    """The forms that died, or were refused without a named reason."""
    bad = (one for one in told.values() if one["outcome"] != "load" and not _NAMED.match(one["reason"]))
    return {one["id"]: one["reason"] for one in bad}


@pytest.mark.shared
def test_every_public_form_loads_or_is_refused_by_name():
    rows = json.loads(shared("forms/manifest.json").read_text("utf-8"))
    told = judged([{"id": row["id"], "form": str(shared(f"forms/{row['file']}"))} for row in rows])
    assert unnamed(told) == {}
    assert sum(one["outcome"] == "load" for one in told.values()) >= 0.95 * len(rows)


@pytest.mark.shared
def test_every_hostile_form_is_loaded_or_refused_as_is_asked():
    asked = json.loads(shared("forms/hostile/requests.json").read_text("utf-8"))
    told = judged(
        [
            {"id": one["id"], "form": str(shared(f"forms/hostile/{one['file']}")), "steps": one.get("steps", [])}
            for one in asked
        ]
    )
    assert unnamed(told) == {}
    assert {name: one["outcome"] for name, one in told.items()} == {one["id"]: one["expect"] for one in asked}
    assert [leak for one in asked for leak in one.get("leaks", []) if leak in told[one["id"]]["told"]] == []


@pytest.mark.shared
def test_every_rejected_sheet_is_refused_by_name():
    folder = shared("forms/rejected")
    told = judged([{"id": path.name, "sheet": str(path)} for path in sorted(folder.iterdir())])
    assert unnamed(told) == {}
    assert {one["outcome"] for one in told.values()} == {"refuse"}


_FORMULAS = {
    "formulas that read everything": 'constraint="count(//*) &gt; 0"',
    "formulas that read everything from everywhere": 'constraint="count(//*/..//*) &gt; 0"',
    "formulas that read all around them": 'constraint="count(preceding-sibling::*/../*) &gt; 0"',
}


def test_formulas_that_read_without_end_and_a_huge_circle_are_refused():
    names = [f"a{n}" for n in range(_MANY)]
    data = "".join(f"<{name}/>" for name in names)
    forms = {what: xform(data, dict.fromkeys(names, formula), "<group/>") for what, formula in _FORMULAS.items()}
    after = dict(zip(names, [*names[1:], names[0]], strict=True))
    forms["a circle"] = xform(data, {a: f'calculate="/data/{b} + 1"' for a, b in after.items()}, "<group/>")
    told = judged([{"id": what, "xml": xml} for what, xml in forms.items()])
    assert {what: one["reason"][:7] for what, one in told.items()} == dict.fromkeys(_FORMULAS, "FORM-01") | {
        "a circle": "FORM-06"
    }


def test_what_never_ends_dies_of_these_limits():
    # Else nothing above would show that the limits hold.
    told = judged([{"id": what, "endless": what} for what in ("work", "memory")])
    assert {what: one["outcome"] for what, one in told.items()} == {"work": "died", "memory": "died"}


def test_a_file_that_never_ends_is_refused_for_its_size():
    assert judged([{"id": "endless", "form": "/dev/zero"}])["endless"]["reason"].startswith("FORM-01")
