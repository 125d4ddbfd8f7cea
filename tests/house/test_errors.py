"""The error catalogue: every error that a user can act on has its own code and both sentences."""

from __future__ import annotations

import importlib
import pkgutil
import re
from collections import Counter

import pytest

import callcenter
import db
import ui
from callcenter.errors import CallcenterError

_CODE = re.compile(r"^[A-Z]+-\d\d$")


def _all_errors() -> list[type[CallcenterError]]:
    for package in (callcenter, db, ui):
        for module in pkgutil.walk_packages(package.__path__, package.__name__ + "."):
            if ".migrations." not in module.name and not module.name.endswith("__main__"):
                importlib.import_module(module.name)
    found: list[type[CallcenterError]] = []
    waiting = [CallcenterError]
    while waiting:
        kind = waiting.pop()
        found.append(kind)
        waiting += kind.__subclasses__()
    return [k for k in found if k.__module__.partition(".")[0] in ("callcenter", "db", "ui")]


def test_each_error_has_a_code_of_its_own() -> None:
    codes = Counter(kind.code for kind in _all_errors() if "code" in vars(kind))
    assert [code for code, times in codes.items() if times > 1] == []
    assert [code for code in codes if not _CODE.match(code)] == []


@pytest.mark.parametrize("sentence", ["what", "advice"])
def test_each_error_says_what_happened_and_what_to_do(sentence: str) -> None:
    # A sentence may end with a fact that is a sentence itself.
    ends = (".", "?", "{reason}", "{expression}")
    silent = [k.__name__ for k in _all_errors() if "code" in vars(k) and not getattr(k, sentence).endswith(ends)]
    assert silent == []
