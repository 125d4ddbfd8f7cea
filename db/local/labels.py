"""Whose stores lie on this laptop, told before any pass phrase and without loading what opens them."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from callcenter.domain.agent import Role
from db.local.aside import ASIDE, is_saved

LABEL: Final = "label.json"


@dataclass(frozen=True)
class StoreLabel:
    """Who owns a store, as the sign-in list shows it before any pass phrase.

    `aside`: it was set aside, and what is in it did not go to the office yet.
    """

    folder: Path
    name: str
    role: Role
    site: str
    aside: bool = False


def stores_in(root: Path) -> tuple[StoreLabel, ...]:
    """Return the stores below a folder, by name, those set aside last; a folder without a readable label is none."""
    labels = [*_labels(root, aside=False), *(x for x in _labels(root / ASIDE, aside=True) if not is_saved(x.folder))]
    return tuple(sorted(labels, key=lambda found: (found.aside, found.name.casefold(), found.role)))


def _labels(root: Path, *, aside: bool) -> Iterator[StoreLabel]:
    for path in sorted(root.glob(f"[!.]*/{LABEL}")):
        with contextlib.suppress(OSError, KeyError, TypeError, ValueError):
            told = json.loads(path.read_text("utf-8"))
            yield StoreLabel(path.parent, told["name"], Role(told["role"]), told["site"], aside)
