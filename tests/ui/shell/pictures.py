"""The lock over a desk, for looking."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QMainWindow, QWidget

from callcenter.domain.agent import Role
from tests.ui.agent.pictures import in_call
from tests.ui.invented import STATUS
from ui.background import Lanes
from ui.messages import Explained
from ui.shell.actions import PersonEntry, Saved
from ui.shell.door import SignInPage
from ui.shell.help import HelpWindow
from ui.shell.locking import DeskLock
from ui.shell.mending import RecoveryPage, RescuePage, SavedPage
from ui.shell.phrase_dialog import PhraseDialog


def locked() -> QWidget:
    window = QMainWindow()
    window.setCentralWidget(in_call())
    window.resize(1366, 728)
    DeskLock(window, Lanes()).lock(STATUS.agent, lambda phrase: None)
    return window


_YASMINA = PersonEntry("yasmina-b", "Yasmina B.", Role.AGENT, "Gent")
_WHY = Explained(
    "De gegevens op deze laptop zijn beschadigd en niet te lezen.",
    "Verwijder niets. Zeg het je begeleider: het bestand kan opzij gelegd en ingestuurd worden.",
    "STORE-03",
)


def recovery() -> QWidget:
    page = RecoveryPage(_YASMINA)
    page.show_trouble(
        Explained("Deze herstelcode hoort niet bij deze laptop.", "Kijk letter per letter na.", "STORE-10")
    )
    return page


def change() -> QWidget:
    dialog = PhraseDialog(None)
    dialog.show_trouble(Explained("Dat is niet je wachtzin.", "Kijk hoofdletters en toetsenbord na.", "STORE-09"))
    return dialog


SCREENS = {
    "recovery": recovery,
    "rescue": lambda: RescuePage(_YASMINA, _WHY, Path("/home/yasmina/yasmina-b-2026-11-28.kantoor")),
    "saved": lambda: SavedPage(
        Saved(Path("/home/yasmina/yasmina-b-2026-11-28.kantoor"), "7KQ2 M0XD PA4R 9TNB", 12, 2)
    ),
    "phrase": change,
    "lock": locked,
    "help": lambda: HelpWindow("agent"),
    "door": lambda: SignInPage((PersonEntry("y", "Yasmina B.", Role.AGENT, "Gent"),)),
    "door-aside": lambda: SignInPage(
        (_YASMINA, PersonEntry(".aside/y", "Yasmina Benali-Vandenbroucke", Role.AGENT, "Gent", aside=True))
    ),
}
