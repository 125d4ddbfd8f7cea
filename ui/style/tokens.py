"""Every colour and size of the screens, by name; the style sheet, palette and painted widgets are made from these."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum


class Theme(StrEnum):
    """Light or dark."""

    LIGHT = "light"
    DARK = "dark"


SCALES = (1.0, 1.15, 1.3, 1.5)

# Each name with its light and its dark colour.
_COLOURS: dict[str, tuple[str, str]] = {
    "bg": ("#F3F5F8", "#0E131B"),
    "surface": ("#FFFFFF", "#161D28"),
    "raised": ("#F8FAFC", "#1C2533"),
    "sunken": ("#EBEFF4", "#0A0F16"),
    "border": ("#D8DEE7", "#2B3747"),
    "border_strong": ("#8592A6", "#7486A0"),
    "text": ("#131C2B", "#E9EEF6"),
    "muted": ("#4E5B70", "#AEBACB"),
    "faint": ("#66738A", "#8E9CB1"),
    "primary": ("#1D4ED8", "#7FA8FF"),
    "primary_hover": ("#1A45BF", "#98B9FF"),
    "on_primary": ("#FFFFFF", "#0B1730"),
    "primary_soft": ("#E6EEFF", "#1B2B4D"),
    "primary_text": ("#1B46BE", "#A5C2FF"),
    "ok": ("#0B6E4F", "#4CC38A"),
    "on_ok": ("#FFFFFF", "#06251A"),
    "ok_soft": ("#DDF3E9", "#12352A"),
    "ok_text": ("#0A5F45", "#7FDDB0"),
    "warn": ("#8A5200", "#F0B35B"),
    "warn_soft": ("#FFF1D6", "#3A2A10"),
    "warn_text": ("#7A4900", "#F6C77F"),
    "bad": ("#B3261E", "#FF8A80"),
    "on_bad": ("#FFFFFF", "#3A0905"),
    "bad_soft": ("#FDE7E5", "#42191A"),
    "bad_text": ("#9C1F18", "#FFAAA3"),
    "fill": ("#7A2E8E", "#DDA5EE"),
    "fill_soft": ("#F6EAFA", "#33203A"),
    "focus": ("#1D4ED8", "#A5C2FF"),
    "key": ("#FFFFFF", "#0E131B"),
}

COLOURS: Mapping[Theme, Mapping[str, str]] = {
    Theme.LIGHT: {name: pair[0] for name, pair in _COLOURS.items()},
    Theme.DARK: {name: pair[1] for name, pair in _COLOURS.items()},
}

SPACE = (4, 8, 12, 16, 24, 32)
RADIUS_SMALL, RADIUS, RADIUS_CARD = 6, 8, 12

# Pixel sizes of type at scale 1.0.
TYPE: Mapping[str, int] = {
    "caption": 12,
    "small": 13,
    "body": 14,
    "strong": 15,
    "title": 18,
    "script": 21,
    "name": 24,
    "kpi": 28,
}
REGULAR, MEDIUM, SEMIBOLD, BOLD = 400, 500, 600, 700

# Okabe and Ito's colours, in the one order that screen and PDF share.
SERIES = ("#0072B2", "#E69F00", "#009E73", "#CC79A7", "#56B4E9", "#D55E00", "#999999")

# (ink, ground, least contrast): WCAG 2.2 AA, and 7:1 for running text.
CONTRAST_PAIRS: tuple[tuple[str, str, float], ...] = (
    *(("text", ground, 7.0) for ground in ("surface", "bg", "raised", "sunken", "primary_soft")),
    *(("muted", ground, 4.5) for ground in ("surface", "bg", "raised", "sunken", "primary_soft")),
    *(("faint", ground, 4.5) for ground in ("surface", "raised")),
    *((f"on_{name}", name, 4.5) for name in ("primary", "ok", "bad")),
    ("on_primary", "primary_hover", 4.5),
    *((f"{name}_text", f"{name}_soft", 4.5) for name in ("primary", "ok", "warn", "bad")),
    *((f"{name}_text", "surface", 4.5) for name in ("primary", "ok", "warn", "bad")),
    *((name, "surface", 4.5) for name in ("primary", "ok", "warn", "bad")),
    *(("fill", ground, 4.5) for ground in ("surface", "fill_soft", "raised")),
    *(("focus", ground, 3.0) for ground in ("surface", "bg", "raised")),
    *(("border_strong", ground, 3.0) for ground in ("surface", "raised", "key")),
    ("muted", "key", 4.5),
    ("text", "key", 7.0),
)


def contrast(one: str, other: str) -> float:
    """Return the WCAG contrast ratio (1..21) of two `#RRGGBB` colours."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    channels = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
