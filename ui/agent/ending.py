"""The end of a shift, and what the centre would not have: the questions, and who answers them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal

from callcenter.usecases.set_aside import AsideEntry
from callcenter.usecases.views import FileMade, LineState
from ui import messages
from ui.agent.actions import DeskActions
from ui.agent.aside_dialog import AsideDialog
from ui.agent.desk import Desk
from ui.agent.office_file import OfficeFilePanel
from ui.agent.shift_end import ShiftEndDialog
from ui.background import Lanes


class Ending(QObject):
    """Serves one desk; `left` when the agent signs out, `came_back` when a failed end was left for the desk."""

    left = Signal()
    came_back = Signal()

    def __init__(self, desk: Desk, actions: DeskActions, lanes: Lanes, ask: Callable[..., None]) -> None:
        super().__init__(desk)
        self._desk, self._actions, self._lanes, self._ask = desk, actions, lanes, ask
        self._everything = False

    def line_changed(self, state: LineState) -> None:
        """Note how the line stands: when the counts do not agree, a file takes everything along."""
        self._everything = not state.sane

    def begin(self, waiting: int) -> None:
        """Ask whether the shift is over."""
        dialog = ShiftEndDialog(waiting, self._desk)
        self._equip(dialog.file)
        dialog.end_asked.connect(lambda: self._send(dialog))
        dialog.file_asked.connect(lambda path, everything: self._make(dialog, path, everything=everything))
        dialog.aside_asked.connect(self.show_aside)
        dialog.leave_asked.connect(self.left)
        dialog.came_back.connect(self.came_back)
        dialog.open()

    def show_aside(self) -> None:
        """Show what the centre would not have."""
        aside = self._actions.aside
        if aside is not None:
            self._ask(aside.entries, self._open_aside)

    def _open_aside(self, entries: tuple[AsideEntry, ...]) -> None:
        aside = self._actions.aside
        assert aside is not None  # noqa: S101 - asked for entries before
        dialog = AsideDialog(entries, self._desk)
        self._equip(dialog.file)
        dialog.file.made_asked.connect(lambda path: self._write(path, dialog.file, everything=self._everything))
        dialog.again_asked.connect(lambda events: self._ask(lambda: aside.again(events)))
        dialog.leave_asked.connect(lambda events: self._ask(lambda: aside.leave(events)))
        dialog.open()

    def _equip(self, panel: OfficeFilePanel) -> None:
        if self._actions.office_file is not None:
            panel.propose(self._actions.office_file.proposed())
        else:
            panel.setEnabled(False)

    def _send(self, dialog: ShiftEndDialog) -> None:
        self._lanes.free.run(
            lambda ticket: self._actions.end_shift(lambda done, total: ticket.progress((done, total))),
            done=dialog.show_result,
            failed=lambda error: dialog.show_trouble(messages.explain(error)),
            progress=lambda pair: dialog.show_progress(*pair),
            initiator=self,
        )

    def _make(self, dialog: ShiftEndDialog, path: Path, *, everything: bool) -> None:
        self._write(path, dialog.file, everything=everything, after=dialog.grow)

    def _write(
        self, path: Path, panel: OfficeFilePanel, *, everything: bool, after: Callable[[], object] | None = None
    ) -> None:
        making = self._actions.office_file
        if making is None:
            return

        def made(file: FileMade) -> None:
            panel.show_made(file)
            if after is not None:
                after()

        def failed(error: BaseException) -> None:
            panel.show_trouble(messages.explain(error))

        def work(_ticket: Any) -> FileMade:
            return making.make(path, everything)

        self._lanes.free.run(work, done=made, failed=failed, initiator=self)
