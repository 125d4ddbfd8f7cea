"""`callcenter intake check FILE [--as-of DATE] [--json]`: reads, judges, writes nothing, opens no window."""

from __future__ import annotations

import argparse
import json
import sys
from datetime import UTC, date, datetime
from pathlib import Path

from callcenter.errors import CallcenterError
from callcenter.intake.alumni import read_list
from callcenter.intake.check import check_report, check_text
from callcenter.text import LOCAL_ZONE, translator


def run(words: list[str]) -> int:
    """Run the command; exit status 0 when the list could be judged, 2 with one message when it could not."""
    parser = argparse.ArgumentParser(prog="callcenter intake check")
    parser.add_argument("file", type=Path)
    parser.add_argument("--as-of", type=date.fromisoformat, metavar="YYYY-MM-DD")
    parser.add_argument("--json", action="store_true")
    asked = parser.parse_args(words)
    say = translator("nl")
    try:
        preview = read_list(asked.file, asked.as_of or datetime.now(UTC).astimezone(LOCAL_ZONE).date())
    except CallcenterError as error:
        what, advice = error.explain(say)
        sys.stderr.write(f"{what} {advice} ({error.code})\n")
        return 2
    told = json.dumps(check_report(preview)) if asked.json else check_text(preview, say)
    # A letter that the terminal cannot show is no reason to stop.
    spelled = told.encode(sys.stdout.encoding or "utf-8", "replace").decode(sys.stdout.encoding or "utf-8")
    sys.stdout.write(spelled + "\n")
    return 0
