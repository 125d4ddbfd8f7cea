"""Every import contract is broken on purpose in a copy of the house, and must be caught by name."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

_HOME = Path(__file__).resolve().parents[2]

# contract id -> file in the copy, and the line planted at its end.
_VIOLATIONS = [
    ("house", "callcenter/domain/case.py", "import callcenter.ports"),
    ("house", "callcenter/text.py", "import callcenter.errors"),
    ("house", "callcenter/usecases/calling.py", "def late():\n    import ui.style"),
    ("house", "db/types.py", "import ui.style"),
    ("house", "ui/style/__init__.py", "import db.types"),
    ("house", "callcenter/rates/__init__.py", "import callcenter.intake"),
    ("callcenter-complete", "callcenter/stray.py", "NOUN = 1"),
    ("forms-floors", "callcenter/forms/xpath/__init__.py", "import callcenter.forms.session"),
    ("forms-floors", "callcenter/forms/stray.py", "NOUN = 1"),
    ("forms-alone", "callcenter/forms/session.py", "import callcenter.domain.case"),
    ("faces", "ui/agent/__init__.py", "import ui.supervisor"),
    ("faces", "ui/widgets/__init__.py", "from ui import agent"),
    ("faces", "ui/stray.py", "NOUN = 1"),
    ("stores", "db/local/__init__.py", "import db.central"),
    ("stores", "db/stray.py", "NOUN = 1"),
    ("db-below-usecases", "db/errors.py", "import callcenter.usecases"),
    (
        "db-below-usecases",
        "db/errors.py",
        "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    import callcenter.queue",
    ),
    ("acyclic", "callcenter/domain/agent.py", "import callcenter.domain.event"),
    ("only-ui-qt", "callcenter/usecases/calling.py", "import PySide6"),
    ("only-db-sql", "callcenter/usecases/calling.py", "import sqlalchemy"),
    ("only-db-sql", "callcenter/usecases/calling.py", "import sqlcipher3"),
    ("only-reports-reportlab", "ui/style/__init__.py", "import reportlab"),
    ("door-xlsform", "callcenter/forms/session.py", "import pyxform"),
    ("door-xml", "callcenter/intake/__init__.py", "import lxml"),
    ("door-regex", "callcenter/intake/__init__.py", "import regex"),
    ("door-phone", "callcenter/intake/__init__.py", "import phonenumbers"),
    ("door-text", "ui/style/__init__.py", "import babel"),
    ("door-folders", "callcenter/diagnostics.py", "import platformdirs"),
    ("door-sheets-in", "callcenter/usecases/calling.py", "import openpyxl"),
    ("door-old-sheets", "callcenter/forms/xlsform.py", "import xlrd"),
    ("door-charset", "callcenter/phone.py", "import charset_normalizer"),
    ("door-qr", "ui/agent/__init__.py", "import segno"),
    ("door-argon2", "db/local/__init__.py", "import argon2"),
    ("door-sheets-out", "callcenter/intake/__init__.py", "import xlsxwriter"),
    ("door-duplicates", "callcenter/intake/alumni.py", "import rapidfuzz"),
    ("door-holidays", "callcenter/queue/daybatch.py", "import holidays"),
    ("door-numpy", "callcenter/queue/auction.py", "def late():\n    import numpy"),
]


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Path:
    copy = tmp_path_factory.mktemp("house")
    for package in ("callcenter", "ui", "db", "resources"):
        ignored = shutil.ignore_patterns("__pycache__", "*.ttf", "*.svg", "*.png")
        shutil.copytree(_HOME / package, copy / package, ignore=ignored)
    shutil.copy(_HOME / "pyproject.toml", copy)
    return copy


def _lint(house: Path, contract: str) -> subprocess.CompletedProcess[str]:
    program = "import sys; sys.path.insert(0, ''); from importlinter.cli import lint_imports_command as c; c()"
    words = [sys.executable, "-c", program, "--contract", contract, "--no-cache"]
    return subprocess.run(words, cwd=house, capture_output=True, text=True, check=False)


def test_the_house_as_it_stands_keeps_every_contract(house: Path) -> None:
    words = [sys.executable, "-c", "from importlinter.cli import lint_imports_command as c; c()", "--no-cache"]
    done = subprocess.run(words, cwd=house, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[-3000:]


@pytest.mark.parametrize(("contract", "file", "line"), _VIOLATIONS)
def test_a_planted_violation_breaks_its_contract(house: Path, contract: str, file: str, line: str) -> None:
    planted = house / file
    before = planted.read_text("utf-8") if planted.exists() else None
    planted.write_text((before or "") + "\n" + line + "\n", "utf-8")
    try:
        done = _lint(house, contract)
    finally:
        if before is None:
            planted.unlink()
        else:
            planted.write_text(before, "utf-8")
    assert "BROKEN" in done.stdout, f"{contract} did not notice {file}: {done.stdout[-800:]} {done.stderr[-800:]}"


def test_every_contract_is_broken_by_one_of_these() -> None:
    import tomllib

    declared = tomllib.loads((_HOME / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]["contracts"]
    assert {c["id"] for c in declared} == {contract for contract, *_ in _VIOLATIONS}
