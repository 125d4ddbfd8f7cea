from __future__ import annotations

import pytest

from db import cipher
from db.local import enrolment, vault


@pytest.fixture(autouse=True)
def _quick_guesses(monkeypatch: pytest.MonkeyPatch) -> None:
    """A guess of a pass phrase is slow on purpose; tests of what it opens need not wait."""
    monkeypatch.setattr(vault, "PASSPHRASE", cipher.RANDOM_SECRET)
    monkeypatch.setattr(enrolment, "PASSPHRASE", cipher.RANDOM_SECRET)
