"""How long the program takes to its sign-in page and to an open desk, against a bare window; and its memory.

Every measure is of a fresh process; the three take turns and medians are compared.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median
from typing import Any

from tests.bench.bars import verdict
from tests.bench.stage import a_campaign, an_agent

DOOR_BAR = 4.0
"""Times a bare window, from the start of the process to the painted sign-in page."""
DESK_BAR = 3.0
"""Times a bare window, from the unlocked store to the painted desk."""
MEMORY_BAR_MB = 220.0
_PEOPLE, _INTERVIEWS = 60, 2


def main(argv: list[str]) -> None:
    """Print the medians with their bars, and what was loaded too early."""
    parser = argparse.ArgumentParser(prog="bench start")
    parser.add_argument("--rounds", type=int, default=5)
    asked = parser.parse_args(argv)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        stage = a_campaign(folder, _PEOPLE, _INTERVIEWS)
        rounds = [_round(folder, *an_agent(stage)) for _ in range(asked.rounds)]
    _print(rounds)


def _round(folder: Path, key: str, phrase: str) -> dict[str, dict[str, Any]]:
    return {
        "bare": run("bare"),
        "door": run("door", str(folder)),
        "desk": run("desk", str(folder), key, phrase),
    }


def run(name: str, *words: str) -> dict[str, Any]:
    """Run one of the programs in a process of its own; return what it told."""
    started = time.monotonic()
    command = [sys.executable, "-m", "tests.bench.programs", name, repr(started), *words]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(done.stderr)
    told: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return told


def _print(rounds: list[dict[str, dict[str, Any]]]) -> None:
    def middle(program: str, fact: str) -> float:
        return median([float(r[program][fact]) for r in rounds])

    bare, door, desk = middle("bare", "painted"), middle("door", "painted"), middle("desk", "painted")
    unlock, memory = middle("desk", "unlock"), middle("desk", "memory")
    print(f"{len(rounds)} rounds, medians; bare window {bare:.3f} s")
    print(f"start to sign-in page {door:.3f} s: {_ratio(door / bare, DOOR_BAR)}")
    print(f"pass phrase to desk {desk:.3f} s, of it unlocking {unlock:.3f} s")
    print(f"desk without unlocking: {_ratio((desk - unlock) / bare, DESK_BAR)}")
    print(f"memory with a desk open {memory:.0f} MB (bar {MEMORY_BAR_MB:.0f} MB): {verdict(memory, MEMORY_BAR_MB)}")
    early = sorted({name for r in rounds for name in r["door"]["heavy"]})
    print("loaded before anybody signed in: " + (", ".join(early) or "nothing heavy"))


def _ratio(value: float, bar: float) -> str:
    return f"{value:.2f} times a bare window (bar {bar:.0f}): {verdict(value, bar)}"
