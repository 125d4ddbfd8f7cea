from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from callcenter.domain.agent import Shift
from callcenter.domain.outcome import Outcome
from callcenter.usecases.forecast_command import run
from callcenter.usecases.forecasting import blocks_of, pool_of, prospect, tallies
from tests.callcenter.queue.making import NOON, SETTINGS, a_case, an_agent, brussels, called
from tests.office import MONDAY, a_staffed_office
from tests.shared import shared

LIST, AGENTS = "lists/alumni-2026.xlsx", "lists/agents-2026.csv"


def test_people_are_sorted_by_what_may_still_come_of_them() -> None:
    done = a_case("done", called(Outcome.COMPLETE, NOON))
    cases = [
        a_case("new"),
        a_case("tried", called(Outcome.NO_ANSWER, NOON)),
        done,
        a_case("refused", called(Outcome.REFUSAL, NOON)),
        a_case("turkish", person={"language": "tr"}),
        a_case("nobody", person={"numbers": ()}),
        replace(a_case("gone"), erased=True),
    ]
    pool = pool_of(cases, [an_agent()], SETTINGS)
    assert (pool.waiting, pool.done, pool.eligible, pool.out_of_reach) == ((1, 1), 1, 6, 2)


def test_what_each_try_became_is_counted() -> None:
    cases = [
        a_case("one", called(Outcome.NO_ANSWER, NOON), called(Outcome.COMPLETE, NOON + timedelta(days=1))),
        a_case("two", called(Outcome.REFUSAL, NOON)),
    ]
    found = tallies(cases, SETTINGS)
    assert (found[0].dials, found[0].interviews, found[0].ended) == (2, 0, 1)
    assert (found[1].dials, found[1].interviews, found[1].ended) == (1, 1, 0)


def test_shifts_count_inside_the_calling_hours_only() -> None:
    late = Shift(brussels("07-06", "19:30"), brussels("07-06", "21:30"))
    sunday = Shift(brussels("07-05", "10:00"), brussels("07-05", "13:00"))
    blocks = blocks_of([an_agent("a", shifts=(late, sunday)), an_agent("b", shifts=(late,))], SETTINGS, NOON)
    assert [(block.agents, block.minutes) for block in blocks] == [(2, 120)]


def test_the_office_sees_how_its_campaign_will_go(tmp_path: Path) -> None:
    office = a_staffed_office(tmp_path, 60)
    with office.store.work() as work:
        found = prospect(work, office.campaign, MONDAY)
    assert sum(found.pool.waiting) + found.pool.out_of_reach == found.pool.eligible == 60
    assert found.work_out().total == sum(block.agents for block in found.blocks)


def test_the_command_tells_a_list_and_a_roster_in_words_and_as_values(capsys: pytest.CaptureFixture[str]) -> None:
    files = [str(shared(LIST)), "--agents", str(shared(AGENTS))]
    assert run([*files, "--goal", "0.4", "--language", "nl"]) == 0
    told = capsys.readouterr().out
    assert "shifts" in told
    assert "uitgewerkt" in told
    assert run([*files, "--goal", "0.4", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["goal"] == 0.4
    assert found["out_of_reach"] < 100
    assert found["reach"][-1]["low"] <= found["reach"][-1]["middle"] <= found["reach"][-1]["high"]


def test_last_years_rates_move_the_forecast(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    files = [str(shared(LIST)), "--agents", str(shared(AGENTS)), "--json"]
    rates = tmp_path / "rates.csv"
    rates.write_text("try,dials,interviews,ended\n" + "".join(f"{n},2000,500,60\n" for n in range(1, 9)), "utf-8")
    assert run(files) == 0
    first = json.loads(capsys.readouterr().out)
    assert run([*files, "--last-year", str(rates)]) == 0
    assert json.loads(capsys.readouterr().out)["reach"][-1]["middle"] > first["reach"][-1]["middle"] + 0.1


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("try,dials,interviews\n1,2,3\n", "ended"),
        ("try,dials,interviews,ended\n1,2,x,0\n", "rij 2"),
        ("try,dials,interviews,ended\n1,2,2,2\n", "rij 2"),
    ],
)
def test_rates_that_make_no_sense_are_refused_with_their_row(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], text: str, said: str
) -> None:
    rates = tmp_path / "rates.csv"
    rates.write_text(text, "utf-8")
    assert run([str(shared(LIST)), "--agents", str(shared(AGENTS)), "--last-year", str(rates)]) == 2
    told = capsys.readouterr().err
    assert said in told
    assert "FORECAST-01" in told


def test_a_roster_in_the_past_is_no_ground_for_a_forecast(capsys: pytest.CaptureFixture[str]) -> None:
    assert run([str(shared(LIST)), "--agents", str(shared(AGENTS)), "--from", "2026-07-14"]) == 2
    assert "14" in capsys.readouterr().err
