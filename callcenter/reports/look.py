"""How a report looks: page, colours, paragraph and table styles, the strip of key figures."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from reportlab.lib.colors import HexColor
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.lib.utils import simpleSplit
from reportlab.platypus import Flowable, Table, TableStyle

from callcenter.reports import fonts
from callcenter.reports.tagging import TableTags, TaggedCanvas

SIDE, EDGE = 20 * mm, 18 * mm
WIDTH = A4[0] - 2 * SIDE
INK, MUTED = HexColor("#131C2B"), HexColor("#4E5B70")
BLUE, RED = HexColor("#1D4ED8"), HexColor("#B3261E")
LINE, STRONG, FAINT = HexColor("#D8DEE7"), HexColor("#8592A6"), HexColor("#66738A")


def _style(name: str, size: float, leading: float, font: str = fonts.REGULAR, **more: Any) -> ParagraphStyle:
    known = {"textColor": INK, "tag": "P", **more}
    return ParagraphStyle(name, fontName=font, fontSize=size, leading=leading, **known)


TITLE = _style("title", 20, 25, fonts.BOLD, spaceAfter=4, tag="H1")
LEAD = _style("lead", 10.2, 15, textColor=MUTED, spaceAfter=12)
SECTION = _style("section", 12.5, 16, fonts.SEMIBOLD, spaceBefore=16, spaceAfter=3, tag="H2")
TEXT = _style("text", 9.2, 13.6, spaceAfter=6)
CHART_TITLE = _style("chart", 9.2, 13.6, fonts.SEMIBOLD, spaceBefore=8, spaceAfter=2)
SMALL = _style("small", 7.8, 11, textColor=MUTED, spaceBefore=4, spaceAfter=4)
NOTE = _style("note", 7.8, 11, spaceAfter=4.5)
WARNING = _style("warning", 9.2, 13.6, fonts.SEMIBOLD, textColor=RED, spaceAfter=8)

_TABLE = (
    ("FONT", (0, 0), (-1, -1), fonts.REGULAR, 8.6, 11),
    ("FONT", (0, 0), (-1, 0), fonts.SEMIBOLD, 7.8, 10),
    ("TEXTCOLOR", (0, 0), (-1, -1), INK),
    ("TEXTCOLOR", (0, 0), (-1, 0), MUTED),
    ("ALIGN", (1, 0), (-1, -1), "RIGHT"),
    ("VALIGN", (0, 0), (-1, 0), "BOTTOM"),
    ("VALIGN", (0, 1), (-1, -1), "MIDDLE"),
    ("LEFTPADDING", (0, 0), (-1, -1), 0),
    ("RIGHTPADDING", (0, 0), (-1, -1), 0),
    ("LEFTPADDING", (1, 0), (-1, -1), 6),
    ("TOPPADDING", (0, 0), (-1, -1), 4),
    ("BOTTOMPADDING", (0, 0), (-1, -1), 4.5),
    ("LINEBELOW", (0, 1), (-1, -1), 0.4, LINE),
    ("LINEBELOW", (0, 0), (-1, 0), 0.7, STRONG),
    ("LINEBELOW", (0, -1), (-1, -1), 0.7, STRONG),
)
_LAST = ("FONT", (0, -1), (-1, -1), fonts.SEMIBOLD, 8.6, 11)


def table(
    rows: Sequence[Sequence[str]],
    shares: Sequence[float],
    *,
    total: bool = False,
    faint: Iterable[tuple[int, int]] = (),
) -> Table:
    """Return a table of plain words; the first row is its head, `shares` are the parts of the page's width.

    Words that are wider than their column are put on more lines. `total` prints the last row in semibold, `faint` are
    cells (row, column) in grey.
    """
    widths = [WIDTH * share / sum(shares) for share in shares]
    greyed = [("TEXTCOLOR", (column, row), (column, row), FAINT) for row, column in faint]
    style = TableStyle([*_TABLE, *([_LAST] if total else []), *greyed])
    fitted = [
        [
            _fitted(words, width - (6 if column else 0), head=not place, left=not column)
            for column, (words, width) in _cells(row, widths)
        ]
        for place, row in enumerate(rows)
    ]
    return Table(fitted, widths, repeatRows=1, style=style, renderCB=TableTags(), hAlign="LEFT")


def _cells(row: Sequence[str], widths: Sequence[float]) -> enumerate[tuple[str, float]]:
    return enumerate(zip(row, widths, strict=True))


def _fitted(words: str, width: float, *, head: bool, left: bool) -> str:
    font, size = (fonts.SEMIBOLD, 7.8) if head else (fonts.REGULAR, 8.6)
    if fonts.width(words, font, size) <= width:
        return words
    # A space keeps words apart for who listens; it stands where it does not push the line from its edge.
    return (" \n" if left else "\n ").join(simpleSplit(words, font, size, width))


@dataclass(frozen=True)
class Key:
    """A key figure: the figure and the lines below it."""

    figure: str
    words: tuple[str, ...]


class KeyStrip(Flowable):  # type: ignore[misc]  # reportlab ships no types
    """Key figures side by side, each behind a blue rule, with its base and interval."""

    canv: TaggedCanvas
    _SIZE, _LEADING, _INDENT = 20.0, 11.0, 9.0

    def __init__(self, keys: Sequence[Key]) -> None:
        super().__init__()
        self._step = WIDTH / len(keys)
        room = self._step - self._INDENT - 8
        self._keys = [
            (key.figure, [line for words in key.words for line in simpleSplit(words, fonts.REGULAR, 7.8, room)])
            for key in keys
        ]
        self.width = WIDTH
        self.height = 28 + self._LEADING * max(len(lines) for _, lines in self._keys)
        self.spaceAfter = 4

    def wrap(self, *_: float) -> tuple[float, float]:
        """Return the size."""
        return self.width, self.height

    def draw(self) -> None:
        """Draw rule, figure and words of each."""
        for place, (figure, lines) in enumerate(self._keys):
            self._draw(place * self._step, figure, lines)

    def _draw(self, x: float, figure: str, lines: list[str]) -> None:
        canvas = self.canv
        with canvas.artifact():
            canvas.setStrokeColor(BLUE)
            canvas.setLineWidth(2)
            canvas.setLineCap(1)
            canvas.line(x + 1, 1, x + 1, self.height - 1)
        with canvas.marked(canvas.add("P")):
            canvas.setFillColor(INK)
            canvas.setFont(fonts.BOLD, self._SIZE)
            canvas.drawString(x + self._INDENT, self.height - 19, f"{figure} ")
            canvas.setFillColor(MUTED)
            canvas.setFont(fonts.REGULAR, 7.8)
            for number, line in enumerate(lines):
                canvas.drawString(x + self._INDENT, self.height - 32 - self._LEADING * number, f"{line} ")
