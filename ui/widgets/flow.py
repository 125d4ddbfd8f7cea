"""Widgets in rows that break like words do."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QRect, QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.style import px


class Flow(QWidget):
    """Places its parts from left to right and begins a new row where they no longer fit."""

    def __init__(self, parts: Sequence[QWidget], *, gap: int = 6, centred: bool = False) -> None:
        super().__init__()
        self._centred = centred
        self._parts = tuple(parts)
        self._gap = px(gap)
        for part in self._parts:
            part.setParent(self)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._place(width, move=False)

    def sizeHint(self) -> QSize:
        widths = [p.sizeHint().width() + self._gap for p in self._parts if not p.isHidden()]
        return QSize(sum(widths), self._place(max(self.width(), 1), move=False))

    def minimumSizeHint(self) -> QSize:
        widest = max((p.sizeHint().width() for p in self._parts), default=0)
        return QSize(min(widest, px(120)), max((p.sizeHint().height() for p in self._parts), default=0))

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._place(event.size().width(), move=True)
        self.updateGeometry()

    def _place(self, width: int, *, move: bool) -> int:
        top = 0
        for row in self._rows(width):
            sizes = [part.sizeHint().boundedTo(QSize(max(width, 1), 10_000)) for part in row]
            height = max(size.height() for size in sizes)
            wide = sum(size.width() for size in sizes) + self._gap * (len(row) - 1)
            left = max((width - wide) // 2, 0) if self._centred else 0
            for part, size in zip(row, sizes, strict=True):
                if move:
                    part.setGeometry(QRect(QPoint(left, top), size))
                left += size.width() + self._gap
            top += height + self._gap
        return max(top - self._gap, 0)

    def _rows(self, width: int) -> list[list[QWidget]]:
        rows: list[list[QWidget]] = []
        left = 0
        for part in self._parts:
            if part.isHidden():
                continue
            wide = part.sizeHint().width()
            if not rows or left + wide > width:
                rows.append([])
                left = 0
            rows[-1].append(part)
            left += wide + self._gap
        return rows
