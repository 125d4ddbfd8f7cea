"""`callcenter rates`: what it reads, writes and refuses."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from callcenter.rates.command import run
from callcenter.rates.formulas import NAMES

_COUNTS = {"I": 40, "P": 10, "R": 20, "NC": 20, "O": 10, "UH": 10, "UO": 30, "NE": 25}


def a_file(folder: Path, text: str | bytes, name: str = "cases.csv") -> Path:
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def told(capsys: pytest.CaptureFixture[str], path: Path, *words: str) -> dict[str, Any]:
    assert run([str(path), "--disposition-column", "code", "--json", *words]) == 0
    out, err = capsys.readouterr()
    assert err == ""
    found: dict[str, Any] = json.loads(out)
    return found


def refused(capsys: pytest.CaptureFixture[str], path: Path, *words: str) -> str:
    assert run([str(path), "--disposition-column", "code", *words]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.count("\n") == 1
    return err


def test_the_worked_example_comes_out_of_a_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    lines = [letter for letter, count in _COUNTS.items() for _ in range(count)]
    found = told(capsys, a_file(tmp_path, "\n".join(["code", *lines])))
    assert found["counts"] == _COUNTS
    assert (found["n"], found["weighted"], found["e"], found["e_source"]) == (165, False, 0.8, "estimated")
    assert found["rates"]["RR3"] == 40 / 132
    assert tuple(found["rates"]) == NAMES
    assert found["groups"] == []
    assert list(found) == ["n", "weighted", "disposition_column", "counts", "e", "e_source", "rates", "groups"]


@pytest.mark.parametrize(
    ("code", "letter"),
    [("1.10", "I"), ("2.112", "R"), ("3.90", "UO"), ("4.81", "NE"), ("2.20", "NC"), (" uh ", "UH"), ("3.11", "UH"),
     ("1.2", "P"), ("2.31", "O"), ("3.20", "UO"), ("ne", "NE")],
)  # fmt: skip
def test_a_code_has_the_class_of_its_prefix(
    code: str, letter: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    found = told(capsys, a_file(tmp_path, f"id,code\n1,{code}\n"))
    assert {k for k, count in found["counts"].items() if count} == {letter}


@pytest.mark.parametrize("code", ["1.0", "2.0", "5.1", "ZZ", "", "4", "3.4", "11"])
def test_an_unknown_disposition_is_refused_with_its_row(
    code: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    said = refused(capsys, a_file(tmp_path, f"id,code\n1,I\n2,{code}\n"))
    assert "row 3" in said
    assert repr(code) in said


def test_weights_are_summed_and_the_number_of_cases_kept(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = "code;w\nI;2\nI;1\nR;1\nNC;4\nNE;2\nP;0\n"
    found = told(capsys, a_file(tmp_path, text), "--weight-column", "w")
    assert (found["n"], found["weighted"]) == (6, True)
    assert (found["counts"]["I"], found["counts"]["P"]) == (3, 0)
    assert (found["rates"]["RR1"], found["rates"]["COOP1"], found["e"]) == (0.375, 0.75, 0.8)


def test_the_order_of_rows_changes_no_weighted_rate(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = [f"{letter},0.{n * 37 % 101}" for n, letter in enumerate([*_COUNTS] * 40)]
    one = told(capsys, a_file(tmp_path, "\n".join(["code,w", *rows])), "--weight-column", "w")
    rows.sort()
    assert told(capsys, a_file(tmp_path, "\n".join(["code,w", *rows])), "--weight-column", "w") == one


@pytest.mark.parametrize("weight", ["", "-1", "zwaar", "nan", "inf", "1,5", "1_0", "1e400", "0x1"])
def test_a_weight_that_is_no_number_is_refused_with_its_row(
    weight: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    said = refused(capsys, a_file(tmp_path, f"code;w\nI;1\nI;{weight}\n"), "--weight-column", "w")
    assert "row 3" in said


def test_groups_stand_in_order_of_appearance_and_use_the_e_of_the_whole(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = "site,code\nGent,I\nGent,UH\n,R\nKortrijk,NE\nGent,I\n"
    found = told(capsys, a_file(tmp_path, text), "--by", "site")
    assert [group["by"]["site"] for group in found["groups"]] == ["Gent", "", "Kortrijk"]
    assert found["e"] == 0.75
    assert found["groups"][0]["rates"]["RR3"] == 2 / (2 + 0.75)
    assert set(found["groups"][2]["rates"].values()) == {None}
    for letter, count in found["counts"].items():
        assert sum(group["counts"][letter] for group in found["groups"]) == count


def test_a_given_e_is_used_and_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = a_file(tmp_path, "code\nI\nUH\n")
    found = told(capsys, path, "--eligibility", "0.5")
    assert (found["e"], found["e_source"], found["rates"]["RR3"]) == (0.5, "given", 1 / 1.5)


@pytest.mark.parametrize("e", ["1.1", "-0.1", "half", "nan", "0,5", ""])
def test_an_e_outside_zero_and_one_is_refused(e: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    refused(capsys, a_file(tmp_path, "code\nI\n"), "--eligibility", e)


def test_a_header_without_rows_is_no_error(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = told(capsys, a_file(tmp_path, "code\n"))
    assert (found["n"], found["e"], found["e_source"]) == (0, None, "undefined")
    assert set(found["rates"].values()) == {None}


@pytest.mark.parametrize(
    "data",
    [
        "\ufeffcode;naam\nI;Zoë\n".encode(),
        "code;naam\r\nI;Zoë\r\n".encode("cp1252"),
        b"naam\tcode\nx\tI\n",
        b'"na,am,x";code\n"a;b\n""c""";I\n',
        b"code\rI\r",
    ],
    ids=["utf-8 with mark", "windows-1252", "tab", "quotes", "old line ends"],
)
def test_encoding_separator_and_quotes_are_found(
    data: bytes, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert told(capsys, a_file(tmp_path, data))["counts"]["I"] == 1


def test_blank_lines_at_the_end_are_no_rows(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert told(capsys, a_file(tmp_path, "code\nI\n\n\n"))["n"] == 1


def test_a_blank_line_between_rows_of_one_column_is_an_empty_disposition(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert "row 3" in refused(capsys, a_file(tmp_path, "code\nI\n\nI\n"))


def test_a_missing_column_file_or_option_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = a_file(tmp_path, "code\nI\n")
    assert "'site'" in refused(capsys, path, "--by", "site")
    assert "'w'" in refused(capsys, path, "--weight-column", "w")
    refused(capsys, tmp_path / "absent.csv")
    refused(capsys, tmp_path)
    refused(capsys, a_file(tmp_path, "", "empty.csv"))
    assert run([str(path)]) == 2
    assert capsys.readouterr().out == ""


def test_without_json_a_table_is_written_with_a_dash_where_nothing_can_be_computed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = a_file(tmp_path, "site,code,w\nGent,NE,1\nKortrijk,I,3\n")
    words = [str(path), "--disposition-column", "code", "--by", "site", "--weight-column", "w"]
    assert run(words) == 0
    lines = [line.split() for line in capsys.readouterr().out.splitlines()]
    assert lines[0] == ["total", "Gent", "Kortrijk"]
    assert ["n", "2", "1", "1"] in lines
    assert ["n", "eff", "1.6", "1.0", "1.0"] in lines
    assert ["RR1", "1.000000", "–", "1.000000"] in lines
    assert ["e", "0.750000", "(estimated)"] in lines
