"""Questionnaires from old and new Excels."""

from __future__ import annotations

from pathlib import Path

import pytest

from callcenter.forms.workbooks import read_workbook
from callcenter.forms.xlsform import ColumnTwice, WorkbookUnreadable
from tests.callcenter.forms.broken import SOUND, book, saved
from tests.shared import shared


def test_the_same_questionnaire_reads_the_same_as_workbook_and_as_text(tmp_path: Path) -> None:
    (tmp_path / "vragen.md").write_text(SOUND, "utf-8")
    assert read_workbook(saved(tmp_path)).sheets.keys() == book().sheets.keys()
    assert read_workbook(tmp_path / "vragen.md") == book()


@pytest.mark.shared
def test_an_old_workbook_reads_as_its_new_twin() -> None:
    old, new = (read_workbook(shared(f"forms/rejected/{name}")) for name in ("02_include.xls", "03_include.xlsx"))
    assert old == new


@pytest.mark.shared
def test_a_column_that_stands_twice_is_named() -> None:
    with pytest.raises(ColumnTwice) as refused:
        read_workbook(shared("forms/rejected/01_duplicate_columns.xlsx"))
    assert (refused.value.facts["sheet"], refused.value.facts["column"]) == ("survey", "label")


@pytest.mark.shared
def test_an_old_workbook_cut_off_anywhere_is_refused_or_read_but_never_breaks(tmp_path: Path) -> None:
    whole = shared("forms/rejected/02_include.xls").read_bytes()
    path = tmp_path / "half.xls"
    for end in range(0, len(whole), 331):
        path.write_bytes(whole[:end] + b"\xff" * 40)
        try:
            read_workbook(path)
        except WorkbookUnreadable as error:
            assert error.facts["reason"]  # noqa: PT017 - both ends are right, this says which


def test_an_old_workbook_that_is_too_large_is_not_opened(tmp_path: Path) -> None:
    path = tmp_path / "groot.xls"
    path.write_bytes(b"\0" * 5_000_001)
    with pytest.raises(WorkbookUnreadable) as refused:
        read_workbook(path)
    assert refused.value.facts["reason"] == "it is too large"
