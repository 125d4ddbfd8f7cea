from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta, timezone
from enum import StrEnum
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from callcenter.domain.codec import canonical, from_json, parse, to_json


class _Colour(StrEnum):
    RED = "red"
    BLUE = "blue"


@dataclass(frozen=True)
class _Part:
    n: int
    on: date


@dataclass(frozen=True)
class _Whole:
    at: datetime
    colour: _Colour
    clock: time
    parts: tuple[_Part, ...] = ()
    pair: tuple[str, int] = ("", 0)
    names: frozenset[str] = frozenset()
    by_year: Mapping[int, _Part] = field(default_factory=dict)
    perhaps: _Part | None = None
    share: float | None = None
    free: Mapping[str, Any] = field(default_factory=dict)


_PARTS = st.builds(_Part, st.integers(-9, 9), st.dates())
_WHOLES = st.builds(
    _Whole,
    at=st.datetimes(timezones=st.just(UTC)),
    colour=st.sampled_from(_Colour),
    clock=st.times(),
    parts=st.lists(_PARTS, max_size=3).map(tuple),
    pair=st.tuples(st.text(max_size=5), st.integers()),
    names=st.frozensets(st.text(max_size=5), max_size=3),
    by_year=st.dictionaries(st.integers(2000, 2030), _PARTS, max_size=3),
    perhaps=st.none() | _PARTS,
    share=st.none() | st.floats(0, 1),
    free=st.dictionaries(st.text(max_size=3), st.none() | st.booleans() | st.integers() | st.text(max_size=3)),
)


@given(_WHOLES)
def test_what_is_written_is_read_back(whole: _Whole) -> None:
    assert from_json(_Whole, parse(canonical(whole))) == whole


@given(_WHOLES)
def test_there_is_one_text_of_a_value(whole: _Whole) -> None:
    assert canonical(from_json(_Whole, parse(canonical(whole)))) == canonical(whole)


def test_one_moment_has_one_text_whatever_its_zone() -> None:
    noon = datetime(2026, 6, 23, 12, tzinfo=timezone(timedelta(hours=2)))
    assert to_json(noon) == to_json(noon.astimezone(UTC)) == "2026-06-23T10:00:00+00:00"


def test_keys_are_sorted_and_letters_stay_letters() -> None:
    assert canonical({"b": "Büşra", "a": [1, None, True]}) == '{"a":[1,null,true],"b":"Büşra"}'


def test_unknown_keys_are_ignored_and_missing_ones_take_their_default() -> None:
    told = {"at": "2026-06-23T10:00:00+00:00", "colour": "blue", "clock": "09:00:00", "shape": "round"}
    found = from_json(_Whole, told)
    assert (found.colour, found.clock, found.parts, found.perhaps) == (_Colour.BLUE, time(9), (), None)


def test_a_value_without_json_form_is_refused() -> None:
    with pytest.raises(TypeError, match="no JSON form for object"):
        to_json({"a": object()})
