from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from callcenter.intake.command import run
from tests.callcenter.intake.lists import judge


def test_json_is_one_object_and_nothing_else(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    judge(tmp_path, {"Voornaam": "Yıldız"}, {"Locatie": "Brussel"})
    assert run([str(tmp_path / "list.csv"), "--as-of", "2026-06-15", "--json"]) == 0
    said = capsys.readouterr()
    told = json.loads(said.out)
    assert (told["schema"], told["as_of"], told["rows"], said.err) == (
        "callcenter.intake-check/1",
        "2026-06-15",
        2,
        "",
    )


def test_without_json_a_person_reads_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    judge(tmp_path, {"Locatie": "Brussel"})
    assert run([str(tmp_path / "list.csv")]) == 0
    assert "Brussel" in capsys.readouterr().out


@pytest.mark.parametrize("data", [b"", b"kleur;maat\r\nrood;3\r\n", b"\x89PNG\r\n"])
def test_a_list_that_cannot_be_judged_is_one_message_and_status_2(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], data: bytes
) -> None:
    path = tmp_path / "list.csv"
    path.write_bytes(data)
    assert run([str(path), "--json"]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert len(said.err.splitlines()) == 1


def test_the_command_works_where_the_terminal_knows_only_ascii_and_imports_no_qt(tmp_path: Path) -> None:
    judge(tmp_path, {"Voornaam": "Yıldız", "Gsm": "\u202a0470123412\u202c"}, {"Locatie": "Çorum"})
    program = (
        "import sys; from callcenter.intake.command import run; status = run(sys.argv[1:]);"
        "assert 'PySide6' not in sys.modules; sys.exit(status)"
    )
    for words in ([], ["--json"]):
        done = subprocess.run(
            [sys.executable, "-c", program, str(tmp_path / "list.csv"), *words],
            capture_output=True,
            check=False,
            env={"PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"},
        )
        assert done.returncode == 0, done.stderr
