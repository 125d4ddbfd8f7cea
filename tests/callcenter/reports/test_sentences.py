"""The sentences of a report and of the screen: what was found, with no more figures than may be told."""

from __future__ import annotations

import dataclasses

import pytest

from callcenter.indicators.suppression import Shown
from callcenter.reports.figures import Flow
from callcenter.reports.sentences import finding, moved, steps
from callcenter.reports.wording import Wording
from callcenter.text import translator
from tests.callcenter.reports.making import figures, summer

EMPTY = figures([])


def words(language: str = "en", **more) -> Wording:
    return Wording(dataclasses.replace(EMPTY, **more), translator(language))


def scale(**more):
    return dataclasses.replace(words().scale("F"), **more)


def test_the_title_is_the_finding():
    assert finding(words(status_known=200, studying=180)) == "90 % of the young people reached are still in education"


def test_the_title_of_few_leavers_is_rounded_and_of_few_people_plain():
    assert finding(words(status_known=200, studying=198)).startswith("About 100 %")
    assert finding(words(status_known=4, studying=4)) == "Yearly update 2026: report"
    assert finding(words()) == "Yearly update 2026: report"


@pytest.mark.parametrize("language", ["nl", "fr", "en"])
def test_every_sentence_is_written_in_every_language(language):
    told = Wording(figures(summer(60, 40), language=language), translator(language))
    assert all([finding(told), steps(told), moved(told, told.drawn("F"))])


def test_a_flow_chart_of_many_tells_share_and_counts():
    told = moved(words(), scale(known=40, down=8, share=0.2, shown=Shown.FULL))
    assert told == "20.0 % moved to a lighter direction (8 of 40)."


def test_a_flow_chart_with_few_steps_tells_a_rounded_share_without_counts():
    told = moved(words(), scale(known=40, down=3, share=0.075, shown=Shown.ROUNDED))
    assert told == "About 10 % moved to a lighter direction."


def test_a_flow_chart_of_few_or_of_nobody_tells_no_share():
    assert moved(words(), scale(known=3, down=1, share=1 / 3)) == "Too few people to show a share."
    assert moved(words(), scale(known=0)) == "Nothing is known yet about both school years."


def test_a_drawing_leaves_out_those_of_whom_this_year_is_unknown():
    flows = (Flow("F3", "F2", 8), Flow("F3", "unknown", 20))
    told = words(scales=(scale(flows=flows),))
    assert told.drawn("F").flows == flows[:1]
