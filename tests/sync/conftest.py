from __future__ import annotations

from tests.db.conftest import _quick_guesses, postgres_url

__all__ = ["_quick_guesses", "postgres_url"]
