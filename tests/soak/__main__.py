"""Runs for long what the suite tries shortly: python -m tests.soak NAME [words]."""

from __future__ import annotations

import importlib
import sys
from pathlib import Path

NAMES = ("forms", "sync")


def main(words: list[str]) -> int:
    """Run the named soak with the words after it; exit status 2 with the list of names for any other."""
    if words[:1] and words[0] in NAMES:
        return int(importlib.import_module(f"tests.soak.{words[0]}").main(words[1:]))
    sys.stderr.write("usage: soak NAME [words]\n\n")
    for name in NAMES:
        first = (Path(__file__).with_name(f"{name}.py")).read_text("utf-8").split("\n", 1)[0]
        sys.stderr.write(f"  {name:8}{first.strip(chr(34))}\n")
    return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
