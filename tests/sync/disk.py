"""A disk that fails: strace lets the Nth system call of a kind end in an input/output error."""

from __future__ import annotations

import functools
import json
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from tests.sync.fleet import Laptop

_HOME = Path(__file__).resolve().parents[2]


@functools.cache
def may_trace() -> bool:
    """Tell whether strace is there and processes may be traced."""
    program = shutil.which("strace")
    return program is not None and subprocess.run([program, "-o", "/dev/null", "true"], check=False).returncode == 0


def failing(laptop: Laptop, call: str, when: int, rounds: int = 3, planted: str = "") -> dict[str, Any]:
    """Let a laptop record and sync while the Nth call of a kind fails.

    Returns what it told, and as `seen` how many calls of the kind it made.
    """
    order: dict[str, Any] = {"folder": str(laptop.folder), "witness": str(laptop.witness), "planted": planted}
    order |= {"rounds": rounds, "sync_every": rounds}
    with tempfile.NamedTemporaryFile() as log:
        tracing = ["strace", "-o", log.name, "-e", f"trace={call}", "-e", f"inject={call}:error=EIO:when={when}"]
        program = [sys.executable, "-m", "tests.sync.laptop", json.dumps(order)]
        done = subprocess.run([*tracing, *program], cwd=_HOME, capture_output=True, text=True, check=True)
        seen = Path(log.name).read_text().count(f"{call}(")
    return {**json.loads(done.stdout), "seen": seen}
