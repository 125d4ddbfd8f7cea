"""Dialogs of both office faces about laptops: what central would not have, and a file that a laptop brought."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from callcenter.ids import Id
from callcenter.usecases.depositing import HandedIn
from callcenter.usecases.set_aside import AsideEntry
from ui.messages import Explained
from ui.style import BOLD, SEMIBOLD, px
from ui.text import _, current, plural
from ui.widgets import Card, KeyButton, Kind, Scroll, label
from ui.widgets.event_words import kind_words, why_words
from ui.widgets.field import Field, PathField, Wanted, line


@dataclass(frozen=True)
class InboxActions:
    """What laptops and this office could not send, run in the store lane; `read_file` runs in the free one.

    `aside` are own events and what laptops told. `again` and `leave` take own events, `seen` what was told.
    `read_file` takes a laptop's file, its code, and how to report (events done, of how many).
    """

    aside: Callable[[], tuple[AsideEntry, ...]]
    again: Callable[[tuple[Id, ...]], object]
    leave: Callable[[tuple[Id, ...]], object]
    seen: Callable[[tuple[Id, ...]], object]
    read_file: Callable[[Path, str, Callable[[int, int], None]], HandedIn]


class OfficeDialog(QDialog):
    """A title, a column that scrolls, and a foot with the way back."""

    def __init__(self, title: str, name: str, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setWindowTitle(title)
        self.setModal(True)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setMinimumWidth(px(560))
        content = QWidget()
        self.body = QVBoxLayout(content)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(px(10))
        self.body.addWidget(label(title, "name", weight=BOLD, wrap=True))
        outer = QVBoxLayout(self)
        outer.setContentsMargins(px(24), px(20), px(24), px(16))
        outer.setSpacing(px(12))
        outer.addWidget(Scroll(content), 1)
        self.foot = QHBoxLayout()
        self.foot.setSpacing(px(8))
        back = KeyButton(_("Close"), "Esc", kind=Kind.QUIET)
        back.setAutoDefault(False)
        back.clicked.connect(self.reject)
        self.foot.addWidget(back)
        self.foot.addStretch(1)
        outer.addLayout(self.foot)
        self.resize(px(600), px(440))

    def add_way(self, name: str, words: str, kind: Kind = Kind.PLAIN) -> KeyButton:
        """Put a button into the foot."""
        made = KeyButton(words, kind=kind)
        made.setObjectName(name)
        made.setAutoDefault(False)
        self.foot.addWidget(made)
        return made


class NotAcceptedDialog(OfficeDialog):
    """One card an event; the signals come with the ids of all that is open, own ones and told ones apart."""

    again_asked = Signal(object)
    leave_asked = Signal(object)
    seen_asked = Signal(object)

    def __init__(self, entries: Sequence[AsideEntry], parent: QWidget | None) -> None:
        super().__init__(_("Not accepted by the centre"), "not-accepted", parent)
        own = tuple(e.event for e in entries if not e.told and not e.left)
        told = tuple(e.told for e in entries if e.told)
        lead = _("Nothing is lost: each result stays where it was made until somebody decides.")
        self.body.addWidget(label(lead, ink="muted", wrap=True))
        for entry in entries:
            self.body.addWidget(_card(entry))
        if not entries:
            self.body.addWidget(label(_("Nothing is set aside."), ink="muted", wrap=True))
        self.body.addStretch(1)
        if own:
            leave = self.add_way("leave-aside", _("Leave them aside"))
            leave.clicked.connect(lambda: self._say(self.leave_asked.emit, own))
            again = self.add_way("offer-again", _("Offer them again"), Kind.PRIMARY)
            again.clicked.connect(lambda: self._say(self.again_asked.emit, own))
        if told:
            seen = self.add_way("aside-seen", _("Looked into"))
            seen.clicked.connect(lambda: self._say(self.seen_asked.emit, told))

    def _say(self, tell: Callable[[tuple[Id, ...]], object], events: tuple[Id, ...]) -> None:
        tell(events)
        self.accept()


def _card(entry: AsideEntry) -> Card:
    card = Card("raised", margin=10, gap=2)
    moment = current().moment(entry.at, "EEE d MMM, HH:mm")
    about = " · ".join(part for part in (kind_words(entry.kind), entry.name, moment) if part)
    card.body.addWidget(label(about, weight=SEMIBOLD, wrap=True))
    why = why_words(entry.why)
    words = _("{agent}: {why}", why=why, agent=entry.agent) if entry.agent else why
    words = _("{why} Left aside with a supervisor.", why=why) if entry.left else words
    card.body.addWidget(label(words, "small", ink="muted", wrap=True))
    return card


class ReadFileDialog(OfficeDialog):
    """Which file and, for a laptop of another office, which code; `read_asked` comes with both."""

    read_asked = Signal(Path, str)

    def __init__(self, parent: QWidget | None) -> None:
        super().__init__(_("Read in the file of a laptop"), "read-file", parent)
        lead = _("For a laptop that cannot reach the centre: its agent made this file and knows its code.")
        self.body.addWidget(label(lead, ink="muted", wrap=True))
        self.path = PathField("laptop-file", Wanted.OPEN)
        self.body.addWidget(Field(_("File"), self.path))
        self.code = line("laptop-file-code")
        hint = _("Not needed when your office handed out this laptop from its own stock.")
        self.body.addWidget(Field(_("Code"), self.code, hint))
        self._result = QVBoxLayout()
        self.body.addLayout(self._result)
        self.body.addStretch(1)
        self._read = self.add_way("read-in", _("Read in"), Kind.PRIMARY)
        self._read.clicked.connect(self._ask)
        self.code.returnPressed.connect(self._ask)

    def _ask(self) -> None:
        path = self.path.path()
        if path is not None and self._read.isEnabled():
            self._read.setEnabled(False)
            self.show_progress(0, 0)
            self.read_asked.emit(path, self.code.text())

    def show_progress(self, done: int, total: int) -> None:
        """Tell how far it is."""
        say = current()
        words = _("{done} of {total} handed in", done=say.number(done), total=say.number(total))
        self._show("raised", words if total else _("Opening the file…"), "muted")

    def show_result(self, done: HandedIn) -> None:
        """Say what central holds now; the same file again changes nothing."""
        self._read.setEnabled(True)
        calls = plural("{n} call", "{n} calls", done.calls)
        words = _("{name}: {calls} are with the centre now.", name=done.name or "–", calls=calls)
        self._show("ok", words, "ok_text")
        for each in done.apart:
            about = _("{what}: {why}", what=kind_words(each.kind), why=why_words(each.why))
            card = Card("warn", margin=10)
            card.body.addWidget(label(about, "small", ink="warn_text", wrap=True))
            self._result.addWidget(card)

    def show_trouble(self, explained: Explained) -> None:
        """Say why it was not read in."""
        self._read.setEnabled(True)
        self._show("bad", f"{explained.what}\n{explained.advice} ({explained.code})", "bad_text")

    def _show(self, ground: str, words: str, ink: str) -> None:
        while item := self._result.takeAt(0):
            if old := item.widget():
                old.hide()
                old.deleteLater()
        card = Card(ground, margin=12)
        card.body.addWidget(label(words, ink=ink, wrap=True))
        self._result.addWidget(card)
