"""Inter in its four weights, embedded in every PDF: no standard font may be left over."""

from __future__ import annotations

from functools import cache

from reportlab.graphics.shapes import STATE_DEFAULTS
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

from resources import folder

REGULAR, MEDIUM, SEMIBOLD, BOLD = "Inter", "Inter-Medium", "Inter-SemiBold", "Inter-Bold"
_FILES = {REGULAR: "Inter-Regular", MEDIUM: "Inter-Medium", SEMIBOLD: "Inter-SemiBold", BOLD: "Inter-Bold"}


@cache
def register() -> None:
    """Make the fonts known to reportlab; once a run."""
    for name, file in _FILES.items():
        pdfmetrics.registerFont(TTFont(name, str(folder("fonts") / f"{file}.ttf")))
    pdfmetrics.registerFontFamily(REGULAR, normal=REGULAR, bold=SEMIBOLD, italic=REGULAR, boldItalic=SEMIBOLD)
    # Every drawing begins by choosing this font, used or not; the standard one would not be embedded.
    STATE_DEFAULTS["fontName"] = REGULAR


def width(text: str, font: str, size: float) -> float:
    """Return the width of a text in points."""
    register()
    return float(pdfmetrics.stringWidth(text, font, size))
