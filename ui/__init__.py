"""The screens: how the work is seen. See README.md beside this file."""

from __future__ import annotations

import ctypes
import sys


def _keep_constants_alive() -> None:
    """Give None, True and False so many references that they can never be freed.

    PySide6 6.12's wheels are built with headers of Python 3.12 or newer, where these are immortal: every call that
    returns nothing gives back a reference to None that it never took. On Python 3.11 the program would stop with
    "none_dealloc" after some thousands of calls.
    """
    for constant in (None, True, False, NotImplemented):
        # The reference count is the first field of every object in CPython.
        ctypes.c_ssize_t.from_address(id(constant)).value += 1 << 60


if sys.version_info < (3, 12):
    _keep_constants_alive()
