"""The shape of every question the desk asks: a title, a line of explanation, the answers, the way on."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from ui.form.entries import focus_later
from ui.style import BOLD, px
from ui.text import _
from ui.widgets import KeyButton, Kind, Scroll, label


class Asking(QDialog):
    """A question above the desk: Enter goes on, Escape goes back and changes nothing."""

    def __init__(self, title: str, lead: str, parent: QWidget | None = None, *, width: int = 480) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setModal(True)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._width = px(width)
        self.setMinimumWidth(self._width)
        self._outer = outer = QVBoxLayout(self)
        outer.setContentsMargins(px(24), px(20), px(24), px(16))
        outer.setSpacing(px(12))
        outer.addWidget(label(title, "name", weight=BOLD, wrap=True))
        self.lead = label(lead, ink="muted", wrap=True)
        outer.addWidget(self.lead)
        if not lead:
            self.lead.hide()
        content = QWidget()
        self.body = QVBoxLayout(content)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(px(8))
        self.area = Scroll(content, fit=True)
        outer.addWidget(self.area, 1)
        self._foot = QHBoxLayout()
        self._foot.setSpacing(px(8))
        outer.addLayout(self._foot)
        self.go_back = KeyButton(_("Back"), "Esc", kind=Kind.QUIET)
        self.go_on = KeyButton(_("Go on"), "Enter", kind=Kind.PRIMARY)
        self.go_back.clicked.connect(self.reject)
        self.go_on.clicked.connect(self.confirm)
        self._foot.addWidget(self.go_back)
        self._foot.addStretch(1)
        self._foot.addWidget(self.go_on)

    def add_way(self, button: KeyButton) -> None:
        """Put another button before the one that goes on."""
        self._foot.insertWidget(self._foot.count() - 1, button)

    def sizeHint(self) -> QSize:
        """As wide as the question wants, not as its longest line would: lines wrap."""
        wide = max(self._width, self.minimumSizeHint().width())
        return QSize(wide, min(self._outer.totalHeightForWidth(wide), self._most()))

    def _most(self) -> int:
        """Return the height that the screen leaves; what is higher scrolls."""
        return self.screen().availableGeometry().height() - px(40)

    def event(self, event: QEvent) -> bool:
        heard = super().event(event)
        if event.type() == QEvent.Type.LayoutRequest and self.isVisible():
            self.grow()
        return heard

    def grow(self) -> None:
        """Make room for a part that appeared: the window grows, nothing is squeezed."""
        self.body.activate()
        self.area.updateGeometry()
        self._outer.invalidate()
        wanted = min(self._outer.totalHeightForWidth(self.width()), self._most())
        self.resize(self.width(), max(self.height(), wanted))

    def confirm(self) -> None:
        """Go on with the answer that is chosen."""
        self.accept()

    def first(self) -> QWidget | None:
        """Return the widget that has the focus first."""
        return self.go_on

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        first = self.first()
        if first is not None:
            focus_later(first, self)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take the keys that nothing with the focus wanted."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if self.go_on.isEnabled() and not self.go_on.isHidden():
                self.confirm()
            return
        super().keyPressEvent(event)
