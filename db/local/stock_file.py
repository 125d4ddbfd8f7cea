"""The file that brings an operator's stock to an office: labels, codes, recovery secrets, under a code of its own."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Final

from callcenter.domain.codec import canonical, from_json, parse, to_json
from callcenter.errors import CallcenterError
from callcenter.ports import StockEntry
from callcenter.text import N_
from db.cipher import PASSPHRASE, CannotOpen, read_small, write_small
from db.errors import translated
from db.local.spoken import new_code, plain

_STOCK: Final = "stock"
# 130 bits, so that it needs no slow guessing.
_RECOVERY_LETTERS: Final = 26


class StockClosed(CallcenterError):
    """The stock does not open with this code, or the file is none."""

    code = "STORE-17"
    what = N_("This code does not open the stock.")
    advice = N_("Choose the file office.stock, and type the code that the operator was shown with it.")


def new_recovery() -> str:
    """Return a recovery secret that can be read out, `7KQ2 M0XD PA4R 9TNB ...`."""
    return new_code(_RECOVERY_LETTERS)


def write_stock(path: Path, entries: Iterable[StockEntry]) -> str:
    """Write the file and return its code."""
    code = new_code()
    with translated():
        write_small(path, plain(code), PASSPHRASE, {_STOCK: canonical([to_json(each) for each in entries])})
    return code


def open_stock(path: Path, code: str) -> tuple[StockEntry, ...]:
    """Return the entries of a file; StockClosed when the code does not fit or the file is none."""
    try:
        told = read_small(path, plain(code), PASSPHRASE)
        return tuple(from_json(StockEntry, each) for each in parse(told[_STOCK]))
    except (CannotOpen, KeyError, OSError, TypeError, ValueError) as error:
        raise StockClosed() from error
