"""`callcenter forecast LIST --agents FILE`: how many shifts a list will need, before anybody was called."""

from __future__ import annotations

import argparse
import csv
import dataclasses
import io
import json
import sys
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

from callcenter.domain.agent import Agent, Role
from callcenter.domain.case import Case
from callcenter.domain.template import read_template
from callcenter.errors import CallcenterError
from callcenter.intake.alumni import read_list
from callcenter.intake.table import decode
from callcenter.queue.calling_hours import moment
from callcenter.queue.forecast import Assumed, Forecast, Tally
from callcenter.queue.forecast_words import sentences
from callcenter.text import N_, Translator, translator
from callcenter.usecases.forecasting import Prospect, aim_of, blocks_of, pool_of
from callcenter.usecases.roster import RosterRow, read_roster
from callcenter.usecases.samples import respondent_of, shared_numbers

_COLUMNS = ("try", "dials", "interviews", "ended")


class ForecastRefused(CallcenterError):
    """The forecast has nothing to stand on."""

    code = "FORECAST-01"
    what = N_("No forecast can be made: {reason}.")
    advice = N_("Mend the file or the option, then run the command again.")


def run(words: Sequence[str]) -> int:
    """Print the forecast of a list and a roster, or one JSON object; 2 when there is nothing to stand on."""
    asked = _parser().parse_args(words)
    say = translator(asked.language)
    try:
        found = _work_out(asked, say)
    except CallcenterError as error:
        what, advice = error.explain(say)
        sys.stderr.write(f"{what}\n{advice} ({error.code})\n")
        return 2
    told = json.dumps(as_json(found)) if asked.json else "\n".join(sentences(found, say))
    sys.stdout.write(f"{told}\n")
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="callcenter forecast")
    parser.add_argument("list", type=Path, help="list of alumni (.xlsx or .csv)")
    parser.add_argument("--agents", type=Path, required=True, help="list of people with their shifts (.csv)")
    parser.add_argument("--template", default="tajo")
    parser.add_argument("--from", dest="since", type=date.fromisoformat, help="first day, YYYY-MM-DD")
    parser.add_argument("--goal", type=float, help="share to interview, such as 0.7")
    parser.add_argument("--last-year", type=Path, help=f"CSV with the columns {','.join(_COLUMNS)}")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--language", choices=("nl", "en", "fr"), default="nl")
    parser.add_argument("--json", action="store_true")
    return parser


def _work_out(asked: argparse.Namespace, say: Translator) -> Forecast:
    settings = read_template(asked.template).settings
    if asked.goal is not None:
        settings = dataclasses.replace(settings, goal_share=asked.goal)
    since = asked.since or settings.period_start
    cases = _cases(asked.list, since)
    agents = [_agent(row) for row in read_roster(asked.agents) if row.role is Role.AGENT]
    blocks = blocks_of(agents, settings, _begin(since))
    if not agents:
        raise ForecastRefused(reason=say(N_("the list of people holds no agent")))
    if not blocks:
        raise ForecastRefused(
            reason=say(N_("no shift of the roster lies in the calling hours from {day} on"), day=since)
        )
    last_year = _last_year(asked.last_year, say) if asked.last_year else {}
    pool = pool_of(cases, agents, settings)
    return Prospect(pool, Assumed(last_year=last_year), blocks, aim_of(settings)).work_out(asked.seed)


def _begin(since: date) -> datetime:
    return moment(since, time(0))


def _cases(path: Path, since: date) -> list[Case]:
    rows = read_list(path, since).accepted
    shared = shared_numbers(rows)
    people = [respondent_of(row, f"p{number}", shared) for number, row in enumerate(rows)]
    return [Case(id=one.person, person=one.person, site=one.site, respondent=one) for one in people]


def _agent(row: RosterRow) -> Agent:
    return Agent(row.code, row.name, row.role, row.site, row.languages, reference=row.alumni, shifts=row.shifts)


def _last_year(path: Path, say: Translator) -> Mapping[int, Tally]:
    try:
        text = decode(path.read_bytes())
    except OSError as error:
        raise ForecastRefused(reason=say(N_("{file} cannot be read"), file=path.name)) from error
    reader = csv.DictReader(io.StringIO(text, newline=""), delimiter=";" if ";" in text[:200] else ",")
    missing = [column for column in _COLUMNS if column not in (reader.fieldnames or ())]
    if missing:
        raise ForecastRefused(reason=say(N_("{file} has no column '{column}'"), file=path.name, column=missing[0]))
    found = {}
    for number, row in enumerate(reader, 2):
        try:
            tries, dials, interviews, ended = (int(row[column]) for column in _COLUMNS)
        except (TypeError, ValueError) as error:
            reason = say(
                N_("row {row} of {file} holds something that is no whole number"), row=number, file=path.name
            )
            raise ForecastRefused(reason=reason) from error
        if tries < 1 or min(interviews, ended) < 0 or interviews + ended > dials:
            reason = say(N_("row {row} of {file} ends more cases than it has dials"), row=number, file=path.name)
            raise ForecastRefused(reason=reason)
        found[tries - 1] = Tally(dials, interviews, ended)
    return found


def as_json(found: Forecast) -> dict[str, Any]:
    """Return a forecast as plain values, days as YYYY-MM-DD."""
    told = dataclasses.asdict(found)
    return json.loads(json.dumps(told, default=str))  # type: ignore[no-any-return]
