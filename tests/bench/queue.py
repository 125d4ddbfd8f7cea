"""How many interviews an hour our queue brings, against readings of other programs' rules, in invented campaigns.

Each seed is one world for all policies; `ratio` is ours divided by the policy, paired by seed. Seeds 0-3 served for
tuning and are not to be reported.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import sys
from collections.abc import Iterator, Sequence
from functools import partial

from tests.simulation.campaign import Record
from tests.simulation.figures import Figures, figures, interval
from tests.simulation.policies import POLICIES, VARIANTS, play

_LEAST = {"file": 1.15, "civicrm": 1.15, "vicidial": 1.10, "quexs": 1.15, "blaise": 1.02, "oracle": 0.88}
_BEHIND_BLAISE = 0.03
_COLUMNS = "policy        int/h   +-    ratio   low    high   worst  kept   <2 tries conflict language second  idle"
Records = Sequence[dict[str, Record]]


def seeds(text: str) -> list[int]:
    """Read seeds as `100-129` or `1,4,9`; ValueError for anything else."""
    found: list[int] = []
    for part in text.split(","):
        first, dash, last = part.partition("-")
        found += range(int(first), int(last) + 1) if dash else [int(first)]
    if not found:
        raise ValueError(text)
    return found


def main(argv: list[str]) -> None:
    """Print each policy's figures, then each bar and whether it is kept."""
    parser = argparse.ArgumentParser(prog="bench queue")
    parser.add_argument("--seeds", type=seeds, default="100-129", help="100-129 or 1,4,9")
    parser.add_argument("--contacts", type=int, default=4000)
    parser.add_argument("--json", action="store_true", help="one object a line")
    parser.add_argument("--variants", action="store_true", help="ours without stated moments, without the picker")
    parser.add_argument("--one-language", action="store_true", help="nobody needs a second language")
    parser.add_argument("--processes", type=int, default=multiprocessing.cpu_count())
    asked = parser.parse_args(argv)
    if asked.contacts < 1:
        parser.error("--contacts must be at least 1")
    names = [*POLICIES, *(VARIANTS if asked.variants else ())]
    records = _played(asked, names)
    found = [figures(name, records) for name in names]
    if asked.json:
        print("\n".join(json.dumps(_object(one)) for one in found))
    else:
        print(f"{len(records)} seeds of {asked.contacts} contacts; ratio is ours / policy, 95 % intervals")
        print(_COLUMNS)
        print("\n".join(_row(one) for one in found))
        print("\n".join(_judged({one.policy: one for one in found}, records)))


def _played(asked: argparse.Namespace, names: Sequence[str]) -> Records:
    work = partial(play, contacts=asked.contacts, names=tuple(names), languages=not asked.one_language)
    if asked.processes <= 1 or len(asked.seeds) == 1:
        return [work(seed) for seed in asked.seeds]
    found = []
    with multiprocessing.get_context("spawn").Pool(min(asked.processes, len(asked.seeds))) as pool:
        for one in pool.imap(work, asked.seeds):
            found.append(one)
            sys.stderr.write(f"\r{len(found)} of {len(asked.seeds)} seeds")
    sys.stderr.write("\n")
    return found


def _object(one: Figures) -> dict[str, object]:
    return {
        "policy": one.policy,
        "interviews_per_hour": round(one.interviews_per_hour.mean, 4),
        "interviews_per_hour_low": round(one.interviews_per_hour.low, 4),
        "interviews_per_hour_high": round(one.interviews_per_hour.high, 4),
        "worst_group": round(one.worst_group.mean, 4),
        "appointments_kept": round(one.appointments_kept, 4),
        "under_two_attempts": round(one.under_two_attempts, 5),
        "conflict_calls": round(one.conflict_calls, 5),
        "language_calls": round(one.language_calls, 5),
        "second_agent": round(one.second_agent, 5),
        "idle": round(one.idle, 5),
        "contact": round(one.contact, 4),
        "completes_to_refusals": round(one.completes_to_refusals, 2),
        "same_agent": round(one.same_agent, 4),
        "ratio": round(one.ratio.mean, 4),
        "ratio_low": round(one.ratio.low, 4),
        "ratio_high": round(one.ratio.high, 4),
    }


def _row(one: Figures) -> str:
    per_hour, ratio = one.interviews_per_hour, one.ratio
    return (
        f"{one.policy:12} {per_hour.mean:6.3f} {per_hour.half:5.3f}"
        f" {ratio.mean:7.3f} {ratio.low:6.3f} {ratio.high:6.3f}"
        f" {one.worst_group.mean:7.1%} {one.appointments_kept:6.1%} {one.under_two_attempts:8.2%}"
        f" {one.conflict_calls:8.2%} {one.language_calls:8.2%} {one.second_agent:7.2%} {one.idle:6.2%}"
    )


def _judged(found: dict[str, Figures], records: Records) -> Iterator[str]:
    for name, bar in _LEAST.items():
        yield _line(f"interviews an hour / {name}, lower end", found[name].ratio.low, bar, least=True)
    ours = found["ours"]
    lead = interval([r["ours"].worst_group - r["blaise"].worst_group for r in records])
    yield _line("worst group less blaise's, lower end", lead.low, _BEHIND_BLAISE, least=True)
    yield _line("appointments kept", ours.appointments_kept, 0.97, least=True)
    yield _line("open cases with fewer than two tries", ours.under_two_attempts, 0.005)
    yield _line("calls to people the agent knows", ours.conflict_calls, 0.0)
    yield _line("calls in an impossible language", ours.language_calls, 0.0)
    yield _line("second agent on one number in a day", ours.second_agent, 0.0)
    yield _line("idle", ours.idle, 0.01)


def _line(what: str, value: float, bar: float, *, least: bool = False) -> str:
    kept = value >= bar if least else value <= bar
    sign = ">=" if least else "<="
    return f"{what:42} {value:8.4f}  (bar {sign} {bar:g}) {'kept' if kept else 'BROKEN'}"
