from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from callcenter.queue.line import Line


def test_pinned_calls_stand_before_all_others_by_their_minute() -> None:
    line: Line[str] = Line()
    line.put("value", (2, -900))
    line.put("late", (0, 600), not_before=592)
    line.put("early", (0, 590), not_before=582)
    assert [line.first(now) for now in (500, 585, 595)] == ["value", "early", "early"]
    line.drop("early")
    assert [line.first(581), line.first(600)] == ["late", "late"]


def test_a_key_that_is_put_again_moves() -> None:
    line: Line[str] = Line()
    line.put("a", (1,))
    line.put("b", (2,))
    line.put("a", (3,))
    assert line.first(0) == "b"
    line.put("b", (0,), not_before=15)
    assert (line.first(14), line.first(15), len(line)) == ("a", "b", 2)


def test_who_waits_tells_when() -> None:
    line: Line[str] = Line()
    line.put("a", (1,), not_before=30)
    line.put("b", (1,), not_before=20)
    assert (line.first(10), line.opens(), "b" in line) == (None, 20, True)
    line.drop("b")
    assert line.opens() == 30
    assert line.awake(30) == ["a"]
    assert (line.opens(), len(line)) == (None, 0)


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 50), st.integers(0, 50))), st.integers(0, 60))
def test_the_first_is_the_smallest_place_of_those_whose_moment_has_come(
    moves: list[tuple[int, int, int]], now: int
) -> None:
    line: Line[int] = Line()
    known: dict[int, tuple[int, int]] = {}
    for key, place, moment in moves:
        line.put(key, (place, key), not_before=moment if moment > 10 else None)
        known[key] = (place, moment if moment > 10 else -1)
    open_ = [(place, key) for key, (place, moment) in known.items() if moment <= now]
    assert line.first(now) == (min(open_)[1] if open_ else None)
