from __future__ import annotations

import gc
from datetime import date
from pathlib import Path

import pytest

from callcenter.intake.alumni import read_list
from callcenter.intake.findings import Finding, Sort
from callcenter.intake.phones import Phone
from callcenter.text import translator
from tests.callcenter.intake.lists import AS_OF, PERSON, codes, judge, only, write_book

_HEADER = ("Voornaam", "Familienaam", "Geboortedatum", "Locatie", "Gsm")


def test_an_accepted_row_holds_what_the_list_told(tmp_path: Path) -> None:
    (aya,) = judge(
        tmp_path,
        {
            "TAJO-nr": " G-1 ",
            "Gsm ouder 1": "0486 22 33 40",
            "Contacttaal": "Frans",
            "Leerjaar 2024-2025": "3de jaar",
            "Kleur": "rood",
            "Opmerkingen": "belt graag",
        },
    ).accepted
    assert (aya.sheet, aya.row, aya.number, aya.first_name, aya.last_name) == ("", 2, "G-1", "Aya", "El Idrissi")
    assert (aya.birth_date, aya.site, aya.language, aya.do_not_call) == (date(2009, 5, 12), "Gent", "fr", False)
    assert aya.phones == (Phone("+32470123412", "phone1"), Phone("+32486223340", "parent1_phone"))
    assert (aya.schooling, aya.aside, aya.remarks) == ({"2024-2025": {"grade": "3"}}, {"Kleur": "rood"}, "belt graag")


def test_a_finding_says_where_it_stands_and_what_became_of_it(tmp_path: Path) -> None:
    judged = judge(tmp_path, {"Gsm": "470123412"})
    assert judged.findings == (
        Finding(Sort.REPAIRED, "phone_leading_zero", "", 2, "Gsm", "470123412", "+32470123412"),
    )
    said = judged.findings[0].message(translator("en"))
    assert said == "A lost zero was put back: '470123412' became +32470123412."


@pytest.mark.parametrize(
    ("cells", "code", "column"),
    [
        ({"Voornaam": "?"}, "missing_name", "Voornaam"),
        ({"Familienaam": " "}, "missing_name", "Familienaam"),
        ({"Familienaam": "Test"}, "test_row", "Familienaam"),
        ({"Familienaam": "=cmd|' /C calc'!A0"}, "unsafe_name", "Familienaam"),
        ({"Voornaam": " @x"}, "unsafe_name", "Voornaam"),
        ({"Geboortedatum": "07/13/2009"}, "bad_birth_date", "Geboortedatum"),
        ({"Locatie": "Brussel"}, "unknown_site", "Locatie"),
        ({"Locatie": "??"}, "unknown_site", "Locatie"),
        ({"Locatie": ""}, "unknown_site", "Locatie"),
        ({"Voornaam": "", "Familienaam": "test", "Geboortedatum": "x"}, "missing_name", "Voornaam"),
        ({"Familienaam": "dummy", "Voornaam": "=x"}, "test_row", "Familienaam"),
        ({"Geboortedatum": "x", "Locatie": "x"}, "bad_birth_date", "Geboortedatum"),
    ],
)
def test_the_first_rule_that_applies_refuses_a_row_for_one_reason(
    tmp_path: Path, cells: dict[str, str], code: str, column: str
) -> None:
    judged = judge(tmp_path, cells)
    assert judged.accepted == ()
    (finding,) = judged.findings
    assert (finding.sort, finding.code, finding.column) == (Sort.REJECTED, code, column)
    assert finding.old == {**PERSON, **cells}[column]


def test_a_number_of_somebody_above_refuses_a_row_unless_it_is_the_same_person(tmp_path: Path) -> None:
    judged = judge(
        tmp_path,
        {"TAJO-nr": "G-1"},
        {"TAJO-nr": "G-1", "Voornaam": "Omar", "Gsm": ""},
        {"TAJO-nr": "G-1"},
        {"TAJO-nr": "-", "Voornaam": "Lotte", "Gsm": ""},
        {"TAJO-nr": "-", "Voornaam": "Senne", "Gsm": ""},
    )
    assert [row.first_name for row in judged.accepted] == ["Aya", "Lotte", "Senne"]
    conflict = only(judged, "id_conflict")
    assert (conflict.row, conflict.old, conflict.new) == (3, "G-1", "2")
    assert only(judged, "exact").row == 4


def test_a_refused_row_takes_no_number_and_is_compared_with_nobody(tmp_path: Path) -> None:
    judged = judge(tmp_path, {"TAJO-nr": "G-1", "Locatie": "?x"}, {"TAJO-nr": "G-1"})
    assert codes(judged) == ["unknown_site"]
    assert len(judged.accepted) == 1


def test_do_not_call_on_a_duplicate_holds_for_the_person(tmp_path: Path) -> None:
    judged = judge(tmp_path, {"Niet bellen": ""}, {"Niet bellen": "x"})
    assert codes(judged) == ["exact"]
    assert judged.accepted[0].do_not_call


@pytest.mark.parametrize(
    "word", ["x", "Ja", "J", "yes", "y", "OUI", "o", "1", "true", "WAAR", "niet bellen", " STOP "]
)
def test_words_for_do_not_call(tmp_path: Path, word: str) -> None:
    judged = judge(tmp_path, {"Niet bellen": word})
    assert judged.accepted[0].do_not_call
    assert codes(judged) == []


@pytest.mark.parametrize("word", ["", "nee", "Neen", "N", "no", "non", "0", "FALSE", "onwaar", "-"])
def test_words_for_calling(tmp_path: Path, word: str) -> None:
    assert not judge(tmp_path, {"Niet bellen": word}).accepted[0].do_not_call


def test_what_is_unclear_about_calling_counts_as_no_call(tmp_path: Path) -> None:
    judged = judge(tmp_path, {"Niet bellen": "misschien"})
    assert judged.accepted[0].do_not_call
    assert codes(judged) == ["dnc_unclear"]


def test_nobody_is_refused_for_lack_of_a_number_or_birth_date(tmp_path: Path) -> None:
    judged = judge(tmp_path, {"Gsm": "123", "Geboortedatum": "onbekend"})
    assert codes(judged) == ["birth_date_missing", "unusable", "no_usable_number"]
    assert judged.accepted[0].phones == ()


def test_a_number_that_stands_twice_in_a_row_counts_once(tmp_path: Path) -> None:
    (aya,) = judge(tmp_path, {"Tweede nummer": "+32470123412"}).accepted
    assert aya.phones == (Phone("+32470123412", "phone1"),)


def test_a_long_remark_is_cut_for_the_screen_and_kept_whole(tmp_path: Path) -> None:
    remark = "é😀" * 7500
    judged = judge(tmp_path, {"Opmerkingen": remark})
    (aya,) = judged.accepted
    assert (len(aya.remarks), aya.raw["remarks"]) == (2000, remark)
    assert only(judged, "text_cut").old == remark


def test_control_characters_are_taken_out_with_a_finding(tmp_path: Path) -> None:
    judged = judge(tmp_path, {"Opmerkingen": "a\x00b\x1bc\nd", "Voornaam": "A\x07ya", "Kleur": "ro\x00od"})
    (aya,) = judged.accepted
    assert (aya.first_name, aya.raw["remarks"], aya.aside["Kleur"]) == ("Aya", "abc\nd", "rood")
    told = [f for f in judged.findings if f.code == "control_characters"]
    assert [(f.column, f.old, f.new) for f in told] == [
        ("Voornaam", "A\x07ya", "Aya"),
        ("Opmerkingen", "a\x00b\x1bc\nd", "abc\nd"),
    ]


def test_right_to_left_names_and_emoji_stay_as_they_are(tmp_path: Path) -> None:
    (row,) = judge(tmp_path, {"Voornaam": "آیدا", "Familienaam": "Yıldız 😀"}).accepted
    assert (row.first_name, row.last_name) == ("آیدا", "Yıldız 😀")


def test_a_site_comes_from_its_cell_a_merged_range_or_the_sheet(tmp_path: Path) -> None:
    rows = [
        _HEADER,
        ("Aya", "Idrissi", "12/05/2009", "Courtrai", "0470123412"),
        ("Bram", "Claes", "12/05/2009", "Gand", "0470123413"),
        ("Fatima", "Osei", "12/05/2009", None, "0470123414"),
        ("Lotte", "Maes", "12/05/2009", None, "0470123415"),
    ]
    judged = read_list(write_book(tmp_path, {"antwerp": rows}, merged=["D3:D4"]), AS_OF)
    assert [row.site for row in judged.accepted] == ["Kortrijk", "Gent", "Gent", "Antwerpen"]
    assert (only(judged, "merged_cell").row, only(judged, "site_from_sheet").row) == (4, 5)
    assert codes(judged).count("date_text") == 4


def test_the_same_person_on_another_sheet_is_named_with_that_sheet(tmp_path: Path) -> None:
    person = ("Aya", "Idrissi", date(2009, 5, 12), None, 470123412)
    judged = read_list(write_book(tmp_path, {"Gent": [_HEADER, person], "Kortrijk": [_HEADER, person]}), AS_OF)
    assert (only(judged, "exact").sheet, only(judged, "exact").new) == ("Kortrijk", "Gent 2")


def test_blank_rows_count_only_between_the_header_and_the_last_filled_row(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    line = ";".join(PERSON.values())
    path.write_text(f"Lijst\n\n{';'.join(PERSON)}\n\n;;\n{line}\nTotaal;1\n\n\n", "utf-8")
    judged = read_list(path, AS_OF)
    assert (judged.rows, judged.skipped) == (1, {"blank": 2, "note": 1})


def test_progress_is_told_often_and_may_stop_the_reading(tmp_path: Path) -> None:
    class Stopped(Exception):  # noqa: N818 - the test's own way out
        pass

    told: list[tuple[int, int]] = []
    people = [{"Familienaam": f"Naam{'ab' * n}", "Gsm": ""} for n in range(1000)]
    judge(tmp_path, *people)
    read_list(tmp_path / "list.csv", AS_OF, lambda done, total: told.append((done, total)))
    assert [done for done, _ in told] == [250, 500, 750, 1000, 1001]
    assert told[-1] == (1001, 1001)
    assert all(done <= total for done, total in told)

    def stop(done: int, total: int) -> None:
        raise Stopped

    with pytest.raises(Stopped):
        read_list(tmp_path / "list.csv", AS_OF, stop)
    assert gc.isenabled()
