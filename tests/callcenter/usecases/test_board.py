from __future__ import annotations

from dataclasses import fields
from datetime import datetime, timedelta
from pathlib import Path

from callcenter.domain.agent import Role
from callcenter.domain.appointment import Firmness
from callcenter.domain.event import (
    AppointmentBooked,
    AttemptOpened,
    ContactCorrectionProposed,
    HelpAsked,
    ShiftEnded,
)
from callcenter.domain.outcome import Outcome
from callcenter.usecases import board, dealing, supervising
from callcenter.usecases.board import AgentRow, Board, Need, State
from tests.office import AYA, MONDAY, Office, a_person, a_staffed_office


def _board(office: Office, at: datetime = MONDAY) -> Board:
    with office.store.work() as work:
        return board.progress(work, office.campaign, at)


def _row(office: Office, name: str, at: datetime = MONDAY) -> AgentRow:
    return next(row for row in _board(office, at).agents if row.name == name)


def _needs(office: Office, at: datetime = MONDAY) -> list[Need]:
    return [item.need for item in _board(office, at).attention]


def test_totals_count_the_list_and_what_was_reached(tmp_path: Path) -> None:
    office = a_staffed_office(tmp_path, 8)
    office.call("AG01", "G-0001", Outcome.COMPLETE)
    office.call("AG01", "G-0002", Outcome.COMPLETE, at=MONDAY - timedelta(days=1))
    office.call("AG02", "G-0003", Outcome.REFUSAL)
    seen = _board(office)
    assert (seen.cases, seen.complete, seen.complete_today, seen.refused, seen.open_cases) == (8, 2, 1, 1, 5)
    assert (seen.response, seen.refusal) == (2 / 8, 1 / 8)
    assert seen.outcomes == ((Outcome.COMPLETE, 1), (Outcome.REFUSAL, 1))


def test_a_row_shows_done_of_held_and_no_rate(tmp_path: Path) -> None:
    office = a_staffed_office(tmp_path)
    with office.store.work() as work:
        dealing.deal_daybatch(work, office.campaign, None, 1)
    mine = next(c for c in office.cases() if c.lease and c.lease.agent == office.agents["AG01"].id)
    office.call("AG01", mine.reference, Outcome.COMPLETE)
    row = _row(office, "Yasmina B.")
    assert (row.done, row.held, row.interviews, row.state) == (1, 3, 1, State.READY)
    assert not {"rate", "per_hour", "pause"} & {f.name for f in fields(AgentRow)}


def test_agents_are_in_the_order_of_their_names_whatever_they_reached(tmp_path: Path) -> None:
    office = a_staffed_office(tmp_path)
    office.call("AG01", "G-0001", Outcome.COMPLETE)
    assert [row.name for row in _board(office).agents] == ["Bilal K.", "Yasmina B."]


def test_states_follow_what_the_last_sync_told(tmp_path: Path) -> None:
    office = a_staffed_office(tmp_path)
    assert _row(office, "Yasmina B.").state is State.EXPECTED
    office.hear("AG01", AttemptOpened(office.case().id, "a1", "n1", "subject"), at=MONDAY)
    assert _row(office, "Yasmina B.", MONDAY + timedelta(minutes=5)).state is State.CALLING
    assert _row(office, "Yasmina B.", MONDAY + timedelta(hours=3)).state is State.SILENT
    office.hear("AG01", ShiftEnded(1, 0), at=MONDAY + timedelta(hours=3))
    assert _row(office, "Yasmina B.", MONDAY + timedelta(hours=3, minutes=1)).state is State.DONE


def test_who_asks_for_help_comes_first_until_somebody_helped(tmp_path: Path) -> None:
    office = a_staffed_office(tmp_path)
    office.hear("AG02", HelpAsked(office.case().id, "7", "thuis"))
    first = _board(office).attention[0]
    assert (first.need, first.agent, first.name, first.detail) == (Need.HELP, "Bilal K.", "Aya E.", "thuis")
    assert _row(office, "Bilal K.").state is State.HELP
    with office.store.work() as work:
        supervising.settle_help(work, first.case, first.event)
    assert Need.HELP not in _needs(office)


def test_help_is_over_when_the_call_is(tmp_path: Path) -> None:
    office = a_staffed_office(tmp_path)
    office.hear("AG01", HelpAsked(office.case().id, "7"), at=MONDAY)
    office.call("AG01", "G-0001", Outcome.COMPLETE, at=MONDAY + timedelta(minutes=5))
    assert Need.HELP not in _needs(office, MONDAY + timedelta(minutes=6))


def test_a_promise_is_late_after_its_tolerance(tmp_path: Path) -> None:
    office = a_staffed_office(tmp_path)
    promise = AppointmentBooked(office.case().id, "p1", MONDAY, MONDAY + timedelta(minutes=15), Firmness.FIRM)
    office.hear("AG01", promise)
    soon, late = MONDAY + timedelta(minutes=20), MONDAY + timedelta(minutes=21)
    assert (_board(office, soon).promises_hour, _board(office, soon).promises_late) == (1, 0)
    assert (_board(office, late).promises_late, _needs(office, late)) == (1, [Need.LATE_PROMISE])


def test_refusals_by_others_and_people_not_in_the_list_wait_for_a_person(tmp_path: Path) -> None:
    office = a_staffed_office(tmp_path)
    office.call("AG01", "G-0001", Outcome.OTHER_REFUSES)
    office.call("AG01", "G-0002", Outcome.NOT_IN_LIST)
    office.call("AG01", "G-0003", Outcome.OTHER_REFUSES, "parent_of_minor")
    assert _needs(office) == [Need.REFUSAL, Need.NOT_IN_LIST]


def test_people_whom_nobody_can_call_or_find_are_counted_in_one_line_each(tmp_path: Path) -> None:
    office = a_staffed_office(tmp_path)
    nowhere = a_person(30, **{"Gsm": "", "Gsm ouder 1": ""})
    office.import_people(
        tmp_path, [{**AYA, "Contacttaal": "fr"}, nowhere, {**nowhere, "TAJO-nr": "G-9", "Voornaam": "Bo"}]
    )
    office.hear("AG01", ContactCorrectionProposed(office.case("G-0004").id, "c1", "town", "Gent"))
    told = {item.need: item.count for item in _board(office).attention}
    assert told == {Need.NOBODY: 1, Need.UNLOCATED: 2, Need.PROPOSALS: 1}


def test_interviews_are_counted_per_local_hour_over_everybody(tmp_path: Path) -> None:
    office = a_staffed_office(tmp_path)
    office.call("AG01", "G-0001", Outcome.COMPLETE, at=MONDAY)
    office.call("AG02", "G-0002", Outcome.COMPLETE, at=MONDAY + timedelta(minutes=30))
    per_hour = dict(_board(office, MONDAY + timedelta(hours=1)).per_hour)
    assert (per_hour[17], sum(per_hour.values()), min(per_hour), max(per_hour)) == (2, 2, 9, 20)


def test_a_supervisor_s_board_holds_the_own_site_only(tmp_path: Path) -> None:
    office = a_staffed_office(tmp_path, role=Role.SUPERVISOR, site="Kortrijk")
    seen = _board(office)
    assert (seen.cases, seen.agents, seen.sites) == (0, (), ("Kortrijk",))
