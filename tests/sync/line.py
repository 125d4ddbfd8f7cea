"""A TCP line to a server that breaks after byte N in one direction, as a cable that is pulled: with a reset."""

from __future__ import annotations

import contextlib
import select
import socket
import struct
import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

Way = Literal["up", "down"]
"""Up is from the laptop to the server."""

_PATIENCE = 1.0
_RESET = struct.pack("ii", 1, 0)


@dataclass(frozen=True)
class Fault:
    """What happens to a connection once so many bytes went one way: it is cut, or a bit of the next byte flips.

    A flipped length lets both sides wait for each other; such a line is cut when nothing moved for a while.
    """

    way: Way
    after: int
    flips: bool = False


Plan = Callable[[], Fault | None]
"""Asked once for every connection."""


def _whole() -> Fault | None:
    return None


class Line:
    """Listens on this machine and passes bytes on to a server; `cuts` counts the connections it broke."""

    def __init__(self, port: int) -> None:
        self.plan: Plan = _whole
        self.cuts = self.flips = 0
        self.passed = {"up": 0, "down": 0}
        self._to = ("127.0.0.1", port)
        self._door = socket.create_server(("127.0.0.1", 0))
        self._turn = threading.Lock()
        threading.Thread(target=self._accept, daemon=True).start()

    @property
    def port(self) -> int:
        """Return where it listens."""
        return int(self._door.getsockname()[1])

    def close(self) -> None:
        """Listen no more."""
        self._door.close()

    def _accept(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                near, _ = self._door.accept()
                threading.Thread(target=self._serve, args=(near, self.plan()), daemon=True).start()

    def _serve(self, near: socket.socket, fault: Fault | None) -> None:
        try:
            far = socket.create_connection(self._to)
        except OSError:
            _reset(near)
            return
        for end in (near, far):
            end.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        with contextlib.suppress(OSError):
            self._pass_on(near, far, fault)
        _reset(near)
        _reset(far)

    def _pass_on(self, near: socket.socket, far: socket.socket, fault: Fault | None) -> None:
        """Pass bytes both ways until one side ends or the fault is reached."""
        seen: dict[Way, int] = {"up": 0, "down": 0}
        patience: float | None = None
        while ready := select.select([near, far], [], [], patience)[0]:
            for source in ready:
                way: Way = "up" if source is near else "down"
                target = far if source is near else near
                chunk = source.recv(65536)
                if not chunk:
                    return
                before, seen[way] = seen[way], seen[way] + len(chunk)
                self._count(way, len(chunk))
                if fault is not None and fault.way == way and before <= fault.after < seen[way]:
                    if not fault.flips:
                        self.cuts += 1
                        target.sendall(chunk[: fault.after - before])
                        return
                    self.flips += 1
                    patience = _PATIENCE
                    chunk = _flipped(chunk, fault.after - before)
                target.sendall(chunk)

    def _count(self, way: Way, size: int) -> None:
        with self._turn:
            self.passed[way] += size


def _flipped(chunk: bytes, place: int) -> bytes:
    return chunk[:place] + bytes([chunk[place] ^ 0x20]) + chunk[place + 1 :]


def _reset(end: socket.socket) -> None:
    """Close as a broken line does: what is under way is dropped, the other side is told at once."""
    with contextlib.suppress(OSError):
        end.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET)
    end.close()
