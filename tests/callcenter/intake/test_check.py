from __future__ import annotations

from pathlib import Path

from callcenter.intake.check import check_report, check_text
from callcenter.text import translator
from tests.callcenter.intake.lists import judge


def test_counts_after_the_duplicates_are_those_of_accepted_rows_only(tmp_path: Path) -> None:
    judged = judge(
        tmp_path,
        {},
        {"Gsm": "470123412"},
        {"Locatie": "Brussel", "Gsm": "470123412"},
        {"Voornaam": "Omar", "Gsm": "0470123412 of +31612345678"},
    )
    told = check_report(judged)
    assert (told["rows"], told["accepted"], told["rejected"], told["duplicates"]) == (
        4,
        2,
        {"total": 1, "unknown_site": 1},
        {"exact": 1, "probable": 0},
    )
    assert told["repaired"] == {"phone_split": 1}
    assert told["shared_numbers"] == {"numbers": 1, "persons": 2}
    assert told["numbers"] == {"usable": 3, "distinct": 2, "foreign": 1, "unusable": 0}
    assert told["sheets"] is None


def test_ages_are_those_of_the_given_day(tmp_path: Path) -> None:
    days = ("16/06/2010", "15/06/2010", "16/06/2008", "15/06/2008", "")
    judged = judge(
        tmp_path, *({"Geboortedatum": day, "Familienaam": f"N{'x' * 4 * n}"} for n, day in enumerate(days))
    )
    assert check_report(judged)["ages"] == {"under_16": 1, "16_17": 2, "adult": 1, "unknown": 1}


def test_control_characters_are_no_code_of_the_report(tmp_path: Path) -> None:
    assert check_report(judge(tmp_path, {"Opmerkingen": "a\x07"}))["warnings"] == {}


def test_the_text_names_each_kind_of_finding_with_its_first_place(tmp_path: Path) -> None:
    said = check_text(judge(tmp_path, {"Gsm": "470123412"}, {"Locatie": "Brussel"}), translator("en"))
    assert "A lost zero was put back: '470123412' became +32470123412." in said
    assert "row 3, Locatie: 'Brussel' is no site" in said
