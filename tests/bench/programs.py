"""Programs that `start` runs, each in a process of its own; each prints what it measured as one JSON object.

python -m tests.bench.programs bare STARTED                     a window with one label
python -m tests.bench.programs door STARTED FOLDER              the program up to its sign-in page
python -m tests.bench.programs desk STARTED FOLDER KEY PHRASE   from the pass phrase to the desk with a person on it

STARTED is when the parent started the process, in seconds of the monotonic clock that all processes share.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

_NOT_BEFORE_SIGN_IN = (
    "alembic",
    "babel",
    "holidays",
    "lxml",
    "numpy",
    "openpyxl",
    "phonenumbers",
    "pyxform",
    "reportlab",
    "xlsxwriter",
)


def _told(**facts: object) -> None:
    sys.stdout.write(json.dumps(facts) + "\n")
    sys.stdout.flush()


def _first_paint(window: object) -> float:
    """Show a window; return the monotonic moment at which its first frame was painted."""
    from PySide6.QtCore import QEvent, QObject
    from PySide6.QtWidgets import QApplication, QWidget

    class Watch(QObject):
        painted = False

        def eventFilter(self, watched: QObject, event: QEvent) -> bool:
            self.painted = self.painted or event.type() == QEvent.Type.Paint
            return False

    assert isinstance(window, QWidget)
    watch = Watch()
    window.installEventFilter(watch)
    window.show()
    while not watch.painted:
        QApplication.processEvents()
    return time.monotonic()


def _bare(started: float) -> None:
    from PySide6.QtWidgets import QApplication, QLabel, QMainWindow

    application = QApplication(sys.argv[:1])
    window = QMainWindow()
    window.setCentralWidget(QLabel("Ready"))
    window.resize(1366, 728)
    _told(painted=_first_paint(window) - started)
    del application


def _door(started: float, folder: str) -> None:
    from callcenter.app.later import opened_later
    from callcenter.clock import now
    from callcenter.settings import folders

    program = opened_later(folders(Path(folder)), now)
    painted = _first_paint(program.window) - started
    _told(painted=painted, heavy=[name for name in _NOT_BEFORE_SIGN_IN if name in sys.modules])
    program.close()


def _desk(folder: str, key: str, phrase: str) -> None:
    from callcenter.app.later import opened_later
    from callcenter.app.staging import NOW
    from callcenter.clock import RunningClock
    from callcenter.settings import folders
    from ui.agent.desk import Desk, State

    program = opened_later(folders(Path(folder)), RunningClock(NOW))
    window, application = program.window, program.application
    _first_paint(window)
    behind = program.behind()  # loaded while the pass phrase is typed
    begun = time.monotonic()
    opened = behind.sign_in(key, phrase)
    unlocked = time.monotonic()
    window.enter(opened)
    desk = window.centralWidget()
    assert isinstance(desk, Desk)
    while desk.state is not State.READY:
        program.lanes.store.finish()
        application.processEvents()
    window.repaint()
    painted = time.monotonic()
    program.lanes.finish()
    application.processEvents()
    _told(unlock=unlocked - begun, painted=painted - begun, memory=_resident())
    program.close()


def _resident() -> float:
    """Return this process's resident memory in MB."""
    status = Path("/proc/self/status").read_text("ascii")
    (line,) = (line for line in status.splitlines() if line.startswith("VmRSS:"))
    return int(line.split()[1]) / 1024


if __name__ == "__main__":
    match sys.argv[1]:
        case "bare":
            _bare(float(sys.argv[2]))
        case "door":
            _door(float(sys.argv[2]), sys.argv[3])
        case "desk":
            _desk(sys.argv[3], sys.argv[4], sys.argv[5])
