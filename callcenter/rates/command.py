"""`callcenter rates CASES.csv`: outcome rates of a file of final dispositions, one row a case."""

from __future__ import annotations

import argparse
import csv
import io
import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NoReturn

from callcenter.domain.disposition import Class
from callcenter.errors import CallcenterError
from callcenter.rates.formulas import NAMES, Counts, eligible_share, rates_of
from callcenter.text import N_, translator

_PREFIXES = {
    "1.1": Class.COMPLETE,
    "1.2": Class.PARTIAL,
    "2.1": Class.REFUSAL,
    "2.2": Class.NON_CONTACT,
    "2.3": Class.OTHER,
    "3.1": Class.UNKNOWN,
    "3.2": Class.UNLOCATED,
    "3.3": Class.UNLOCATED,
    "3.9": Class.UNLOCATED,
    "4.": Class.NOT_ELIGIBLE,
}
_SEPARATORS = ",;\t"


class RatesRefused(CallcenterError):
    """The file, a column, a disposition or a weight cannot be used."""

    code = "RATES-01"
    what = N_("Rates cannot be computed: {reason}.")
    advice = N_("Mend the file or the option, then run the command again.")


@dataclass
class _Sum:
    n: int = 0
    counts: dict[str, float] = field(default_factory=lambda: {c.value: 0 for c in Class})

    def add(self, klass: Class, weight: float) -> None:
        self.n += 1
        self.counts[klass.value] += weight


@dataclass(frozen=True)
class _Case:
    row: int
    group: str
    klass: Class
    weight: float


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        raise RatesRefused(reason=message)


def run(words: list[str]) -> int:
    """Run the command; exit status 0 when rates were made, 2 with one message on stderr when not."""
    try:
        asked = _asked(words)
        report = _report(asked)
    except CallcenterError as error:
        what, advice = error.explain(translator("en"))
        sys.stderr.write(f"{what} {advice} ({error.code})\n")
        return 2
    sys.stdout.write((json.dumps(report) if asked.json else _table(report)) + "\n")
    return 0


def _asked(words: list[str]) -> argparse.Namespace:
    parser = _Parser(prog="callcenter rates")
    parser.add_argument("file", type=Path)
    parser.add_argument("--disposition-column", required=True)
    parser.add_argument("--weight-column")
    parser.add_argument("--by")
    parser.add_argument("--eligibility")
    parser.add_argument("--json", action="store_true")
    return parser.parse_args(words)


def class_of(text: str) -> Class | None:
    """Return the class of a disposition: a class letter in any case, or a code by its prefix; None for neither."""
    word = text.strip()
    if word.upper() in set(Class):
        return Class(word.upper())
    return next((klass for prefix, klass in _PREFIXES.items() if word.startswith(prefix)), None)


def _report(asked: argparse.Namespace) -> dict[str, Any]:
    given = _eligibility(asked.eligibility)
    total = _Sum()
    groups: dict[str, _Sum] = {}
    for case in _cases(asked):
        total.add(case.klass, case.weight)
        if asked.by is not None:
            groups.setdefault(case.group, _Sum()).add(case.klass, case.weight)
    e = given if given is not None else eligible_share(Counts(**total.counts))
    source = "given" if given is not None else "undefined" if e is None else "estimated"
    weighted = asked.weight_column is not None
    return {
        "n": total.n,
        "weighted": weighted,
        "disposition_column": asked.disposition_column,
        "counts": _told(total, weighted=weighted),
        "e": e,
        "e_source": source,
        "rates": rates_of(Counts(**total.counts), e),
        "groups": [
            {
                "by": {asked.by: value},
                "n": group.n,
                "counts": _told(group, weighted=weighted),
                "rates": rates_of(Counts(**group.counts), e),
            }
            for value, group in groups.items()
        ],
    }


def _told(found: _Sum, *, weighted: bool) -> dict[str, float]:
    return found.counts if weighted else {k: int(v) for k, v in found.counts.items()}


def _eligibility(text: str | None) -> float | None:
    if text is None:
        return None
    try:
        share = float(text)
    except ValueError:
        share = -1.0
    if not 0 <= share <= 1:
        raise RatesRefused(reason=f"--eligibility {text!r} is no number from 0 to 1")
    return share


def _cases(asked: argparse.Namespace) -> Iterator[_Case]:
    rows = _rows(asked.file)
    header = next(rows, None)
    if header is None:
        raise RatesRefused(reason=f"{asked.file.name} is empty")
    places = {name: header.index(name) for name in reversed(header)}
    wanted = (asked.disposition_column, asked.weight_column, asked.by)
    for name in wanted:
        if name is not None and name not in places:
            raise RatesRefused(reason=f"there is no column {name!r}")
    disposition, weight, by = (None if name is None else places[name] for name in wanted)
    for number, row in enumerate(rows, 2):
        if row:
            yield _Case(number, _cell(row, by), _class(row, disposition, number), _weight(row, weight, number))


def _cell(row: list[str], place: int | None) -> str:
    return row[place] if place is not None and place < len(row) else ""


def _class(row: list[str], place: int | None, number: int) -> Class:
    text = _cell(row, place)
    klass = class_of(text)
    if klass is None:
        raise RatesRefused(reason=f"row {number}: {text!r} is no disposition")
    return klass


def _weight(row: list[str], place: int | None, number: int) -> float:
    if place is None:
        return 1
    text = _cell(row, place)
    try:
        weight = float(text)
    except ValueError:
        weight = -1.0
    if not 0 <= weight < float("inf"):
        raise RatesRefused(reason=f"row {number}: weight {text!r} is no number from 0 on")
    return weight


def _rows(path: Path) -> Iterator[list[str]]:
    try:
        data = path.read_bytes()
    except OSError as error:
        raise RatesRefused(reason=f"{path.name} cannot be read") from error
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("cp1252", errors="replace")
    first = text.partition("\n")[0]
    mark = max(_SEPARATORS, key=first.count)
    try:
        yield from csv.reader(io.StringIO(text, newline=""), delimiter=mark)
    except csv.Error as error:
        raise RatesRefused(reason=f"{path.name} is no table: {error}") from error


def _table(report: dict[str, Any]) -> str:
    heads = ["total", *(next(iter(g["by"].values())) or "(empty)" for g in report["groups"])]
    blocks = [report, *report["groups"]]
    width = max(10, *(len(h) + 2 for h in heads))
    lines = ["".join(["      ", *(h.rjust(width) for h in heads)])]
    lines.append("".join(["n     ", *(str(b["n"]).rjust(width) for b in blocks)]))
    lines += ["".join([k.ljust(6), *(f"{b['counts'][k]:g}".rjust(width) for b in blocks)]) for k in report["counts"]]
    lines.append("e     " + ("–" if report["e"] is None else f"{report['e']:.6f}") + f" ({report['e_source']})")
    for name in NAMES:
        shown = ("–" if b["rates"][name] is None else f"{b['rates'][name]:.6f}" for b in blocks)
        lines.append("".join([name.ljust(6), *(s.rjust(width) for s in shown)]))
    return "\n".join(lines)
