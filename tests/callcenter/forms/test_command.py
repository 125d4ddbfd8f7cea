"""`callcenter form check` as it is typed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from callcenter.__main__ import _form
from callcenter.forms.command import check
from tests.callcenter.forms.broken import saved


def test_a_sound_questionnaire_ends_with_zero(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert check([str(saved(tmp_path))]) == 0
    assert capsys.readouterr().out == "De vragenlijst kan gepubliceerd worden. 0 fouten, 0 waarschuwingen.\n"


def test_a_broken_one_ends_with_one_and_names_the_cell(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = saved(tmp_path, ("${hours} * 2", "(${hours} * 2"))
    assert _form(["check", str(path), "--language", "fr"]) == 1
    told = capsys.readouterr().out
    assert told.startswith("Feuille 'survey', ligne 7, colonne 'calculation' (CHECK-01)\n  La formule est illisible")
    assert told.endswith("1 erreur, 0 avertissements.\n") or told.endswith("1 erreur, 0 avertissement.\n")


def test_programs_read_the_findings_as_json(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = saved(tmp_path, ("integer | hours", "image | hours"))
    assert check([str(path), "--json", "--language", "en"]) == 1
    told = json.loads(capsys.readouterr().out)
    assert (told["language"], told["errors"], told["warnings"]) == ("en", 1, 0)
    (found,) = told["findings"]
    assert (found["code"], found["severity"], found["sheet"], found["row"], found["column"]) == (
        "CHECK-12",
        "error",
        "survey",
        5,
        "type",
    )
    assert "picture" in found["message"]
    assert found["advice"]


def test_a_file_that_cannot_be_read_ends_with_two(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "x.xls").write_bytes(b"geen werkboek")
    assert check([str(tmp_path / "x.xls")]) == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert "beschadigd" in told.err
