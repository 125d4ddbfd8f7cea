"""The project's shared references (lists, forms), when they lie beside the checkout."""

from __future__ import annotations

from pathlib import Path

import pytest

_SHARED = Path(__file__).resolve().parents[2] / "shared"


def shared(name: str) -> Path:
    """Return the path of a shared reference file; skip the test when it is not there."""
    path = _SHARED / name
    if not path.exists():
        pytest.skip(f"the shared reference {name} is not beside this checkout")
    return path
