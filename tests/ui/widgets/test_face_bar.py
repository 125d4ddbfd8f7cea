from __future__ import annotations

from datetime import UTC, datetime

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from tests.ui.seen import settle
from ui.widgets import Elided, KeyButton
from ui.widgets.face_bar import FaceBar, NavEntry, Safety

_PAGES = (NavEntry("one", "Eerste", "users"), NavEntry("two", "Tweede", "inbox"))
_NOON = datetime(2026, 6, 22, 10, 0, tzinfo=UTC)


def _bar(qtbot: QtBot) -> FaceBar:
    bar = FaceBar(_PAGES, "Sofie Maes")
    qtbot.addWidget(bar)
    bar.resize(1200, 56)
    bar.show()
    settle()
    return bar


def _words(bar: FaceBar) -> list[str]:
    return [part.text() for part in bar.findChildren(Elided)]


@pytest.mark.parametrize(
    ("safety", "words"),
    [
        (Safety(), "Nog niet gesynchroniseerd"),
        (Safety(0, _NOON), "Bijgewerkt om 12:00"),
        (Safety(3, _NOON, online=False), "Offline · 3 wijzigingen wachten"),
        (Safety(1, _NOON, online=True), "1 wijziging wacht op versturen"),
        (Safety(0, _NOON, online=True, set_aside=2), "De centrale weigerde 2 wijzigingen"),
    ],
)
def test_the_bar_tells_the_truth_about_what_waits(qtbot: QtBot, safety: Safety, words: str) -> None:
    bar = _bar(qtbot)
    bar.show_safety(safety)
    assert words in _words(bar)


def test_a_key_opens_a_page_and_the_open_one_says_so(qtbot: QtBot) -> None:
    bar = _bar(qtbot)
    asked: list[str] = []
    bar.page_asked.connect(asked.append)
    qtbot.keyClick(bar, Qt.Key.Key_2, Qt.KeyboardModifier.ControlModifier)
    bar.show_page("two")
    bar.show_count("two", 4)
    names = [bar.findChild(KeyButton, f"page-{key}").accessibleName() for key in ("one", "two")]
    assert (asked, names) == (["two"], ["Eerste", "Tweede (4), nu open"])
