"""Lists that are typed as lines: who knows whom, and which language will do for which."""

from __future__ import annotations

from collections.abc import Iterable, Mapping


def pairs_written(pairs: Iterable[tuple[str, str]]) -> str:
    """Return one line a pair, `agent = person`."""
    return "\n".join(f"{one} = {other}" for one, other in pairs)


def pairs_read(text: str) -> list[tuple[str, str]]:
    """Return the pairs of the lines; a line without a second name gives an empty one, which the rules refuse."""
    found = []
    for line in text.splitlines():
        if line.strip():
            one, _, other = line.replace(";", "=").partition("=")
            found.append((one.strip(), other.strip()))
    return found


def routing_written(routing: Mapping[str, tuple[str, ...]]) -> str:
    """Return one line a language, `tr = nl, fr`."""
    return "\n".join(f"{language} = {', '.join(others)}" for language, others in routing.items())


def routing_read(text: str) -> dict[str, list[str]]:
    """Return, per language code, the codes that will do as well."""
    return {
        one.lower(): [code.strip().lower() for code in others.split(",") if code.strip()]
        for one, others in pairs_read(text)
    }
