"""The whole program: stores and faces behind the door, over one installation."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QWidget

from callcenter.app.agent_face import Shift, agent_face
from callcenter.app.coordinator_face import coordinator_face
from callcenter.app.front import Front
from callcenter.app.installation import Installation, Opened
from callcenter.app.rescuing import rescue_file, saved_for_office
from callcenter.app.supervisor_face import supervisor_face
from callcenter.clock import Clock
from callcenter.domain.agent import Role
from callcenter.settings import Folders, read_settings
from ui.background import Lanes
from ui.shell.actions import Saved


class Inside:
    """What lies behind the door; `shift` is that of the agent who came in last."""

    def __init__(self, where: Folders, clock: Clock, *, dialling: bool) -> None:
        self.installation = Installation(where, clock, dialling=dialling)
        self.shift: Shift | None = None

    def sign_in(self, key: str, phrase: str) -> Opened:
        """Unlock a person's store."""
        return self.installation.sign_in(key, phrase)

    def found(self, organisation: str, name: str, phrase: str) -> Opened:
        """Make the embedded central and its first coordinator."""
        return self.installation.found(organisation, name, phrase)

    def enrol(self, file: Path, code: str, phrase: str) -> Opened:
        """Open an enrolment file with its code and make the person's store."""
        return self.installation.enrol(file, code, phrase)

    def recover(self, key: str, secret: str, phrase: str) -> Opened:
        """Unlock a person's store with its recovery code and give it another pass phrase."""
        return self.installation.recover(key, secret, phrase)

    def rescue(self, key: str, phrase: str, path: Path) -> Saved:
        """Save what a store that is not worked on any more still holds for the office."""
        where, clock = self.installation.where, self.installation.clock
        return saved_for_office(where.people / key, phrase, path, clock())

    def rescue_file(self, key: str) -> Path:
        """Return where that file is proposed."""
        return rescue_file(key, self.installation.clock())

    def face(self, opened: Opened, lanes: Lanes, leave: Callable[[], object]) -> QWidget:
        """Return the face of an open store."""
        match opened.store.device.role:
            case Role.AGENT:
                self.shift = Shift(self.installation, opened)
                return agent_face(self.installation, opened, lanes, leave, self.shift)
            case Role.SUPERVISOR:
                return supervisor_face(self.installation, opened, lanes)
        return coordinator_face(self.installation, opened, lanes)


class Program(Front):
    """One window over one folder with all of it loaded; the clock and whether it may dial are handed in."""

    def __init__(self, where: Folders, clock: Clock, *, dialling: bool = True) -> None:
        self._inside = Inside(where, clock, dialling=dialling and read_settings(where).dialling != "off")
        super().__init__(where, lambda: self._inside)

    @property
    def installation(self) -> Installation:
        """Return the installation of this program's folder."""
        return self._inside.installation

    @property
    def shift(self) -> Shift | None:
        """Return the shift of the agent who came in last."""
        return self._inside.shift
