"""The log without names or telephone numbers, and the crash file."""

from __future__ import annotations

import faulthandler
import json
import logging
import re
import sys
import traceback
from logging.handlers import RotatingFileHandler
from pathlib import Path
from types import TracebackType
from typing import Final, TextIO

_LONG_DIGITS = re.compile(r"\+?\d[\d .\-/]{6,}\d")
_MAIL = re.compile(r"[^\s@]+@[^\s@]+\.\w+")
_ID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
LOG: Final = logging.getLogger("callcenter")

_open_files: list[TextIO] = []


def scrub(text: str) -> str:
    """Return the text without anything that looks like a telephone number or an e-mail address; ids stay."""
    kept: list[str] = []

    def keep(match: re.Match[str]) -> str:
        kept.append(match.group())
        return f"\0{len(kept) - 1}\0"

    text = _ID.sub(keep, text)
    text = _MAIL.sub("<mail>", _LONG_DIGITS.sub("<number>", text))
    return re.sub(r"\0(\d+)\0", lambda m: kept[int(m.group(1))], text)


class _JsonLines(logging.Formatter):
    """One JSON object a line: moment in UTC, level, message, and for a bug the places in the code."""

    default_msec_format = "%s.%03dZ"

    def format(self, record: logging.LogRecord) -> str:
        line = {"at": self.formatTime(record), "level": record.levelname, "say": scrub(record.getMessage())}
        if record.exc_info and record.exc_info[2]:
            line["error"] = _places(record.exc_info[0], record.exc_info[2])
        return json.dumps(line, ensure_ascii=False)


def _places(kind: type[BaseException] | None, trace: TracebackType) -> str:
    """Return where an error came from, without its message: a message may quote a name or an answer."""
    frames = traceback.extract_tb(trace)
    places = " < ".join(f"{Path(f.filename).name}:{f.lineno} {f.name}" for f in reversed(frames))
    return f"{kind.__name__ if kind else 'error'}: {places}"


def start(folder: Path) -> None:
    """Write the log and crashes of this run into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    handler = RotatingFileHandler(folder / "callcenter.log", maxBytes=500_000, backupCount=3, encoding="utf-8")
    handler.setFormatter(_JsonLines())
    LOG.handlers = [handler]
    LOG.setLevel(logging.INFO)
    LOG.propagate = False
    # The file stays open for as long as the program runs: the fault handler writes into it when all else is gone.
    _open_files.append((folder / "crash.txt").open("w", encoding="utf-8"))
    faulthandler.enable(_open_files[-1])
    sys.excepthook = _unexpected


def stop() -> None:
    """Close the log and the crash file of this run."""
    faulthandler.disable()
    sys.excepthook = sys.__excepthook__
    for handler in LOG.handlers:
        handler.close()
    LOG.handlers = []
    LOG.propagate = True
    while _open_files:
        _open_files.pop().close()


def _unexpected(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    LOG.error("unexpected error", exc_info=(kind, error, trace))
    # Python's own words would quote the error, and with it a name or an answer.
    if sys.stderr is not None:  # a program without a console has none
        sys.stderr.write(f"{_places(kind, trace) if trace else kind.__name__}\n")
