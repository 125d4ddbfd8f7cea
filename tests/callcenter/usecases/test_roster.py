from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from callcenter.domain.agent import Role, Shift
from callcenter.usecases import roster
from callcenter.usecases.roster import RosterColumnMissing, RosterRowWrong, RosterUnreadable
from tests.office import AYA, BILAL, YASMINA, an_agent, an_office
from tests.shared import shared

_HEAD = "code;voornaam;familienaam;rol;locatie;talen;alumni_nr;school;diensten\n"


def _file(folder: Path, *lines: str) -> Path:
    path = folder / "people.csv"
    path.write_text(_HEAD + "\n".join(lines), "utf-8")
    return path


def test_the_shared_list_of_people_is_read_whole() -> None:
    rows = roster.read_roster(shared("lists/agents-2026.csv"))
    counts = {role: sum(row.role is role for row in rows) for role in Role}
    assert counts == {Role.AGENT: 18, Role.SUPERVISOR: 4, Role.COORDINATOR: 3}
    assert rows[0].name == "Büşra Koçak Aydoğan"
    assert rows[0].languages == ("fr", "nl", "tr")
    assert len(rows[0].shifts) == 13


def test_shifts_are_local_times(tmp_path: Path) -> None:
    (row,) = roster.read_roster(_file(tmp_path, "A;Aya;B;agent;Gent;nl;;;2026-06-22 13:00-16:30"))
    utc = Shift(datetime(2026, 6, 22, 11, 0, tzinfo=UTC), datetime(2026, 6, 22, 14, 30, tzinfo=UTC))
    assert row.shifts == (utc,)


@pytest.mark.parametrize(
    ("line", "column"),
    [
        ("A;Aya;B;piloot;Gent;nl;;;", "rol"),
        ("A;Aya;B;agent;;nl;;;", "locatie"),
        ("A;;B;agent;Gent;nl;;;", "voornaam"),
        ("A;Aya;B;agent;Gent;nl;;;2026-06-22 16:30-13:00", "diensten"),
        ("A;Aya;B;agent;Gent;nl;;;2026-02-30 13:00-16:30", "diensten"),
        ("A;Aya;B;agent;Gent;nl;;;morgen", "diensten"),
        ("A;Aya;B;agent;Gent;nl;;;\nA;Bo;C;agent;Gent;nl;;;", "code"),
    ],
)
def test_a_wrong_cell_is_named_by_row_and_column(tmp_path: Path, line: str, column: str) -> None:
    with pytest.raises(RosterRowWrong) as refused:
        roster.read_roster(_file(tmp_path, line))
    assert refused.value.facts["column"] == column
    assert refused.value.facts["row"] == 1 + len(line.splitlines())


def test_a_list_without_a_needed_column_or_that_is_not_there_says_so(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_text("code;voornaam\nA;B", "utf-8")
    with pytest.raises(RosterColumnMissing):
        roster.read_roster(path)
    with pytest.raises(RosterUnreadable):
        roster.read_roster(tmp_path / "none.csv")


def test_a_person_keeps_their_id_when_the_list_comes_again() -> None:
    office = an_office()
    office.employ(YASMINA, BILAL)
    before = office.agents["AG01"].id
    office.employ(an_agent("AG01", "Yasmina Benali-Claes"), BILAL)
    assert (office.agents["AG01"].id, office.agents["AG01"].name) == (before, "Yasmina Benali-Claes")


def test_who_is_no_longer_in_the_list_leaves_except_the_coordinator() -> None:
    office = an_office()
    office.employ(YASMINA, BILAL)
    office.employ(YASMINA)
    with office.store.work() as work:
        names = {a.name for a in work.campaigns.roster()}
    assert names == {"Yasmina Benali", "Nele Claes"}


def test_an_agent_who_is_an_alumnus_brings_own_numbers_cohort_and_schools_for_recusal(tmp_path: Path) -> None:
    office = an_office()
    office.import_people(tmp_path, [dict(AYA)])
    office.employ(an_agent("AG03", "Aya El Idrissi", alumni="G-0001", school="Vakschool Dampoort"))
    aya = office.agents["AG03"]
    assert (aya.reference, aya.start_year) == ("G-0001", "2021")
    assert aya.numbers == ("+32470123412", "+32486223340")
    assert aya.schools == ("Vakschool Dampoort", "Atheneum Leiekaai")


def test_one_person_is_added_beside_the_others() -> None:
    office = an_office()
    office.employ(YASMINA)
    with office.store.work() as work:
        added = roster.add_person(work, BILAL)
        roster.add_person(work, BILAL)
        known = work.campaigns.roster()
    assert sum(a.id == added.id for a in known) == 1
    assert len(known) == 3


def test_the_same_roster_again_writes_nothing() -> None:
    office = an_office()
    office.employ(YASMINA, BILAL)
    office.employ(YASMINA, BILAL)
    with office.store.work() as work:
        assert len(work.events.of_kind("RosterChanged")) == 1
