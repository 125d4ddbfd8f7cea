from __future__ import annotations

import dataclasses
from datetime import date, timedelta
from pathlib import Path

import pytest

from callcenter.domain.agent import Agent, Role, Shift
from callcenter.domain.appointment import Appointment, Firmness
from callcenter.domain.case import Case
from callcenter.domain.event import ParentConsentGiven
from callcenter.domain.outcome import Outcome
from callcenter.domain.presets import SOURCES
from callcenter.domain.sample import Pack
from callcenter.domain.template import read_template
from callcenter.forms.session import load
from callcenter.queue.odds import outlook_of
from callcenter.queue.prospects import prospects
from callcenter.usecases import packs
from callcenter.usecases.interview import open_session
from callcenter.usecases.packs import PackRules, build_pack, group_of
from tests.office import AYA, MONDAY, Office, a_staffed_office, an_office, the_form
from tests.scenario.xform import inputs, xform

AGENT = Agent("a1", "Yasmina Benali", Role.AGENT, "Gent")
SETTINGS = read_template("tajo").settings
FORM_PRESETS = frozenset(load(the_form().xml).presets)


def _rules(**settings: object) -> PackRules:
    return PackRules(dataclasses.replace(SETTINGS, **settings), FORM_PRESETS, MONDAY)  # type: ignore[arg-type]


def _case(folder: Path, **changes: str) -> Case:
    office = an_office()
    office.import_people(folder, [{**AYA, **changes}])
    return office.case(changes.get("TAJO-nr", "G-0001"))


def _pack(folder: Path, **changes: str) -> Pack:
    return build_pack(_case(folder, **changes), AGENT, _rules())


def test_every_source_that_a_campaign_may_declare_can_be_filled(tmp_path: Path) -> None:
    everything = {f"p{n}": source for n, source in enumerate(sorted(SOURCES))}
    rules = PackRules(dataclasses.replace(SETTINGS, presets=everything), frozenset(everything), MONDAY)
    assert set(build_pack(_case(tmp_path), AGENT, rules).presets) == set(everything)


def test_a_pack_holds_no_column_that_the_campaign_does_not_declare_or_the_form_does_not_read(tmp_path: Path) -> None:
    declared = {"voornaam": "respondent.first_name", "prev_grade": "previous.grade"}
    rules = PackRules(dataclasses.replace(SETTINGS, presets=declared), frozenset({"prev_grade", "street"}), MONDAY)
    assert dict(build_pack(_case(tmp_path), AGENT, rules).presets) == {"prev_grade": "3"}


def test_the_desk_hands_what_is_declared_to_the_formulas_of_the_form(tmp_path: Path) -> None:
    read = "concat(instance('case')/root/item/prev_grade, '|', instance('case')/root/item/street)"
    case = '<instance id="case" src="jr://file-csv/case.csv"/>'
    form = load(xform("<a/><c/>", {"c": f'calculate="{read}"'}, inputs("<a/>"), model=case))
    declared = {"prev_grade": "previous.grade", "prev_school_name": "previous.school"}
    rules = PackRules(dataclasses.replace(SETTINGS, presets=declared), frozenset(form.wanted), MONDAY)
    person = _case(tmp_path)
    pack = build_pack(person, AGENT, rules)
    session = open_session(form, pack.presets, pack.language, person.id, lambda: MONDAY)
    assert (dict(pack.presets), session.value("c")) == ({"prev_grade": "3"}, "3|")


def test_the_presets_of_the_template_are_exactly_those_of_its_questionnaire() -> None:
    assert set(SETTINGS.presets) == FORM_PRESETS


def test_a_pack_fills_the_presets_with_last_year_and_words_that_are_read_aloud(tmp_path: Path) -> None:
    told = _pack(tmp_path).presets
    assert {name: told[name] for name in ("voornaam", "agent", "organisatie", "ref_school", "ref_zo", "age")} == {
        "voornaam": "Aya",
        "agent": "Yasmina",
        "organisatie": "TAJO",
        "ref_school": "31 mei",
        "ref_zo": "31 mei",
        "age": "17",
    }
    previous = {name: told[name] for name in told if name.startswith("prev_")}
    assert previous == {
        "prev_school_year": "2024-2025",
        "prev_school_status": "1",
        "prev_grade": "3",
        "prev_program": "Economische wetenschappen",
        "prev_school_name": "Atheneum Leiekaai",
        "prev_stream": "",
        "prev_form": "aso",
        "prev_finality": "3",
    }


def test_days_are_in_the_words_of_the_person_s_language(tmp_path: Path) -> None:
    told = _pack(tmp_path, Contacttaal="fr").presets
    assert (told["ref_school"], told["ref_next"]) == ("31 mai", "1 septembre")


def test_only_presets_that_the_campaign_declares_travel(tmp_path: Path) -> None:
    pack = build_pack(
        _case(tmp_path), AGENT, _rules(presets={"voornaam": "respondent.first_name", "x": "respondent.age"})
    )
    assert pack.presets == {"voornaam": "Aya"}


def test_nothing_but_the_declared_columns_is_in_a_pack(tmp_path: Path) -> None:
    case = _case(tmp_path)
    assert case.respondent is not None
    secret = dataclasses.replace(
        case.respondent,
        last_name="Geheimnaam",
        email="aya@example.org",
        remarks="belt liever niet op zondag",
        town="Zwijnaarde",
        home_language="xx-thuis",
    )
    text = repr(build_pack(dataclasses.replace(case, respondent=secret), AGENT, _rules()))
    for word in ("Geheimnaam", "aya@example.org", "zondag", "Zwijnaarde", "xx-thuis", "2009, 5, 12"):
        assert word not in text


def test_identity_is_what_the_person_can_say(tmp_path: Path) -> None:
    pack = _pack(tmp_path)
    assert dict(pack.identity) == {"birth": "12 mei", "street": "Lindelaan 4", "school": "Atheneum Leiekaai"}
    assert (pack.initial, pack.birth_year) == ("E", 2009)


@pytest.mark.parametrize(
    ("born", "needed"), [("23/06/2010", True), ("22/06/2010", False), ("", True), ("01/01/2000", False)]
)
def test_a_parent_is_needed_under_the_age_of_consent_or_without_a_birth_date(
    tmp_path: Path, born: str, needed: bool
) -> None:
    pack = _pack(tmp_path, Geboortedatum=born)
    assert (pack.needs_parent, pack.presets["needs_parent"]) == (needed, "1" if needed else "0")


def test_a_recorded_consent_opens_the_way_to_the_person(tmp_path: Path) -> None:
    office = a_staffed_office(tmp_path, 2)
    office.import_people(tmp_path, [{**AYA, "Geboortedatum": "01/01/2012"}])
    attempt = office.call("AG01", "G-0001", Outcome.THIRD_PARTY)
    office.hear("AG01", ParentConsentGiven(office.case().id, attempt, given=True))
    assert not build_pack(office.case(), AGENT, _rules()).needs_parent


@pytest.mark.parametrize(("grade", "group"), [("1", "1"), ("2", "1"), ("3", "2"), ("4", "2"), ("5", "3"), ("7", "3")])
def test_the_group_follows_the_year_after_last_year_s(tmp_path: Path, grade: str, group: str) -> None:
    case = _case(tmp_path, **{"Leerjaar 2024-2025": grade})
    assert case.respondent is not None
    assert group_of(case.respondent, SETTINGS, date(2026, 6, 22)) == group


def test_history_is_told_without_notes_names_or_recusals(tmp_path: Path) -> None:
    office = a_staffed_office(tmp_path)
    office.call("AG01", "G-0001", Outcome.NO_ANSWER, at=MONDAY - timedelta(hours=4))
    office.call("AG02", "G-0001", Outcome.KNOWN_PERSON)
    pack = build_pack(office.case(), AGENT, _rules())
    assert [(past.outcome, past.number) for past in pack.history] == [("G", "n1")]
    assert office.agents["AG01"].id not in repr(pack)


def test_a_promise_travels_with_the_pack_and_comes_back_whole(tmp_path: Path) -> None:
    made = Appointment("p1", MONDAY, MONDAY + timedelta(minutes=15), Firmness.FIRM, "a9", personal=True, number="n2")
    case = dataclasses.replace(_case(tmp_path), appointment=made)
    pack = build_pack(case, AGENT, _rules())
    assert Appointment.from_texts(pack.appointment) == made


def test_a_number_that_is_wrong_or_dead_stays_at_home(tmp_path: Path) -> None:
    office: Office = a_staffed_office(tmp_path)
    office.call("AG01", "G-0001", Outcome.WRONG_NUMBER)
    assert [n.id for n in build_pack(office.case(), AGENT, _rules()).numbers] == ["n2"]


def test_each_declared_source_has_one_reading() -> None:
    assert packs._SOURCES.keys() == SOURCES  # noqa: SLF001 - both lists must stay equal


def test_the_best_moment_travels_in_the_words_of_the_list_and_as_slots(tmp_path: Path) -> None:
    pack = _pack(tmp_path, **{"Beste moment": "zaterdag of na 17u"})
    assert (pack.best_time, pack.best_slots) == ("zaterdag of na 17u", ("av", "za"))


def test_rates_and_roster_travel_with_the_lease_and_name_nobody(tmp_path: Path) -> None:
    case = _case(tmp_path)
    shift = Shift(MONDAY, MONDAY + timedelta(hours=3))
    agents = (dataclasses.replace(AGENT, shifts=(shift,)), Agent("a2", "Tom Ahmeti", Role.AGENT, shifts=(shift,)))
    counted = prospects([case], [], agents, SETTINGS, MONDAY)
    pack = build_pack(case, AGENT, dataclasses.replace(_rules(), prospects=counted))
    assert {slot for slot in pack.odds if slot.startswith("slot.")} == {f"slot.{s.code}" for s in SETTINGS.slots}
    assert outlook_of(dataclasses.replace(case, respondent=None, pack=pack), SETTINGS).spans() == (shift,)
    carried = repr((pack.odds, pack.rostered, pack.last_year))
    assert not any(told in carried for told in ("a1", "a2", "Yasmina", "Tom"))
