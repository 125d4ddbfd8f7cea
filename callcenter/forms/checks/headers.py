"""What the columns of an XLSForm mean, whichever of its names the author gave them."""

from __future__ import annotations

import re

_NAMES = {
    "relevance": "relevant",
    "calculate": "calculation",
    "read_only": "readonly",
    "count": "repeat_count",
    "constraining_message": "constraint_message",
    "constraintmsg": "constraint_message",
    "requiredmsg": "required_message",
    "caption": "label",
    "command": "type",
    "list name": "list_name",
}
_FAMILIES = {"bind", "control", "body"}
FORMULAS = ("relevant", "calculation", "constraint", "required", "readonly", "choice_filter", "repeat_count")
"""Columns of the survey that hold a formula."""
TEXTS = ("label", "hint", "guidance_hint", "constraint_message", "required_message")
"""Columns that are read by people, one for each language."""


def meaning(header: str, sheet: str) -> tuple[str, str]:
    """Return what a column holds in one word, and its language, or an empty text."""
    pieces = [piece.strip() for piece in re.split(r"::?", header)]
    if pieces[0].lower() in _FAMILIES and len(pieces) > 1:
        pieces = pieces[1:]
    if pieces[0] == "jr" and len(pieces) > 1:
        pieces = pieces[1:]
    if pieces[0] == "cc" and len(pieces) > 1:
        return f"cc:{pieces[1]}", ""
    first, *rest = pieces
    word = re.sub(r"\s+", "_", first.lower())
    if sheet in ("survey", "choices") and word in ("value", "tag"):
        word = "name"
    return _NAMES.get(word, word), "::".join(rest)
