from __future__ import annotations

from datetime import date
from time import process_time

from hypothesis import given
from hypothesis import strategies as st

from callcenter.intake.duplicates import Mark, Seen

_BORN, _OTHER = date(2009, 5, 12), date(2009, 5, 13)
_PHONE = frozenset({"+32470123412"})
_NONE: frozenset[str] = frozenset()


def _match(above: Mark, below: Mark) -> str | None:
    seen = Seen()
    seen.add(above)
    found = seen.match(below)
    return found[0] if found else None


def test_the_same_name_and_birth_date_is_exactly_the_same_person() -> None:
    assert _match(Mark("ayaidrissi", _BORN, _NONE), Mark("ayaidrissi", _BORN, _PHONE)) == "exact"
    assert _match(Mark("ayaidrissi", _BORN, _NONE), Mark("ayaidrissi", _OTHER, _PHONE)) is None


def test_nearly_the_same_name_with_a_number_in_common_is_probably_the_same_person() -> None:
    for name in ("ayaidrisi", "ayaidrissie", "ayaidrixxi", "yaaidrissi", "ayaidrissixx"):
        assert _match(Mark("ayaidrissi", _BORN, _PHONE), Mark(name, _BORN, _PHONE)) == "probable", name
        assert _match(Mark("ayaidrissi", _BORN, _NONE), Mark(name, _BORN, _PHONE)) is None
        assert _match(Mark("ayaidrissi", _BORN, _PHONE), Mark(name, _OTHER, _PHONE)) is None


def test_siblings_and_twins_are_not_the_same_person() -> None:
    assert _match(Mark("ayaidrissi", _BORN, _PHONE), Mark("idrissiomar", _BORN, _PHONE)) is None


def test_a_missing_birth_date_needs_the_same_name_and_a_contact() -> None:
    assert _match(Mark("ayaidrissi", None, _PHONE), Mark("ayaidrissi", _BORN, _PHONE)) == "probable"
    assert _match(Mark("ayaidrissi", _BORN, _PHONE), Mark("ayaidrissi", None, _PHONE)) == "probable"
    assert _match(Mark("ayaidrissi", None, _PHONE), Mark("ayaidrisi", _BORN, _PHONE)) is None
    assert _match(Mark("ayaidrissi", None, _NONE), Mark("ayaidrissi", None, _NONE)) is None


def test_exact_is_looked_for_before_probable_and_the_first_above_is_named() -> None:
    seen = Seen()
    for mark in (
        Mark("ayaidrisi", _BORN, _PHONE),
        Mark("ayaidrissi", _BORN, _NONE),
        Mark("ayaidrissy", _BORN, _PHONE),
    ):
        seen.add(mark)
    assert seen.match(Mark("ayaidrissi", _BORN, _PHONE)) == ("exact", 1)
    assert seen.match(Mark("ayaidrissz", _BORN, _PHONE)) == ("probable", 0)


_MARKS = st.builds(
    Mark,
    st.text("ab", min_size=1, max_size=4),
    st.sampled_from([None, _BORN, _OTHER]),
    st.frozensets(st.sampled_from(["+321", "+322", "a@b.cc"]), max_size=2),
)


def _distance(one: str, other: str) -> int:
    """Return the distance of two keys, slowly and by definition: insert, delete, change, swap of neighbours."""
    rows = [[i + j if 0 in (i, j) else 0 for j in range(len(other) + 1)] for i in range(len(one) + 1)]
    for i, a in enumerate(one, 1):
        for j, b in enumerate(other, 1):
            rows[i][j] = min(rows[i - 1][j] + 1, rows[i][j - 1] + 1, rows[i - 1][j - 1] + (a != b))
            if i > 1 and j > 1 and (a, one[i - 2]) == (other[j - 2], b):
                rows[i][j] = min(rows[i][j], rows[i - 2][j - 2] + 1)
    return rows[-1][-1]


def _by_all_pairs(above: list[Mark], mark: Mark) -> tuple[str, int] | None:
    for place, other in enumerate(above):
        if mark.born is not None and (mark.key, mark.born) == (other.key, other.born):
            return "exact", place
    for place, other in enumerate(above):
        if not mark.contacts & other.contacts:
            continue
        unborn = mark.born is None or other.born is None
        near = mark.born == other.born and 1 <= _distance(mark.key, other.key) <= 2
        if (mark.key == other.key) if unborn else near:
            return "probable", place
    return None


@given(st.lists(_MARKS, max_size=8), _MARKS)
def test_looking_up_what_is_shared_finds_what_comparing_all_pairs_finds(above: list[Mark], mark: Mark) -> None:
    seen = Seen()
    for other in above:
        seen.add(other)
    assert seen.match(mark) == _by_all_pairs(above, mark)


def test_one_number_in_a_very_long_list_does_not_make_it_slow() -> None:
    seen = Seen()
    begun = process_time()
    for n in range(20_000):
        mark = Mark(f"naam{n}", date.fromordinal(730_000 + n), _PHONE)
        assert seen.match(mark) is None
        seen.add(mark)
    assert process_time() - begun < 5  # comparing all pairs takes minutes
