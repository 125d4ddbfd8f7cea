"""What the preview needs from outside."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from callcenter.clock import Clock
from callcenter.forms.session import FormDefinition


@dataclass(frozen=True)
class PreviewActions:
    """`read` loads the form of the file; it runs in the free lane and may raise a CallcenterError."""

    file: Path
    read: Callable[[], FormDefinition]
    now: Clock
