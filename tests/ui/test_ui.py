from __future__ import annotations

import sys

from PySide6.QtCore import QObject

import ui


def test_calls_without_an_answer_never_use_up_none():
    assert ui.__doc__
    thing = QObject()
    for _ in range(20_000):
        thing.setObjectName("x")
    assert sys.getrefcount(None) > 1_000_000
