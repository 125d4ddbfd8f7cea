"""Laptops under test: folders with stores, and the processes that live on them."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

_HOME = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Laptop:
    """One person's folder, and the file that witnesses what was confirmed there."""

    person: str
    folder: Path
    witness: Path

    def witnessed(self) -> list[tuple[str, str]]:
        """Return id and hash of every event that the screen confirmed."""
        text = self.witness.read_text("ascii") if self.witness.exists() else ""
        # A line that a kill cut off was never said.
        whole = [line.split() for line in text.splitlines(keepends=True) if line.endswith("\n")]
        return [(words[0], words[1]) for words in whole if len(words) == 2]


class Nursery:
    """A process that lives orders, each in a process of its own; see tests/sync/laptop.py."""

    def __init__(self) -> None:
        words = [sys.executable, "-m", "tests.sync.laptop"]
        self._process = subprocess.Popen(
            words, cwd=_HOME, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1
        )

    def send(self, laptop: Laptop, **words: Any) -> None:
        """Give an order; the answer is to be heard before the next."""
        assert self._process.stdin is not None
        order = {"folder": str(laptop.folder), "witness": str(laptop.witness), **words}
        self._process.stdin.write(json.dumps(order) + "\n")

    def hear(self) -> dict[str, Any]:
        """Wait until the order is over and return how it went."""
        assert self._process.stdout is not None
        told: dict[str, Any] = json.loads(self._process.stdout.readline())
        return told

    def live(self, laptop: Laptop, **words: Any) -> dict[str, Any]:
        """Give an order and wait for its end."""
        self.send(laptop, **words)
        return self.hear()

    def close(self) -> None:
        """Send it home."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.close()
        self._process.stdout.close()
        self._process.wait()


@contextmanager
def nurseries(count: int) -> Iterator[tuple[Nursery, ...]]:
    """Start so many at once; they load side by side."""
    made = tuple(Nursery() for _ in range(count))
    try:
        yield made
    finally:
        for one in made:
            one.close()
