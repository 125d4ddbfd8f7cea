"""Drawings made for white paper, in the colours of the theme in use."""

from __future__ import annotations

from ui.style import Theme, code, look

# The inks that charts use on paper, and the tokens that stand for them on the screen.
_INKS = {"#131C2B": "text", "#4E5B70": "muted", "#D8DEE7": "border"}


def themed(drawing: bytes) -> bytes:
    """Return an SVG drawing whose inks can be read on the theme's ground."""
    if look().theme is Theme.LIGHT:
        return drawing
    text = drawing.decode()
    for paper, token in _INKS.items():
        text = text.replace(paper, code(token)).replace(_rgb(paper), code(token))
    return text.encode()


def _rgb(ink: str) -> str:
    """Return `#131C2B` as reportlab writes it in SVG: whole percents, cut."""
    parts = (int(ink[place : place + 2], 16) * 100 // 255 for place in (1, 3, 5))
    return "rgb({}%,{}%,{}%)".format(*parts)
