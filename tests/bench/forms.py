"""How fast the form engine is, as ratios to ODK's own engine in one run.

The other engine is @getodk/xforms-engine under node, put once into a folder beside the Python packages. Where node or
npm is missing, the figures stand alone and only the bars that need no other engine are judged. Both engines get the
same forms and answers, in turns, each process warmed by another variant; ratios are of medians.
"""

from __future__ import annotations

import argparse
import importlib
import random
import shutil
import subprocess
import sys
from pathlib import Path
from statistics import median
from typing import Any

from tests.bench import forms_alone
from tests.bench.bars import verdict

_SHARED = Path(__file__).resolve().parents[3] / "shared" / "forms"
_CACHE = Path(sys.prefix) / "oracle"
_OURS = [sys.executable, "-m", "callcenter", "form", "walk"]
_VERBAL_AUTOPSY = "061_getodk__javarosa_whova_form"
_LIMIT = 120.0
_DUMP_EACH = 10
"""Answers between two full dumps."""
Figures = dict[str, float]


def main(argv: list[str]) -> None:
    """Print each figure with its bar, and whether the bar is kept."""
    parser = argparse.ArgumentParser(prog="bench forms")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(1, 10**9))
    asked = parser.parse_args(argv)
    if not _SHARED.is_dir():
        print(f"the shared forms are not at {_SHARED}: only what needs no form of theirs is measured")
    else:
        sys.path.insert(0, str(_SHARED / "oracle"))
        _against_the_other(asked.rounds, asked.seed)
        _line("evaluations an answer p50, q500", (counts := forms_alone.evaluations(_SHARED))[0], 3)
        _line("evaluations an answer max, q500", counts[1], 60)
        _line("memory of a loaded q500, MB", forms_alone.memory(_SHARED / "bench" / "q500.xml"), 40)
    _line("chain of 3,000 against 300, load", forms_alone.chain(asked.rounds), 12)
    _line("repeat of 100 x 20 against 50 x 20", forms_alone.repeat(asked.rounds), 2.5)


def _line(what: str, value: float, bar: float | None = None, note: str = "") -> None:
    judged = "" if bar is None else f"  (bar {bar:g}) {verdict(value, bar)}"
    print(f"{what:38} {value:9.4g}{judged}{note}", flush=True)


def _against_the_other(rounds: int, seed: int) -> None:
    other = _other()
    ours, theirs = _rounds(rounds, seed, other)
    bars = {"load q500": 0.05, "load WHO VA": 0.10, "answer p50": 0.10, "answer p95": 0.05, "dump": 1.5}
    print(f"seed {seed}, {rounds} rounds in turns, medians; in brackets milliseconds")
    for what, bar in bars.items():
        mine = median(one[what] for one in ours)
        if other is None:
            _line(f"{what}, ms", mine)
            continue
        peer = median(one[what] for one in theirs)
        _line(f"{what}, ratio", mine / peer, bar, f"  [{mine:.3f} to {peer:.3f}]")


def _other() -> list[str] | None:
    """Return the command of the other engine, installed on first use; None with the reason printed."""
    missing = [name for name in ("node", "npm") if shutil.which(name) is None]
    if missing:
        print(f"{' and '.join(missing)} not found: figures alone, without ratios")
        return None
    try:
        command: list[str] = importlib.import_module("xf").oracle_command(_CACHE)
    except (OSError, subprocess.SubprocessError) as error:
        print(f"@getodk/xforms-engine cannot be installed ({error}): figures alone, without ratios")
        return None
    return command


def _rounds(rounds: int, seed: int, other: list[str] | None) -> tuple[list[Figures], list[Figures]]:
    variant = importlib.import_module("q500").variant
    warm, timed = variant(seed + 1), variant(seed)
    ours, theirs = [], []
    for _ in range(rounds):
        ours.append(_measured(_OURS, warm, timed))
        if other is not None:
            theirs.append(_measured(other, warm, timed))
    return ours, theirs


def _measured(command: list[str], warm: tuple[str, Any], timed: tuple[str, Any]) -> Figures:
    with importlib.import_module("xf").Engine(command, cwd=str(Path(__file__).parents[2])) as engine:
        _ask(engine, *warm)
        answered = _ask(engine, *timed)
        autopsy = (_SHARED / "xml" / f"{_VERBAL_AUTOPSY}.xml").read_text("utf-8")
        # Once only: a second time our formulas would be known already.
        large = _ask(engine, autopsy, [])
        dumped = _ask(engine, timed[0], _with_dumps(timed[1]))
    answers = sorted(state["ms"] for state in answered["states"] if "ms" in state)
    # The first dumps fill what is remembered, in both engines.
    dumps = [state["dump_ms"] for state in dumped["states"] if state["nodes"] and state["step"]]
    return {
        "load q500": _load(answered),
        "load WHO VA": _load(large),
        "answer p50": answers[len(answers) // 2],
        "answer p95": answers[int(len(answers) * 0.95)],
        "dump": median(dumps),
    }


def _load(answered: dict[str, Any]) -> float:
    return float(answered["load"]["parse_ms"] + answered["load"]["init_ms"])


def _with_dumps(steps: list[Any]) -> list[Any]:
    found: list[Any] = []
    for place, step in enumerate(steps, 1):
        found += [step, {"dump": True}] if place % _DUMP_EACH == 0 else [step]
    return found


def _ask(engine: Any, xml: str, steps: list[Any]) -> dict[str, Any]:
    request = {
        "id": "bench",
        "xml": xml,
        "now": "2026-08-14T09:00:00Z",
        "steps": steps,
        "dump": "last",
        "cache": True,
    }
    answered, outcome, _ = engine.ask(request, _LIMIT)
    if answered is None or not answered["load"].get("ok"):
        raise SystemExit(f"{engine.command[0]} gave no answer: {outcome}")
    told: dict[str, Any] = answered
    return told
