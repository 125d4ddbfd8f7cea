"""Measures speed as ratios: python -m tests.bench NAME [words]."""

from __future__ import annotations

import importlib
import sys
from pathlib import Path

NAMES = ("start", "intake", "answer", "forms", "store", "sync", "queue", "queue-order", "queue-size")


def _module(name: str) -> str:
    return name.replace("-", "_")


def main(words: list[str]) -> int:
    """Run the named bench with the words after it; exit status 2 with the list of names for any other."""
    if words[:1] and words[0] in NAMES:
        importlib.import_module(f"tests.bench.{_module(words[0])}").main(words[1:])
        return 0
    sys.stderr.write("usage: bench NAME [words]\n\n")
    for name in NAMES:
        first = (Path(__file__).with_name(f"{_module(name)}.py")).read_text("utf-8").split("\n", 1)[0]
        sys.stderr.write(f"  {name:11}{first.strip(chr(34))}\n")
    return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
