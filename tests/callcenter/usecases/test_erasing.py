from __future__ import annotations

from pathlib import Path

import pytest

from callcenter.domain.agent import Role
from callcenter.domain.event import NoteAdded, PurgeDone, RosterChanged, SubjectErased
from callcenter.usecases.erasing import (
    Erasable,
    NameNotTyped,
    NobodyToErase,
    OnlyCoordinatorErases,
    Reason,
    erase_person,
    find_people,
    unanswered,
)
from callcenter.usecases.exchange import exchange
from tests.callcenter.usecases.town import Town, a_town
from tests.db.laptops import an_agent, opened


def _find(town: Town, text: str) -> tuple[Erasable, ...]:
    with town.boss.work() as work:
        return find_people(work, text, "nl")


def _noor(town: Town) -> Erasable:
    return next(each for each in _find(town, "noor peeters") if each.cases == ("c1",))


@pytest.mark.parametrize("text", ["Noor Peeters", "peeters noor", "0470 11 22 33", "C1"])
def test_a_person_is_found_by_name_number_or_reference(tmp_path: Path, text: str) -> None:
    town = a_town(tmp_path)
    assert ("c1",) in [each.cases for each in _find(town, text)]


@pytest.mark.parametrize("text", ["no", "", "Bram", "0499 99 99 99"])
def test_nobody_is_found_by_less_than_three_letters_or_by_somebody_else(tmp_path: Path, text: str) -> None:
    assert _find(a_town(tmp_path), text) == ()


def test_what_will_go_is_counted_before(tmp_path: Path) -> None:
    town = a_town(tmp_path)
    town.call("c1")
    with town.yasmina.work() as work:
        work.events.append(NoteAdded("c1", "a-c1-0", "belt liever laat"))
    town.sync(town.yasmina)
    town.sync(town.boss)
    noor = _noor(town)
    assert (noor.name, noor.references, noor.campaigns) == ("Noor Peeters", ("C1",), ("Alumni",))
    assert (noor.numbers, noor.attempts, noor.notes, len(noor.agents)) == (2, 1, 1, 1)


def test_the_name_must_be_typed_and_nothing_happens_before(tmp_path: Path) -> None:
    town = a_town(tmp_path)
    noor = _noor(town)
    with town.boss.work() as work, pytest.raises(NameNotTyped):
        erase_person(work, noor, Reason.ASKED, "Noor")
    assert _noor(town) == noor


def test_an_erased_person_is_found_no_more_and_cannot_be_erased_twice(tmp_path: Path) -> None:
    town = a_town(tmp_path)
    noor = _noor(town)
    with town.boss.work() as work:
        changes = erase_person(work, noor, Reason.ASKED, " noor  PEETERS ")
    assert changes.cases == {"c1"}
    assert ("c1",) not in [each.cases for each in _find(town, "Noor Peeters")]
    with town.boss.work() as work, pytest.raises(NobodyToErase):
        erase_person(work, noor, Reason.ASKED, "Noor Peeters")


def test_all_cases_of_a_person_go(tmp_path: Path) -> None:
    town = a_town(tmp_path)
    later, added = opened("c9")
    with town.boss.work() as work:
        work.events.append(type(later)("c9", "k1", "person-c1", "Gent", 2, "C9"), added)
    (noor,) = [each for each in _find(town, "noor peeters") if "c1" in each.cases]
    assert set(noor.cases) == {"c1", "c9"}
    with town.boss.work() as work:
        assert erase_person(work, noor, Reason.WITHDRAWN, "Noor Peeters").cases == {"c1", "c9"}


def test_only_a_coordinator_erases(tmp_path: Path) -> None:
    town = a_town(tmp_path)
    noor = _noor(town)
    assert town.yasmina.device.role is Role.AGENT
    with town.yasmina.work() as work:
        with pytest.raises(OnlyCoordinatorErases):
            find_people(work, "noor", "nl")
        with pytest.raises(OnlyCoordinatorErases):
            erase_person(work, noor, Reason.ASKED, "Noor Peeters")
        assert unanswered(work) == ()


def test_the_office_lists_the_laptops_that_have_not_answered_until_they_do(tmp_path: Path) -> None:
    town = a_town(tmp_path)
    with town.boss.work() as work:
        work.events.append(RosterChanged((an_agent("yasmina"),)))
        erase_person(work, _noor_in(work), Reason.ASKED, "Noor Peeters")
        (waiting,) = unanswered(work)
    assert (waiting.case, waiting.reason, waiting.missing, waiting.answered) == ("c1", "asked", ("Yasmina B.",), ())
    town.sync(town.boss)
    line = town.line(town.yasmina)
    exchange(town.yasmina, line, town.clock)
    line.close()
    town.sync(town.boss)
    with town.boss.work() as work:
        assert unanswered(work) == ()
        assert [e.fact for e in work.events.of_kind("PurgeDone")][-1] == PurgeDone(case="c1")


def _noor_in(work) -> Erasable:
    return next(each for each in find_people(work, "noor peeters", "nl") if each.cases == ("c1",))


def test_an_erasure_says_nothing_of_the_person(tmp_path: Path) -> None:
    town = a_town(tmp_path)
    with town.boss.work() as work:
        erase_person(work, _noor_in(work), Reason.OBJECTED, "Noor Peeters")
        (event,) = work.events.of_kind("SubjectErased")
    assert event.fact == SubjectErased("c1", "objected", ("yasmina",))
