"""The cell in which a node of the form was written."""

from __future__ import annotations

from callcenter.forms.checks.finding import Spot
from callcenter.forms.checks.places import Places, lines_of
from callcenter.forms.checks.sheets import spans
from callcenter.forms.xlsform import Sheet, Workbook
from callcenter.text import translator
from tests.callcenter.forms.broken import book


def test_a_node_in_a_group_is_found_by_its_row_and_the_column_that_is_filled_in() -> None:
    places = Places(lines_of(book(), "survey"))
    assert places.spot("/data/job/hours", "calculation", "relevant") == Spot(
        "survey", 5, "relevant", "/data/job/hours"
    )
    assert places.spot("/data/twice", "relevant", "calculation").column == "calculation"


def test_an_empty_row_keeps_its_number() -> None:
    rows = ({"type": "text", "name": "a"}, {}, {}, {"type": "text", "name": "b"})
    survey = lines_of(Workbook({"survey": Sheet(("type", "name"), rows)}), "survey")
    assert [(line.number, line.path) for line in survey] == [(2, "/a"), (5, "/b")]


def test_the_name_of_the_interview_stands_in_the_settings() -> None:
    places = Places(lines_of(book(), "survey"))
    assert places.spot("/data/meta/instanceName", "calculation").sheet == "settings"


def test_without_a_workbook_the_node_itself_is_the_place() -> None:
    spot = Places().spot("/data/a", "relevant")
    assert spot.words(translator("nl")) == "Knoop /data/a"


def test_places_are_worded_as_exactly_as_they_are_known() -> None:
    said = [
        spot.words(translator("fr"))
        for spot in (Spot("survey", 3, "name"), Spot("survey", 3), Spot("choices"), Spot())
    ]
    assert said == [
        "Feuille 'survey', ligne 3, colonne 'name'",
        "Feuille 'survey', ligne 3",
        "Feuille 'choices'",
        "Le formulaire entier",
    ]


def test_rows_in_a_line_are_told_in_short() -> None:
    assert spans([2, 3, 4, 7, 9, 10]) == "2–4, 7, 9–10"
