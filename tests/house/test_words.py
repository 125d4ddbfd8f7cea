"""The project speaks of itself alone, and uses no attic names."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

_HOME = Path(__file__).resolve().parents[2]
_ATTICS = {"utils", "util", "helpers", "helper", "misc", "common", "manager", "core"}
_WORKPLACE = re.compile(
    r"(?<![\w./)-])/(?:work|tmp|root)/[\w.-]|\bprompt(?:s|ed)?\b.*\bmodel\b|\bLLM\b|\bchatbot\b", re.I
)


def _tracked() -> list[Path]:
    listed = subprocess.run(["git", "ls-files"], cwd=_HOME, capture_output=True, text=True, check=True).stdout
    return [_HOME / name for name in listed.splitlines()]


def test_no_module_is_named_after_an_attic() -> None:
    assert [str(p) for p in _tracked() if p.suffix == ".py" and set(p.with_suffix("").parts) & _ATTICS] == []


def test_no_text_names_a_workplace() -> None:
    readable = [p for p in _tracked() if p.suffix in {".py", ".md", ".toml", ".sql"} and p != Path(__file__)]
    told = [str(p) for p in readable if p.exists() and _WORKPLACE.search(p.read_text("utf-8"))]
    assert told == []
