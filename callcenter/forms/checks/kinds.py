"""Which questions cannot be asked by telephone, and why."""

from __future__ import annotations

from collections.abc import Iterator

from callcenter.forms.checks import rules
from callcenter.forms.checks.finding import Finding, Rule, Spot
from callcenter.forms.checks.places import Line

_MEDIA = (
    "image", "photo", "picture", "q picture", "q image", "audio", "q audio", "video", "q video", "file",
    "background-audio", "add image prompt", "add photo prompt", "add audio prompt", "add video prompt",
    "add file prompt",
)  # fmt: skip
_MAP = (
    "geopoint", "geotrace", "geoshape", "gps", "location", "osm", "start-geopoint", "background-geopoint",
    "q geopoint", "q geoshape", "q geotrace", "q location", "add location prompt",
)  # fmt: skip
_BARCODE = ("barcode", "q barcode", "add barcode prompt")
_WHY: dict[str, Rule] = {
    **dict.fromkeys(_MEDIA, rules.MEDIA),
    **dict.fromkeys(_MAP, rules.MAP),
    **dict.fromkeys(_BARCODE, rules.BARCODE),
}


def why_not(kind: str) -> Rule | None:
    """Return the rule that refuses a type of question or media, None for one that can be asked."""
    kind = kind.lower()
    return _WHY.get(kind) or (rules.MEDIA if "/" in kind or kind == "binary" else None)


def kind_findings(line: Line) -> Iterator[Finding]:
    """Yield why a survey row cannot be asked by telephone, or brings in another file."""
    kind, name = line.kind, line.text("name")
    header = line.cells["type"].header if "type" in line.cells else "type"
    if kind.split(" ")[0] == "include":
        yield Finding(rules.INCLUDE, Spot("survey", line.number, header, line.path), {"name": name})
    # osm may have a list behind it.
    rule = why_not("osm" if kind.startswith("osm ") else kind)
    if rule is not None:
        told = {"name": name, "kind": line.text("type")}
        yield Finding(rule, Spot("survey", line.number, header, line.path), told)
    for column in ("intent", "appearance"):
        cell = line.cells.get(column)
        if cell is not None and (column == "intent" or "ex:" in cell.text):
            told = {"name": name, "kind": cell.text[:80]}
            yield Finding(rules.OTHER_PROGRAM, Spot("survey", line.number, cell.header, line.path), told)
