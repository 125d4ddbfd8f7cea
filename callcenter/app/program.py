"""The running program: settings, look, lanes and the main window over one installation."""

from __future__ import annotations

import sys
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QWidget

from callcenter import diagnostics
from callcenter.app.agent_face import Shift, agent_face
from callcenter.app.coordinator_face import coordinator_face
from callcenter.app.installation import Installation, Opened
from callcenter.app.supervisor_face import supervisor_face
from callcenter.clock import Clock
from callcenter.domain.agent import Role
from callcenter.settings import Folders, ProgramSettings, read_settings, write_settings
from ui import style, text
from ui.background import Lanes
from ui.shell.actions import Opened as ShellOpened
from ui.shell.actions import ShellActions
from ui.shell.window import ShellWindow


class Program:
    """One window over one folder; the clock and whether it may dial are handed in."""

    def __init__(self, where: Folders, clock: Clock, *, dialling: bool = True) -> None:
        self.application = _application()
        self.where = where
        settings = read_settings(where)
        self.installation = Installation(where, clock, dialling=dialling and settings.dialling != "off")
        self._settings = settings
        text.use(settings.language)
        style.apply(self.application, style.Theme(settings.theme), settings.scale)
        self.lanes = Lanes()
        self.shift: Shift | None = None
        self.window = ShellWindow(self._actions(), self.lanes)

    def _actions(self) -> ShellActions:
        door = self.installation
        return ShellActions(
            people=door.people,
            enrolments=door.enrolments,
            found=door.found,
            sign_in=door.sign_in,
            enrol=door.enrol,
            face=self._face,
            change_look=self._keep_look,
        )

    def _face(self, opened: ShellOpened, lanes: Lanes) -> QWidget:
        assert isinstance(opened, Opened)  # noqa: S101 - the shell hands back what it was given
        match opened.store.device.role:
            case Role.AGENT:
                self.shift = Shift(self.installation, opened)
                return agent_face(self.installation, opened, lanes, self._leave, self.shift)
            case Role.SUPERVISOR:
                return supervisor_face(self.installation, opened, lanes)
        return coordinator_face(self.installation, opened, lanes)

    def _leave(self) -> None:
        # The face that asks for it must have returned before it is taken down.
        QTimer.singleShot(0, self.window.switch_person)

    def _keep_look(self, language: str, theme: str, scale: float) -> None:
        kept = ProgramSettings(language, theme, scale, self._settings.dialling)
        write_settings(self.where, kept)

    def run(self) -> int:
        """Show the window until it is closed; return the exit status."""
        diagnostics.start(self.where.logs)
        self.window.show()
        try:
            return self.application.exec()
        finally:
            diagnostics.stop()

    def close(self) -> None:
        """Close the window; what is being written is finished first."""
        self.window.close()
        self.lanes.finish()


def _application() -> QApplication:
    known = QApplication.instance()
    if isinstance(known, QApplication):
        return known
    made = QApplication(sys.argv[:1])
    made.setApplicationName("callcenter")
    made.setStyle("Fusion")
    return made


def folder_of(words: list[str]) -> Path | None:
    """Return the folder of `--folder DIR`, or None for the system's own place."""
    return Path(words[1]) if len(words) > 1 and words[0] == "--folder" else None
