from __future__ import annotations

from tests.callcenter.app.operator.conftest import operator, quick
from tests.db.conftest import postgres_url

__all__ = ["operator", "postgres_url", "quick"]
