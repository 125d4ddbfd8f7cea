"""Post boxes whose line has faults: it breaks at a call, repeats, reorders, leaves out or damages what it carries."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Sequence
from typing import Any

from callcenter.ports import Delivery, Outgoing, PostBox, Verdict
from db.errors import CentralUnreachable

ENDLESS = 300
"""A sync that asks more often than this does not end."""


class FaultyBox:
    """A real post box behind a bad line; `calls` counts what was asked of it."""

    def __init__(self, box: PostBox, breaks_at: int = 0, *, after: bool = False, fault: str = "") -> None:
        self._box, self._breaks_at, self._after = box, breaks_at, after
        self._fault = FAULTS[fault]
        self.calls = 0

    def __getattr__(self, name: str) -> Callable[..., Any]:
        call = getattr(self._box, name)

        def asked(*words: Any, **more: Any) -> Any:
            self.calls += 1
            assert self.calls < ENDLESS, "a sync that does not end"  # I13
            if self.calls == self._breaks_at and not self._after:
                raise CentralUnreachable(host="central")
            answer = self._fault(name, call, *words, **more)
            if self.calls == self._breaks_at:
                raise CentralUnreachable(host="central")
            return answer

        return asked


def _none(name: str, call: Callable[..., Any], *words: Any, **more: Any) -> Any:
    return call(*words, **more)


def _pushed_twice(name: str, call: Callable[..., Any], *words: Any) -> Any:
    """Carry a batch to central two times, as a line that repeats what was not confirmed in time."""
    if name == "push":
        call(*words)
    return call(*words)


def _pushed_backwards(name: str, call: Callable[..., Any], *words: Any) -> Any:
    if name != "push":
        return call(*words)
    batch: Sequence[Outgoing] = words[0]
    back: Sequence[Verdict] = call(list(reversed(batch)))
    return back


def _pulled(change: Callable[[list[Delivery]], list[Delivery]]) -> Callable[..., Any]:
    def fault(name: str, call: Callable[..., Any], *words: Any) -> Any:
        found = call(*words)
        return tuple(change(list(found))) if name == "pull" and found else found

    return fault


def _damaged(found: list[Delivery]) -> list[Delivery]:
    """Flip one bit of a letter in the middle of the first text."""
    wire = found[0].wire
    place = len(wire) // 2
    flipped = wire[:place] + chr(ord(wire[place]) ^ 1) + wire[place + 1 :]
    return [dataclasses.replace(found[0], wire=flipped), *found[1:]]


FAULTS: dict[str, Callable[..., Any]] = {
    "": _none,
    "pushed twice": _pushed_twice,
    "pushed backwards": _pushed_backwards,
    "pulled backwards": _pulled(lambda found: found[::-1]),
    "pulled twice": _pulled(lambda found: [*found, *found]),
    "pulled from before": _pulled(lambda found: [dataclasses.replace(found[0], n=found[0].n - 1), *found]),
    "one left out": _pulled(lambda found: found[1:]),
    "damaged": _pulled(_damaged),
}
# What a store may say to these; anything else is a bug.
ANSWERED = ("SYNC-01", "SYNC-04", "SYNC-05", "SYNC-06", "SYNC-23")
