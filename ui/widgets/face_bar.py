"""The bar above an office face: where we are, the pages, whether the work is safe, who is signed in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QWidget

from ui.style import px
from ui.text import _, current, plural
from ui.widgets.bar_parts import Initials, Logo, Titles
from ui.widgets.card import Card
from ui.widgets.elided import Elided
from ui.widgets.icon import IconButton, IconLabel
from ui.widgets.key_button import KeyButton, Kind


@dataclass(frozen=True)
class NavEntry:
    """One page: its key, its words and its icon."""

    key: str
    words: str
    icon: str


@dataclass(frozen=True)
class Safety:
    """How many own results wait to be sent, when the last sync ended, and whether central answered last time.

    `set_aside` counts what central refused: it is kept and needs a person.
    """

    waiting: int = 0
    last_sync: datetime | None = None
    online: bool | None = None
    set_aside: int = 0


class FaceBar(Card):
    """Title, pages, safety and person in one line; Ctrl+1 and so on open the pages."""

    page_asked = Signal(str)
    sync_asked = Signal()
    file_asked = Signal()
    menu_asked = Signal(QWidget)

    def __init__(self, pages: Sequence[NavEntry], name: str) -> None:
        super().__init__("top", margin=0)
        self.setFixedHeight(px(56))
        self._buttons: dict[str, KeyButton] = {}
        self._open = ""
        self._words = {entry.key: entry.words for entry in pages}
        row = QHBoxLayout()
        row.setContentsMargins(px(16), 0, px(16), 0)
        row.setSpacing(px(10))
        self.body.addLayout(row)
        row.addWidget(Logo())
        self._titles = Titles()
        row.addLayout(self._titles)
        row.addSpacing(px(8))
        for place, entry in enumerate(pages, 1):
            row.addWidget(self._page(entry, place))
        row.addStretch(1)
        self._add_safety(row)
        initials = Initials(name)
        initials.setObjectName("menu")
        initials.clicked.connect(lambda: self.menu_asked.emit(initials))
        row.addWidget(initials)

    def _page(self, entry: NavEntry, place: int) -> KeyButton:
        button = KeyButton(entry.words, icon=entry.icon, kind=Kind.QUIET)
        button.set_height(36)
        button.setObjectName(f"page-{entry.key}")
        button.setToolTip(f"Ctrl+{place}")
        button.clicked.connect(lambda: self.page_asked.emit(entry.key))
        shortcut = QShortcut(QKeySequence(f"Ctrl+{place}"), self)
        shortcut.activated.connect(lambda: self.page_asked.emit(entry.key))
        self._buttons[entry.key] = button
        return button

    def _add_safety(self, row: QHBoxLayout) -> None:
        self._cloud = IconLabel("cloud", "muted")
        self._safety = Elided("", "small", ink="muted")
        self._sync = IconButton("refresh-cw", _("Synchronise now"))
        self._sync.setObjectName("sync-now")
        self._sync.clicked.connect(self.sync_asked)
        self._file = IconButton("upload", _("Read in the file of a laptop"))
        self._file.setObjectName("read-laptop-file")
        self._file.clicked.connect(self.file_asked)
        for part in (self._cloud, self._safety, self._sync, self._file):
            row.addWidget(part)

    def show_titles(self, title: str, subtitle: str) -> None:
        """Show which campaign this is about."""
        self._titles.say(title, subtitle)

    def show_page(self, key: str) -> None:
        """Mark the page that is open."""
        self._open = key
        for each, button in self._buttons.items():
            button.set_kind(Kind.PRIMARY if each == key else Kind.QUIET)
            words = button.text()
            button.setAccessibleName(_("{page}, open now", page=words) if each == key else words)

    def show_count(self, key: str, count: int) -> None:
        """Show how many things wait on a page, behind its words."""
        words = self._words[key]
        self._buttons[key].setText(f"{words} ({current().number(count)})" if count else words)
        self.show_page(self._open)

    def show_safety(self, safety: Safety) -> None:
        """Tell the truth about the connection and the results that wait."""
        say = current()
        waiting = plural("{n} change waits", "{n} changes wait", safety.waiting)
        if safety.set_aside:
            words = plural("Central refused {n} change", "Central refused {n} changes", safety.set_aside)
            icon, ink = "triangle-alert", "bad"
        elif safety.online is False:
            words, icon, ink = _("Offline · {waiting}", waiting=waiting), "cloud-off", "warn"
        elif safety.waiting:
            words, icon, ink = _("{waiting} to be sent", waiting=waiting), "cloud", "muted"
        elif safety.last_sync is not None:
            words, icon, ink = _("Up to date at {time}", time=say.time(safety.last_sync)), "circle-check", "ok"
        else:
            words, icon, ink = _("Not synchronised yet"), "cloud", "muted"
        self._cloud.show_icon(icon, ink)
        self._safety.setText(words)
