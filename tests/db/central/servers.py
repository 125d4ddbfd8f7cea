"""The system's PostgreSQL for tests: let in by TLS and SCRAM only, with an authority made by openssl."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path

_FOLDER = Path("/usr/lib/postgresql")
_OLDEST = 15
_SETTINGS = {
    "listen_addresses": "127.0.0.1",
    "ssl": "on",
    "ssl_min_protocol_version": "TLSv1.2",
    "fsync": "off",
    "full_page_writes": "off",
    "autovacuum": "off",
    "log_min_messages": "fatal",
    "max_connections": "60",
}
_DOOR = """
local   all  postgres                trust
hostssl all  all       127.0.0.1/32  scram-sha-256
host    all  all       all           reject
"""


def installed() -> Path | None:
    """Return the programs of the system's oldest PostgreSQL from 15 on (Debian 12 has 15), or None."""
    found = [int(f.parent.name) for f in _FOLDER.glob("[0-9]*/bin") if (f / "postgres").exists()]
    new_enough = sorted(version for version in found if version >= _OLDEST)
    return _FOLDER / str(new_enough[0]) / "bin" if new_enough else None


def free_port() -> int:
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        return int(door.getsockname()[1])


class SystemServer:
    """The system's PostgreSQL; started by root it runs as the user `postgres`."""

    def __init__(self, programs: Path) -> None:
        self._programs = programs
        self._user = "postgres" if os.geteuid() == 0 else None
        self.folder = Path(tempfile.mkdtemp(prefix="pg15-"))
        self._data = self.folder / "data"
        self._give(self.folder)
        self.port = free_port()
        self._run("initdb", "-D", str(self._data), "-U", "postgres", "-A", "trust", "-E", "UTF8", "--no-sync")
        self.ca = make_authority(self.folder, "authority")
        make_certificate(self.folder, "authority", "server", "localhost")
        for name in ("server.crt", "server.key"):
            target = self._data / name
            shutil.copy(self.folder / name, target)
            self._give(target)
            target.chmod(0o600)
        (self._data / "pg_hba.conf").write_text(_DOOR, "ascii")
        with (self._data / "postgresql.conf").open("a", encoding="ascii") as file:
            file.write("".join(f"{name} = '{value}'\n" for name, value in _SETTINGS.items()))
            file.write(f"port = {self.port}\nunix_socket_directories = '{self.folder}'\n")
        self._run("pg_ctl", "-D", str(self._data), "-w", "-l", str(self.folder / "log"), "start")

    @property
    def url(self) -> str:
        """Return the owner's address: a socket in this machine."""
        return f"postgresql://postgres@/postgres?host={self.folder}&port={self.port}"

    def stop(self) -> None:
        self._run("pg_ctl", "-D", str(self._data), "-m", "immediate", "stop")
        shutil.rmtree(self.folder, ignore_errors=True)

    def _give(self, path: Path) -> None:
        if self._user:
            shutil.chown(path, self._user)

    def _run(self, program: str, *words: str) -> None:
        subprocess.run(
            [str(self._programs / program), *words],
            user=self._user,
            cwd=self.folder,
            check=True,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            stdin=subprocess.DEVNULL,
        )


def make_authority(folder: Path, name: str) -> str:
    """Make a certificate authority and return its certificate as PEM text."""
    subject = ["-subj", f"/CN={name}", "-days", "2"]
    _openssl(folder, ["req", "-x509", *_NEW, "-keyout", f"{name}.key", "-out", f"{name}.crt", *subject])
    return (folder / f"{name}.crt").read_text("ascii")


def make_certificate(folder: Path, authority: str, name: str, host: str) -> None:
    """Make a server's certificate for a host, signed by an authority."""
    _openssl(folder, ["req", *_NEW, "-keyout", f"{name}.key", "-out", f"{name}.csr", "-subj", f"/CN={host}"])
    (folder / "san").write_text(f"subjectAltName=DNS:{host}\n", "ascii")
    signed = ["-CA", f"{authority}.crt", "-CAkey", f"{authority}.key", "-CAcreateserial", "-days", "2"]
    _openssl(folder, ["x509", "-req", "-in", f"{name}.csr", *signed, "-extfile", "san", "-out", f"{name}.crt"])


_NEW = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"]


def _openssl(folder: Path, words: Sequence[str]) -> None:
    subprocess.run(["openssl", *words], cwd=folder, check=True, capture_output=True)  # noqa: S607 - as installed
