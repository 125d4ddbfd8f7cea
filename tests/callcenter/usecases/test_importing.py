from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from callcenter.domain.event import SubjectErased
from callcenter.domain.outcome import NumberStatus, Outcome
from callcenter.usecases import dealing, importing
from tests.office import AYA, a_person, a_staffed_office, an_office, people, write_list
from tests.shared import shared


def test_each_accepted_row_becomes_a_person_and_a_case(tmp_path: Path) -> None:
    office = an_office()
    imported = office.import_people(tmp_path, people(5))
    assert (imported.added, imported.merged, len(imported.cases)) == (5, 0, 5)
    aya = office.case("G-0001")
    assert aya.respondent is not None
    assert (aya.site, aya.respondent.first_name, aya.respondent.birth_date) == ("Gent", "Aya", date(2009, 5, 12))
    assert aya.respondent.schooling["2024-2025"] == {
        "school": "Atheneum Leiekaai",
        "grade": "3",
        "form": "aso",
        "finality": "3",
        "program": "Economische wetenschappen",
    }


def test_numbers_get_ids_roles_and_labels(tmp_path: Path) -> None:
    office = an_office()
    office.import_people(tmp_path, people(1))
    told = [(n.id, n.role, n.label) for n in office.case().numbers]
    assert told == [("n1", "subject", "Gsm"), ("n2", "parent", "Mama")]


def test_a_number_of_two_people_is_marked_as_shared(tmp_path: Path) -> None:
    office = an_office()
    office.import_people(tmp_path, [dict(AYA), a_person(2, **{"Gsm ouder 1": AYA["Gsm ouder 1"]})])
    assert [n.shared for n in office.case("G-0001").numbers] == [False, True]
    assert [n.shared for n in office.case("G-0002").numbers] == [False, True]


def test_a_preview_writes_nothing(tmp_path: Path) -> None:
    office = an_office()
    seen = office.preview(tmp_path, people(3))
    assert (len(seen.accepted), office.cases()) == (3, ())


def test_the_same_list_again_changes_nothing(tmp_path: Path) -> None:
    office = an_office()
    office.import_people(tmp_path, people(4))
    before = office.cases()
    again = office.import_people(tmp_path, people(4))
    assert (again.added, again.merged, again.unchanged, again.cases) == (0, 0, 4, frozenset())
    assert office.cases() == before


def test_a_corrected_list_keeps_attempts_leases_and_the_ids_of_numbers(tmp_path: Path) -> None:
    office = a_staffed_office(tmp_path)
    with office.store.work() as work:
        dealing.deal_daybatch(work, office.campaign, None, seed=1)
    office.call("AG01", "G-0001", Outcome.WRONG_NUMBER)
    lease = office.case().lease
    corrected = {**AYA, "Familienaam": "El Idrissi Amrani", "Gsm": "0470 99 88 77"}
    imported = office.import_people(tmp_path, [corrected, *people(6)[1:]])
    aya = office.case()
    assert (imported.merged, imported.unchanged) == (1, 5)
    assert aya.respondent is not None
    assert aya.respondent.last_name == "El Idrissi Amrani"
    assert [(n.id, n.e164, n.status) for n in aya.numbers] == [
        ("n3", "+32470998877", NumberStatus.NEW),
        ("n2", "+32486223340", NumberStatus.NEW),
    ]
    assert (aya.lease, len(aya.attempts)) == (lease, 1)


def test_a_person_without_a_number_is_known_again_by_names_and_birth_date(tmp_path: Path) -> None:
    office = an_office()
    nameless = {**AYA, "TAJO-nr": ""}
    office.import_people(tmp_path, [nameless])
    imported = office.import_people(tmp_path, [{**AYA, "Straat en nr": "Kerkstraat 1"}])
    assert (imported.added, imported.merged, len(office.cases())) == (0, 1, 1)


def test_an_erased_person_is_not_brought_back_by_a_list(tmp_path: Path) -> None:
    office = an_office()
    office.import_people(tmp_path, people(2))
    aya = office.case().id
    with office.store.work() as work:
        work.events.append(SubjectErased(aya, "asked"))
    imported = office.import_people(tmp_path, [{**AYA, "Gsm": "0470 99 88 77"}, *people(2)[1:]])
    assert (imported.added, imported.merged) == (0, 0)
    assert office.case().respondent is None


def test_do_not_call_of_the_list_closes_the_case(tmp_path: Path) -> None:
    office = an_office()
    path = write_list(tmp_path / "l.csv", people(1))
    text = path.read_text("utf-8").splitlines()
    path.write_text("\n".join([text[0] + ";Niet bellen", text[1] + ";x"]), "utf-8")
    with office.store.work() as work:
        importing.import_sample(work, office.campaign, importing.preview(path, date(2026, 6, 15)))
    assert office.case().do_not_call


def test_findings_are_kept_in_the_order_of_the_list(tmp_path: Path) -> None:
    office = an_office()
    office.import_people(tmp_path, [{**AYA, "Geboortedatum": "31/02/2009"}, a_person(2, Gsm="O47O 10 00 34")])
    with office.store.work() as work:
        kept = work.campaigns.findings(office.campaign)
    assert [(f.code, f.row) for f in kept] == [("bad_birth_date", 2), ("phone_letters", 3)]


def test_progress_may_stop_a_preview() -> None:
    class _Stop(Exception):
        pass

    def stop(done: int, total: int) -> None:
        raise _Stop

    with pytest.raises(_Stop):
        importing.preview(shared("lists/alumni-2026-cp1252.csv"), date(2026, 6, 15), stop)


def test_the_whole_alumni_list_becomes_its_cases() -> None:
    office = an_office()
    seen = importing.preview(shared("lists/alumni-2026-cp1252.csv"), date(2026, 6, 15))
    with office.store.work() as work:
        imported = importing.import_sample(work, office.campaign, seen)
    assert imported.added == 532
    persons = [c for c in office.cases() if any(n.shared for n in c.numbers)]
    assert len(persons) == 71
