"""The one entry point stays readable and honest about what a machine misses."""

from __future__ import annotations

import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

import do

_HOME = Path(__file__).resolve().parents[1]


def test_the_lock_has_two_parts_and_every_package_a_hash() -> None:
    base, test = do.lock_parts()
    assert "pyside6-essentials==" in base
    assert "pytest==" in test
    for part in (base, test):
        pinned = [line for line in part.splitlines() if "==" in line]
        assert pinned
        assert all(line.rstrip().endswith("\\") for line in pinned)


def test_the_lock_names_every_dependency_of_the_project() -> None:
    base, test = do.lock_parts()
    project = tomllib.loads((_HOME / "pyproject.toml").read_text("utf-8"))["project"]
    for wanted in [*project["dependencies"], *project["optional-dependencies"]["test"]]:
        name = wanted.partition(">")[0].partition("[")[0].lower()
        assert f"{name}==" in base + test or f"{name}[binary]==" in base + test


def test_a_missing_library_is_named_by_its_debian_package(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(do, "QT_NEEDS", {"libnobody-has-this.so.9": "libnobody9"})
    monkeypatch.delenv("DISPLAY", raising=False)
    assert do.missing_packages() == ["libnobody9"]


def test_without_root_the_exact_line_is_printed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(do, "missing_packages", lambda: ["libegl1"])
    monkeypatch.setattr(do.os, "geteuid", lambda: 1000)
    with pytest.raises(SystemExit, match="sudo apt-get install -y --no-install-recommends libegl1"):
        do.ensure_system()


def test_help_names_every_command() -> None:
    told = subprocess.run([sys.executable, "do.py", "--help"], cwd=_HOME, capture_output=True, text=True, check=True)
    assert all(name in told.stdout for name in ("setup", "demo", "test", "lint", "bench", "soak", "bundle"))
