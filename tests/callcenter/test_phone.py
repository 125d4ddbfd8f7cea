from __future__ import annotations

import phonenumbers
import pytest
from hypothesis import given
from hypothesis import strategies as st

from callcenter.phone import Reading, is_mobile, mask, normalise, plain_characters, read_part, show


def _by_the_library(text: str) -> str | None:
    try:
        number = phonenumbers.parse(text, "BE")
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_valid_number(number):
        return None
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


@given(
    st.sampled_from(["0", "+32", "+32 ", "+32 (0)", "0032", "32", ""]),
    st.one_of(
        st.from_regex(r"4[5-9][0-9]{7}", fullmatch=True),
        st.from_regex(r"[1-9][0-9]{7}", fullmatch=True),
        st.text("0123456789", min_size=5, max_size=12),
    ),
    st.lists(st.sampled_from(["", "", " ", ".", "/", "-", "(", ")", " - "]), min_size=14, max_size=14),
)
def test_a_number_written_in_any_plain_way_is_what_the_library_makes_of_it(
    begin: str, digits: str, between: list[str]
) -> None:
    text = begin + "".join(f"{digit}{mark}" for digit, mark in zip(digits, between, strict=False))
    assert normalise(text) == _by_the_library(text)


@given(st.text("0123456789+-./() xAé\u00a0", max_size=60))
def test_any_text_is_judged_as_the_library_does(text: str) -> None:
    assert normalise(text) == _by_the_library(text)


def test_every_begin_of_a_belgian_number_is_judged_as_the_library_does() -> None:
    for begin in range(100, 1000):
        for rest in ("12345", "123456"):
            text = f"0{begin}{rest}"
            assert normalise(text) == _by_the_library(text), text


@pytest.mark.parametrize(
    ("part", "number", "repair"),
    [
        ("0470 12 34 12", "+32470123412", ""),
        ("+32 (0)470 12 34 12", "+32470123412", ""),
        ("0032 470 12 34 12", "+32470123412", ""),
        ("09 223 45 67", "+3292234567", ""),
        ("\u202a+32470123412\u202c", "+32470123412", "phone_characters"),
        ("0470\u00a012\u00a034\u00a012", "+32470123412", "phone_characters"),
        ("٠٤٧٠١٢٣٤١٢", "+32470123412", "phone_characters"),
        ("0470 12 34 12 (mama)", "+32470123412", "phone_annotation"),
        ("0470 12 34 12 [werk]", "+32470123412", "phone_annotation"),
        ("(vriendin) 0470 12 34 12", "+32470123412", "phone_annotation"),
        ("Tel. 0470 12 34 12", "+32470123412", "phone_annotation"),
        ("gsm: 0470 12 34 12", "+32470123412", "phone_annotation"),
        ("mama's gsm - 050 33 44 55", "+3250334455", "phone_annotation"),
        ("0470 12 34 12 papa", "+32470123412", "phone_annotation"),
        ("470123412.0", "+32470123412", "phone_float"),
        ("32470123412.0", "+32470123412", "phone_float"),
        ("O470 12 34 l2", "+32470123412", "phone_letters"),
        ("0470 12 34 lI", "+32470123411", "phone_letters"),
        ("47O123412", "+32470123412", "phone_letters"),
        ("32470123412", "+32470123412", "phone_missing_plus"),
        ("32 50 33 44 55", "+3250334455", "phone_missing_plus"),
        ("470123412", "+32470123412", "phone_leading_zero"),
        ("50 33 44 55", "+3250334455", "phone_leading_zero"),
        ("+31 6 12345678", "+31612345678", ""),
    ],
)
def test_a_part_is_repaired_by_the_first_rule_that_applies(part: str, number: str, repair: str) -> None:
    assert read_part(part) == Reading(number, repair)


@pytest.mark.parametrize(
    "part",
    [
        "0470 XX XX XX",
        "0470 mama 12 34 12",
        "123",
        "0470 12 34 5",
        "T 0470 12 34 12",
        "00000000",
        "=1+1",
        "+",
        "1" * 400,
    ],
)
def test_what_stays_unreadable_is_unusable_and_carries_no_repair(part: str) -> None:
    assert read_part(part) == Reading(None)


@given(st.text(max_size=80))
def test_no_text_at_all_stops_the_reading_of_a_number(part: str) -> None:
    reading = read_part(part)
    assert reading.e164 is None or reading.e164.startswith("+")


def test_a_very_long_text_beside_a_digit_is_read_at_once() -> None:
    for part in ("bellenviadebuurvrouw" * 2000 + "1", "1" + "(a" * 20_000, "1" + "a" * 40_000, "(" * 20_000 + "1"):
        assert read_part(part) == Reading(None)


def test_a_number_is_shown_nationally_here_and_internationally_elsewhere() -> None:
    assert show("+32470123412") == "0470 12 34 12"
    assert show("+31612345678") == "+31 6 12345678"


def test_a_mask_hides_all_but_the_begin_and_the_last_two_digits() -> None:
    assert mask("+32470123412") == "0470 •• •• 12"


def test_a_mobile_number_is_known_from_a_fixed_one() -> None:
    assert is_mobile("+32470123412")
    assert not is_mobile("+3292234567")


def test_plain_characters_keep_joiners_and_line_breaks() -> None:
    assert plain_characters("a\u200cb\u200d\tc\nd") == "a\u200cb\u200d\tc\nd"
    assert plain_characters("\ufeff\u200ea\u2003b\x0bc٣") == "a b c3"


def test_start_up_does_not_pay_for_the_numbering_plans() -> None:
    import subprocess
    import sys

    program = "import sys, callcenter.phone; print('phonenumbers' in sys.modules)"
    said = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert said.stdout.strip() == "False"
