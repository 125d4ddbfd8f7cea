from __future__ import annotations

from pathlib import Path

import pytest

from callcenter.intake.doubts import valid_email
from tests.callcenter.intake.lists import codes, judge


@pytest.mark.parametrize(
    ("cells", "code"),
    [
        ({"E-mail": "aya@example"}, "bad_email"),
        ({"E-mail": "a b@example.org"}, "bad_email"),
        ({"Postcode": "900"}, "bad_postcode"),
        ({"Postcode": "0999"}, "bad_postcode"),
        ({"Postcode": "9" * 5000}, "bad_postcode"),
        ({"Leerjaar 2025-2026": "8"}, "bad_grade"),
        ({"Leerjaar 2024-2025": "?"}, "bad_grade"),
        ({"Attest 2024-2025": "E"}, "bad_attest"),
        ({"Opmerkingen": "=1+1"}, "formula_text"),
        ({"Ouder 1": "@mama"}, "formula_text"),
        ({"School 2025-2026": "-x"}, "formula_text"),
        ({"Beste moment": "+"}, "formula_text"),
        ({"Familienaam": "?elik"}, "lost_character"),
    ],
)
def test_a_doubtful_cell_is_noted_and_accepted(tmp_path: Path, cells: dict[str, str], code: str) -> None:
    judged = judge(tmp_path, cells)
    assert codes(judged) == [code]
    assert judged.accepted


@pytest.mark.parametrize(
    "cells",
    [
        {"E-mail": "aya.el@example.org"},
        {"E-mail": "-"},
        {"Postcode": "9000"},
        {"Postcode": "onbekend"},
        {"Leerjaar 2024-2025": "1ste jaar", "Leerjaar 2025-2026": "2de"},
        {"Leerjaar 2024-2025": "7e", "Leerjaar 2025-2026": "3 JAAR"},
        {"Attest 2024-2025": "A-REM"},
        {"Opmerkingen": "-"},
        {"Contacttaal": "=x"},
    ],
)
def test_what_is_fine_is_not_noted(tmp_path: Path, cells: dict[str, str]) -> None:
    assert codes(judge(tmp_path, cells)) == []


def test_a_row_has_each_warning_once(tmp_path: Path) -> None:
    cells = {"Leerjaar 2024-2025": "9", "Leerjaar 2025-2026": "12", "Ouder 1": "=x", "Ouder 2": "=y"}
    assert codes(judge(tmp_path, cells)) == ["bad_grade", "formula_text"]


def test_an_address_needs_a_name_a_place_and_an_end() -> None:
    assert valid_email("a@b.cc")
    assert not any(map(valid_email, ("a@b.c", "@b.cc", "a@.c", "a@@b.cc", "a@b.cc ", "")))
