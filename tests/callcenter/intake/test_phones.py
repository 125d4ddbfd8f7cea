from __future__ import annotations

import pytest

from callcenter.intake.phones import read_phones

_A, _B = "+32470123412", "+3250334455"


@pytest.mark.parametrize("text", ["", "geen", "-", "??", "zie mama", " ; "])
def test_an_empty_word_and_words_alone_hold_no_number(text: str) -> None:
    assert read_phones(text).parts == ()


@pytest.mark.parametrize("mark", ["\n", "\r\n", ";", ",", "|", " / ", " of ", " en ", " ou ", " OR "])
def test_a_cell_is_taken_apart_at_each_mark_between_numbers(mark: str) -> None:
    cell = read_phones(f"0470 12 34 12{mark}050/33.44.55")
    assert [reading.e164 for _, reading in cell.parts] == [_A, _B]
    assert cell.split


def test_a_slash_inside_a_number_is_no_cut() -> None:
    cell = read_phones("0470/12.34.12")
    assert [reading.e164 for _, reading in cell.parts] == [_A]
    assert not cell.split


def test_a_part_without_a_digit_is_no_part() -> None:
    cell = read_phones("0470 12 34 12; liefst 's avonds")
    assert len(cell.parts) == 1
    assert not cell.split


def test_a_split_counts_only_when_a_number_came_out() -> None:
    assert read_phones("0470 12 34 12 of 123").split
    assert not read_phones("1 of 2").split
    assert [part for part, _ in read_phones("1 of 2").parts] == ["1", "2"]
