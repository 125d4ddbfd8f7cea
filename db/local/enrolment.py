"""The enrolment file that makes a laptop one person's device, and the code that opens it."""

from __future__ import annotations

from pathlib import Path

from callcenter.domain.codec import canonical, from_json, parse
from callcenter.errors import CallcenterError
from callcenter.text import N_
from db.cipher import PASSPHRASE, CannotOpen, read_small, write_small
from db.errors import translated
from db.local.spoken import new_code, plain
from db.types import Enrolment


class WrongCode(CallcenterError):
    """The enrolment file does not open with this code."""

    code = "STORE-11"
    what = N_("This code does not open the enrolment file.")
    advice = N_("Check the file and type the code again. Spaces and capitals do not matter.")


def write_enrolment(path: Path, enrolment: Enrolment) -> str:
    """Write the file and return its one-time code, to be told apart from it, as `7KQ2 M0XD PA4R 9TNB`."""
    code = new_code()
    with translated():
        path.parent.mkdir(parents=True, exist_ok=True)
        write_small(path, plain(code), PASSPHRASE, {"enrolment": canonical(enrolment)})
    return code


def open_enrolment(path: Path, code: str) -> Enrolment:
    """Return what the file holds; WrongCode when the code does not fit or the file is none."""
    try:
        told = read_small(path, plain(code), PASSPHRASE)
        return from_json(Enrolment, parse(told["enrolment"]))
    except (CannotOpen, KeyError, OSError, TypeError, ValueError) as error:
        raise WrongCode() from error
