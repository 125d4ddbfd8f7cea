"""The window at the door; what lies behind the door is loaded once the door is painted.

Nothing here may import a face, a store or a use case: a borrowed laptop would pay for them before it shows anything.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any, Protocol

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QWidget

from callcenter import diagnostics
from callcenter.app.arrivals import enrolments_in, people_in
from callcenter.settings import Folders, ProgramSettings, read_settings, write_settings
from ui import style, text
from ui.background import Lanes
from ui.shell.actions import Opened, Saved, ShellActions
from ui.shell.window import ShellWindow


class Behind(Protocol):
    """What lies behind the door: how to come in, and the face of whoever did."""

    def sign_in(self, key: str, phrase: str) -> Opened:
        """Unlock a person's store."""

    def found(self, organisation: str, name: str, phrase: str) -> Opened:
        """Make the embedded central and its first coordinator."""

    def enrol(self, file: Path, code: str, phrase: str) -> Opened:
        """Open an enrolment file with its code and make the person's store."""

    def recover(self, key: str, secret: str, phrase: str) -> Opened:
        """Unlock a person's store with its recovery code and give it another pass phrase."""

    def rescue(self, key: str, phrase: str, path: Path) -> Saved:
        """Save what a store that is not worked on any more still holds for the office."""

    def rescue_file(self, key: str) -> Path:
        """Return where that file is proposed."""

    def face(self, opened: Any, lanes: Lanes, leave: Callable[[], object]) -> QWidget:
        """Return the face of an open store; `leave` is called when its person signs out."""


class Front:
    """One window over one folder; `behind` is asked for once, in a lane or when somebody comes in."""

    def __init__(self, where: Folders, behind: Callable[[], Behind]) -> None:
        self.where = where
        self.behind = behind
        self._settings = read_settings(where)
        self.application = dressed(self._settings)
        self.lanes = Lanes()
        self.window = ShellWindow(self._actions(), self.lanes)

    def _actions(self) -> ShellActions:
        return ShellActions(
            people=lambda: people_in(self.where),
            enrolments=lambda: enrolments_in(self.where),
            found=lambda organisation, name, phrase: self.behind().found(organisation, name, phrase),
            sign_in=lambda key, phrase: self.behind().sign_in(key, phrase),
            enrol=lambda file, code, phrase: self.behind().enrol(file, code, phrase),
            recover=lambda key, secret, phrase: self.behind().recover(key, secret, phrase),
            rescue=lambda key, phrase, path: self.behind().rescue(key, phrase, path),
            rescue_file=lambda key: self.behind().rescue_file(key),
            face=lambda opened, lanes: self.behind().face(opened, lanes, self._leave),
            change_look=self._keep_look,
        )

    def _leave(self) -> None:
        # The face that asks for it must have returned before it is taken down.
        QTimer.singleShot(0, self.window.switch_person)

    def _keep_look(self, language: str, theme: str, scale: float) -> None:
        kept = replace(self._settings, language=language, theme=theme, scale=scale)
        write_settings(self.where, kept)

    def show(self) -> None:
        """Show the window; while its person types, what lies behind the door is loaded."""
        self.window.show()
        QTimer.singleShot(0, lambda: self.lanes.free.run(lambda _ticket: self.behind()))

    def run(self) -> int:
        """Show the window until it is closed; return the exit status."""
        diagnostics.start(self.where.logs)
        self.show()
        try:
            return self.application.exec()
        finally:
            diagnostics.stop()

    def close(self) -> None:
        """Close the window; what is being written is finished first."""
        self.window.close()
        self.lanes.finish()


def dressed(settings: ProgramSettings) -> QApplication:
    """Return the one application, in the language, theme and text size of the settings."""
    application = _application()
    text.use(settings.language)
    style.apply(application, style.Theme(settings.theme), settings.scale)
    return application


def _application() -> QApplication:
    known = QApplication.instance()
    if isinstance(known, QApplication):
        return known
    made = QApplication(sys.argv[:1])
    made.setApplicationName("callcenter")
    made.setStyle("Fusion")
    return made
