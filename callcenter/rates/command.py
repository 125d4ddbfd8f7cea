"""`callcenter rates CASES.csv`: outcome rates of a file of final dispositions, one row a case."""

from __future__ import annotations

import argparse
import csv
import io
import json
import re
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from math import fsum
from pathlib import Path
from typing import Any, NoReturn

from callcenter.domain.disposition import Class
from callcenter.errors import CallcenterError
from callcenter.rates.formulas import NAMES, Counts, effective_size, eligible_share, rates_of
from callcenter.text import N_, translator

_LETTERS = {klass.value: klass for klass in Class}
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
_HEAVIEST = 1e100  # far from where sums and their squares run out of numbers
_HEAD = 65_536  # characters that hold the header
_QUOTED = re.compile(r'"[^"]*"')
_DECIMAL = re.compile(r"\s*[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)(e[+-]?[0-9]{1,3})?\s*", re.IGNORECASE)


class RatesRefused(CallcenterError):
    """The file, a column, a disposition or a weight cannot be used."""

    code = "RATES-01"
    what = N_("Rates cannot be computed: {reason}.")
    advice = N_("Mend the file or the option, then run the command again.")


@dataclass
class _Sum:
    """The weights of the cases of each class; added up exactly, so their order does not matter."""

    weights: dict[str, list[float]] = field(default_factory=lambda: {letter: [] for letter in _LETTERS})

    @property
    def n(self) -> int:
        return sum(map(len, self.weights.values()))

    @property
    def counts(self) -> dict[str, float]:
        return {letter: fsum(weights) for letter, weights in self.weights.items()}

    @property
    def effective(self) -> float:
        return effective_size(w for weights in self.weights.values() for w in weights)

    def add(self, klass: Class, weight: float) -> None:
        self.weights[klass.value].append(weight)


@dataclass(frozen=True)
class _Case:
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
        given = _eligibility(asked.eligibility)
        total, groups = _sums(asked)
    except CallcenterError as error:
        what, advice = error.explain(translator("en"))
        sys.stderr.write(f"{what} {advice} ({error.code})\n")
        return 2
    report = _report(asked, given, total, groups)
    shown = json.dumps(report) if asked.json else _table(report, [total, *groups.values()])
    sys.stdout.write(shown + "\n")
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
    if word.upper() in _LETTERS:
        return _LETTERS[word.upper()]
    return next((klass for prefix, klass in _PREFIXES.items() if word.startswith(prefix)), None)


def _report(asked: argparse.Namespace, given: float | None, total: _Sum, groups: dict[str, _Sum]) -> dict[str, Any]:
    e = given if given is not None else eligible_share(Counts(**total.counts))
    source = "given" if given is not None else "undefined" if e is None else "estimated"
    weighted = asked.weight_column is not None

    def block(found: _Sum) -> dict[str, Any]:
        counts = found.counts
        told = counts if weighted else {letter: int(count) for letter, count in counts.items()}
        return {"counts": told, "rates": rates_of(Counts(**counts), e)}

    whole = block(total)
    return {
        "n": total.n,
        "weighted": weighted,
        "disposition_column": asked.disposition_column,
        "counts": whole["counts"],
        "e": e,
        "e_source": source,
        "rates": whole["rates"],
        "groups": [{"by": {asked.by: value}, "n": group.n, **block(group)} for value, group in groups.items()],
    }


def _sums(asked: argparse.Namespace) -> tuple[_Sum, dict[str, _Sum]]:
    total = _Sum()
    groups: dict[str, _Sum] = {}
    for case in _cases(asked):
        total.add(case.klass, case.weight)
        if asked.by is not None:
            groups.setdefault(case.group, _Sum()).add(case.klass, case.weight)
    return total, groups


def _eligibility(text: str | None) -> float | None:
    if text is None:
        return None
    share = _number(text)
    if share is None or not 0 <= share <= 1:
        raise RatesRefused(reason=f"--eligibility {text!r} is no number from 0 to 1")
    return share


def _number(text: str) -> float | None:
    """Read a decimal with a point; Python's own reader also takes 1_000, nan and foreign digits."""
    return float(text) if _DECIMAL.fullmatch(text) else None


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
    for number, row in _without_blank_lines(rows, len(header)):
        yield _Case(_cell(row, by), _class(row, disposition, number), _weight(row, weight, number))


def _without_blank_lines(rows: Iterator[list[str]], columns: int) -> Iterator[tuple[int, list[str]]]:
    """Number the rows as a spreadsheet does; with one column a blank line before the last row is an empty cell."""
    blank: list[int] = []
    for number, row in enumerate(rows, 2):
        if not row:
            blank.append(number)
            continue
        if columns == 1:
            yield from ((skipped, [""]) for skipped in blank)
        blank.clear()
        yield number, row


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
    weight = _number(text)
    if weight is None or not 0 <= weight < _HEAVIEST:
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
    header = next(iter(_QUOTED.sub("", text[:_HEAD]).splitlines()), "")
    mark = max(_SEPARATORS, key=header.count)
    try:
        yield from csv.reader(io.StringIO(text, newline=""), delimiter=mark)
    except csv.Error as error:
        raise RatesRefused(reason=f"{path.name} is no table: {error}") from error


def _table(report: dict[str, Any], sums: list[_Sum]) -> str:
    heads = ["total", *(next(iter(g["by"].values())) or "(empty)" for g in report["groups"])]
    blocks = [report, *report["groups"]]
    width = max(10, *(len(h) + 2 for h in heads))

    def line(name: str, cells: Iterable[str]) -> str:
        return "".join([name.ljust(7), *(cell.rjust(width) for cell in cells)])

    lines = [line("", heads), line("n", (str(b["n"]) for b in blocks))]
    if report["weighted"]:
        lines.append(line("n eff", (f"{found.effective:.1f}" for found in sums)))
    lines += [line(letter, (f"{b['counts'][letter]:.10g}" for b in blocks)) for letter in _LETTERS]
    lines.append(line("e", [_share(report["e"])]) + f" ({report['e_source']})")
    lines += [line(name, (_share(b["rates"][name]) for b in blocks)) for name in NAMES]
    return "\n".join(lines)


def _share(share: float | None) -> str:
    return "–" if share is None else f"{share:.6f}"
