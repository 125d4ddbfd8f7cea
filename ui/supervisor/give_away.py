"""The question after a late appointment: who keeps it?"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QButtonGroup, QDialog, QHBoxLayout, QVBoxLayout, QWidget

from callcenter.domain.agent import Agent
from ui.style import BOLD, px
from ui.text import _
from ui.widgets import Card, KeyButton, Kind, OptionRow, Scroll, label


class GiveAwayDialog(QDialog):
    """Choose the agent; `given` comes with the agent's id, `freed` when anybody may keep the appointment."""

    given = Signal(str)
    freed = Signal()

    def __init__(self, name: str, takers: Sequence[Agent], parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("give-away")
        self.setWindowTitle(_("Give away"))
        self.setModal(True)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setMinimumWidth(px(460))
        self._takers = tuple(takers)
        column = QVBoxLayout(self)
        column.setContentsMargins(px(24), px(20), px(24), px(16))
        column.setSpacing(px(12))
        column.addWidget(label(_("Who calls {name}?", name=name), "name", weight=BOLD, wrap=True))
        lead = (
            _("Only agents with a shift to come who may call this person.")
            if takers
            else _("Nobody else may call now.")
        )
        column.addWidget(label(lead, ink="muted", wrap=True))
        column.addWidget(self._rows(), 1)
        warning = Card("warn", margin=10)
        words = _("A laptop that is offline does not know this yet and may still call.")
        warning.body.addWidget(label(words, "small", ink="warn_text", wrap=True))
        column.addWidget(warning)
        column.addLayout(self._foot())

    def _rows(self) -> QWidget:
        content = QWidget()
        rows = QVBoxLayout(content)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(px(6))
        self._group = QButtonGroup(self)
        for place, agent in enumerate(self._takers):
            row = OptionRow(agent.short_name(), aside=agent.site, compact=True)
            row.setObjectName(f"taker-{place}")
            row.setChecked(place == 0)
            self._group.addButton(row, place)
            rows.addWidget(row)
        rows.addStretch(1)
        scroll = Scroll(content)
        scroll.setMaximumHeight(px(260))
        return scroll

    def _foot(self) -> QHBoxLayout:
        foot = QHBoxLayout()
        foot.setSpacing(px(8))
        back = KeyButton(_("Back"), "Esc", kind=Kind.QUIET)
        back.clicked.connect(self.reject)
        free = KeyButton(_("Anybody may"))
        free.setObjectName("free")
        free.setToolTip(_("The appointment is no longer tied to one agent."))
        free.clicked.connect(self._free)
        self._give = KeyButton(_("Give"), "Enter", kind=Kind.PRIMARY)
        self._give.setObjectName("give")
        self._give.setEnabled(bool(self._takers))
        self._give.clicked.connect(self._hand_over)
        foot.addWidget(back)
        foot.addStretch(1)
        foot.addWidget(free)
        foot.addWidget(self._give)
        return foot

    def _hand_over(self) -> None:
        place = self._group.checkedId()
        if place >= 0:
            self.given.emit(self._takers[place].id)
            self.accept()

    def _free(self) -> None:
        self.freed.emit()
        self.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter gives."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._hand_over()
            return
        super().keyPressEvent(event)
