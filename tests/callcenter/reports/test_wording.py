"""The words of a report: titles that are findings, and numbers as far as they may be told."""

from __future__ import annotations

import dataclasses

import pytest

from callcenter.indicators.suppression import Hidden, Shown
from callcenter.reports.notes import notes
from callcenter.reports.wording import Wording
from callcenter.text import translator
from tests.callcenter.reports.making import figures, summer

EMPTY = figures([])


def words(language: str = "en", **more) -> Wording:
    return Wording(dataclasses.replace(EMPTY, **more), translator(language))


@pytest.mark.parametrize("language", ["nl", "fr", "en"])
def test_notes_are_written_in_every_language(language):
    told = Wording(figures(summer(60, 40), language=language), translator(language))
    assert len(notes(told)) == 15


@pytest.mark.parametrize(
    ("count", "written"),
    [(0, "0"), (1, "<5"), (4, "<5"), (5, "5"), (1234, "1,234"), (Hidden.SMALL, "<5"), (Hidden.GUARD, "•")],
)
def test_a_small_count_is_never_written(count, written):
    assert words().count(count) == written


def test_an_internal_report_writes_all_counts_and_says_so():
    told = words(internal=True)
    assert told.count(3) == "3"
    assert "Do not share it" in dict(notes(told))["Small counts"]


def test_a_share_is_written_as_far_as_it_may_be():
    told = words()
    assert told.share(0.123, Shown.FULL) == "12.3 %"
    assert told.share(0.123, Shown.ROUNDED) == "≈ 10 %"
    assert told.share(0.123, Shown.HIDDEN) == "–"
    assert told.share(None, Shown.FULL) == "–"
    assert told.span((0.1, 0.2), Shown.FULL) == "10.0–20.0 %"
    assert told.span((0.1, 0.2), Shown.ROUNDED) == "–"


def test_steps_that_would_tell_the_few_others_are_not_written():
    told = words()
    scale = dataclasses.replace(told.scale("F"), known=20, down=17, up=0, missing=9, shown=Shown.ROUNDED)
    assert told.down(scale) == "•"
    balanced = dataclasses.replace(scale, down=8, up=9, shown=Shown.FULL)
    assert (told.down(balanced), told.up(balanced)) == ("8", "•")


def test_bounds_that_would_tell_the_few_missing_are_not_written():
    told = words()
    scale = dataclasses.replace(told.scale("F"), known=40, down=8, missing=2, bounds=(0.2, 0.3), shown=Shown.FULL)
    assert told.bounds(scale) == "–"
    assert told.bounds(dataclasses.replace(scale, missing=0)) == "20.0–30.0 %"


def test_the_definition_of_the_waterval_and_the_edition_are_printed():
    told = dict(notes(words()))
    assert "down / known" in told["Waterval"]
    assert "9th edition (2016)" in told["Outcome rates"]
    assert "e = 1" in told["Eligibility"]
    assert "0.32" in dict(notes(words(e=0.32, e_source="given")))["Eligibility"]
