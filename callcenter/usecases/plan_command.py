"""`callcenter plan --cases FILE --agents FILE`: who calls whom, from two files, with the proof and every reason."""

from __future__ import annotations

import argparse
import gc
import json
import os
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from callcenter.clock import now
from callcenter.domain.agent import Role
from callcenter.domain.calling_rules import Leases
from callcenter.domain.lease import Tier
from callcenter.errors import CallcenterError
from callcenter.ids import Id
from callcenter.queue.explain import count_line, explain
from callcenter.queue.hall import PARTS
from callcenter.queue.listing import Caller, ListPlan, plan_list
from callcenter.queue.reason import Reason
from callcenter.text import LOCAL_ZONE, N_, Translator, translator
from callcenter.usecases.case_list import Finding, read_cases
from callcenter.usecases.roster import RosterRow, read_roster

_FINDINGS = {
    "unknown_columns": N_("These columns are not used: {columns}. Check that none of them is a misspelt one."),
    "units_joined": N_("{n} units share a number with another one: they are called together, by one agent."),
    "no_language": N_("{n} cases name no language: any agent may get them. Fill in the column 'language'."),
    "roster_past": N_("All shifts of the roster are over since {day}. Give a roster with shifts to come."),
    "agents_without_shift": N_("{n} agents have no shift and get nobody: {agents}. Fill in the column 'diensten'."),
    "unknown_agents": N_("{n} cases name a last agent who is not in the list of people: {agents}."),
}


class NoAgents(CallcenterError):
    """The list of people holds nobody who calls."""

    code = "PLAN-05"
    what = N_("The list of people {file} holds no agent.")
    advice = N_("Give at least one row the role 'agent' and a shift, then run the command again.")


class NoShifts(CallcenterError):
    """No agent works any more."""

    code = "PLAN-06"
    what = N_("No agent of {file} has a shift that ends after {at}.")
    advice = N_("Give a roster with shifts to come, or another moment with --at.")


class OptionWrong(CallcenterError):
    """A number on the command line makes no sense."""

    code = "PLAN-07"
    what = N_("The option {option} cannot be {value}.")
    advice = N_("Give whole numbers from 0 on, and a moment as 2026-06-22 or 2026-06-22T16:30.")


def run(words: Sequence[str]) -> int:
    """Print the plan as text or one JSON object; 2 with what to change when the files allow no plan."""
    asked = _parser().parse_args(words)
    collecting = gc.isenabled()
    gc.disable()  # looking through a million rows again and again for rubbish takes a third of the time
    try:
        return _run(asked, translator(asked.language))
    finally:
        if collecting:
            gc.enable()


def _run(asked: argparse.Namespace, say: Translator) -> int:
    try:
        plan, findings = _work_out(asked)
    except CallcenterError as error:
        return _refuse(error, say, as_json=asked.json)
    lines = (f"{line}\n" for line in _table(plan, findings, say))
    return _written(_pieces(plan, findings, asked.seed, say) if asked.json else lines)


def _written(pieces: Iterator[str]) -> int:
    try:
        sys.stdout.writelines(pieces)
        sys.stdout.flush()
    except BrokenPipeError:  # whoever reads has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="callcenter plan")
    parser.add_argument(
        "--cases", type=Path, required=True, help="CSV: unit,case,number,language,site,value,last_agent"
    )
    parser.add_argument("--agents", type=Path, required=True, help="list of people with their shifts (.csv)")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--at", default="", help="plan for shifts that end after this moment; without it for all")
    parser.add_argument("--limit", type=int, default=Leases().limit, help="people in an agent's first selection")
    parser.add_argument("--reserve", type=int, default=Leases().reserve, help="people in an agent's reserve")
    parser.add_argument("--language", choices=("nl", "en", "fr"), default="nl")
    parser.add_argument("--json", action="store_true")
    return parser


def _refuse(error: CallcenterError, say: Translator, *, as_json: bool) -> int:
    what, advice = error.explain(say)
    if as_json:
        told = {"schema": "callcenter.plan/1", "error": {"code": error.code, "text": what, "advice": advice}}
        sys.stdout.write(f"{json.dumps(told, ensure_ascii=False)}\n")
    sys.stderr.write(f"{what}\n{advice} ({error.code})\n")
    return 2


def _work_out(asked: argparse.Namespace) -> tuple[ListPlan, list[Finding]]:
    for option in ("limit", "reserve"):
        if getattr(asked, option) < 0:
            raise OptionWrong(option=f"--{option}", value=getattr(asked, option))
    rows = read_roster(asked.agents)
    callers, findings = _callers(rows, asked.agents.name, _moment(asked.at))
    told = read_cases(asked.cases)
    known = {row.code for row in rows}
    strangers = Counter(code for code in told.listed.last if code and code not in known)
    if strangers:
        some = ", ".join(sorted(strangers)[:10])
        findings.append(Finding("unknown_agents", {"n": strangers.total(), "agents": some}))
    plan = plan_list(told.listed, callers, asked.seed, (asked.limit, asked.reserve))
    return plan, [*told.findings, *findings]


def _moment(text: str) -> datetime | None:
    if not text:
        return None
    try:
        at = datetime.fromisoformat(text)
    except ValueError as error:
        raise OptionWrong(option="--at", value=text) from error
    return at if at.tzinfo else at.replace(tzinfo=LOCAL_ZONE)


def _callers(people: Sequence[RosterRow], file: str, at: datetime | None) -> tuple[list[Caller], list[Finding]]:
    """Return the agents with a shift, each with the minutes of all shifts that count."""
    rows = [row for row in people if row.role is Role.AGENT]
    if not rows:
        raise NoAgents(file=file)
    minutes = {row.code: _minutes(row, at) for row in rows}
    callers = [Caller(r.code, r.site, frozenset(r.languages), minutes[r.code]) for r in rows if minutes[r.code]]
    if not callers:
        raise NoShifts(file=file, at=(at or now()).astimezone(LOCAL_ZONE).strftime("%Y-%m-%d %H:%M"))
    findings: list[Finding] = []
    idle = [row.code for row in rows if not minutes[row.code]]
    if idle:
        findings.append(Finding("agents_without_shift", {"n": len(idle), "agents": ", ".join(idle[:10])}))
    last = max(shift.end for row in rows for shift in row.shifts)
    if last < (at or now()):
        findings.append(Finding("roster_past", {"day": last.astimezone(LOCAL_ZONE).date().isoformat()}))
    return callers, findings


def _minutes(row: RosterRow, at: datetime | None) -> int:
    shifts = [shift for shift in row.shifts if at is None or shift.end > at]
    return sum(int((shift.end - shift.start).total_seconds() // 60) for shift in shifts)


def _reason(reason: Reason, say: Translator, names: Mapping[Id, str]) -> dict[str, Any]:
    return {"reason": reason.code, "facts": dict(reason.facts), "text": explain(reason, say, names)}


def _pieces(plan: ListPlan, findings: Sequence[Finding], seed: int, say: Translator) -> Iterator[str]:
    """Yield one JSON object in pieces, so that a million rows are never held twice."""
    names = {code: code for code in plan.loads}
    proof = plan.certificate
    head = {
        "schema": "callcenter.plan/1",
        "seed": seed,
        "cases": len(plan.assigned) + len(plan.unassigned),
        "units": plan.units,
        "agents": len(plan.loads),
        "certificate": {
            "below_best_at_most": proof.share,
            "percent": 100 * proof.share,
            "value": proof.value / PARTS,
            "bound": proof.bound / PARTS,
            "eps": plan.eps / PARTS,
        },
        "findings": [{"code": f.code, "text": say(_FINDINGS[f.code], **f.facts)} for f in findings],
        "loads": list(_loads(plan)),
        "binding": [_reason(reason, say, names) for reason in plan.binding],
        "balance": [_reason(reason, say, names) for reason in plan.balance],
    }
    yield json.dumps(head, ensure_ascii=False)[:-1]
    yield ', "assigned": ['
    for place, each in enumerate(plan.assigned):
        told = {"case": each.case, "unit": each.unit, "agent": each.agent, "tier": each.tier.value, "rank": each.rank}
        yield (",\n" if place else "\n") + json.dumps(told, ensure_ascii=False)
    yield '], "unassigned": ['
    known: dict[Reason, str] = {}
    for place, (case, reason) in enumerate(plan.unassigned):
        if reason not in known:
            known[reason] = json.dumps(_reason(reason, say, names), ensure_ascii=False)[1:]
        yield (",\n" if place else "\n") + '{"case": ' + json.dumps(case, ensure_ascii=False) + ", " + known[reason]
    yield "]}\n"


def _loads(plan: ListPlan) -> Iterator[dict[str, Any]]:
    tiers = Counter((each.agent, each.tier) for each in plan.assigned)
    for agent, load in plan.loads.items():
        fair = plan.shares[agent] / 10
        yield {
            "agent": agent,
            "load": load,
            "fair": fair,
            "ratio": round(load / fair, 3) if fair else None,
            "primary": tiers[agent, Tier.PRIMARY],
            "reserve": tiers[agent, Tier.RESERVE],
            "price": plan.prices[agent] / PARTS,
        }


def _table(plan: ListPlan, findings: Sequence[Finding], say: Translator) -> Iterator[str]:
    """Yield the plan as a person reads it."""
    names = {code: code for code in plan.loads}
    yield say.plural("{n} case gets an agent.", "{n} cases get an agent.", len(plan.assigned))
    yield say.plural("{n} case stays without.", "{n} cases stay without.", len(plan.unassigned))
    yield say(N_("At most {percent} % below the best possible plan."), percent=_percent(plan))
    yield ""
    heads = [say(word) for word in (N_("Agent"), N_("First"), N_("Reserve"), N_("Fair share"), N_("Part"))]
    yield "{:<12} {:>8} {:>8} {:>12} {:>8}".format(*heads)
    for row in _loads(plan):
        part = f"{100 * row['ratio']:.0f} %" if row["ratio"] is not None else "-"
        yield f"{row['agent']:<12} {row['primary']:>8} {row['reserve']:>8} {row['fair']:>12} {part:>8}"
    lines = [count_line(reason, say, names) for reason in plan.binding]
    lines += [explain(reason, say, names) for reason in plan.balance]
    lines += [say(_FINDINGS[f.code], **f.facts) for f in findings]
    if lines:
        yield ""
    yield from lines


def _percent(plan: ListPlan) -> str:
    return f"{100 * plan.certificate.share:.4f}"
