"""The right card: what to say at a hard moment, a note, and help."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QPlainTextEdit, QSizePolicy, QVBoxLayout, QWidget

from callcenter.usecases.views import HelpCard
from ui.style import RADIUS, SEMIBOLD, colour, font, look, paint_icon, px
from ui.text import _
from ui.widgets import Card, KeyButton, Line, Scroll, label
from ui.widgets.icon import Pressed
from ui.widgets.paint import box

_WORDS = int(Qt.TextFlag.TextWordWrap)
_WIDTH, _LEAST = 272, 190
_LARGE = 1.3
_PAUSE = 400  # ms without a key before a note is kept


class CardButton(Pressed, QAbstractButton):
    """A help card: its title and summary; a press opens it."""

    def __init__(self, card: HelpCard) -> None:
        super().__init__()
        self._card = card
        self.setText(card.title)
        self.setAccessibleName(card.title)
        self.setAccessibleDescription(card.summary)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        title, summary = self._heights(width)
        return title + summary + px(24)

    def sizeHint(self) -> QSize:
        return QSize(px(200), px(56))

    def minimumSizeHint(self) -> QSize:
        return QSize(px(140), px(44))

    def _heights(self, width: int) -> tuple[int, int]:
        room = max(width - px(54), px(60))
        title = QFontMetrics(font("body", SEMIBOLD)).boundingRect(0, 0, room, 9999, _WORDS, self._card.title)
        summary = QFontMetrics(font("caption")).boundingRect(0, 0, room, 9999, _WORDS, self._card.summary)
        return title.height(), summary.height() + px(2) if self._card.summary else 0

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        whole = QRectF(self.rect())
        edge = QPen(colour("focus"), 2) if self.hasFocus() else QPen(colour("border"), 1)
        if self.underMouse() and not self.hasFocus():
            edge = QPen(colour("border_strong"), 1)
        box(painter, whole, RADIUS, colour("raised"), edge)
        title, summary = self._heights(self.width())
        room = self.width() - px(54)
        top = (self.height() - title - summary) / 2
        painter.setPen(colour("text"))
        painter.setFont(font("body", SEMIBOLD))
        painter.drawText(QRectF(px(13), top, room, title + 2), _WORDS, self._card.title)
        painter.setPen(colour("muted"))
        painter.setFont(font("caption"))
        painter.drawText(QRectF(px(13), top + title + px(2), room, summary + 2), _WORDS, self._card.summary)
        side = px(16)
        spot = QRectF(whole.right() - px(28), (whole.height() - side) / 2, side, side)
        paint_icon(painter, "chevron-right", spot, "muted")


class NoteField(QPlainTextEdit):
    """The note of this call; `noted` comes shortly after the last key and when the field is left."""

    noted = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setTabChangesFocus(True)
        self.setPlaceholderText(_("Only what the next caller needs"))
        self.setAccessibleName(_("Note"))
        self.setFixedHeight(px(88))
        self._kept = ""
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.setInterval(_PAUSE)
        self._wait.timeout.connect(self.keep)
        self.textChanged.connect(self._wait.start)

    def show_note(self, text: str) -> None:
        """Show another call's note; what is being typed in this one stays."""
        if self.hasFocus() and self.toPlainText():
            return
        self._kept = text
        if self.toPlainText() != text:
            self.setPlainText(text)
        self._wait.stop()

    def clear_note(self) -> None:
        """Begin a call with an empty note."""
        self._kept = ""
        self.setPlainText("")
        self._wait.stop()

    def keep(self) -> None:
        """Tell what was typed and not told yet."""
        self._wait.stop()
        text = self.toPlainText()
        if text != self._kept:
            self._kept = text
            self.noted.emit(text)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self.keep()
        super().focusOutEvent(event)


class HelpPanel(Card):
    """Cards for hard moments, the note, and the button that calls a supervisor."""

    card_asked = Signal(HelpCard)
    help_asked = Signal()
    noted = Signal(str)

    def __init__(self) -> None:
        super().__init__(margin=16, gap=10)
        self.setMaximumWidth(px(_WIDTH))
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(10))
        column.addWidget(label(_("A hard moment?"), "small", weight=SEMIBOLD, ink="muted"))
        self._cards = QVBoxLayout()
        self._cards.setSpacing(px(8))
        column.addLayout(self._cards)
        column.addWidget(Line())
        column.addWidget(label(_("Note"), "small", weight=SEMIBOLD, ink="muted"))
        self.note = NoteField()
        self.note.noted.connect(self.noted)
        column.addWidget(self.note)
        column.addStretch(1)
        self.body.addWidget(Scroll(content), 1)
        self.help = KeyButton(_("Ask for help"), "F8", icon="hand")
        self.help.clicked.connect(self.help_asked)
        self.body.addWidget(self.help)
        self._shown: tuple[HelpCard, ...] = ()

    def sizeHint(self) -> QSize:
        return QSize(px(_WIDTH), px(400))

    def minimumSizeHint(self) -> QSize:
        return QSize(max(px(_LEAST), self.help.minimumSizeHint().width() + px(34)), px(200))

    def show_cards(self, cards: Sequence[HelpCard], supervisor: str) -> None:
        """Show the campaign's cards, and who can help."""
        first = supervisor.split(" ")[0]
        whole = _("Ask {name} for help", name=first) if first else _("Ask for help")
        # With large letters the name goes into the tooltip: the panel must stay narrow.
        self.help.setText(whole if look().scale < _LARGE else _("Ask for help"))
        self.help.setToolTip(whole)
        if tuple(cards) == self._shown:
            return
        self._shown = tuple(cards)
        while item := self._cards.takeAt(0):
            if old := item.widget():
                old.deleteLater()
        for card in self._shown:
            button = CardButton(card)
            button.clicked.connect(lambda _on=False, one=card: self.card_asked.emit(one))
            self._cards.addWidget(button)

    def set_in_call(self, in_call: bool) -> None:  # noqa: FBT001 - one state of the desk, set by its name
        """Let notes be written only while there is a call they belong to."""
        self.note.setEnabled(in_call)
