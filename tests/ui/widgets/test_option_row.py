from __future__ import annotations

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QButtonGroup, QVBoxLayout, QWidget

from ui.widgets import OptionRow, OptionToggle


def _rows(qtbot, kind, exclusive):
    window = QWidget()
    qtbot.addWidget(window)
    column = QVBoxLayout(window)
    group = QButtonGroup(window)
    group.setExclusive(exclusive)
    rows = [kind(words, str(n)) for n, words in enumerate(("Ja", "Nee", "Misschien"), 1)]
    for row in rows:
        group.addButton(row)
        column.addWidget(row)
    window.show()
    return window, rows


def test_exactly_one_row_of_a_group_is_chosen(qtbot):
    _window, rows = _rows(qtbot, OptionRow, exclusive=True)
    qtbot.mouseClick(rows[0], Qt.MouseButton.LeftButton)
    qtbot.mouseClick(rows[2], Qt.MouseButton.LeftButton)
    assert [r.isChecked() for r in rows] == [False, False, True]


def test_several_toggles_may_be_chosen(qtbot):
    _window, rows = _rows(qtbot, OptionToggle, exclusive=False)
    qtbot.mouseClick(rows[0], Qt.MouseButton.LeftButton)
    qtbot.mouseClick(rows[2], Qt.MouseButton.LeftButton)
    assert [r.isChecked() for r in rows] == [True, False, True]


def test_a_click_anywhere_on_the_row_chooses_it(qtbot):
    _window, rows = _rows(qtbot, OptionRow, exclusive=True)
    edge = QPoint(rows[1].width() - 3, rows[1].height() - 3)
    qtbot.mouseClick(rows[1], Qt.MouseButton.LeftButton, pos=edge)
    assert rows[1].isChecked()


def test_screen_readers_hear_role_and_key(qtbot):
    _window, rows = _rows(qtbot, OptionRow, exclusive=True)
    heard = QAccessible.queryAccessibleInterface(rows[1])
    assert heard.role() == QAccessible.Role.RadioButton
    assert rows[1].accessibleName() == "2. Nee"
    _window2, toggles = _rows(qtbot, OptionToggle, exclusive=False)
    assert QAccessible.queryAccessibleInterface(toggles[0]).role() == QAccessible.Role.CheckBox


def test_enter_is_left_to_the_window(qtbot):
    _window, rows = _rows(qtbot, OptionRow, exclusive=True)
    rows[0].setFocus()
    qtbot.keyClick(rows[0], Qt.Key.Key_Return)
    assert not rows[0].isChecked()


def test_long_words_wrap_and_the_row_grows(qtbot):
    row = OptionRow("Ik volg een opleiding bij een centrum voor volwassenenonderwijs of bij Syntra " * 3, "1")
    qtbot.addWidget(row)
    assert row.heightForWidth(400) > row.heightForWidth(2000)
    assert OptionRow("Ja", "1").heightForWidth(400) == 42
    assert OptionRow("Ja", "1", compact=True).heightForWidth(400) == 38
