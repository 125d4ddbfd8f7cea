"""The final answers of one interview."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from callcenter.ids import Id


@dataclass(frozen=True)
class Response:
    """Answers of one questionnaire version by one respondent role; `facts` are the answers that have a meaning."""

    attempt: Id
    role: str
    form_id: str
    form_version: str
    form_sha256: str
    at: datetime
    values: Mapping[str, str] = field(default_factory=dict)
    facts: Mapping[str, str] = field(default_factory=dict)
    key_relevant: int = 0
    key_answered: int = 0

    @property
    def share(self) -> float:
        """Return the answered share of relevant key items, 0..1."""
        return self.key_answered / self.key_relevant if self.key_relevant else 0.0
