"""Charts drawn once: the same drawing goes into the PDF and, as SVG, to the screen."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from reportlab.graphics import renderSVG
from reportlab.graphics.shapes import Drawing, Path, Rect, String
from reportlab.lib.colors import Color, HexColor

from callcenter.indicators.suppression import OTHER
from callcenter.indicators.waterfall import GRADUATED, LEFT, OUTSIDE, UNKNOWN
from callcenter.reports import fonts
from callcenter.reports.figures import Flow, ScaleFigures
from callcenter.text import N_, Translator

# Okabe-Ito, one order for PDF and screen.
SERIES = ("#0072B2", "#E69F00", "#009E73", "#CC79A7", "#56B4E9", "#D55E00", "#999999")
_INK, _MUTED = HexColor("#131C2B"), HexColor("#4E5B70")
_PALE, _DARK = 0.26, 0.62
_BAR, _GAP, _LABEL = 12.0, 15.0, 150.0
_HEAD, _FOOT, _STEP = 24.0, 10.0, 26.0

NODES: Mapping[str, str] = {
    "A": N_("A stream"),
    "B": N_("B stream"),
    "aso": N_("aso"),
    "tso": N_("tso"),
    "kso": N_("kso"),
    "bso": N_("bso"),
    "dbso": N_("dbso"),
    "leertijd": N_("apprenticeship"),
    "3": N_("Transition to higher education"),
    "2": N_("Double finality"),
    "1": N_("Labour market"),
    LEFT: N_("Left school"),
    GRADUATED: N_("Higher education"),
    OUTSIDE: N_("Outside this scale"),
    UNKNOWN: N_("Not known"),
    OTHER: N_("Other (small groups)"),
}
_COLOURS = {
    "A": 0, "aso": 0, "3": 0, "tso": 2, "kso": 3, "2": 2, "B": 1, "bso": 1, "1": 1, "dbso": 5, "leertijd": 5,
    LEFT: 5, GRADUATED: 4, OUTSIDE: 6, UNKNOWN: 6, OTHER: 6,
}  # fmt: skip
_ORDER = tuple(NODES)


@dataclass
class _Node:
    key: str
    count: int
    top: float = 0.0
    height: float = 0.0
    used: float = 0.0


def colour(key: str) -> str:
    """Return the series colour of a node."""
    return SERIES[_COLOURS[key]]


def sankey(scale: ScaleFigures, years: tuple[str, str], say: Translator, width: float, height: float) -> Drawing:
    """Draw last year's places (left) to this year's (right): moved dark, stayed pale; sizes in points."""
    fonts.register()
    drawing = Drawing(width, height)
    if not scale.flows:
        drawing.add(_text(width / 2, height / 2, say("No answers yet"), fonts.REGULAR, 9, _MUTED, "middle"))
        return drawing
    left = _nodes(scale.flows, "source")
    right = _nodes(scale.flows, "target")
    per_person = min(_scale_of(column, height - _HEAD - _FOOT) for column in (left, right))
    for column in (left, right):
        _stack(column, height - _HEAD, per_person)
    x1, x2 = _LABEL, width - _LABEL - _BAR
    for flow in sorted(scale.flows, key=lambda f: (_ORDER.index(f.source), _ORDER.index(f.target))):
        _ribbon(drawing, (_find(left, flow.source), _find(right, flow.target)), flow, per_person, (x1 + _BAR, x2))
    _column(drawing, left, x1, say, on_left=True)
    _column(drawing, right, x2, say, on_left=False)
    drawing.add(_text(x1 + _BAR / 2, height - 10, years[0], fonts.SEMIBOLD, 9, _INK, "middle"))
    drawing.add(_text(x2 + _BAR / 2, height - 10, years[1], fonts.SEMIBOLD, 9, _INK, "middle"))
    return drawing


def fitting_height(scale: ScaleFigures, wanted: float) -> float:
    """Return the height in points at which no label of a flow chart touches another; at least the wanted one."""
    nodes = max((len(_nodes(scale.flows, side)) for side in ("source", "target")), default=0)
    return max(wanted, _HEAD + 2 * _FOOT + nodes * _STEP)


def sankey_text(scale: ScaleFigures, years: tuple[str, str], say: Translator) -> str:
    """Return in words what the flow chart shows, for those who do not see it."""
    if not scale.flows:
        return say("No answers yet")
    parts = [
        say(
            "{source} to {target}: {n}",
            source=say(NODES[flow.source]),
            target=say(NODES[flow.target]),
            n=say.number(flow.count),
        )
        for flow in sorted(scale.flows, key=lambda f: -f.count)
    ]
    head = say("Flow chart of pupils from {before} to {after}.", before=years[0], after=years[1])
    return f"{head} {'; '.join(parts)}."


def bars_text(values: Sequence[tuple[str, float, str]], say: Translator) -> str:
    """Return in words what the upright bars show."""
    if not values:
        return say("No answers yet")
    return say("Bar chart.") + " " + "; ".join(f"{below}: {above}" for below, _, above in values) + "."


def _nodes(flows: Sequence[Flow], side: str) -> list[_Node]:
    counts: dict[str, int] = {}
    for flow in flows:
        key = getattr(flow, side)
        counts[key] = counts.get(key, 0) + flow.count
    return [_Node(key, counts[key]) for key in _ORDER if key in counts]


def _scale_of(column: list[_Node], room: float) -> float:
    """Return the points per person with which a column fills its room; small nodes keep room for their label."""
    scale = (room - _GAP * (len(column) - 1)) / sum(n.count for n in column)
    for _ in column:  # each round finds the nodes that are lower than their label
        low = [n for n in column if n.count * scale + _GAP < _STEP]
        rest = sum(n.count for n in column if n not in low)
        if not rest:
            return scale
        scale = (room - _STEP * len(low) - _GAP * (len(column) - len(low) - 1)) / rest
    return scale


def _stack(column: list[_Node], top: float, per_person: float) -> None:
    for node in column:
        node.top, node.height = top, node.count * per_person
        top -= max(node.height + _GAP, _STEP)


def _find(column: list[_Node], key: str) -> _Node:
    return next(node for node in column if node.key == key)


def _ribbon(
    drawing: Drawing, ends: tuple[_Node, _Node], flow: Flow, per_person: float, xs: tuple[float, float]
) -> None:
    source, target = ends
    thick = flow.count * per_person
    y1, y2 = source.top - source.used, target.top - target.used
    source.used += thick
    target.used += thick
    x1, x2 = xs
    middle = (x1 + x2) / 2
    stayed = flow.source == flow.target
    ink = HexColor(colour(flow.source))
    shade = Color(ink.red, ink.green, ink.blue, alpha=_PALE if stayed else _DARK)
    path = Path(fillColor=shade, strokeColor=None, strokeWidth=0)
    path.moveTo(x1, y1)
    path.curveTo(middle, y1, middle, y2, x2, y2)
    path.lineTo(x2, y2 - thick)
    path.curveTo(middle, y2 - thick, middle, y1 - thick, x1, y1 - thick)
    path.closePath()
    drawing.add(path)


def _column(drawing: Drawing, column: list[_Node], x: float, say: Translator, *, on_left: bool) -> None:
    total = sum(node.count for node in column)
    anchor = "end" if on_left else "start"
    beside = x - 7 if on_left else x + _BAR + 7
    for node in column:
        bar = Rect(x, node.top - node.height, _BAR, node.height, rx=1.5, ry=1.5, strokeColor=None)
        bar.fillColor = HexColor(colour(node.key))
        drawing.add(bar)
        middle = node.top - node.height / 2
        share = f"{say.number(node.count)} ({say.percent(node.count / total, 0)})"
        for line, (text, font, ink) in enumerate(_label(say(NODES[node.key]), share)):
            drawing.add(_text(beside, middle + 2 - 10 * line, text, font, 8 if line == 0 else 7.5, ink, anchor))


def _label(name: str, share: str) -> list[tuple[str, str, Color]]:
    return [(name, fonts.MEDIUM, _INK), (share, fonts.REGULAR, _MUTED)]


def _text(x: float, y: float, text: str, font: str, size: float, ink: Color, anchor: str) -> String:  # noqa: PLR0913,PLR0917 - a text has a place and a look
    return String(x, y, text, fontName=font, fontSize=size, fillColor=ink, textAnchor=anchor)


def bars(values: Sequence[tuple[str, float, str]], width: float, height: float, ink: str = SERIES[0]) -> Drawing:
    """Draw upright bars: (word below, value, word above) each."""
    fonts.register()
    drawing = Drawing(width, height)
    highest = max((value for _, value, _ in values), default=0) or 1
    step = width / max(len(values), 1)
    for place, (below, value, above) in enumerate(values):
        tall = (height - 34) * value / highest
        x = place * step + step * 0.18
        drawing.add(
            Rect(x, 16, step * 0.64, max(tall, 0.5), rx=1.5, ry=1.5, fillColor=HexColor(ink), strokeColor=None)
        )
        middle = place * step + step / 2
        drawing.add(_text(middle, 5, below, fonts.REGULAR, 7.5, _MUTED, "middle"))
        drawing.add(_text(middle, 20 + tall, above, fonts.SEMIBOLD, 8, _INK, "middle"))
    return drawing


_WEIGHTS = {fonts.MEDIUM: "500", fonts.SEMIBOLD: "600", fonts.BOLD: "700"}

_TEXT_SHIFT = re.compile(r'(<text [^>]*?\by="(-?[\d.]+)"[^>]*?translate\(0,)-?[\d.]+(\))')


def to_svg(drawing: Drawing) -> bytes:
    """Return the drawing as SVG that Qt's renderer draws as the PDF does.

    reportlab clips (Qt paints a clip path black), cuts the view box to integers and names a weight as a family.
    """
    svg = renderSVG.drawToString(drawing)
    svg = re.sub(r"<!DOCTYPE.*?>|<clipPath.*?</clipPath>", "", svg, flags=re.DOTALL)
    svg = _TEXT_SHIFT.sub(lambda m: f"{m[1]}{float(m[2]) * 2:g}{m[3]}", svg)
    svg = re.sub(r'\s(?:clip-path="[^"]*"|clip-path:\s*[^;"]*;?)', " ", svg)
    svg = re.sub(r"clip-path:\s*url\([^)]*\);?", "", svg)
    for name, weight in _WEIGHTS.items():
        svg = svg.replace(f"font-family: {name};", f"font-family: Inter; font-weight: {weight};")
    svg = svg.replace("font-family: Inter; font-size", "font-family: Inter; font-weight: 400; font-size")
    box = f'viewBox="0 0 {drawing.width:g} {drawing.height:g}"'
    return re.sub(r'viewBox="[^"]*"', box, svg, count=1).encode()


def sankey_svg(scale: ScaleFigures, years: tuple[str, str], say: Translator) -> bytes:
    """Return the flow chart for the screen."""
    return to_svg(sankey(scale, years, say, 560, fitting_height(scale, 250)))
