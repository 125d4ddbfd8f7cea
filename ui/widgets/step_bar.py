"""Where in the conversation we are: the sections as steps."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.style import MEDIUM, REGULAR, SEMIBOLD, colour, font, paint_icon, px
from ui.text import _
from ui.widgets.paint import Tone, paint_pill

_GAP, _DASH = 8, 10


class Where(StrEnum):
    """A step behind us, the one we are in, one to come."""

    DONE = "done"
    NOW = "now"
    TO_COME = "to_come"


@dataclass(frozen=True)
class Step:
    """One section: its name and where it is."""

    name: str
    where: Where = Where.TO_COME


class StepBar(QWidget):
    """Steps in a row: a tick for those done, a number for the others; when room is short only this one is named."""

    def __init__(self, steps: Sequence[Step] = ()) -> None:
        super().__init__()
        self._steps: tuple[Step, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.show_steps(steps)

    def show_steps(self, steps: Sequence[Step]) -> None:
        """Show other steps."""
        self._steps = tuple(steps)
        now = next((n for n, step in enumerate(self._steps, 1) if step.where is Where.NOW), 0)
        if now:
            name = self._steps[now - 1].name
            self.setAccessibleName(_("Step {now} of {all}: {name}", now=now, all=len(self._steps), name=name))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(self._needed(all_names=True), px(22))

    def minimumSizeHint(self) -> QSize:
        return QSize(min(self._needed(all_names=False), px(320)), px(22))

    def _needed(self, *, all_names: bool) -> int:
        widths = [self._width(step, named=all_names or step.where is Where.NOW) for step in self._steps]
        return sum(widths) + max(len(widths) - 1, 0) * px(2 * _GAP + _DASH)

    def _width(self, step: Step, *, named: bool) -> int:
        mark = px(16) if step.where is Where.DONE else px(30)
        return mark + (px(_GAP) + self._name_width(step) if named else 0)

    def _name_width(self, step: Step) -> int:
        weight = SEMIBOLD if step.where is Where.NOW else REGULAR
        return QFontMetrics(font("small", weight)).horizontalAdvance(step.name) + 2

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        all_names = self._needed(all_names=True) <= self.width()
        left = 0.0
        for number, step in enumerate(self._steps, 1):
            if number > 1:
                painter.setPen(QPen(colour("border"), 1))
                middle = self.height() / 2
                painter.drawLine(int(left + px(_GAP)), int(middle), int(left + px(_GAP + _DASH)), int(middle))
                left += px(2 * _GAP + _DASH)
            left = self._paint_step(painter, left, number, named=all_names or step.where is Where.NOW)

    def _paint_step(self, painter: QPainter, left: float, number: int, *, named: bool) -> float:
        step = self._steps[number - 1]
        if step.where is Where.DONE:
            side = px(16)
            paint_icon(painter, "circle-check", QRectF(left, (self.height() - side) / 2, side, side), "ok")
            left += side
        else:
            tone = Tone.ACCENT if step.where is Where.NOW else Tone.PLAIN
            paint_pill(painter, QRectF(left, (self.height() - px(20)) / 2, px(30), px(20)), str(number), tone)
            left += px(30)
        if not named:
            return left
        left += px(_GAP)
        now = step.where is Where.NOW
        painter.setFont(font("small", SEMIBOLD if now else MEDIUM if step.where is Where.DONE else REGULAR))
        painter.setPen(colour("text" if now else "muted"))
        width = self._name_width(step)
        painter.drawText(QRectF(left, 0, width + 4, self.height()), Qt.AlignmentFlag.AlignVCenter, step.name)
        return left + width
