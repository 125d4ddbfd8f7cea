from __future__ import annotations

from pathlib import Path

import pytest

from callcenter.domain.agent import Role
from db.local.enrolment import WrongCode, open_enrolment, write_enrolment
from tests.db.laptops import an_enrolment


def test_the_code_opens_the_file_whatever_its_spaces_and_capitals(tmp_path: Path) -> None:
    told = an_enrolment("yasmina", Role.SUPERVISOR, central={"kind": "sqlite", "path": "c.db", "key": "00"})
    code = write_enrolment(tmp_path / "yasmina.enrolment", told)
    for typed in (code, code.lower(), code.replace(" ", ""), code.replace(" ", " - ")):
        assert open_enrolment(tmp_path / "yasmina.enrolment", typed) == told


def test_letters_that_look_like_digits_are_read_as_digits(tmp_path: Path) -> None:
    told = an_enrolment("yasmina")
    code = write_enrolment(tmp_path / "file", told)
    while not {"0", "1"} & set(code):
        code = write_enrolment(tmp_path / "file", told)
    assert open_enrolment(tmp_path / "file", code.replace("0", "o").replace("1", "l")) == told


def test_another_code_does_not_open_it(tmp_path: Path) -> None:
    write_enrolment(tmp_path / "file", an_enrolment("yasmina"))
    with pytest.raises(WrongCode):
        open_enrolment(tmp_path / "file", "0000 0000 0000 0000")


def test_a_file_that_is_no_enrolment_is_told_in_the_same_way(tmp_path: Path) -> None:
    (tmp_path / "list.csv").write_text("name;number\n" * 1000)
    with pytest.raises(WrongCode):
        open_enrolment(tmp_path / "list.csv", "0000 0000 0000 0000")
    with pytest.raises(WrongCode):
        open_enrolment(tmp_path / "absent", "0000 0000 0000 0000")


def test_the_file_shows_nothing_without_its_code(tmp_path: Path) -> None:
    write_enrolment(tmp_path / "file", an_enrolment("yasmina"))
    content = (tmp_path / "file").read_bytes()
    assert not content.startswith(b"SQLite format 3")
    assert b"yasmina" not in content.lower()
