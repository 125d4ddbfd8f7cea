"""What went wrong, in sentences: the only place that makes them, and the only message box."""

from __future__ import annotations

import hashlib
import logging
import traceback
from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox, QWidget

from callcenter.errors import CallcenterError
from ui.text import _, current

_log = logging.getLogger("callcenter.ui")


@dataclass(frozen=True)
class Explained:
    """What happened, what to do, and the code to read out to a supervisor."""

    what: str
    advice: str
    code: str


def explain(error: BaseException) -> Explained:
    """Return an error in words; anything that is not a CallcenterError is a bug and goes to the log."""
    if isinstance(error, CallcenterError):
        what, advice = error.explain(current())
        return Explained(what, advice, error.code)
    code = _bug_code(error)
    _log.error("bug %s", code, exc_info=(type(error), error, error.__traceback__))
    return Explained(
        _("The program made a mistake. That is not your fault."),
        _("Your answers are safe: everything up to your last key is kept. Go on, or tell your supervisor this code."),
        code,
    )


def _bug_code(error: BaseException) -> str:
    """Return a short code that is the same for the same place in the program."""
    places = [f"{frame.name}:{frame.lineno}" for frame in traceback.extract_tb(error.__traceback__)[-4:]]
    mark = hashlib.sha256("|".join([type(error).__name__, *places]).encode()).hexdigest()
    return f"BUG-{mark[:4].upper()}"


def tell(parent: QWidget | None, error: BaseException) -> QMessageBox:
    """Show an error above a window, without stopping the program; returns the open box."""
    explained = explain(error)
    code = _("Code: {code}", code=explained.code)
    box = _box(parent, explained.what, f"{explained.advice}\n\n{code}")
    box.setIcon(QMessageBox.Icon.Information)
    box.addButton(_("All right"), QMessageBox.ButtonRole.AcceptRole)
    box.open()
    return box


def say(parent: QWidget | None, what: str, detail: str) -> QMessageBox:
    """Say that something was done, without stopping the program; returns the open box."""
    box = _box(parent, what, detail)
    box.setIcon(QMessageBox.Icon.Information)
    box.addButton(_("All right"), QMessageBox.ButtonRole.AcceptRole)
    box.open()
    return box


def ask(parent: QWidget | None, question: str, detail: str, yes: str, then: Callable[[], object]) -> QMessageBox:
    """Ask before something that cannot be undone; `then` is called when the answer is `yes`. Returns the open box.

    The careful answer is the default: Enter and Escape both leave everything as it is.
    """
    box = _box(parent, question, detail)
    box.setIcon(QMessageBox.Icon.Question)
    agreed = box.addButton(yes, QMessageBox.ButtonRole.AcceptRole)
    stay = box.addButton(_("No, go back"), QMessageBox.ButtonRole.RejectRole)
    box.setDefaultButton(stay)
    box.setEscapeButton(stay)
    agreed.clicked.connect(lambda: then())
    box.open()
    return box


def _box(parent: QWidget | None, text: str, detail: str) -> QMessageBox:
    box = QMessageBox(parent)
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    box.setWindowTitle(_("Call desk"))
    box.setText(text)
    box.setInformativeText(detail)
    return box
