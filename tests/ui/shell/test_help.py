from __future__ import annotations

import re

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QListWidget, QTextBrowser
from pytestqt.qtbot import QtBot

from callcenter.text import LANGUAGES
from tests.ui import seen
from tests.ui.conftest import wear
from ui.agent.small_dialogs import KEYS
from ui.shell.help import PAGES, HelpWindow, page_file
from ui.style import Theme

_CAP = re.compile(r"`([^`]+)`")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("page", PAGES)
def test_every_page_exists_in_every_language_and_begins_with_its_title(page: str, language: str) -> None:
    lines = page_file(page, language).read_text("utf-8").splitlines()
    assert lines[0].startswith("# ")
    assert not [line for line in lines[1:] if line.startswith("# ")]


@pytest.mark.parametrize("page", PAGES)
def test_a_page_has_the_same_parts_and_keys_in_every_language(page: str) -> None:
    texts = [page_file(page, language).read_text("utf-8") for language in LANGUAGES]
    assert len({text.count("\n## ") for text in texts}) == 1
    assert len({frozenset(_CAP.findall(text)) for text in texts}) == 1


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_key_on_the_agents_page_is_a_key_of_the_desk_and_none_is_left_out(language: str) -> None:
    told = set(_CAP.findall(page_file("agent", language).read_text("utf-8")))
    known = {key for key, _words in KEYS} - {"1 – 9"} | {"1", "9"}
    assert told == known


def test_there_is_no_page_that_the_list_does_not_show() -> None:
    for language in LANGUAGES:
        assert {file.stem for file in page_file("agent", language).parent.iterdir()} == set(PAGES)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_window_opens_at_the_asked_page_and_shows_the_others_by_keys(qtbot: QtBot, qapp, language: str) -> None:
    wear(qapp, language, Theme.LIGHT, 1.3)
    window = HelpWindow("supervisor")
    qtbot.addWidget(window)
    window.show()
    pages, page = window.findChild(QListWidget), window.findChild(QTextBrowser)
    assert page.toPlainText().startswith(pages.currentItem().text())
    qtbot.keyClick(pages, Qt.Key.Key_Down)
    assert pages.currentRow() == PAGES.index("coordinator")
    assert page.toPlainText().startswith(pages.currentItem().text())
    assert seen.cut(window) == []
