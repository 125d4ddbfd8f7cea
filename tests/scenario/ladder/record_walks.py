"""Asks the oracle for the expectations of the walks: python -m tests.scenario.ladder.record_walks FOLDER [FAMILY..].

FOLDER holds `drive.mjs` of the forms oracle with its node modules; node is needed here only, never by a test.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.scenario.ladder.replayed import HERE, cases, families, laid_out, recorded, short, walks
from tests.scenario.ladder.walks import Walk


def ask(program: Path, found: list[Walk], zone: str, files: Path) -> list[str]:
    """Return one recorded line for each walk."""
    lines = "".join(json.dumps(walk.request(laid_out(walk, files / walk.mark))) + "\n" for walk in found)
    env = {**os.environ, "TZ": zone}
    done = subprocess.run(["node", str(program)], input=lines, capture_output=True, text=True, check=True, env=env)
    told = []
    for walk, line in zip(found, done.stdout.splitlines(), strict=True):
        answered = json.loads(line)
        if not answered["load"].get("ok"):
            print(f"REFUSED {walk.name}: {answered['load']}")
        states = [{"nodes": {}}] if not answered["states"] else short(answered)
        kept = {"walk": walk.name, "mark": walk.mark, "states": states}
        told.append(json.dumps(kept, ensure_ascii=False, separators=(",", ":")))
    return told


_OPENED = "root = form.createInstance({ preloadProperties: req.properties ?? {} }).root;"
_EDITED = """const config = { preloadProperties: req.properties ?? {} };
    root = (req.edit == null ? form.createInstance(config) : await form.editInstance({
      inputType: 'FORM_INSTANCE_INPUT_RESOLVABLE', resolveInstance: () => req.edit, attachments: new Map(),
    }, config)).root;"""


def with_edits(program: Path) -> Path:
    """Write a driver beside the given one that also opens submissions again, by the key `edit` of a request."""
    told = program.read_text("utf-8")
    if _OPENED not in told:
        raise SystemExit(f"{program} does not open forms as it did")
    made = program.with_name("drive-edits.mjs")
    made.write_text(told.replace(_OPENED, _EDITED), "utf-8")
    return made


def main(words: list[str]) -> None:
    """Record every family, or those named."""
    program = with_edits(Path(words[0]).resolve() / "drive.mjs")
    for level, family in families():
        if words[1:] and family not in words[1:]:
            continue
        found = walks(level, family)
        lines: list[str] = []
        for zone in sorted({walk.zone for walk in found}):
            with tempfile.TemporaryDirectory() as files:
                lines += ask(program, [walk for walk in found if walk.zone == zone], zone, Path(files))
        (HERE / level).mkdir(exist_ok=True)
        (HERE / level / f"{family}.jsonl").write_text("".join(line + "\n" for line in lines), "utf-8")
        recorded.cache_clear()
        print(level, family, len(found), "walks", len(cases(level, family)), "cases")


if __name__ == "__main__":
    main(sys.argv[1:])
