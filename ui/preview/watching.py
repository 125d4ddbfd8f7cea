"""Tells when a file got another content, also when its editor puts a new file in its place."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QFileSystemWatcher, QObject, QTimer, Signal

_QUIET = 150  # milliseconds without news: a spreadsheet is written in several steps


class FileWatch(QObject):
    """Watches one file and its folder; `changed` comes when writing has been quiet for a moment."""

    changed = Signal()

    def __init__(self, file: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._file = file.absolute()
        self._seen = self._mark()
        self._system = QFileSystemWatcher([str(self._file.parent)], self)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_QUIET)
        self._pause.timeout.connect(self.changed)
        self._system.fileChanged.connect(self.look)
        self._system.directoryChanged.connect(self.look)
        self._follow()

    def look(self) -> None:
        """See whether the file is another than before; other files of its folder are no news."""
        self._follow()
        mark = self._mark()
        if mark is not None and mark != self._seen:
            self._seen = mark
            self._pause.start()

    def _follow(self) -> None:
        # A file that was replaced is watched no more.
        if self._file.exists() and str(self._file) not in self._system.files():
            self._system.addPath(str(self._file))

    def _mark(self) -> tuple[int, int, int] | None:
        try:
            told = self._file.stat()
        except OSError:
            return None
        return told.st_ino, told.st_mtime_ns, told.st_size
