"""What makes a laptop trust a server: the certificate authority of its enrolment, and nothing else."""

from __future__ import annotations

import ipaddress
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from db.errors import CentralUnverifiable


class Trust:
    """The connection's demands on a server, and the file with the authority while the connection may be made again.

    Without an authority only a server on this machine is spoken to: CentralUnverifiable for any other.
    """

    def __init__(self, host: str, ca: str) -> None:
        self.host = "localhost" if host.startswith("/") else host
        self._folder: tempfile.TemporaryDirectory[str] | None = None
        if not ca and not _is_here(host):
            raise CentralUnverifiable(host=self.host)
        self._file = self._written(ca) if ca else None

    @property
    def arguments(self) -> Mapping[str, Any]:
        """Return what the driver is told."""
        if self._file is None:
            return {"sslmode": "prefer"}
        return {
            "sslmode": "verify-full",
            "sslrootcert": str(self._file),
            "channel_binding": "require",
            "require_auth": "scram-sha-256",
            "ssl_min_protocol_version": "TLSv1.2",
        }

    def close(self) -> None:
        """Remove the file."""
        if self._folder is not None:
            self._folder.cleanup()

    def _written(self, ca: str) -> Path:
        # The driver takes a file only; its folder is open to this user alone.
        self._folder = tempfile.TemporaryDirectory(prefix="callcenter-")
        file = Path(self._folder.name) / "authority.pem"
        file.write_text(ca, "utf-8")
        return file


def _is_here(host: str) -> bool:
    """Tell whether a host is this machine: a socket's folder, or a loopback address."""
    if host.startswith("/") or host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
