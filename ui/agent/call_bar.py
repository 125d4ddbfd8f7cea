"""The foot of the desk: the running call, what was kept, and the ways a call can go."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout

from ui.agent.wording import clock_words
from ui.style import SEMIBOLD, px
from ui.text import _, current
from ui.widgets import Card, Elided, IconLabel, KeyButton, Kind, label
from ui.widgets.label import reink


class CallBar(Card):
    """Timer, "kept at", and F2 F3 F4 F6 F9."""

    appointment_asked = Signal()
    line_dropped = Signal()
    wrong_number_asked = Signal()
    refusal_asked = Signal()
    hang_up_asked = Signal()

    def __init__(self) -> None:
        super().__init__("foot", margin=0)
        self.setFixedHeight(px(62))
        row = QHBoxLayout()
        row.setContentsMargins(px(16), 0, px(16), 0)
        row.setSpacing(px(8))
        self.body.addLayout(row)
        self._phone = IconLabel("phone", "muted", 20)
        self._timer = label("", "title", weight=SEMIBOLD, ink="muted")
        self._with = Elided("", "small", ink="muted")
        row.addWidget(self._phone)
        row.addWidget(self._timer)
        row.addWidget(self._with, 1)
        row.addStretch(1)
        self._tick_icon = IconLabel("circle-check", "ok", 16)
        self._saved = Elided("", "small", ink="muted")
        row.addWidget(self._tick_icon)
        row.addWidget(self._saved)
        row.addSpacing(px(8))
        self.appointment = KeyButton(_("Appointment"), "F2", icon="calendar-clock")
        self.dropped = KeyButton(_("Line dropped"), "F3", icon="phone-off")
        self.wrong = KeyButton(_("Wrong number"), "F4", icon="user-x")
        self.refuses = KeyButton(_("Refuses"), "F6", icon="ban")
        self.hang_up = KeyButton(_("Hang up"), "F9", icon="phone-off", kind=Kind.DANGER)
        self._buttons = (self.appointment, self.dropped, self.wrong, self.refuses, self.hang_up)
        for button, wish in (
            (self.appointment, self.appointment_asked),
            (self.dropped, self.line_dropped),
            (self.wrong, self.wrong_number_asked),
            (self.refuses, self.refusal_asked),
            (self.hang_up, self.hang_up_asked),
        ):
            button.clicked.connect(wish)
            row.addWidget(button)
        self._began: datetime | None = None
        self._stopped = False
        self.show_idle("")

    def minimumSizeHint(self) -> QSize:
        """The keys and the timer must fit; the words beside them may go."""
        buttons = sum(b.minimumSizeHint().width() + px(8) for b in self._buttons)
        return QSize(buttons + self._timer.sizeHint().width() + px(110), px(62))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        roomy = event.size().width() > self.minimumSizeHint().width() + px(140)
        self._saved.setVisible(roomy)
        self._with.setVisible(roomy)

    def show_idle(self, words: str) -> None:
        """Show that no call is going on."""
        self._began = None
        self._set_live(live=False)
        self._timer.setText("")
        self._timer.hide()
        self._with.setText(words)

    def show_call(self, name: str, began: datetime, now: datetime) -> None:
        """Show the call that is going on."""
        self._began, self._stopped = began, False
        self._set_live(live=True)
        self._timer.show()
        self._with.setText(_("with {name}", name=name))
        self.tick(now)

    def show_ended(self, now: datetime) -> None:
        """Stop the timer while the agent says what happened."""
        self.tick(now)
        self._stopped = True

    def go_on(self) -> None:
        """Let the timer run again: the call was not over."""
        self._stopped = False

    def tick(self, now: datetime) -> None:
        """Count the running call's seconds."""
        if self._began is not None and not self._stopped:
            self._timer.setText(clock_words(int((now - self._began).total_seconds())))

    def show_saved(self, at: datetime | None) -> None:
        """Say when the last change was kept."""
        self._tick_icon.setVisible(at is not None)
        words = _("Kept at {time}", time=current().moment(at, "HH:mm:ss")) if at is not None else ""
        self._saved.setText(words)
        self._tick_icon.setToolTip(words)

    def _set_live(self, *, live: bool) -> None:
        self._phone.show_icon("phone-call" if live else "phone", "ok" if live else "muted")
        reink(self._timer, "ok" if live else "muted")
        for button in self._buttons:
            button.setEnabled(live)
