"""The one style sheet, generated from the tokens: what Qt's own widgets look like."""

from __future__ import annotations

from string import Template

from ui.style.look import code, px
from ui.style.tokens import COLOURS, RADIUS, RADIUS_CARD, RADIUS_SMALL, TYPE, Theme

_BASE = """
QWidget#window, QMainWindow, QDialog { background: $bg; }
QDialog, QMessageBox { background: $surface; }
QToolTip { background: $text; color: $surface; border: none; padding: ${p6}px ${p8}px; font-size: ${small}px; }
QLabel { background: transparent; }

QFrame[card="surface"] { background: $surface; border: 1px solid $border; border-radius: ${card}px; }
QFrame[card="raised"] { background: $raised; border: 1px solid $border; border-radius: ${radius}px; }
QFrame[card="bar"] { background: $surface; border: none; }
QFrame[card="top"] { background: $surface; border: none; border-bottom: 1px solid $border; }
QFrame[card="foot"] { background: $surface; border: none; border-top: 1px solid $border; }
QFrame[card="warn"] { background: $warn_soft; border: 1px solid $warn_soft; border-radius: ${radius}px; }
QFrame[card="bad"] { background: $bad_soft; border: 1px solid $bad_soft; border-radius: ${radius}px; }
QFrame[card="ok"] { background: $ok_soft; border: 1px solid $ok_soft; border-radius: ${radius}px; }
QFrame[rule="line"] { background: $border; border: none; }
"""

_FIELDS = """
QLineEdit, QPlainTextEdit, QTextEdit, QDateEdit, QTimeEdit, QDateTimeEdit, QSpinBox, QDoubleSpinBox, QComboBox {
  background: $surface; border: 1px solid $border_strong; border-radius: ${radius}px;
  padding: ${p6}px ${p12}px; min-height: ${p24}px; color: $text;
  selection-background-color: $primary; selection-color: $on_primary;
}
QPlainTextEdit, QTextEdit { padding: ${p4}px ${p8}px; }
QLineEdit:focus, QPlainTextEdit:focus, QTextEdit:focus, QAbstractSpinBox:focus, QComboBox:focus {
  border: 2px solid $focus; padding: ${p5}px ${p11}px;
}
QPlainTextEdit:focus, QTextEdit:focus { padding: ${p3}px ${p7}px; }
QLineEdit:disabled, QPlainTextEdit:disabled, QAbstractSpinBox:disabled, QComboBox:disabled {
  color: $faint; background: $raised; border-color: $border;
}
QComboBox::drop-down { border: none; width: ${p28}px; }
QComboBox::down-arrow { image: url("$chevron"); width: ${p16}px; height: ${p16}px; }
QComboBox QAbstractItemView {
  background: $surface; border: 1px solid $border; padding: ${p4}px; outline: none;
  selection-background-color: $primary_soft; selection-color: $text;
}
QDateEdit::drop-down { border: none; width: ${p28}px; }
QDateEdit::down-arrow { image: url("$chevron"); width: ${p16}px; height: ${p16}px; }
QAbstractSpinBox::up-button, QAbstractSpinBox::down-button { width: 0; border: none; }
QCheckBox, QRadioButton { spacing: ${p8}px; background: transparent; }
QCheckBox::indicator, QRadioButton::indicator {
  width: ${p16}px; height: ${p16}px; border: 1px solid $border_strong; background: $surface;
}
QCheckBox::indicator { border-radius: 4px; }
QRadioButton::indicator { border-radius: ${half16}px; }
QCheckBox::indicator:checked { background: $primary; border-color: $primary; image: url("$tick"); }
QRadioButton::indicator:checked { background: $primary; border: 4px solid $primary_soft; }
QCheckBox:focus, QRadioButton:focus { color: $primary_text; }
QPushButton {
  background: $surface; border: 1px solid $border; border-radius: ${radius}px;
  padding: ${p8}px ${p16}px; font-weight: 500;
}
QPushButton:hover { background: $raised; border-color: $border_strong; }
QPushButton:focus { border: 2px solid $focus; padding: ${p7}px ${p15}px; }
QPushButton:default { background: $primary; border-color: $primary; color: $on_primary; }
QPushButton:disabled { color: $faint; }
QToolButton { background: transparent; border: none; border-radius: ${small_radius}px; padding: ${p4}px; }
QToolButton:hover { background: $sunken; }
QToolButton:focus { border: 2px solid $focus; padding: ${p2}px; }
"""

_VIEWS = """
QScrollArea, QScrollArea > QWidget > QWidget[scrolled="true"] { background: transparent; border: none; }
QScrollBar:vertical { background: transparent; width: ${p12}px; margin: 0; }
QScrollBar:horizontal { background: transparent; height: ${p12}px; margin: 0; }
QScrollBar::handle { background: $border_strong; border-radius: 3px; margin: 3px; min-height: ${p24}px; }
QScrollBar::add-line, QScrollBar::sub-line, QScrollBar::add-page, QScrollBar::sub-page {
  background: transparent; border: none; width: 0; height: 0;
}
QTableView, QTreeView, QListView {
  background: $surface; border: none; outline: none; gridline-color: $border;
  selection-background-color: $primary_soft; selection-color: $text; alternate-background-color: $raised;
}
QListView::item { padding: ${p6}px ${p12}px; border-radius: ${small_radius}px; }
QListView::item:selected { background: $primary_soft; color: $text; }
QHeaderView { background: $surface; border: none; }
QHeaderView::section {
  background: $surface; color: $muted; border: none; border-bottom: 1px solid $border;
  padding: ${p8}px ${p12}px; font-size: ${small}px; font-weight: 600;
}
QMenu { background: $surface; border: 1px solid $border; padding: ${p4}px; }
QMenu::item { padding: ${p8}px ${p24}px; border-radius: ${small_radius}px; }
QMenu::item:selected { background: $primary_soft; color: $text; }
QMenu::separator { height: 1px; background: $border; margin: ${p4}px; }
QTabBar::tab { background: transparent; border: none; padding: ${p8}px ${p16}px; color: $muted; font-weight: 500; }
QTabBar::tab:selected { color: $primary_text; border-bottom: 2px solid $primary; }
QTabWidget::pane { border: none; border-top: 1px solid $border; }
QProgressBar { background: $sunken; border: none; border-radius: 4px; max-height: 8px; }
QProgressBar::chunk { background: $primary; border-radius: 4px; }
QCalendarWidget QAbstractItemView { background: $surface; selection-background-color: $primary; }
QCalendarWidget QWidget#qt_calendar_navigationbar { background: $raised; }
"""


def _labels() -> str:
    """Rules for labels that name their type size, weight and ink by properties (see widgets.label)."""
    sizes = [f'QLabel[type="{name}"] {{ font-size: {px(size)}px; }}' for name, size in TYPE.items()]
    weights = [f'QLabel[weight="{w}"] {{ font-weight: {w}; }}' for w in (400, 500, 600, 700)]
    inks = [f'QLabel[ink="{name}"] {{ color: {code(name)}; }}' for name in COLOURS[Theme.LIGHT]]
    return "\n".join([*sizes, *weights, *inks])


def sheet(chevron: str, tick: str) -> str:
    """Return the whole style sheet; the paths of two drawings that QSS can only take as files."""
    values: dict[str, object] = {name: code(name) for name in COLOURS[Theme.LIGHT]}
    values |= {name: px(size) for name, size in TYPE.items()}
    values |= {f"p{n}": px(n) for n in (2, 3, 4, 5, 6, 7, 8, 11, 12, 15, 16, 24, 28)}
    values |= {"radius": RADIUS, "card": RADIUS_CARD, "small_radius": RADIUS_SMALL, "half16": px(16) // 2 + 1}
    values |= {"chevron": chevron, "tick": tick}
    return Template(_BASE + _FIELDS + _VIEWS).substitute(values) + _labels()
