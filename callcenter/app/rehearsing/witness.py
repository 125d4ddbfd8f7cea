"""The witness of a rehearsal: a file that names what the screen has confirmed, whatever happens to the program."""

from __future__ import annotations

import os
from pathlib import Path

from db.errors import translated
from db.local.store import LocalStore


class Witness:
    """Appends a line (event id, sha256) for each own event, on the disk before anything else happens.

    What was kept just before the program was killed is written down at the next start; half a line is taken back.
    """

    def __init__(self, path: Path, store: LocalStore) -> None:
        self._store, self._path, self._seq = store, path, 0
        with translated():
            path.parent.mkdir(parents=True, exist_ok=True)
            path.touch()
            self._known = self._whole()
        self._file = path.open("ab", buffering=0)
        self.count = 0
        self.note()
        # From now on what is new is known by its number.
        self._known = frozenset()

    def note(self) -> None:
        """Write down what was kept since the last time; DiskFull when that is not possible."""
        said = self._store.said_after(self._seq)
        new = [each for each in said if each[1] not in self._known]
        lines = "".join(f"{event} {sha}\n" for _, event, sha in new).encode("ascii")
        with translated():
            while lines:
                lines = lines[self._file.write(lines) :]
                os.fsync(self._file.fileno())
        self._seq = said[-1][0] if said else self._seq
        self.count += len(new)

    def close(self) -> None:
        """Close the file."""
        self._file.close()

    def _whole(self) -> frozenset[str]:
        """Cut off a line that a kill left unfinished, and return the events of the others."""
        text = self._path.read_bytes()
        whole = text[: text.rfind(b"\n") + 1]
        if whole != text:
            os.truncate(self._path, len(whole))
        return frozenset(line.split()[0].decode("ascii") for line in whole.splitlines() if line.strip())
