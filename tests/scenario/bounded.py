"""Loads each form in a process of its own with two seconds of processor time and 500 MB.

Requests come in as JSON lines on standard input, as in the walk contract or `{"id", "sheet": path}` for a workbook.
`{"id", "endless": "work" | "memory"}` shows that the limits hold.
One line goes out for each: `{"id", "outcome": "load" | "refuse" | "died", "reason", "cpu", "told"}`.
"""

from __future__ import annotations

import json
import os
import resource
import sys
import warnings
from pathlib import Path
from typing import Any

from callcenter.errors import CallcenterError
from callcenter.forms.checking import check_file
from callcenter.forms.walk import answer

SECONDS = 2
BYTES = 500_000_000


def judged(request: dict[str, Any]) -> dict[str, Any]:
    """Return outcome, reason, and what was told of one form."""
    if "endless" in request:
        held = [bytearray()]
        while True:
            held += [bytearray(10_000_000)] if request["endless"] == "memory" else []
    if "sheet" in request:
        return _sheet(Path(request["sheet"]))
    told = answer(json.dumps(request))
    outcome = "load" if told["load"].get("ok") else "refuse"
    return {"outcome": outcome, "reason": told["load"].get("error", ""), "told": json.dumps(told["states"][-1:])}


def _sheet(path: Path) -> dict[str, Any]:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            errors = check_file(path).errors
    except CallcenterError as error:
        return {"outcome": "refuse", "reason": str(error), "told": ""}
    return {"outcome": "refuse" if errors else "load", "reason": " ".join(one.code for one in errors), "told": ""}


def _apart(request: dict[str, Any]) -> str:
    """Judge a form in a child with limits; what the child wrote, or that it died."""
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
        resource.setrlimit(resource.RLIMIT_AS, (BYTES, BYTES))
        told = json.dumps({"id": request["id"], **judged(request)})
        with os.fdopen(writing, "w") as out:
            out.write(told)
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading) as written:
        told = written.read()
    _, status, used = os.wait4(child, 0)
    found = json.loads(told) if told else {"id": request["id"], "outcome": "died", "reason": str(status), "told": ""}
    return json.dumps(found | {"cpu": used.ru_utime + used.ru_stime})


if __name__ == "__main__":
    for line in sys.stdin:
        sys.stdout.write(_apart(json.loads(line)) + "\n")
        sys.stdout.flush()
