"""The question after a late appointment: who keeps it?"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QButtonGroup, QCheckBox, QDialog, QHBoxLayout, QVBoxLayout, QWidget

from callcenter.domain.agent import Agent
from callcenter.usecases.forcing import Holder
from ui.style import BOLD, px
from ui.text import _, current
from ui.widgets import Card, KeyButton, Kind, OptionRow, Scroll, label


class GiveAwayDialog(QDialog):
    """Choose the agent; `given` comes with the agent's id, `freed` when anybody may keep the appointment."""

    given = Signal(str)
    freed = Signal()

    def __init__(self, name: str, takers: Sequence[Agent], holder: Holder | None, parent: QWidget) -> None:
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
        column.addLayout(self._foot())
        if holder is not None:
            column.insertWidget(column.count() - 1, self._risk(name, holder))

    def _risk(self, name: str, holder: Holder) -> Card:
        """Say plainly what may happen, and let nobody give before it was read."""
        card = Card("warn", margin=12)
        words = _(
            "{agent} has this person until {time}. If that laptop has no network, {agent} may still call {name}"
            " tonight, and then two people call. Only if you reach {agent} yourself you are sure.",
            agent=holder.name,
            time=current().time(holder.until),
            name=name,
        )
        card.body.addWidget(label(words, "small", ink="warn_text", wrap=True))
        self.known = QCheckBox(_("I know that {agent} may still call", agent=holder.name))
        self.known.setObjectName("risk-known")
        self.known.toggled.connect(self._allow)
        card.body.addWidget(self.known)
        self._allow(known=False)
        return card

    def _allow(self, known: bool) -> None:  # noqa: FBT001 - a Qt signal calls it
        self._give.setEnabled(known and bool(self._takers))

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
        if place >= 0 and self._give.isEnabled():
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
