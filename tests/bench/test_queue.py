from __future__ import annotations

import json

import pytest

from tests.bench.queue import main, seeds
from tests.simulation.policies import POLICIES

_KEYS = {"interviews_per_hour", "worst_group", "appointments_kept", "under_two_attempts", "conflict_calls"}


def test_seeds_are_a_span_or_a_list() -> None:
    assert seeds("100-103") == [100, 101, 102, 103]
    assert seeds("7,1-2") == [7, 1, 2]


def test_one_object_a_line_for_each_policy(capsys: pytest.CaptureFixture[str]) -> None:
    main(["--seeds", "1-2", "--contacts", "60", "--processes", "1", "--json"])
    told = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [one["policy"] for one in told] == list(POLICIES)
    for one in told:
        assert one.keys() >= _KEYS | {"ratio", "ratio_low", "ratio_high"}
        assert one["ratio_low"] <= one["ratio"] <= one["ratio_high"]
        assert 0 <= one["worst_group"] <= 1


def test_the_table_judges_every_bar(capsys: pytest.CaptureFixture[str]) -> None:
    main(["--seeds", "1,2", "--contacts", "60", "--processes", "1"])
    told = capsys.readouterr().out
    assert told.count("(bar ") == 13


@pytest.mark.parametrize("words", [["--seeds", "many"], ["--contacts", "0"]])
def test_words_that_make_no_sense_are_refused(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(words)
    assert "usage: bench queue" in capsys.readouterr().err
