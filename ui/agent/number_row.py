"""One number of the person: masked, to be shown, to be read by one's own telephone, to be called."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from callcenter.domain.outcome import NumberStatus
from callcenter.text import N_
from callcenter.usecases.views import NumberLine
from ui.style import SEMIBOLD, look, px
from ui.text import _
from ui.widgets import Card, Elided, IconButton, KeyButton, PhoneLabel, Pill, QrCode, Tone, label

_STATUS: dict[NumberStatus, str] = {
    NumberStatus.WORKS: N_("works"),
    NumberStatus.DEAD: N_("out of service"),
    NumberStatus.WRONG: N_("wrong"),
    NumberStatus.DO_NOT_USE: N_("do not use"),
}

_LARGE = 1.3


class NumberRow(Card):
    """A number with its buttons; it stays visible and selectable in a call."""

    show_asked = Signal(str)
    call_asked = Signal(str)
    code_asked = Signal(str)

    def __init__(self, line: NumberLine, *, in_call: bool) -> None:
        super().__init__("raised", margin=8, gap=2)
        self._line = line
        head = QHBoxLayout()
        head.setSpacing(px(8))
        head.addWidget(Elided(line.label or _("Number"), "caption", ink="muted"))
        head.addWidget(_pill(line, in_call=in_call))
        head.addStretch(1)
        self.number = PhoneLabel(line.masked, line.digits)
        self._make_buttons(in_call=in_call)
        self._arrange(head)

    def _make_buttons(self, *, in_call: bool) -> None:
        number = self._line
        self.eye = IconButton("eye", _("Show this number"))
        self.code = IconButton("qr-code", _("Call with my own telephone"))
        self.call = IconButton("phone-call" if number.now and in_call else "phone", _("Call this number"), "ok")
        if number.digits:
            self.eye.hide()
        self.eye.clicked.connect(lambda: self.show_asked.emit(number.id))
        self.code.clicked.connect(lambda: self.code_asked.emit(number.id))
        self.call.clicked.connect(lambda: self.call_asked.emit(number.id))

    def _arrange(self, head: QHBoxLayout) -> None:
        """Put the buttons beside the number; under it with large letters."""
        grid = QGridLayout()
        grid.setSpacing(px(2))
        grid.addLayout(head, 0, 0)
        grid.addWidget(self.number, 1, 0)
        grid.setColumnStretch(0, 1)
        large = look().scale >= _LARGE
        buttons = QHBoxLayout()
        buttons.setSpacing(px(2))
        for button in (self.eye, self.code, self.call):
            button.setEnabled(self._line.status.usable or self._line.now)
            buttons.addWidget(button)
        buttons.addStretch(1 if large else 0)
        if large:
            grid.addLayout(buttons, 2, 0)
        else:
            grid.addLayout(buttons, 0, 1, 2, 1)
        self.body.addLayout(grid)

    @property
    def line(self) -> NumberLine:
        """Return the number it shows."""
        return self._line


def _pill(line: NumberLine, *, in_call: bool) -> Pill:
    if line.now and in_call:
        return Pill(_("now"), Tone.OK)
    words = _STATUS.get(line.status, "")
    pill = Pill(_(words) if words else "", Tone.PLAIN if line.status.usable else Tone.BAD)
    if not words or line.status is NumberStatus.WORKS:
        pill.hide()
    return pill


class CodeDialog(QDialog):
    """The number as a code for one's own telephone, and in digits to type over."""

    def __init__(self, line: NumberLine, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Call with my own telephone"))
        column = QVBoxLayout(self)
        column.setContentsMargins(px(24), px(24), px(24), px(16))
        column.setSpacing(px(12))
        column.addWidget(label(_("Call with my own telephone"), "title", weight=SEMIBOLD))
        lead = _("Point the camera of your telephone at the code, or type the number over.")
        column.addWidget(label(lead, ink="muted", wrap=True))
        code = QrCode(f"TEL:{line.dial}", _("Code of the number {number}", number=line.digits), side=210)
        column.addWidget(code, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addWidget(PhoneLabel(line.masked, line.digits, "title"), 0, Qt.AlignmentFlag.AlignHCenter)
        warning = Card("warn", margin=10)
        warning.body.addWidget(
            label(
                _("The other person sees your own number. In Belgium #31# before the number usually hides it."),
                "small",
                ink="warn_text",
                wrap=True,
            )
        )
        column.addWidget(warning)
        close = KeyButton(_("Close"), "Esc")
        close.clicked.connect(self.reject)
        close.setFocus()
        column.addWidget(close, 0, Qt.AlignmentFlag.AlignRight)
        self.setFixedWidth(px(400))
