"""The enrolment file that makes a laptop one person's device, and the code that opens it."""

from __future__ import annotations

import secrets
from pathlib import Path
from typing import Final

from callcenter.domain.codec import canonical, from_json, parse
from callcenter.errors import CallcenterError
from callcenter.text import N_
from db.cipher import PASSPHRASE, CannotOpen, read_small, write_small
from db.errors import translated
from db.types import Enrolment

# Crockford's letters: none of them is read for another one.
_LETTERS: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_READ_AS: Final = str.maketrans("OIL", "011")
_GROUPS, _GROUP = 4, 4


class WrongCode(CallcenterError):
    """The enrolment file does not open with this code."""

    code = "STORE-11"
    what = N_("This code does not open the enrolment file.")
    advice = N_("Check the file and type the code again. Spaces and capitals do not matter.")


def write_enrolment(path: Path, enrolment: Enrolment) -> str:
    """Write the file and return its one-time code, to be told apart from it, as `7KQ2 M0XD PA4R 9TNB`."""
    groups = ["".join(secrets.choice(_LETTERS) for _ in range(_GROUP)) for _ in range(_GROUPS)]
    code = " ".join(groups)
    with translated():
        path.parent.mkdir(parents=True, exist_ok=True)
        write_small(path, _normal(code), PASSPHRASE, {"enrolment": canonical(enrolment)})
    return code


def open_enrolment(path: Path, code: str) -> Enrolment:
    """Return what the file holds; WrongCode when the code does not fit or the file is none."""
    try:
        told = read_small(path, _normal(code), PASSPHRASE)
        return from_json(Enrolment, parse(told["enrolment"]))
    except (CannotOpen, KeyError, OSError, TypeError, ValueError) as error:
        raise WrongCode() from error


def _normal(code: str) -> str:
    return "".join(c for c in code.upper().translate(_READ_AS) if c in _LETTERS)
