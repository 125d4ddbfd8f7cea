"""The program's own windows, without a screen."""

from __future__ import annotations

import os

import pytest

from db import cipher
from db.local import enrolment, vault

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")


@pytest.fixture(autouse=True)
def _quick_guesses(monkeypatch: pytest.MonkeyPatch) -> None:
    """A guess of a pass phrase is slow on purpose; these tests need not wait for it."""
    monkeypatch.setattr(vault, "PASSPHRASE", cipher.RANDOM_SECRET)
    monkeypatch.setattr(vault, "tuned", lambda cost: cost)
    monkeypatch.setattr(enrolment, "PASSPHRASE", cipher.RANDOM_SECRET)
