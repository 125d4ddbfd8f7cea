"""The frame above the desk: which campaign, how far, what is next, is my work safe, pause, who am I."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from callcenter.usecases.views import AppointmentLine, DeskStatus
from ui.style import SEMIBOLD, px
from ui.text import _, current, plural
from ui.widgets import Bar, Card, Elided, IconButton, IconLabel, KeyButton, Pill, Tone, label
from ui.widgets.bar_parts import Initials, Logo, Titles
from ui.widgets.times import away, minutes_of, moment

_SOON = 60  # minutes: from here on an appointment is said loudly


class _Next(QWidget):
    """The next promised call."""

    def __init__(self) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(px(8))
        self._icon = IconLabel("calendar-clock", "warn")
        self._time = label("", weight=SEMIBOLD)
        self._name = Elided("", weight=500)
        self._pill = Pill("")
        for part in (self._icon, self._time, self._name, self._pill):
            row.addWidget(part)
        self.hide()

    def show_line(self, line: AppointmentLine | None, now: datetime) -> None:
        self.setVisible(line is not None)
        if line is None:
            return
        self._time.setText(moment(line.start, now))
        self._name.setText(line.name)
        tone = Tone.WARN if minutes_of(line.start - now) <= _SOON else Tone.PLAIN
        self._pill.say(away(line.start, now), tone)
        self._icon.show_icon("calendar-clock", "warn" if tone is Tone.WARN else "muted")
        self.setAccessibleName(_("Next appointment: {time}, {name}", time=self._time.text(), name=line.name))


class TopBar(Card):
    """The top bar; it tells the truth about the connection and the results that wait."""

    pause_asked = Signal()
    queue_asked = Signal()
    menu_asked = Signal(QWidget)

    def __init__(self) -> None:
        super().__init__("top", margin=0)
        self.setFixedHeight(px(56))
        self._status: DeskStatus | None = None
        self._online: bool | None = None
        row = QHBoxLayout()
        row.setContentsMargins(px(16), 0, px(16), 0)
        row.setSpacing(px(12))
        self.body.addLayout(row)
        row.addWidget(Logo())
        self._titles = Titles()
        row.addLayout(self._titles)
        self._add_progress(row)
        row.addStretch(1)
        self._add_next(row)
        self._add_safety(row)
        self._add_person(row)

    def _add_progress(self, row: QHBoxLayout) -> None:
        row.addSpacing(px(12))
        self._bar = Bar()
        self._progress = label("", "small", ink="muted")
        self.queue = IconButton("list-checks", _("Who is still to come?"))
        self.queue.clicked.connect(self.queue_asked)
        for part in (self._bar, self._progress, self.queue):
            row.addWidget(part)

    def _add_next(self, row: QHBoxLayout) -> None:
        self._practice = Pill(_("practice"), Tone.ACCENT)
        self._practice.hide()
        row.addWidget(self._practice)
        self._next = _Next()
        row.addWidget(self._next)
        row.addSpacing(px(8))

    def _add_safety(self, row: QHBoxLayout) -> None:
        self._cloud = IconLabel("cloud", "muted")
        self._safety = Elided("", "small", ink="muted")
        row.addWidget(self._cloud)
        row.addWidget(self._safety)

    def _add_person(self, row: QHBoxLayout) -> None:
        self.pause = KeyButton(_("Pause"), icon="coffee")
        self.pause.clicked.connect(self.pause_asked)
        self._initials = Initials()
        self._initials.clicked.connect(lambda: self.menu_asked.emit(self._initials))
        row.addWidget(self.pause)
        row.addWidget(self._initials)

    def show_status(self, status: DeskStatus, now: datetime) -> None:
        """Show the frame's values."""
        self._status = status
        self._titles.say(status.campaign, status.subtitle)
        words = _("{done} of {total} today", done=status.done, total=status.total)
        self._progress.setText(words)
        self._bar.show_share(status.done / status.total if status.total else 0.0, words)
        self._practice.setVisible(status.practice)
        self._initials.show_person(status.agent, status.initials)
        self.tick(now)
        self._tell_safety()

    def tick(self, now: datetime) -> None:
        """Count the minutes to the next appointment."""
        if self._status is not None:
            self._next.show_line(self._status.next_appointment, now)

    def show_connection(self, *, online: bool) -> None:
        """Tell whether central was reached the last time it was tried."""
        self._online = online
        self._tell_safety()

    def _tell_safety(self) -> None:
        status = self._status
        if status is None:
            return
        waiting = plural("{n} call waits", "{n} calls wait", status.waiting)
        if not status.waiting:
            sent = _("Everything sent at {time}", time=current().time(status.last_sync)) if status.last_sync else ""
            words = sent or _("Nothing waits to be sent")
        elif self._online is False:
            words = _("Offline · {waiting}", waiting=waiting)
        else:
            words = _("{waiting} to be sent", waiting=waiting)
        icon, ink = ("cloud-check", "ok") if not status.waiting else ("cloud-off", "muted")
        if status.waiting and self._online is not False:
            icon = "cloud"
        self._cloud.show_icon(icon, ink)
        self._safety.setText(words)
        safe = _("Everything is kept safely on this laptop.")
        self._cloud.setToolTip(safe)
        self._safety.setAccessibleDescription(safe)
