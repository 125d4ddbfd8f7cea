from __future__ import annotations

import pytest

from callcenter.intake.languages import language_code


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("nl", "nl"),
        ("Nederlands", "nl"),
        ("FRANÇAIS", "fr"),
        ("Türkçe", "tr"),
        ("Arabisch", "ar"),
        ("Pools ", "pl"),
        ("", ""),
        ("Klingon", ""),
    ],
)
def test_a_language_becomes_its_code_and_an_unknown_one_nothing(text: str, code: str) -> None:
    assert language_code(text) == code
