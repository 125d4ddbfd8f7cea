"""The end of a shift: what is sent, what was reached today, and what to do when it does not work."""

from __future__ import annotations

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from callcenter.usecases.views import ShiftEnd
from ui.agent.asking import Asking
from ui.agent.office_file import OfficeFilePanel
from ui.messages import Explained
from ui.style import SEMIBOLD, px
from ui.text import _, current, plural
from ui.widgets import Bar, Card, KeyButton, label
from ui.widgets.notice import SKEW_WARNED, clock_words


class ShiftEndDialog(Asking):
    """First the question, then the progress, then the result; a failure loses nothing and can be tried again."""

    end_asked = Signal()
    leave_asked = Signal()
    came_back = Signal()
    file_asked = Signal(object, bool)
    """A file for the office: its path, and whether everything goes in."""
    aside_asked = Signal()

    def __init__(self, waiting: int, parent: QWidget | None = None) -> None:
        words = plural("{n} call goes to the centre now.", "{n} calls go to the centre now.", waiting)
        lead = words if waiting else _("Everything was sent already. Names and numbers leave this laptop now.")
        super().__init__(_("End of your shift"), lead, parent, width=640)
        self._ended = False
        self._tried = False
        self._box = QWidget()
        column = QVBoxLayout(self._box)
        column.setContentsMargins(0, px(8), 0, px(8))
        self._bar = Bar(width=420)
        self._step = label("", "small", ink="muted", wrap=True)
        column.addWidget(self._bar)
        column.addWidget(self._step)
        self._box.hide()
        self.body.addWidget(self._box)
        self._result = QVBoxLayout()
        self.body.addLayout(self._result)
        self._everything = False
        self.file = OfficeFilePanel()
        self.file.made_asked.connect(lambda path: self.file_asked.emit(path, self._everything))
        self.file.hide()
        self.body.addWidget(self.file)
        self.go_on.setText(_("End my shift"))
        self._leave = KeyButton(_("Close anyway, send later"))
        self._leave.clicked.connect(self._go)
        self._leave.hide()
        self.add_way(self._leave)

    def confirm(self) -> None:
        if self._ended:
            self._go()
            return
        self._tried = True
        self.show_progress(0, 0)
        self.end_asked.emit()

    def reject(self) -> None:
        """Go back to the desk, but not while something is sent; after a try the queue may have gone back already."""
        if not self.go_back.isEnabled():
            return
        super().reject()
        if self._tried:
            self.came_back.emit()

    def _go(self) -> None:
        self.accept()
        self.leave_asked.emit()

    def show_progress(self, done: int, total: int) -> None:
        """Show how much is confirmed by the centre."""
        self._clear()
        self.file.hide()
        self._box.show()
        self.go_on.setEnabled(False)
        self.go_back.setEnabled(False)
        share = done / total if total else 0.0
        say = current()
        words = _("Sending: {done} of {total} confirmed", done=say.number(done), total=say.number(total))
        words = words if total else _("Looking for the centre…")
        self._bar.show_share(share, words)
        self._step.setText(words)

    def show_result(self, end: ShiftEnd) -> None:
        """Say what was reached, and whether the laptop is clean."""
        self._clear()
        self._box.hide()
        self.go_on.setEnabled(True)
        self._ended = True
        self.lead.hide()
        self.go_back.setVisible(False)
        self.go_on.setText(_("Sign out"))
        calls = plural("{n} call made", "{n} calls made", end.calls)
        talks = plural("{n} full conversation", "{n} full conversations", end.interviews)
        self._tell("ok", _("Thank you! {calls}, {talks} today.", calls=calls, talks=talks), "ok_text")
        if not end.sync.sane:
            self._offer_file(everything=True)
            self._tell(
                "bad",
                _(
                    "The centre counts other results than this laptop, so nothing is cleared. Nothing is lost:"
                    " make a file for the office and tell your supervisor."
                ),
                "bad_text",
            )
        elif end.sync.waiting:
            self._offer_file()
            words = plural(
                "{n} result still waits on this laptop, safely kept.",
                "{n} results still wait on this laptop, safely kept.",
                end.sync.waiting,
            )
            self._tell("warn", words, "warn_text")
        elif end.clean:
            words = plural(
                "{n} call was sent and confirmed. No names or numbers are left on this laptop.",
                "{n} calls were sent and confirmed. No names or numbers are left on this laptop.",
                end.calls,
            )
            self._tell("raised", words, "muted")
        elif not end.sync.set_aside:
            self._tell("warn", _("Everything is with the centre. Names are cleared at the next start."), "warn_text")
        self._tell_more(end)

    def _tell_more(self, end: ShiftEnd) -> None:
        """Say what a supervisor should know beside it."""
        if end.sync.set_aside:
            self._tell_aside(end.sync.set_aside)
        if abs(end.sync.skew_seconds) > SKEW_WARNED:
            self._tell("warn", clock_words(end.sync.skew_seconds), "warn_text")
        if end.sync.verdict == "upgrade_soon":
            words = _("There is a new version of this program. Ask for it this week; until then all goes on.")
            self._tell("raised", words, "muted")

    def _tell_aside(self, count: int) -> None:
        words = plural(
            "{n} result was not accepted by the centre. It stays here, with its name: show it to your supervisor.",
            "{n} results were not accepted by the centre. They stay here, with names: show them to your supervisor.",
            count,
        )
        self._tell("warn", words, "warn_text")
        look = KeyButton(_("Look"))
        look.setObjectName("look-aside")
        look.clicked.connect(self.aside_asked)
        self._result.addWidget(look)

    def show_trouble(self, explained: Explained) -> None:
        """Say what went wrong; one may try again or send later."""
        self._clear()
        self._box.hide()
        self._tell("bad", f"{explained.what}\n{explained.advice} ({explained.code})", "bad_text")
        self.go_on.setEnabled(True)
        self.go_back.setEnabled(True)
        self.go_on.setText(_("Try again"))
        self._leave.show()
        # What keeps the centre away, a file may pass; a call that goes on or a full disk is mended here.
        if explained.code.startswith("SYNC-"):
            self._offer_file()

    def _offer_file(self, *, everything: bool = False) -> None:
        self._everything = everything
        self.file.show()

    def _tell(self, ground: str, words: str, ink: str) -> None:
        card = Card(ground, margin=12)
        card.body.addWidget(label(words, weight=SEMIBOLD if ground == "ok" else 400, ink=ink, wrap=True))
        self._result.addWidget(card)
        # A wrapped line knows its height only once it stands in the window.
        QTimer.singleShot(0, self, self.grow)

    def _clear(self) -> None:
        while item := self._result.takeAt(0):
            if old := item.widget():
                old.hide()
                old.deleteLater()
