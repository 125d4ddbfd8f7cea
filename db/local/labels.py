"""Whose stores lie on this laptop, told before any pass phrase and without loading what opens them."""

from __future__ import annotations

import contextlib
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from callcenter.domain.agent import Role

LABEL: Final = "label.json"


@dataclass(frozen=True)
class StoreLabel:
    """Who owns a store, as the sign-in list shows it before any pass phrase."""

    folder: Path
    name: str
    role: Role
    site: str


def stores_in(root: Path) -> tuple[StoreLabel, ...]:
    """Return the stores below a folder, by name; a folder without a readable label is no store."""
    labels = []
    for path in sorted(root.glob(f"[!.]*/{LABEL}")):
        with contextlib.suppress(OSError, KeyError, TypeError, ValueError):
            told = json.loads(path.read_text("utf-8"))
            labels.append(StoreLabel(path.parent, told["name"], Role(told["role"]), told["site"]))
    return tuple(sorted(labels, key=lambda found: (found.name.casefold(), found.role)))
