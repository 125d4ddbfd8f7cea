"""Whether random interviews keep the laws of the questionnaire engine, over thousands of walks.

After every step: what spread is what a full computation gives, what was saved comes back, what is taken back leaves
nothing, and two answers that do not reach each other may be given in either order.
"""

from __future__ import annotations

import argparse
from collections import Counter
from pathlib import Path

from callcenter.errors import CallcenterError
from callcenter.forms.definition.form import FormDefinition
from callcenter.forms.session import load
from tests.callcenter.forms.laws import Walker, forms, lawful

_PUBLIC = Path(__file__).resolve().parents[3] / "shared" / "forms" / "xml"
_LARGE = 120
"""Places of a form above which a walk costs more than it tells."""


def public() -> list[tuple[str, FormDefinition]]:
    """Return the public forms that lie beside the checkout, as far as they are small and can be used; else none."""
    found = []
    for path in sorted(_PUBLIC.glob("*.xml")) if _PUBLIC.is_dir() else ():
        try:
            form = load(path.read_bytes())
        except CallcenterError:
            continue
        if len(form.places) <= _LARGE and lawful(form):
            found.append((path.stem, form))
    return found


def main(words: list[str]) -> int:
    """Take the walks and print one closing line; exit status 1 when a law was broken."""
    asked = argparse.ArgumentParser(prog="soak forms")
    asked.add_argument("--walks", type=int, default=2000)
    asked.add_argument("--from", type=int, default=0, dest="first", help="the first seed")
    told = asked.parse_args(words)
    found = [*forms(), *public()]
    checks: Counter[str] = Counter()
    broken = 0
    for seed in range(told.first, told.first + told.walks):
        walker = Walker(*found[seed % len(found)], seed)
        try:
            walker.walk()
        except AssertionError as error:
            broken += 1
            print(f"BROKEN {error}")
        checks += walker.checks
    counts = ", ".join(f"{law} {count:,}" for law, count in sorted(checks.items()))
    print(f"soak forms: {told.walks:,} walks over {len(found)} forms; {counts}; {broken} broken")
    return 1 if broken else 0
