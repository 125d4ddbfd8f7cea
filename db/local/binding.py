"""Which device an enrolment is bound to while its store is not there yet.

Central binds an enrolment at the first hello, and only then tells whose it is. A program that is killed in between
must say the same device again, or its enrolment would be lost.
"""

from __future__ import annotations

import contextlib
import secrets
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from callcenter.ids import Id, new_id
from db.cipher import RANDOM_SECRET, CannotOpen, read_small, write_small
from db.errors import translated
from db.local.spoken import plain


@dataclass(frozen=True)
class Binding:
    """A device and the epoch of its store, which proves it to central."""

    device: Id
    db_epoch: str


def binding_in(path: Path, code: str, at: datetime) -> Binding:
    """Return the binding of a file, locked with the code of the enrolment; made now when there is none."""
    with contextlib.suppress(CannotOpen, OSError, TypeError):
        return Binding(**read_small(path, plain(code), RANDOM_SECRET))
    made = Binding(new_id(at), secrets.token_hex(16))
    with translated():
        path.parent.mkdir(parents=True, exist_ok=True)
        coming = path.with_name(f"{path.name}.new")
        write_small(coming, plain(code), RANDOM_SECRET, asdict(made))
        coming.replace(path)
    return made
