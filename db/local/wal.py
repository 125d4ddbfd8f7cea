"""Looks at a write-ahead log before SQLite does: SQLite ends a log in silence where a frame does not fit its check.

After a stop in the middle of a write the log may end in half a frame; whole frames always fit. One that does not, or
a later one that SQLite would not reach, was damaged, and with it events that the screen has confirmed.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from pathlib import Path
from typing import Final

_HEADER, _FRAME = 32, 24
_LITTLE, _BIG = 0x377F0682, 0x377F0683
_VERSION: Final = 3_007_000
# SQLCipher's own page size, that of every store.
_KNOWN_PAGE: Final = 4096
_PAGES: Final = frozenset(1 << n for n in range(9, 17))

_Sum = tuple[int, int]


@dataclass(frozen=True)
class _Log:
    """The head of a log: how it counts, how large its pages are, and which run of it is the last."""

    order: str
    page: int
    salts: bytes
    sums: _Sum


def is_whole(path: Path) -> bool:
    """Tell whether SQLite will read all that a write-ahead log holds; an absent or empty one is whole.

    One that changes while it is looked at belongs to a program that runs, and nothing is read in place of SQLite.
    """
    content = _content(path)
    return _is_whole(content) or _content(path) != content


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return b""


def _is_whole(content: bytes) -> bool:
    if len(content) <= _HEADER:
        return len(content) in (0, _HEADER) or not any(content)
    log = _head(content)
    return log is not None and _fits(content, log)


def _head(content: bytes) -> _Log | None:
    magic, _version, page = struct.unpack(">3I", content[:12])
    if magic not in (_LITTLE, _BIG) or page not in _PAGES:
        return None
    order = "<" if magic == _LITTLE else ">"
    sums = _add(order, content[:24], (0, 0))
    return _Log(order, page, content[16:24], sums) if struct.pack(">2I", *sums) == content[24:32] else None


def _fits(content: bytes, log: _Log) -> bool:
    """Tell whether the frames of this run fit one after the other, and none of it stands behind one that does not."""
    sums, size = log.sums, _FRAME + log.page
    for start in range(_HEADER, len(content) - size + 1, size):
        head = content[start : start + _FRAME]
        if head[8:16] != log.salts:
            # Here ends this run; behind it may stand frames of earlier ones, and those share neither salt with it.
            return not any(_of_run(content[at : at + _FRAME], log) for at in range(start, len(content), size))
        sums = _add(log.order, head[:8], sums)
        sums = _add(log.order, content[start + _FRAME : start + size], sums)
        if struct.pack(">2I", *sums) != head[16:24]:
            return False
    return True


def _of_run(head: bytes, log: _Log) -> bool:
    return head[8:12] == log.salts[:4] or head[12:16] == log.salts[4:]


def _add(order: str, data: bytes, sums: _Sum) -> _Sum:
    """Go on with SQLite's checksum over pairs of 32-bit words."""
    first, second = sums
    words = struct.unpack(f"{order}{len(data) // 4}I", data)
    for even, odd in zip(words[::2], words[1::2], strict=True):
        first = (first + even + second) & 0xFFFFFFFF
        second = (second + odd + first) & 0xFFFFFFFF
    return first, second


def mended(content: bytes) -> bytes:
    """Return a log whose frames all count again, so that what a damaged one still holds can be read.

    Each page has a check of its own inside the encryption: a page that was itself changed stays unreadable.
    """
    size, run = _FRAME + _KNOWN_PAGE, _run_of(content)
    order, page = "<", struct.pack(">3I", _LITTLE, _VERSION, _KNOWN_PAGE)
    head = page + content[12:16] + run
    sums = _add(order, head, (0, 0))
    made = [head, struct.pack(">2I", *sums)]
    for start in range(_HEADER, len(content) - size + 1, size):
        frame = content[start : start + size]
        if frame[8:12] != run[:4] and frame[12:16] != run[4:]:
            break
        sums = _add(order, frame[_FRAME:], _add(order, frame[:8], sums))
        made += [frame[:8], run, struct.pack(">2I", *sums), frame[_FRAME:]]
    return b"".join(made)


def _run_of(content: bytes) -> bytes:
    """Return the salts of the last run: those of its head or, where that was changed, of its first frames."""
    places = (16, _HEADER + 8, _HEADER + _FRAME + _KNOWN_PAGE + 8)
    seen = [content[place : place + 8] for place in places]
    return max(seen, key=seen.count)
