"""What the faces of supervisor and coordinator have in common: a bar with pages, kept fresh."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from callcenter.clock import Clock
from callcenter.usecases.depositing import HandedIn
from callcenter.usecases.set_aside import AsideEntry
from callcenter.usecases.views import LineState
from ui import messages
from ui.background import Lanes
from ui.laptops.actions import LaptopActions
from ui.laptops.page import LaptopsPage
from ui.laptops.presenter import LaptopsPresenter
from ui.office_dialogs import InboxActions, NotAcceptedDialog, ReadFileDialog
from ui.text import _
from ui.widgets.face_bar import FaceBar, NavEntry, Safety
from ui.widgets.notice import Notice

_EVERY_MS = 30_000
LAPTOPS = "laptops"


@dataclass(frozen=True)
class OfficeActions:
    """What an office face needs from outside, whoever sits at it.

    `safety` tells what waits to be sent (store lane). `sync` starts a synchronisation and returns at once.
    """

    name: str
    now: Clock
    safety: Callable[[], Safety]
    sync: Callable[[], object]
    inbox: InboxActions
    laptops: LaptopActions


class OfficeWindow(QWidget):
    """The bar and the pages, in the order given and the laptops last; it opens on the first one."""

    page_opened = Signal(str)
    menu_wanted = Signal(QWidget)

    def __init__(self, name: str, pages: Mapping[NavEntry, QWidget]) -> None:
        super().__init__()
        self.setObjectName("window")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.laptops = LaptopsPage()
        every = {**pages, NavEntry(LAPTOPS, _("Laptops"), "lock"): self.laptops}
        self.bar = FaceBar(tuple(every), name)
        self._pages = {entry.key: page for entry, page in every.items()}
        self._stack = QStackedWidget()
        for page in self._pages.values():
            self._stack.addWidget(page)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.notice = Notice(office=True)
        column.addWidget(self.bar)
        column.addWidget(self.notice)
        column.addWidget(self._stack, 1)
        self.bar.page_asked.connect(self.open_page)
        self.bar.menu_asked.connect(self.menu_wanted)
        self.bar.show_page(next(iter(self._pages)))

    def open_page(self, key: str) -> None:
        """Show a page."""
        self._stack.setCurrentWidget(self._pages[key])
        self.bar.show_page(key)
        self.page_opened.emit(key)

    def pages(self) -> tuple[str, ...]:
        """Return the keys of all pages, in the order of the bar."""
        return tuple(self._pages)

    def page(self) -> str:
        """Return the page that is open."""
        return next(key for key, page in self._pages.items() if page is self._stack.currentWidget())

    def showEvent(self, event: QShowEvent) -> None:
        """Begin with the focus on the window: no button looks chosen before a key was pressed."""
        super().showEvent(event)
        self.setFocus()


class OfficePresenter(QObject):
    """Keeps a window fresh: every half minute, when a page opens, and when others wrote something.

    `initiator` asks the lanes for this face; what it wrote itself is shown by whoever asked for it.
    """

    def __init__(
        self, window: OfficeWindow, actions: OfficeActions, lanes: Lanes, initiator: QObject | None = None
    ) -> None:
        super().__init__(window)
        self._frame, self._needs, self._lanes = window, actions, lanes
        self._initiator = initiator or self
        self._online: bool | None = None
        self._laptops = LaptopsPresenter(window.laptops, window, actions.laptops, lanes)
        self._timer = QTimer(self)
        self._timer.setInterval(_EVERY_MS)
        self._timer.timeout.connect(self.refresh)
        window.page_opened.connect(lambda _page: self.refresh())
        window.bar.sync_asked.connect(lambda: actions.sync())
        window.bar.file_asked.connect(self.read_file)
        window.notice.look_asked.connect(self.show_not_accepted)
        lanes.store.changed.connect(self._changed)
        lanes.free.changed.connect(self._changed)

    def start(self) -> None:
        """Show everything for the first time."""
        self.refresh()
        self._timer.start()

    def refresh(self) -> None:
        """Read the bar again; each face adds its open page."""
        self.ask(self._needs.safety, self._show_safety)
        if self._frame.page() == LAPTOPS:
            self._laptops.refresh()

    def connection_changed(self, *, online: bool) -> None:
        """Tell whether central was reached, after each try to sync, and show what came."""
        self._online = online
        self.refresh()

    def line_changed(self, state: LineState) -> None:
        """Tell how the line to the centre stands, after each try to sync."""
        self._frame.notice.show_state(state)
        self.connection_changed(online=bool(state.online))

    def show_not_accepted(self) -> None:
        """Show what central would not have, of this office and of its laptops."""
        inbox = self._needs.inbox

        def show(entries: tuple[AsideEntry, ...]) -> None:
            dialog = NotAcceptedDialog(entries, self._frame)
            dialog.again_asked.connect(lambda events: self.ask(lambda: inbox.again(events), self._settled))
            dialog.leave_asked.connect(lambda events: self.ask(lambda: inbox.leave(events), self._settled))
            dialog.seen_asked.connect(lambda told: self.ask(lambda: inbox.seen(told), self._settled))
            dialog.open()

        self.ask(inbox.aside, show)

    def read_file(self) -> None:
        """Ask for the file of a laptop and hand it in."""
        dialog = ReadFileDialog(self._frame)

        def read(path: Path, code: str) -> None:
            self._lanes.free.run(
                lambda ticket: self._needs.inbox.read_file(path, code, lambda *told: ticket.progress(told)),
                done=done,
                failed=lambda error: dialog.show_trouble(messages.explain(error)),
                progress=lambda told: dialog.show_progress(*told),
                initiator=self._initiator,
            )

        def done(handed: HandedIn) -> None:
            dialog.show_result(handed)
            self._needs.sync()

        dialog.read_asked.connect(read)
        dialog.open()

    def _settled(self, _done: object) -> None:
        self.refresh()
        self._needs.sync()

    def ask(self, work: Callable[[], Any], done: Callable[[Any], object]) -> None:
        """Ask the store; what goes wrong is told over the window."""
        self._lanes.store.run(lambda _ticket: work(), done=done, failed=self.tell, initiator=self._initiator)

    def tell(self, error: BaseException) -> None:
        """Tell over the window what went wrong."""
        messages.tell(self._frame, error)

    def _show_safety(self, safety: Safety) -> None:
        self._frame.bar.show_safety(replace(safety, online=self._online))

    def _changed(self, _changes: object, initiator: object) -> None:
        if initiator is not self._initiator:
            self.refresh()
