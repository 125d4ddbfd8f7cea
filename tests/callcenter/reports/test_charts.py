"""Charts: one drawing for paper and screen, and a sentence for those who do not see it."""

from __future__ import annotations

import dataclasses
import re

from reportlab.graphics.shapes import Drawing, String

from callcenter.reports import fonts
from callcenter.reports.charts import (
    NODES,
    bars,
    bars_text,
    colour,
    fitting_height,
    sankey,
    sankey_svg,
    sankey_text,
    to_svg,
)
from callcenter.reports.figures import Flow
from callcenter.reports.wording import Wording
from callcenter.text import translator
from tests.callcenter.reports.making import figures, summer

SAY = translator("en")
YEARS = ("2024–2025", "2025–2026")


def finality():
    scale = Wording(figures(summer()), SAY).scale("F")
    return dataclasses.replace(scale, flows=scale.answered)


def nobody():
    return Wording(figures([]), SAY).scale("F")


def test_the_view_box_keeps_its_decimals():
    svg = to_svg(Drawing(100.5, 50.25)).decode()
    assert 'viewBox="0 0 100.5 50.25"' in svg


def test_text_is_turned_round_at_its_own_height():
    fonts.register()
    drawing = Drawing(100, 50)
    drawing.add(String(10.5, 20.25, "hello", fontName=fonts.SEMIBOLD, fontSize=8))
    svg = to_svg(drawing).decode()
    text = re.search(r"<text[^>]*>", svg)
    assert text is not None
    assert 'y="20.25"' in text[0]
    assert "translate(0,40.5)" in text[0]
    assert "font-family: Inter; font-weight: 600" in text[0]


def test_the_flow_chart_of_the_screen_clips_nothing():
    svg = sankey_svg(finality(), YEARS, SAY).decode()
    assert "clip" not in svg
    assert "Double finality" in svg
    assert "Times" not in svg


def test_bars_are_as_tall_as_their_values():
    drawing = bars([("Mon", 10, "10"), ("Tue", 5, "5"), ("Wed", 0, "0")], 300, 134)
    heights = [shape.height for shape in drawing.contents if hasattr(shape, "height")]
    assert heights == [100, 50, 0.5]
    assert bars([], 300, 134).contents == []


def test_labels_of_one_side_do_not_touch():
    labels = [shape for shape in sankey(finality(), YEARS, SAY, 482, 205).contents if isinstance(shape, String)]
    for side in ("start", "end"):
        heights = sorted(label.y for label in labels if label.textAnchor == side)
        assert all(high - low >= 8 for low, high in zip(heights, heights[1:], strict=False))


def test_a_chart_of_every_place_grows_until_no_label_touches_another():
    places = ("aso", "tso", "kso", "bso", "dbso", "left", "higher", "outside", "other")
    flows = [Flow("aso", "aso", 300), *(Flow(place, place, 5) for place in places[1:])]
    every = dataclasses.replace(finality(), flows=tuple(flows))
    height = fitting_height(every, 172)
    labels = [shape for shape in sankey(every, YEARS, SAY, 482, height).contents if isinstance(shape, String)]
    assert height > 172
    assert min(label.y for label in labels) >= 0
    names = sorted(label.y for label in labels if label.textAnchor == "start" and label.fontSize == 8)
    assert all(high - low >= 20 for low, high in zip(names, names[1:], strict=False))


def test_a_chart_without_answers_says_so():
    drawing = sankey(nobody(), YEARS, SAY, 300, 100)
    assert [shape.text for shape in drawing.contents] == ["No answers yet"]
    assert sankey_text(nobody(), YEARS, SAY) == bars_text([], SAY) == "No answers yet"


def test_the_words_of_a_chart_tell_its_years_and_flows():
    told = sankey_text(finality(), YEARS, SAY)
    assert told.startswith("Flow chart of pupils from 2024–2025 to 2025–2026.")
    assert "Transition to higher education to Transition to higher education: 81" in told
    assert bars_text([("Mon", 3, "3 calls")], SAY) == "Bar chart. Mon: 3 calls."


def test_every_place_has_a_colour():
    assert all(colour(key).startswith("#") for key in NODES)
    assert Flow("3", "2", 5).source in NODES
