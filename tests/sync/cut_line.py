"""A line to PostgreSQL that breaks after a number of bytes, counted over both directions."""

from __future__ import annotations

import contextlib
import socket
import threading
from pathlib import Path

_NAME = ".s.PGSQL.5432"


class CutLine:
    """Listens in a folder as PostgreSQL would and passes bytes on to the real one, until it cuts."""

    def __init__(self, folder: Path, real: Path) -> None:
        self._real = str(real / _NAME)
        self._left: int | None = None
        self._turn = threading.Lock()
        self._served: list[threading.Thread] = []
        self._door = socket.socket(socket.AF_UNIX)
        self._door.bind(str(folder / _NAME))
        self._door.listen()
        threading.Thread(target=self._accept, daemon=True).start()

    def cut_after(self, count: int | None) -> None:
        """Break every connection once so many bytes more have passed; None: never again."""
        with self._turn:
            self._left = count

    def close(self) -> None:
        """Listen no more, and wait until every connection is gone."""
        self._door.shutdown(socket.SHUT_RDWR)
        self._door.close()
        for served in self._served:
            served.join()

    def _accept(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                near, _ = self._door.accept()
                self._served.append(threading.Thread(target=self._serve, args=(near,), daemon=True))
                self._served[-1].start()

    def _serve(self, near: socket.socket) -> None:
        with near, socket.socket(socket.AF_UNIX) as far:
            far.connect(self._real)
            back = threading.Thread(target=self._pass_on, args=(far, near), daemon=True)
            back.start()
            self._pass_on(near, far)
            back.join()

    def _pass_on(self, source: socket.socket, target: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while chunk := source.recv(65536):
                allowed = self._allowed(len(chunk))
                target.sendall(chunk[:allowed])
                if allowed < len(chunk):
                    break
        for end in (source, target):
            with contextlib.suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)

    def _allowed(self, wanted: int) -> int:
        with self._turn:
            if self._left is None:
                return wanted
            allowed = min(wanted, self._left)
            self._left -= allowed
            return allowed
