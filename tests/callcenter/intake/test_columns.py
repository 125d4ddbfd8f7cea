from __future__ import annotations

import pytest

from callcenter.intake.columns import Columns, find_columns, plain, skip_reason
from callcenter.intake.table import Row, Special

_HEADER = ["TAJO-nr", "Familienaam", "Voornaam", "Geboortedatum", "Locatie", "Gsm", "Intern"]


def _columns(*rows: list[str]) -> Columns | None:
    return find_columns([Row(number, texts) for number, texts in enumerate(rows, 1)])


def _in(texts: list[str], special: dict[int, Special] | None = None) -> str:
    columns = _columns(_HEADER)
    assert columns is not None
    return skip_reason(Row(2, texts, special or {}), columns)


@pytest.mark.parametrize(
    ("written", "compared"),
    [
        ("Geb. datum", "gebdatum"),
        ("NIET BELLEN!", "nietbellen"),
        ("Prénom", "prenom"),
        ("School 2024–2025", "school20242025"),
    ],
)
def test_headers_are_compared_without_case_accents_blanks_and_punctuation(written: str, compared: str) -> None:
    assert plain(written) == compared


def test_the_header_is_the_first_row_with_both_names_and_a_birth_date() -> None:
    columns = _columns(["Lijst"], ["Voornaam", "Naam"], ["naam", "VOORNAAM", "geboren op"], _HEADER)
    assert columns is not None
    assert (columns.row, columns.places) == (3, {"last_name": 0, "first_name": 1, "birth_date": 2})


def test_a_header_below_the_twentieth_row_is_not_looked_for() -> None:
    assert _columns(*[["x"]] * 20, _HEADER) is None
    assert _columns(*[["x"]] * 19, _HEADER) is not None


def test_the_first_matching_column_wins_and_the_second_is_kept_aside() -> None:
    columns = _columns([*_HEADER, "Mobiel", "", "Intern"])
    assert columns is not None
    assert columns.place("phone1") == 5
    assert columns.aside == ((6, "Intern"), (7, "Mobiel"), (8, "I"), (9, "Intern J"))


def test_an_attest_of_the_year_that_still_runs_is_no_known_column() -> None:
    columns = _columns([*_HEADER, "Attest 2024-2025", "Attest 2025-2026"])
    assert columns is not None
    assert columns.aside[-1] == (8, "Attest 2025-2026")


def test_rows_that_are_no_people_are_skipped_by_the_first_reason() -> None:
    assert _in(["", " ", ""]) == "blank"
    assert _in(["tajo nr", "FAMILIENAAM", "voornaam", "Geboortedatum"]) == "repeated_header"
    assert _in(["tajo nr", "FAMILIENAAM", "voornaam", "12/05/2009"]) == ""
    assert _in(["Totaal", "2"]) == "note"
    assert _in(["", "Idrissi", "Aya"]) == ""
    assert _in(["G-1", "Idrissi", "", "12/05/2009"]) == ""


def test_a_cell_that_is_filled_only_by_a_merged_range_counts_for_nothing_here() -> None:
    merged = Special(merged=True)
    assert _in(["", "", "", "", "Gent"], {4: merged}) == "blank"
    assert _in(["let op", "", "Aya", "", "Gent"], {2: merged, 4: merged}) == "note"
