"""The lock over a desk, for looking."""

from __future__ import annotations

from PySide6.QtWidgets import QMainWindow, QWidget

from callcenter.domain.agent import Role
from tests.ui.agent.pictures import in_call
from tests.ui.invented import STATUS
from ui.background import Lanes
from ui.shell.actions import PersonEntry
from ui.shell.door import SignInPage
from ui.shell.help import HelpWindow
from ui.shell.locking import DeskLock


def locked() -> QWidget:
    window = QMainWindow()
    window.setCentralWidget(in_call())
    window.resize(1366, 728)
    DeskLock(window, Lanes()).lock(STATUS.agent, lambda phrase: None)
    return window


SCREENS = {
    "lock": locked,
    "help": lambda: HelpWindow("agent"),
    "door": lambda: SignInPage((PersonEntry("y", "Yasmina B.", Role.AGENT, "Gent"),)),
}
