"""`callcenter form check FILE [--language nl|en|fr] [--json]`: reads, judges, writes nothing, opens no window."""

from __future__ import annotations

import argparse
import json
import sys
import warnings
from pathlib import Path

from callcenter.errors import CallcenterError
from callcenter.forms.checking import Checked, check_file
from callcenter.forms.checks.finding import Finding, Severity
from callcenter.text import LANGUAGES, Translator, translator


def check(words: list[str]) -> int:
    """Run the command; exit status 0 without mistakes, 1 with them, 2 when the file cannot be read."""
    parser = argparse.ArgumentParser(prog="callcenter form check")
    parser.add_argument("file", type=Path)
    parser.add_argument("--language", choices=LANGUAGES, default="nl")
    parser.add_argument("--json", action="store_true")
    asked = parser.parse_args(words)
    say = translator(asked.language)
    try:
        # Readers of workbooks warn of what they leave out, in words that no coordinator needs.
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            checked = check_file(asked.file)
    except CallcenterError as error:
        what, advice = error.explain(say)
        if asked.json:
            told = json.dumps(_unread(error.code, what, advice, say), ensure_ascii=False)
            sys.stdout.write(_spelled(told + "\n", sys.stdout.encoding))
        else:
            sys.stderr.write(_spelled(f"{what} {advice} ({error.code})\n", sys.stderr.encoding))
        return 2
    told = json.dumps(check_report(checked, say), ensure_ascii=False) if asked.json else check_text(checked, say)
    sys.stdout.write(_spelled(told + "\n", sys.stdout.encoding))
    return 1 if checked.errors else 0


def _spelled(text: str, encoding: str | None) -> str:
    # A letter that the terminal cannot show is no reason to stop.
    return text.encode(encoding or "utf-8", "replace").decode(encoding or "utf-8")


def check_report(checked: Checked, say: Translator) -> dict[str, object]:
    """Return the findings as plain values, their sentences in one language."""
    return {
        "language": say.language,
        "errors": len(checked.errors),
        "warnings": len(checked.warnings),
        "findings": [_plain(one, say) for one in checked.findings],
    }


def _unread(code: str, what: str, advice: str, say: Translator) -> dict[str, object]:
    """Return a report on a file that cannot be read: one error, of no place in it."""
    nowhere = {"sheet": "", "row": 0, "column": "", "node": ""}
    finding = {"code": code, "severity": str(Severity.ERROR), **nowhere, "message": what, "advice": advice}
    return {"language": say.language, "errors": 1, "warnings": 0, "findings": [finding]}


def _plain(one: Finding, say: Translator) -> dict[str, object]:
    spot = one.spot
    place = {"sheet": spot.sheet, "row": spot.row, "column": spot.column, "node": spot.node}
    told = {"message": one.message(say), "advice": one.advice(say)}
    return {"code": one.code, "severity": str(one.severity), **place, **told}


def check_text(checked: Checked, say: Translator) -> str:
    """Return the findings for a reader, errors first, and how many there are."""
    lines = [
        f"{one.spot.words(say)} ({one.code})\n  {one.message(say)}\n  {one.advice(say)}" for one in checked.findings
    ]
    errors = say.plural("{n} mistake", "{n} mistakes", len(checked.errors))
    doubts = say.plural("{n} warning", "{n} warnings", len(checked.warnings))
    if not checked.errors:
        ready = say("The questionnaire can be published.")
        return "\n".join((*lines, f"{ready} {errors}, {doubts}."))
    return "\n".join((*lines, f"{errors}, {doubts}."))
