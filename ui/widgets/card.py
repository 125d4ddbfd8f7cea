"""Surfaces: cards with a 1 px border, lines between parts, and a scroll area that is only as high as it must be."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from ui.style import px

_LEAST = 280  # the narrowest column that still reads well


class Card(QFrame):
    """A surface with a column of parts in `body`.

    Grounds: surface (a card), raised (inside a card), top and foot (bars), warn, bad and ok (a message).
    """

    def __init__(self, ground: str = "surface", *, margin: int = 16, gap: int = 8) -> None:
        super().__init__()
        self.setProperty("card", ground)
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(px(margin), px(margin), px(margin), px(margin))
        self.body.setSpacing(px(gap))


class Line(QFrame):
    """A thin line between two parts."""

    def __init__(self, *, upright: bool = False) -> None:
        super().__init__()
        self.setProperty("rule", "line")
        if upright:
            self.setFixedWidth(1)
        else:
            self.setFixedHeight(1)


class Scroll(QScrollArea):
    """A column that scrolls down only, without a frame or a ground of its own."""

    def __init__(self, content: QWidget, *, fit: bool = False) -> None:
        super().__init__()
        self._fit = fit
        content.setProperty("scrolled", "true")
        content.setAutoFillBackground(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.viewport().setAutoFillBackground(False)
        self.setWidget(content)
        content.installEventFilter(self)
        if fit:
            self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        # It scrolls up and down only; sideways and with Alt an arrow means something else to the window.
        if event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            event.ignore()
            return
        super().keyPressEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if self._fit and event.type() == QEvent.Type.LayoutRequest:
            self.updateGeometry()
        return super().eventFilter(watched, event)

    def sizeHint(self) -> QSize:
        content = self.widget()
        if not self._fit or content is None:
            return super().sizeHint()
        wide = content.sizeHint().width()
        high = content.heightForWidth(self.width()) if content.hasHeightForWidth() else content.sizeHint().height()
        return QSize(wide, max(high, content.sizeHint().height() if high < 0 else high))

    def minimumSizeHint(self) -> QSize:
        content = self.widget()
        # What stands in a column wraps; a wide word must not push the window wider than a borrowed laptop.
        width = min(content.minimumSizeHint().width(), px(_LEAST)) if content is not None else 0
        return QSize(width, px(72))
