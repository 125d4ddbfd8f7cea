"""Why a case may be called now, why it waits, or why an agent may not call it: a code with its facts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TypeAlias

Fact: TypeAlias = str | int | datetime


@dataclass(frozen=True)
class Reason:
    """A code with numbers, names of slots or moments; `explain` words it.

    The fact `until` is the moment at which the reason ends; a reason without it does not end by waiting.
    """

    code: str
    facts: tuple[tuple[str, Fact], ...] = ()

    @classmethod
    def of(cls, code: str, **facts: Fact) -> Reason:
        """Return a reason with its facts in the order of their names."""
        return cls(code, tuple(sorted(facts.items())))

    def fact(self, name: str) -> Fact | None:
        """Return one fact; None when the reason has none of this name."""
        return dict(self.facts).get(name)

    @property
    def until(self) -> datetime | None:
        """Return the moment at which this reason ends by itself."""
        found = self.fact("until")
        return found if isinstance(found, datetime) else None

    def __str__(self) -> str:
        """Return the text form that packs and plans keep, `wait outcome=G until=2026-06-22T15:30:00+00:00`."""
        return " ".join([self.code, *(f"{name}={_written(value)}" for name, value in self.facts)])

    @classmethod
    def read(cls, text: str) -> Reason:
        """Return the reason of its text form."""
        code, *facts = text.split(" ")
        return cls.of(code, **{name: _value(value) for name, _, value in (f.partition("=") for f in facts)})


def _written(value: Fact) -> str:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    return str(value).replace(" ", "_")


def _value(text: str) -> Fact:
    if text.isascii() and text.isdecimal():
        return int(text)
    try:
        return datetime.fromisoformat(text) if "T" in text else text
    except ValueError:  # a word with a T in it
        return text


def counted(reasons: Iterable[Reason]) -> tuple[tuple[Reason, int], ...]:
    """Count reasons by code, most frequent first; of those that end, the one that ends first stands for its code."""
    first: dict[str, Reason] = {}
    counts: dict[str, int] = {}
    for reason in sorted(reasons, key=_soonest):
        first.setdefault(reason.code, reason)
        counts[reason.code] = counts.get(reason.code, 0) + 1
    return tuple((first[code], counts[code]) for code in sorted(counts, key=lambda code: (-counts[code], code)))


def _soonest(reason: Reason) -> tuple[str, bool, float, str]:
    ends = reason.until
    return reason.code, ends is None, ends.timestamp() if ends else 0.0, str(reason)
