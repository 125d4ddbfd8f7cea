"""Asks the oracle for the expectations of the tables: python -m tests.scenario.ladder.record FOLDER [LEVEL/TOPIC..].

FOLDER holds `drive.mjs` of the forms oracle with its node modules. A new case is a line without `is` in a table of
`l1` or `l2`; recording writes the `is` of every line, one for each zone. Node is needed here only, never by a test.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from tests.scenario.ladder.tables import HERE, Case, Line, lines, told, topics


def asked(folder: Path, found: list[Case], zone: str) -> list[Any]:
    """Return what the oracle says of each case in a zone."""
    requests = "".join(json.dumps(case.request()) + "\n" for case in found)
    done = subprocess.run(
        ["node", "drive.mjs"],
        input=requests,
        capture_output=True,
        text=True,
        check=True,
        cwd=folder,
        env={**os.environ, "TZ": zone},
    )
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    return [told(case, one) for case, one in zip(found, answers, strict=True)]


def record(folder: Path, level: str, topic: str) -> int:
    """Write the expectations of one table; returns the number of its cases."""
    head, rest = lines(level, topic)
    whole = [{"zones": ["UTC"]} | head | line for line in rest]
    by_line: list[dict[str, Any]] = [{} for _ in rest]
    for zone in sorted({zone for line in whole for zone in line["zones"]}):
        places = [place for place, line in enumerate(whole) if zone in line["zones"]]
        found = asked(folder, [Case(level, topic, place + 2, zone, whole[place]) for place in places], zone)
        for place, value in zip(places, found, strict=True):
            by_line[place][zone] = value
    written: list[Line] = [head]
    for line, full, values in zip(rest, whole, by_line, strict=True):
        written.append(line | {"is": [values[zone] for zone in full["zones"]]})
    text = "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in written)
    (HERE / level / f"{topic}.jsonl").write_text(text, "utf-8")
    return sum(len(line["zones"]) for line in whole)


def main(words: list[str]) -> None:
    """Record every table, or those named."""
    folder = Path(words[0]).resolve()
    for level in ("l1", "l2"):
        for topic in topics(level):
            if not words[1:] or f"{level}/{topic}" in words[1:]:
                print(level, topic, record(folder, level, topic))


if __name__ == "__main__":
    main(sys.argv[1:])
