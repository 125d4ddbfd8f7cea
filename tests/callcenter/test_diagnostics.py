from __future__ import annotations

import json
import logging
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from callcenter import diagnostics


@pytest.fixture
def log(tmp_path: Path) -> Iterator[Path]:
    diagnostics.start(tmp_path)
    yield tmp_path / "callcenter.log"
    diagnostics.stop()


@pytest.mark.parametrize("number", ["+32470123456", "0470 12 34 56", "09/265.98.11", "0470-12-34-56"])
def test_a_telephone_number_never_reaches_the_log(log: Path, number: str) -> None:
    logging.getLogger("callcenter").warning("could not dial %s", number)
    assert number not in log.read_text("utf-8")
    assert json.loads(log.read_text("utf-8"))["say"] == "could not dial <number>"


def test_an_id_stays_readable(log: Path) -> None:
    name = "019f2b4c-7a1e-7c11-9a2b-123456789012"
    logging.getLogger("callcenter").info("case %s", name)
    assert name in log.read_text("utf-8")


def test_a_bug_tells_its_places_and_not_the_answer_it_choked_on(log: Path) -> None:
    try:
        int("Aya El Amrani")
    except ValueError:
        logging.getLogger("callcenter").exception("bug")
    line = json.loads(log.read_text("utf-8"))
    assert "Aya" not in log.read_text("utf-8")
    assert line["error"].startswith("ValueError: test_diagnostics.py:")


def test_an_unexpected_error_quotes_nothing_on_the_console_either(log: Path, capsys) -> None:
    try:
        int("Aya El Amrani")
    except ValueError as error:
        sys.excepthook(type(error), error, error.__traceback__)
    told = capsys.readouterr().err
    assert told.startswith("ValueError: test_diagnostics.py:")
    assert "Aya" not in told + log.read_text("utf-8")
