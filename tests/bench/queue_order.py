"""How long the laptop takes to put its order right after an outcome, with 200 people leased."""

from __future__ import annotations

import argparse
import dataclasses
import random
import time
from datetime import datetime, timedelta
from statistics import median

from callcenter.domain.case import Case
from callcenter.domain.outcome import Outcome
from callcenter.queue.laptop import Laptop
from callcenter.queue.priority import Queued, Rules, next_up
from tests.bench.bars import verdict
from tests.callcenter.queue.making import CALENDAR, NOON, SETTINGS, a_case, called, leased

_OUTCOMES = (Outcome.NO_ANSWER, Outcome.NO_ANSWER, Outcome.BUSY, Outcome.VOICEMAIL, Outcome.COMPLETE)
_HOUSEHOLD = 8
"""Every eighth person shares a number with the one before."""


def main(argv: list[str]) -> None:
    """Print the milliseconds of a re-order, and of a whole order made anew."""
    parser = argparse.ArgumentParser(prog="bench queue-order")
    parser.add_argument("--leased", type=int, default=200)
    parser.add_argument("--calls", type=int, default=150)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args(argv)
    times, whole = reordered(asked.leased, asked.calls, asked.seed)
    spread = sorted(times)
    p95 = spread[len(spread) * 95 // 100]
    print(f"{asked.leased} leased, {len(times)} outcomes")
    print(f"re-order after an outcome, p50  {median(times):8.3f} ms  (bar 1) {verdict(median(times), 1)}")
    print(f"re-order after an outcome, p95  {p95:8.3f} ms  (bar 1) {verdict(p95, 1)}")
    print(f"re-order after an outcome, most {spread[-1]:8.3f} ms")
    print(f"the whole order made anew       {whole:8.3f} ms")


def reordered(people: int, calls: int, seed: int) -> tuple[list[float], float]:
    """Return the milliseconds of work of each re-order of a shift, and of one whole order.

    Time of the processor: what other programs take from it meanwhile is not the order's.
    """
    chance = random.Random(seed)  # noqa: S311 - invented people, no secrets
    cases = _cases(people, chance)
    laptop, at = Laptop(Rules(SETTINGS, CALENDAR, 0)), NOON
    found = laptop.first(cases, at)
    times: list[float] = []
    while isinstance(found, Queued) and len(times) < calls:
        at += timedelta(minutes=1)
        place = next(n for n, case in enumerate(cases) if case.id == found.case)
        cases[place] = _after(cases[place], chance.choice(_OUTCOMES), at)
        begun = time.thread_time()
        found = laptop.first(cases, at)
        times.append((time.thread_time() - begun) * 1000)
    begun = time.thread_time()
    next_up(cases, SETTINGS, CALENDAR, at, 0)
    return times, (time.thread_time() - begun) * 1000


def _after(case: Case, outcome: Outcome, at: datetime) -> Case:
    return dataclasses.replace(case, attempts=(*case.attempts, called(outcome, at)))


def _cases(people: int, chance: random.Random) -> list[Case]:
    cases = []
    for number in range(people):
        days = range(chance.randrange(4), 0, -1)
        history = [
            called(chance.choice(_OUTCOMES[:4]), NOON - timedelta(days=day, minutes=chance.randrange(300)))
            for day in days
        ]
        line = number - 1 if number % _HOUSEHOLD == 1 else number
        case = a_case(
            f"c{number}", *history, e164=f"+3247{line:07d}", best_slots=chance.choice(((), ("nm",), ("av",)))
        )
        cases.append(leased(case, NOON + timedelta(hours=8)))
    return cases
