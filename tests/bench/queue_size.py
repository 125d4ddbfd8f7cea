"""How long the auction of the day batch takes, against OR-tools' SimpleMinCostFlow on the same invented markets.

Three sizes: 5,000 units x 20 agents, 100,000 x 200, and the day batch of 1,000,000 x 1,000 (the best 1.3 times of
what the agents can call, chosen inside the measured time). Ratios are of processor time, medians of interleaved
rounds; memory is what a process of its own needs above the market. Every plan is held against the exact optimum.
"""

from __future__ import annotations

import argparse
import gc
import json
import random
import subprocess
import sys
from array import array
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from time import process_time

from callcenter.queue.auction import Sale, sell
from callcenter.queue.fast import best, quickest
from callcenter.queue.hall import PARTS
from callcenter.queue.market import Ladder, Market, largest
from callcenter.queue.plain import Plain
from callcenter.queue.tiers import ladder_of
from tests.bench.bars import verdict
from tests.callcenter.queue.flow import flow_of

_LANGUAGES = ((0.06, 0.30), (0.05, 0.25), (0.03, 0.20))  # who needs it, which agents speak it
_RECUSED, _LAST_YEAR = 0.04, 0.35
_SITE, _CONTINUITY = 60, 80
_OVER = 1.3
_GROWTH = 2.5  # eight times the list does not fit into the processor's memory any more; quadratic would be 8


@dataclass(frozen=True)
class Size:
    """A size with its bars: ratios to the flow of plain Python and NumPy, memory in MB, the certificate in %."""

    name: str
    units: int
    agents: int
    plain: float
    fast: float
    memory: int
    proof: float
    of: int = 0


SIZES = (
    Size("5k", 5_000, 20, 30, 8, 50, 0.01),
    Size("100k", 100_000, 200, 6, 1.2, 250, 0.01),
    Size("day", 78_000, 1_000, 6, 1.2, 500, 0.1, of=1_000_000),
)


@dataclass(frozen=True)
class Invented:
    """A list with the worth of each unit, and the market of those that are dealt."""

    worths: array[int]
    market: Market

    def choose(self, *, fast: bool) -> None:
        """Take the best of a list that is larger than its market, as the day batch does."""
        if len(self.worths) > len(self.market):
            (best if fast else largest)(self.worths, len(self.market))


def invented(units: int, agents: int, seed: int, of: int = 0) -> Invented:
    """Return a list of `of` units (all: 0) of which the best are dealt.

    Ten agents a site; three languages that 6, 5 and 3 % need and some speak; 4 % of pairs at a site know each other;
    35 % have an agent of last year; each unit may also go to two agents of other sites.
    """
    chance = random.Random(seed)  # noqa: S311 - invented markets, no secrets
    worths = array("q", (200 + int(800 * chance.betavariate(2, 4)) for _ in range(of or units)))
    taken = [worths[place] for place in largest(worths, units)]
    sites = max(2, agents // 10)
    speaks = [[True] + [chance.random() < share for _, share in _LANGUAGES] for _ in range(agents)]
    by_site = [list(range(site, agents, sites)) for site in range(sites)]
    rows = (_row(chance, worth, by_site, speaks) for worth in taken)
    fair = units / agents / (_OVER if of else 1)
    ladder: Ladder = ladder_of(fair, int(fair * 1.05), steps=((90, 0), (100, 100), (105, 120)))
    return Invented(worths, Market.of(rows, [ladder] * agents))


def _row(
    chance: random.Random, worth: int, by_site: list[list[int]], speaks: list[list[bool]]
) -> list[tuple[int, int]]:
    near = chance.choice(by_site)
    drawn, language = chance.random(), 0
    for number, (share, _) in enumerate(_LANGUAGES, start=1):
        if 0 <= drawn < share and not language:
            language = number
        drawn -= share
    last = chance.choice(near) if chance.random() < _LAST_YEAR else -1
    row = [
        (agent, worth + _SITE + (_CONTINUITY if agent == last else 0))
        for agent in near
        if speaks[agent][language] and chance.random() >= _RECUSED
    ]
    far = {chance.randrange(len(speaks)) for _ in range(2)} - set(near)
    row += [(agent, worth) for agent in sorted(far) if speaks[agent][language]]
    turn = chance.randrange(len(row)) if row else 0
    return row[turn:] + row[:turn]


def _timed(work: Callable[[], object]) -> float:
    gc.collect()
    start = process_time()
    work()
    return process_time() - start


def _compare(size: Size, rounds: int, seed: int) -> None:
    given = invented(size.units, size.agents, seed, size.of)
    market = given.market
    times: dict[str, list[float]] = {"flow": [], "fast": [], "plain": []}
    sales: dict[str, Sale] = {}
    exact: list[int] = []

    def flow() -> None:
        network = flow_of(market)
        assert network.solve() == network.OPTIMAL
        exact.append(-int(network.optimal_cost()))

    def auction(name: str) -> None:
        given.choose(fast=name == "fast")
        sales[name] = sell(market, quickest(market) if name == "fast" else Plain(), cases=size.of)

    for _ in range(rounds):
        times["flow"].append(_timed(flow))
        times["fast"].append(_timed(lambda: auction("fast")))
        times["plain"].append(_timed(lambda: auction("plain")))
    _tell(size, given, {name: median(each) for name, each in times.items()}, sales)
    _prove(size, sales, exact[0])


def _tell(size: Size, given: Invented, times: dict[str, float], sales: dict[str, Sale]) -> None:
    of = f" chosen of {len(given.worths):,}" if size.of else ""
    print(f"{size.name}: {size.units:,} units{of} x {size.agents:,} agents, {len(given.market.agents):,} arcs")
    print(f"  {'flow':6} {times['flow']:8.3f} s")
    for name, bar in (("plain", size.plain), ("fast", size.fast)):
        ratio = times[name] / times["flow"]
        words = "plain Python" if name == "plain" else "NumPy"
        print(f"  {name:6} {times[name]:8.3f} s, ratio {ratio:.2f} (bar {bar:g}, {words}): {verdict(ratio, bar)}")
    print(f"  same plan with and without NumPy: {verdict(int(sales['plain'] != sales['fast']), 0)}")


def _prove(size: Size, sales: dict[str, Sale], optimum: int) -> None:
    sale = sales["plain"]
    share = 100 * sale.certificate.share
    print(f"  certificate {share:.5f} % (bar {size.proof:g} %): {verdict(share, size.proof)}")
    missed = optimum * PARTS - sale.certificate.value
    step = min(size.units * sale.eps, sale.certificate.gap)
    words = f"{missed / PARTS:g} of {optimum:,} (bar {step / PARTS:g})"
    print(f"  below the exact optimum by {words}: {verdict(missed, step)}")


def _memory(size: Size, seed: int) -> None:
    for name in ("plain", "fast"):
        words = [
            sys.executable,
            "-m",
            "tests.bench.queue_size",
            "--alone",
            name,
            "--only",
            size.name,
            "--seed",
            str(seed),
        ]
        told = json.loads(subprocess.run(words, check=True, capture_output=True, text=True).stdout)
        used = told["used"]
        print(f"  memory {name} {used:.0f} MB above the market (bar {size.memory}): {verdict(used, size.memory)}")


def _alone(size: Size, name: str, seed: int) -> None:
    """Deal once and print by how many MB the process grew above what it held with its market."""
    given = invented(size.units, size.agents, seed, size.of)
    if name == "fast":
        import numpy

        assert numpy.__version__
    gc.collect()
    Path("/proc/self/clear_refs").write_text("5", "ascii")  # the highest use so far is forgotten
    before = _highest()
    given.choose(fast=name == "fast")
    sell(given.market, quickest(given.market) if name == "fast" else Plain(), cases=size.of)
    print(json.dumps({"used": (_highest() - before) / 1024}))


def _highest() -> int:
    """Return the most memory that this process held, in kB."""
    status = Path("/proc/self/status").read_text("ascii")
    (line,) = (line for line in status.splitlines() if line.startswith("VmHWM:"))
    return int(line.split()[1])


def _growth(seed: int) -> None:
    """Show that twice the list takes about twice the time."""
    print("growth: time per 1,000 units, at 500 units an agent")
    for name in ("plain", "fast"):
        each = []
        for units in (12_500, 25_000, 50_000, 100_000):
            market = invented(units, units // 500, seed).market
            rounds = Plain if name == "plain" else lambda: quickest(market)  # noqa: B023 - called at once
            each.append(_timed(lambda: sell(market, rounds())) * 1_000_000 / units)  # noqa: B023 - called at once
        told = ", ".join(f"{ms:.1f}" for ms in each)
        grown = each[-1] / each[0]
        print(f"  {name:6} {told} ms; last to first {grown:.2f} (bar {_GROWTH}): {verdict(grown, _GROWTH)}")


def main(argv: list[str]) -> None:
    """Print ratios, certificates, memory and growth."""
    parser = argparse.ArgumentParser(prog="bench queue-size")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", choices=[size.name for size in SIZES])
    parser.add_argument("--alone", choices=["plain", "fast"], help=argparse.SUPPRESS)
    asked = parser.parse_args(argv)
    sizes = [size for size in SIZES if asked.only in (None, size.name)]
    if asked.alone:
        _alone(sizes[0], asked.alone, asked.seed)
        return
    for size in sizes:
        _compare(size, asked.rounds, asked.seed)
        _memory(size, asked.seed)
    if not asked.only:
        _growth(asked.seed)


if __name__ == "__main__":
    main(sys.argv[1:])
