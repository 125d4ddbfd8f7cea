"""`callcenter form check` as it is typed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from callcenter.__main__ import _form
from callcenter.forms.command import check
from tests.callcenter.forms.broken import saved
from tests.scenario.xform import xform


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


_OLD = b"\xd0\xcf\x11\xe0" + bytes(500)


@pytest.mark.parametrize(
    ("inside", "said"), [(_OLD, "oud werkboek"), (_OLD + "EncryptedPackage".encode("utf-16-le"), "wachtwoord")]
)
def test_a_locked_or_renamed_workbook_is_called_so_and_programs_read_it_as_json(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], inside: bytes, said: str
) -> None:
    (tmp_path / "x.xlsx").write_bytes(inside)
    assert check([str(tmp_path / "x.xlsx"), "--json"]) == 2
    told = json.loads(capsys.readouterr().out)
    assert (told["errors"], told["findings"][0]["code"]) == (1, "FORM-21")
    assert said in told["findings"][0]["message"]


def test_a_language_without_its_code_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    changes = ("| label::Français (fr) |", "| label::Français |")
    assert check([str(saved(tmp_path, changes, changes)), "--language", "en"]) == 0
    told = capsys.readouterr().out
    assert "(CHECK-50)" in told
    assert "Français" in told


def test_a_number_of_rows_that_hangs_on_its_own_answers_is_doubted(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    form = xform(
        "<n/><r><a/></r>",
        {"n": "calculate=\"if(/data/r[last()]/a = 'yes', count(/data/r) + 1, 1)\""},
        '<group ref="/data/r"><repeat nodeset="/data/r" jr:count="/data/n"><input ref="/data/r/a"><label>a</label>'
        "</input></repeat></group>",
    )
    (tmp_path / "x.xml").write_text(form, "utf-8")
    assert check([str(tmp_path / "x.xml"), "--language", "en"]) == 0
    assert "(CHECK-51)" in capsys.readouterr().out
