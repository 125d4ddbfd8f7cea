from __future__ import annotations

import re
from dataclasses import replace

import pytest

from tests.callcenter.forms import laws
from tests.soak import sync
from tests.soak.__main__ import NAMES, main


@pytest.mark.parametrize("words", [[], ["nonsense"], ["--help"]])
def test_an_unknown_soak_prints_those_that_exist(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(words) == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert all(f"  {name}" in told.err for name in NAMES)


def test_a_soak_of_forms_closes_with_one_line_of_counts(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["forms", "--walks", "3", "--from", "7"]) == 0
    told = capsys.readouterr().out.splitlines()
    assert len(told) == 1
    assert told[0].startswith("soak forms: 3 walks over ")
    assert told[0].endswith("0 broken")


def test_a_broken_law_is_told_and_fails_the_soak(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(laws.Session, "undo", lambda self: True)
    assert main(["forms", "--walks", "5"]) == 1
    told = capsys.readouterr().out.splitlines()
    assert told[0].startswith("BROKEN set and undo equals before; form ")
    assert not told[-1].endswith(" 0 broken")


_TALLY = r"\d+ confirmed, (\d+) lost, (\d+) doubled, (\d+) wrongly acknowledged, \d+ cuts, \d+ kills"


def test_a_soak_of_sync_closes_with_its_tally(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["sync", "--minutes", "0.05", "--laptops", "1"]) == 0
    (line,) = capsys.readouterr().out.splitlines()
    told = re.fullmatch(_TALLY, line)
    assert told is not None
    assert set(told.groups()) == {"0"}


def test_a_soak_of_sync_that_finds_something_fails(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    broken = replace(sync._WEATHER, cut=0, killed=1, backend=0, postmaster=0, planted="missing_transaction")
    monkeypatch.setattr(sync, "_WEATHER", broken)
    assert main(["sync", "--minutes", "0.15", "--laptops", "1"]) == 1
    told = re.fullmatch(_TALLY, capsys.readouterr().out.splitlines()[-1])
    assert told is not None
    assert int(told.group(1)) > 0
