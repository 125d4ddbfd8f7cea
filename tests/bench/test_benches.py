from __future__ import annotations

import pytest

from tests.bench.__main__ import NAMES, main
from tests.bench.bars import verdict


@pytest.mark.parametrize("words", [[], ["nonsense"], ["--help"]])
def test_an_unknown_bench_prints_those_that_exist(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(words) == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert all(f"  {name}" in told.err for name in NAMES)


def test_a_bar_is_kept_up_to_its_value() -> None:
    assert (verdict(2.0, 2.0), verdict(2.01, 2.0)) == ("kept", "BROKEN")


@pytest.mark.parametrize(("name", "lines"), [("store", 6), ("sync", 7)])
def test_a_small_bench_of_stores_and_central_prints_each_bar(
    name: str, lines: int, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([name, "--events", "300", "--rounds", "1"]) == 0
    told = capsys.readouterr().out.splitlines()
    assert len(told) == lines
    assert all(line.split("  [")[0].endswith(("kept", "BROKEN")) for line in told[1:])
