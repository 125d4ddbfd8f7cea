from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from callcenter.app.operator import command
from callcenter.clock import now
from callcenter.ids import new_id
from db import cipher
from db.local import enrolment, stock_file, vault
from tests.db.central.conftest import door
from tests.db.conftest import postgres_url

__all__ = ["postgres_url"]


class Operator:
    """Somebody at the command line of one organisation in a PostgreSQL of its own."""

    def __init__(self, url: str, org: str, capsys: pytest.CaptureFixture[str]) -> None:
        self.url, self.org, self._capsys = url, org, capsys
        self.told = ""
        host, port = door(url)
        self.address = f"{host}:{port}"

    def run(self, *words: str) -> int:
        """Run a command and keep what it printed."""
        status = command.run([words[0], "--url", self.url, "--org", self.org, *words[1:]])
        out, err = self._capsys.readouterr()
        self.told = out or err
        return status

    def enrol(self, folder: Path, count: int, *words: str) -> list[dict[str, Any]]:
        """Make enrolment files and return what was told of each."""
        place = ("--out", str(folder), "--address", self.address)
        site = () if "--site" in words else ("--site", "Gent")
        assert self.run("enrol", "--count", str(count), *place, *site, "--json", *words) == 0, self.told
        found: list[dict[str, Any]] = json.loads(self.told)
        return found


@pytest.fixture
def operator(postgres_url: str, capsys: pytest.CaptureFixture[str], quick: None) -> Operator:
    made = Operator(postgres_url, f"org-{new_id(now())}", capsys)
    assert made.run("init") == 0
    return made


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """A guess of a secret is slow on purpose; tests of what it opens need not wait."""
    for module in (vault, enrolment, stock_file):
        monkeypatch.setattr(module, "PASSPHRASE", cipher.RANDOM_SECRET)
