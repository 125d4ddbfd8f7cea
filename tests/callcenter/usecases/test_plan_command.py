from __future__ import annotations

import json
import random
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from callcenter.usecases import plan_command

_HEAD = "unit,case,number,language,site,value,last_agent"
_AGENTS = "code;voornaam;familienaam;rol;locatie;talen;alumni_nr;school;diensten"
_SHIFT = "2099-06-22 13:00-16:30"


def _agents(folder: Path, *rows: str) -> Path:
    told = rows or (
        f"A1;Amina;B;agent;Gent;nl,tr;;;{_SHIFT}",
        f"A2;Divine;M;agent;Gent;nl;;;{_SHIFT}",
        f"A3;Els;P;agent;Kortrijk;nl,fr;;;{_SHIFT}",
        "S1;Zoë;V;supervisor;Gent;nl;;;",
    )
    path = folder / "agents.csv"
    path.write_text("\n".join((_AGENTS, *told)), "utf-8")
    return path


def _cases(folder: Path, rows: list[str], head: str = _HEAD, name: str = "cases.csv") -> Path:
    path = folder / name
    path.write_text("\n".join((head, *rows)) + "\n", "utf-8")
    return path


def _rows(n: int = 90) -> list[str]:
    languages = ("nl", "nl", "nl", "fr", "tr")
    rows = []
    for i in range(n):
        site, last = ("Gent", "Kortrijk")[i % 2], ("", "A2")[i % 3 == 0]
        rows.append(f"u{i:03d},c{i:03d},+3247{i:07d},{languages[i % 5]},{site},{i * 7 % 100},{last}")
    return rows


def _plan(capsys: pytest.CaptureFixture[str], cases: Path, agents: Path, *more: str) -> dict[str, Any]:
    status = plan_command.run(["--cases", str(cases), "--agents", str(agents), "--seed", "5", "--json", *more])
    told: dict[str, Any] = json.loads(capsys.readouterr().out)
    assert (status == 2) == ("error" in told)
    return told


def test_a_plan_gives_each_case_an_agent_who_speaks_the_language_or_a_reason(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = _rows()
    told = _plan(capsys, _cases(tmp_path, rows), _agents(tmp_path))
    language = {row.split(",")[1]: row.split(",")[3] for row in rows}
    speaks = {"A1": {"nl", "tr"}, "A2": {"nl"}, "A3": {"nl", "fr"}}
    assert all(language[each["case"]] in speaks[each["agent"]] for each in told["assigned"])
    assert {e["case"] for e in told["assigned"]} | {e["case"] for e in told["unassigned"]} == set(language)
    assert 0 <= told["certificate"]["below_best_at_most"] <= 0.0001
    assert all(0.9 <= load["ratio"] <= 1.05 for load in told["loads"])
    assert sum(load["load"] for load in told["loads"]) == len(told["assigned"]) == 90


def test_the_order_of_the_rows_changes_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = _rows()
    before = _plan(capsys, _cases(tmp_path, rows), _agents(tmp_path))
    random.Random(1).shuffle(rows)  # noqa: S311 - an order, no secret
    assert _plan(capsys, _cases(tmp_path, rows), _agents(tmp_path)) == before


def test_a_household_stays_together_by_its_unit_or_its_number(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = ["u1,a,+321,nl,Gent,5,", "u1,b,+322,nl,Gent,5,", "u2,c,+322,nl,Gent,5,", "u3,d,+324,nl,Gent,5,"]
    told = _plan(capsys, _cases(tmp_path, rows), _agents(tmp_path))
    by_case = {each["case"]: each["agent"] for each in told["assigned"]}
    assert by_case["a"] == by_case["b"] == by_case["c"]
    assert [finding["code"] for finding in told["findings"]] == ["units_joined"]


def test_laptops_hold_so_many_and_the_rest_is_told_what_binds(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    told = _plan(capsys, _cases(tmp_path, _rows(60)), _agents(tmp_path), "--limit", "5", "--reserve", "5")
    assert Counter((e["agent"], e["tier"]) for e in told["assigned"]) == dict.fromkeys(
        [(agent, tier) for agent in ("A1", "A2", "A3") for tier in ("primary", "reserve")], 5
    )
    reasons = Counter(each["reason"] for each in told["unassigned"])
    assert set(reasons) <= {"all_full", "language_full", "not_chosen"}
    assert sum(each["facts"]["cases"] for each in told["binding"]) == 30


def test_languages_nobody_speaks_numbers_missing_and_crowds_are_reasons(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    crowd = [f"u9,k{i},+329,nl,Gent,1," for i in range(7)]
    rows = ["u1,a,+321,ar,Gent,5,", "u2,b,,nl,Gent,5,", "u3,c,+323,tr,Gent,5,", "u3,d,+323,fr,Gent,5,", *crowd]
    told = _plan(capsys, _cases(tmp_path, rows), _agents(tmp_path), "--language", "en")
    reasons = {each["case"]: each["reason"] for each in told["unassigned"]}
    assert reasons["a"] == "language"
    assert reasons["b"] == "no_number"
    assert reasons["c"] == reasons["d"] == "household_languages"
    assert reasons["k0"] == "large_unit"
    assert next(e["text"] for e in told["unassigned"] if e["case"] == "a") == "Nobody on this shift speaks Arabic."


@pytest.mark.parametrize(
    ("rows", "head", "code", "told"),
    [
        ([], _HEAD, "PLAN-02", ""),
        ([], "", "PLAN-02", ""),
        (["u,a,+321,nl,Gent,5,"], _HEAD.replace("language", "langauge"), "PLAN-03", "langauge"),
        (["u,a,+321,nl,Gent,5,", "v,a,+322,nl,Gent,5,"], _HEAD, "PLAN-04", "3/case: 'a'"),
        (["u,,+321,nl,Gent,5,"], _HEAD, "PLAN-04", "2/case"),
        (["u,a,+321,nl,Gent,five,"], _HEAD, "PLAN-04", "2/value: 'five'"),
        (["u,a,+321,nl,Gent,-5,"], _HEAD, "PLAN-04", "2/value"),
        (["u,a,+321,nl,Gent,1.5,"], _HEAD, "PLAN-04", "2/value"),
        (["u,a,+321,nl,Gent,99999999999,"], _HEAD, "PLAN-04", "2/value"),
        (["u,a,+321,nl,Gent"], _HEAD, "PLAN-04", "2/value"),
    ],
)
def test_a_bad_list_is_refused_with_what_to_change(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], rows: list[str], head: str, code: str, told: str
) -> None:
    found = _plan(capsys, _cases(tmp_path, rows, head), _agents(tmp_path))["error"]
    assert found["code"] == code
    assert told in found["text"]
    assert found["advice"]


@pytest.mark.parametrize(
    ("agents", "more", "code"),
    [
        (("S1;Zoë;V;supervisor;Gent;nl;;;",), (), "PLAN-05"),
        (("A1;Amina;B;agent;Gent;nl;;;",), (), "PLAN-06"),
        ((f"A1;Amina;B;agent;Gent;nl;;;{_SHIFT}",), ("--at", "2100-01-01"), "PLAN-06"),
        ((f"A1;Amina;B;agent;Gent;nl;;;{_SHIFT}",), ("--at", "soon"), "PLAN-07"),
        ((f"A1;Amina;B;agent;Gent;nl;;;{_SHIFT}",), ("--limit", "-1"), "PLAN-07"),
        (("A1;Amina;B;agent;Gent;nl;;;yesterday",), (), "ROSTER-02"),
    ],
)
def test_a_bad_roster_is_refused_with_what_to_change(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], agents: tuple[str, ...], more: tuple[str, ...], code: str
) -> None:
    found = _plan(capsys, _cases(tmp_path, _rows(3)), _agents(tmp_path, *agents), *more)["error"]
    assert found["code"] == code


def test_what_does_not_stop_a_plan_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = ["u1,a,+321,,Gent,5,A9,x"]
    agents = _agents(
        tmp_path,
        "A1;Amina;B;agent;Gent;nl;;;2020-06-22 13:00-16:30",
        "A2;Divine;M;agent;Gent;nl;;;",
    )
    told = _plan(capsys, _cases(tmp_path, rows, f"{_HEAD},colour"), agents)
    codes = [finding["code"] for finding in told["findings"]]
    assert codes == ["unknown_columns", "no_language", "agents_without_shift", "roster_past", "unknown_agents"]


@pytest.mark.parametrize("content", [b"\xff\xfe\x00bad", b"unit,case\x00,number\n", b'"unit,case\n'])
def test_a_file_that_is_no_list_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], content: bytes
) -> None:
    path = tmp_path / "cases.csv"
    path.write_bytes(content)
    assert _plan(capsys, path, _agents(tmp_path))["error"]["code"] in ("PLAN-01", "PLAN-03")
    assert _plan(capsys, tmp_path / "gone.csv", _agents(tmp_path))["error"]["code"] == "PLAN-01"


@pytest.mark.parametrize(("language", "words"), [("nl", "Hoogstens"), ("en", "At most"), ("fr", "Au plus")])
def test_without_json_a_table_is_read_by_people(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], language: str, words: str
) -> None:
    cases, agents = _cases(tmp_path, _rows()), _agents(tmp_path)
    assert plan_command.run(["--cases", str(cases), "--agents", str(agents), "--language", language]) == 0
    told = capsys.readouterr().out
    assert words in told
    assert all(f"\n{agent} " in told for agent in ("A1", "A2", "A3"))


def test_semicolons_and_capitals_of_a_spreadsheet_are_read(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = [row.replace(",", ";") for row in _rows(9)]
    told = _plan(capsys, _cases(tmp_path, rows, "\ufeff" + _HEAD.upper().replace(",", ";")), _agents(tmp_path))
    assert len(told["assigned"]) == 9


def test_a_long_list_for_many_agents_is_chosen_by_worth_and_proven(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    agents = _agents(
        tmp_path, *(f"A{i:02d};N;N;agent;{('Gent', 'Kortrijk')[i % 2]};nl,tr;;;{_SHIFT}" for i in range(30))
    )
    told = _plan(
        capsys,
        _cases(tmp_path, [r.replace(",fr,", ",nl,") for r in _rows(900)]),
        agents,
        "--limit",
        "10",
        "--reserve",
        "0",
    )
    assert len(told["assigned"]) == 300
    assert told["certificate"]["below_best_at_most"] <= 0.0001
    assert Counter(each["reason"] for each in told["unassigned"])["not_chosen"] == 510
