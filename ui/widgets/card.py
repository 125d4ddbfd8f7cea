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
        self._fit, self._content = fit, content
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
            policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
            policy.setHeightForWidth(True)
            self.setSizePolicy(policy)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        # It scrolls up and down only; sideways and with Alt an arrow means something else to the window.
        if event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            event.ignore()
            return
        super().keyPressEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        # Qt may still send events to a window whose Python half is gone.
        if getattr(self, "_fit", False) and event.type() == QEvent.Type.LayoutRequest:
            self.updateGeometry()
        return super().eventFilter(watched, event)

    def hasHeightForWidth(self) -> bool:
        return self._fit

    def heightForWidth(self, width: int) -> int:
        high = self._content.heightForWidth(width) if self._content.hasHeightForWidth() else -1
        return high if high >= 0 else self._content.sizeHint().height()

    def sizeHint(self) -> QSize:
        if not self._fit:
            return super().sizeHint()
        wide = self._content.sizeHint().width()
        return QSize(wide, self.heightForWidth(max(self.width(), px(_LEAST))))

    def minimumSizeHint(self) -> QSize:
        # What stands in a column wraps; a wide word must not push the window wider than a borrowed laptop.
        width = min(self._content.minimumSizeHint().width(), px(_LEAST))
        return QSize(width, px(72))
