"""Figures of the form engine that need no other engine: evaluations, memory, and how time grows with a form."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from time import process_time
from zoneinfo import ZoneInfo

from callcenter.forms.definition.loader import load_form
from callcenter.forms.instance.instance import Instance

_NOW = datetime(2026, 8, 14, 9, tzinfo=UTC)
_HEAD = (
    '<h:html xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml"'
    ' xmlns:jr="http://openrosa.org/javarosa"><h:head><h:title>t</h:title><model>'
)
_RESIDENT = """
import gc, sys
from pathlib import Path
from tests.bench.forms_alone import opened

def resident():
    gc.collect()
    return int(next(l for l in open("/proc/self/status") if l.startswith("VmRSS")).split()[1]) / 1024

before = resident()
kept = opened(Path(sys.argv[1]).read_bytes())
print(resident() - before)
"""


def opened(xml: str | bytes) -> Instance:
    """Return a new interview on a form."""
    instance = Instance(load_form(xml), lambda: _NOW, ZoneInfo("UTC"))
    instance.begin()
    return instance


def evaluations(forms: Path) -> tuple[int, int]:
    """Return how many formulas an answer of q500 works out: the middle one and the most."""
    instance = opened((forms / "bench" / "q500.xml").read_bytes())
    counts = []
    for step in json.loads((forms / "bench" / "steps500.json").read_text("utf-8")):
        before = instance.engine.evaluations
        node = instance.tree.find(step["set"])
        assert node is not None, step
        instance.store(node, step["value"])
        counts.append(instance.engine.evaluations - before)
    return int(median(counts)), max(counts)


def memory(form: Path) -> float:
    """Return the megabytes that an open form takes above the interpreter with the same imports; Linux only."""
    told = subprocess.run([sys.executable, "-c", _RESIDENT, str(form)], capture_output=True, text=True, check=True)
    return float(told.stdout)


def chain(rounds: int) -> float:
    """Return the time to open a chain of 3,000 calculations, against one of 300; each in a process of its own."""
    long, short = [], []
    for _ in range(rounds):
        long.append(_alone(3000))
        short.append(_alone(300))
    return median(long) / median(short)


def _alone(length: int) -> float:
    told = subprocess.run(
        [sys.executable, "-c", f"from tests.bench.forms_alone import chained; print(chained({length}))"],
        capture_output=True,
        text=True,
        check=True,
    )
    return float(told.stdout)


def chained(length: int) -> float:
    """Return the seconds of opening a chain of so many calculations, after a small one has warmed the engine."""
    _timed(_chained(30))
    return _timed(_chained(length))


def repeat(rounds: int) -> float:
    """Return the time to open and answer 100 rows of 20 questions, against 50 rows."""
    long, short = [], []
    for _ in range(rounds):
        long.append(_rows(100))
        short.append(_rows(50))
    return median(long) / median(short)


def _timed(xml: str) -> float:
    begun = process_time()
    opened(xml)
    return process_time() - begun


def _form(data: str, binds: str, body: str) -> str:
    instance = f"<instance><data id='t'>{data}</data></instance>"
    return f"{_HEAD}{instance}{binds}</model></h:head><h:body>{body}</h:body></h:html>"


def _chained(length: int) -> str:
    data = "".join(f"<c{n}/>" for n in range(length + 1))
    binds = "".join(f'<bind nodeset="/data/c{n}" calculate="/data/c{n - 1} + 1"/>' for n in range(1, length + 1))
    return _form(data, binds, '<input ref="/data/c0"><label>start</label></input>')


def _rows(rows: int) -> float:
    """Return the seconds of opening so many rows of 20 questions and answering one in each."""
    names = [f"q{n}" for n in range(20)]
    data = f"<r>{''.join(f'<{name}/>' for name in names)}</r>"
    binds = "".join(
        f'<bind nodeset="/data/r/{name}" calculate="../{before} + 1"/>'
        for before, name in zip(names, names[1:], strict=False)
    )
    xml = _form(
        data, binds, '<group ref="/data/r"><repeat nodeset="/data/r"><input ref="/data/r/q0"/></repeat></group>'
    )
    begun = process_time()
    instance = opened(xml)
    root = instance.tree.root
    for _ in range(rows - 1):
        instance.add(root, "r")
    for place in range(1, rows + 1):
        node = instance.tree.find(f"/data/r[{place}]/q0")
        assert node is not None
        instance.store(node, str(place))
    return process_time() - begun
