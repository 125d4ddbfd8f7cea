"""The way through the questions: back, the non-answers, next."""

from __future__ import annotations

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QWidget

from ui.style import px
from ui.text import _
from ui.widgets import KeyButton, Kind


class Navigation(QWidget):
    """One row of buttons; two rows when the window is narrow."""

    next_asked = Signal()
    back_asked = Signal()
    dont_know_asked = Signal()
    wont_say_asked = Signal()
    not_applicable_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.back = KeyButton(_("Previous"), "Alt ←", icon="arrow-left")
        self.dont_know = KeyButton(_("Does not know"), "W", kind=Kind.QUIET)
        self.wont_say = KeyButton(_("Will not answer"), "X", kind=Kind.QUIET)
        self.not_applicable = KeyButton(_("Not applicable"), "N", kind=Kind.QUIET)
        self.next = KeyButton(_("Next"), "Enter", icon="arrow-right", kind=Kind.PRIMARY, icon_after=True)
        self.next.set_height(44)
        self.back.clicked.connect(self.back_asked)
        self.dont_know.clicked.connect(self.dont_know_asked)
        self.wont_say.clicked.connect(self.wont_say_asked)
        self.not_applicable.clicked.connect(self.not_applicable_asked)
        self.next.clicked.connect(self.next_asked)
        self._silent = QWidget()
        row = QHBoxLayout(self._silent)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(px(4))
        for button in (self.dont_know, self.wont_say, self.not_applicable):
            row.addWidget(button)
        row.addStretch(1)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(px(8))
        self._narrow: bool | None = None
        self._arrange(narrow=False)
        self.offer(back=False, dont_know=False, wont_say=False, not_applicable=False)

    def offer(self, *, back: bool, dont_know: bool, wont_say: bool, not_applicable: bool) -> None:
        """Show the buttons that this page can use."""
        self.back.setEnabled(back)
        self.dont_know.setVisible(dont_know)
        self.wont_say.setVisible(wont_say)
        self.not_applicable.setVisible(not_applicable)
        self._fit(self.width())

    def show_chosen(self, code: str) -> None:
        """Show which non-answer (97, 98, 99) is the answer now; any other value is none of them."""
        for button, own in ((self.not_applicable, "97"), (self.dont_know, "98"), (self.wont_say, "99")):
            button.set_kind(Kind.CHOSEN if own == code else Kind.QUIET)

    def minimumSizeHint(self) -> QSize:
        """Two rows are always possible, so the window may be as narrow as the wider of them."""
        silent = self._silent.minimumSizeHint().width()
        ways = self.back.minimumSizeHint().width() + self.next.minimumSizeHint().width() + px(24)
        return QSize(max(silent, ways), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._fit(event.size().width())

    def _fit(self, width: int) -> None:
        silent = [b for b in (self.dont_know, self.wont_say, self.not_applicable) if not b.isHidden()]
        # Icons go before the row breaks in two.
        needed = sum(b.minimumSizeHint().width() + px(8) for b in (self.back, self.next, *silent))
        self._arrange(narrow=bool(silent) and needed > width)

    def _arrange(self, *, narrow: bool) -> None:
        if narrow == self._narrow:
            return
        self._narrow = narrow
        for part in (self.back, self._silent, self.next):
            self._grid.removeWidget(part)
        if narrow:
            self._grid.addWidget(self._silent, 0, 0, 1, 3)
            self._grid.addWidget(self.back, 1, 0)
            self._grid.addWidget(self.next, 1, 2)
        else:
            self._grid.addWidget(self.back, 0, 0)
            self._grid.addWidget(self._silent, 0, 1)
            self._grid.addWidget(self.next, 0, 2)
        self._grid.setColumnStretch(1, 1)
        self.updateGeometry()
