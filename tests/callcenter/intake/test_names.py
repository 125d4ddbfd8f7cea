from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from callcenter.intake.names import is_empty, is_test, is_unsafe, lost_character, mend_name, name_key, without_control


@pytest.mark.parametrize("text", ["", "  ", "-", "?", "??", "/", "Geen", "ONBEKEND", "nvt", "N.v.t.", "none", " - "])
def test_words_that_stand_for_nothing_are_empty(text: str) -> None:
    assert is_empty(text)


@pytest.mark.parametrize(
    ("written", "name", "repair"),
    [
        ("ZoÃ«", "Zoë", "name_mojibake"),
        ("Ã\u2021elik ", "Çelik", "name_mojibake"),
        ("Zoe\u0308", "Zoë", "name_characters"),
        ("\u200eAya\u200f", "Aya", "name_characters"),
        ("Jan\u00a0 Piet", "Jan Piet", "name_characters"),
        ("Jan  Piet", "Jan Piet", "name_spaces"),
        (" aya", "aya", "name_spaces"),
        ("van\tDam", "van Dam", "name_spaces"),
        ("VAN DEN BERG", "VAN DEN BERG", ""),
        ("Yıldız", "Yıldız", ""),
        ("می\u200cخواهم", "می\u200cخواهم", ""),
        ("A\x07ya", "Aya", ""),
    ],
)
def test_a_name_is_repaired_and_told_by_the_first_rule(written: str, name: str, repair: str) -> None:
    assert mend_name(written) == (name, repair)


@given(st.text(max_size=30))
def test_a_mended_name_has_no_blanks_at_its_ends_and_no_control_characters(text: str) -> None:
    name, _ = mend_name(text)
    assert name == " ".join(name.split())
    assert without_control(name) == name


def test_test_rows_and_formula_signs_are_known() -> None:
    assert is_test("TEST")
    assert is_test("xxx")
    assert not is_test("Testa")
    assert all(is_unsafe(sign + "cmd") for sign in "=+-@")
    assert not is_unsafe("O'Neill")


def test_a_question_mark_beside_a_letter_is_a_lost_letter() -> None:
    assert lost_character("?elik")
    assert lost_character("Y?ld?z")
    assert not lost_character("? ")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("Aya", "El Idrissi"), ("El-Idrissi", "aya")),
        (("Yıldız", "Çelik"), ("Yildiz", "Celik")),
        (("Łukasz", "Sørensen"), ("Lukasz", "Sorensen")),
        (("Đorđe", "Weiß"), ("Dorde", "Weiss")),
        (("Lætitia", "Œuvrard"), ("Laetitia", "Oeuvrard")),
        (("İrem", "O'Neill"), ("Irem", "ONeill")),
    ],
)
def test_the_key_is_blind_to_order_accents_and_punctuation(one: tuple[str, str], other: tuple[str, str]) -> None:
    assert name_key(*one) == name_key(*other)


@given(st.text(max_size=20), st.text(max_size=20))
def test_swapped_names_have_one_key_of_letters_only(first: str, last: str) -> None:
    key = name_key(first, last)
    assert key == name_key(last, first)
    assert key == "" or key.isalpha()
