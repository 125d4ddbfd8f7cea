"""What a person would see or hear of a window: cut texts, nameless widgets, the Tab cycle."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QAbstractSpinBox,
    QApplication,
    QLabel,
    QLineEdit,
    QScrollArea,
    QWidget,
)

from ui.widgets import Elided, KeyButton, Pill


def settle() -> None:
    """Let layouts finish."""
    for _ in range(4):
        QApplication.sendPostedEvents()
        QApplication.processEvents()


def shown(window: QWidget) -> list[QWidget]:
    """Return the window's visible widgets."""
    return [w for w in window.findChildren(QWidget) if w.isVisible()]


def cut(window: QWidget) -> list[str]:
    """Return the texts that have less room than they need."""
    found = []
    for widget in shown(window):
        if isinstance(widget, QLabel) and widget.text() and _label_cut(widget):
            found.append(f"{widget.text()!r} {widget.size().toTuple()} < {widget.sizeHint().toTuple()}")
        if isinstance(widget, KeyButton | Pill) and _least(widget).width() > widget.width():
            found.append(f"{widget.text()!r} {widget.width()} < {_least(widget).width()}")
        found += _outside(widget, window)
    return found


def _least(widget: QWidget):
    return widget.minimumSizeHint() if isinstance(widget, KeyButton) else widget.sizeHint()


def _label_cut(made: QLabel) -> bool:
    if made.wordWrap():
        return made.heightForWidth(made.width()) > made.height() + 1
    return made.sizeHint().width() > made.width() + 1 or made.sizeHint().height() > made.height() + 1


def _outside(widget: QWidget, window: QWidget) -> list[str]:
    """A widget that sticks out of its parent is cut, unless it lies in something that scrolls."""
    parent = widget.parentWidget()
    if parent is None or widget.isWindow() or parent.isWindow() and parent is not window:
        return []
    if isinstance(parent.parentWidget(), QAbstractScrollArea) or isinstance(parent, QAbstractScrollArea):
        return []
    if isinstance(parent, QAbstractSpinBox | QLineEdit):
        return []
    if parent.rect().adjusted(-1, -1, 1, 1).contains(widget.geometry()):
        return []
    return [f"{type(widget).__name__} {widget.accessibleName()!r} {widget.geometry()} sticks out of {parent.rect()}"]


def nameless(window: QWidget) -> list[str]:
    """Return the widgets that Tab reaches and that a screen reader could not name."""
    found = []
    for widget in shown(window):
        if not widget.focusPolicy() & Qt.FocusPolicy.TabFocus or isinstance(widget, QScrollArea):
            continue
        if widget.focusProxy() is not None or isinstance(widget.parentWidget(), QAbstractSpinBox):
            continue
        words = widget.accessibleName() or (widget.text() if isinstance(widget, QAbstractButton) else "")
        if not words:
            found.append(f"{type(widget).__name__} {widget.objectName()}")
    return found


def tab_cycle(window: QWidget) -> list[QWidget]:
    """Return the visible widgets in the order in which Tab reaches them."""
    order, widget = [], window.nextInFocusChain()
    while widget is not window and len(order) < 2000:
        if widget.isVisibleTo(window) and widget.isEnabled() and widget.focusPolicy() & Qt.FocusPolicy.TabFocus:
            order.append(widget)
        widget = widget.nextInFocusChain()
    return order


def texts(window: QWidget) -> list[str]:
    """Return what stands in the window's labels, buttons and single lines."""
    return [w.text() for w in shown(window) if isinstance(w, QLabel | QAbstractButton | Elided)]
