"""Invented alumni from a seed: what their list says, and the hidden truth of their school year."""

from __future__ import annotations

import csv
import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

SITES = ("Gent", "Kortrijk", "Antwerpen")
_TOWNS = {"Gent": ("9000", "Gent"), "Kortrijk": ("8500", "Kortrijk"), "Antwerpen": ("2060", "Antwerpen")}
_FIRST = (
    "Aya Noor Lina Yasmina Elif Zoë Marie Amber Fatima Sara Imane Luna Jana Nora Hanne Mona Selin Chloé Aicha Lotte "
    "Bram Ilias Younes Senne Mohamed Jef Emir Lucas Rayan Noah Adam Seppe Mehmet Bilal Thomas Karim Wout Samir Daan"
).split()
_LAST = (
    "Peeters Janssens Maes Jacobs Willems Claes Goossens Wouters Verhaeghe Desmet Vermeulen Yılmaz Demir Kaya Şahin "
    "Öztürk Amrani Bouzid Haddad Chakir Tahiri Mensah Osei Diallo Nguyen Kowalski Petrov Ivanova Dubois Lambert "
    "Hassan Ahmadi Hussaini Gurung Verstraete Callewaert Devos Lemmens Aerts Mertens"
).split()
_SCHOOLS = {
    "Gent": ("Atheneum Leiekaai", "Technisch Instituut Muide", "Vakschool Dampoort"),
    "Kortrijk": ("College Groeninge", "Instituut Buda", "Vakschool Overleie"),
    "Antwerpen": ("Lyceum Scheldezicht", "Technicum Noord", "Vakschool Linkeroever"),
}
_PROGRAMS = {
    "A": "Eerste graad A",
    "B": "Eerste graad B",
    "aso3": "Economische wetenschappen",
    "tso3": "Technologische wetenschappen",
    "tso2": "Maatschappij en welzijn",
    "kso2": "Beeldende kunst",
    "bso1": "Zorg en welzijn",
}
_LANGUAGES = (("nl", "Nederlands", 86), ("fr", "Frans", 8), ("tr", "Turks", 6))
# From heavy to light; a step to the right is a step down on form, finality or both.
_LADDER = ("aso3", "tso3", "tso2", "bso1")
_FINALITY_WORDS = {"3": "doorstroom", "2": "dubbel", "1": "arbeidsmarkt"}


@dataclass(frozen=True)
class Year:
    """Where a person was in one school year; `key` is stream or form with finality, as in the ladder."""

    grade: int
    key: str
    program: str
    school: str

    @property
    def stream(self) -> str:
        """Return A or B in years 1 and 2, else an empty text."""
        return self.key if self.grade <= 2 else ""

    @property
    def form(self) -> str:
        """Return aso, tso, kso or bso from year 3 on, else an empty text."""
        return self.key[:3] if self.grade > 2 else ""

    @property
    def finality(self) -> str:
        """Return 3, 2 or 1 from year 3 on, else an empty text."""
        return self.key[3:] if self.grade > 2 else ""


@dataclass(frozen=True)
class Person:
    """One invented person. `after` is None for someone who is not in secondary school any more.

    `status` is secondary, left or higher. The likelihoods are this person's own, 0..1.
    """

    number: str
    first_name: str
    last_name: str
    sex: str
    born: date
    site: str
    start_year: int
    phones: tuple[str, str]
    parent_phone: str
    language: str
    language_word: str
    before: Year
    after: Year | None
    status: str
    attest: str
    do_not_call: bool
    answers_phone: float
    refuses: float
    bad_number: bool


def invent(seed: int, count: int) -> tuple[Person, ...]:
    """Return `count` invented people; the same seed gives the same people."""
    chance = random.Random(seed)
    return tuple(_person(chance, n) for n in range(1, count + 1))


def _person(chance: random.Random, n: int) -> Person:
    site = SITES[(n - 1) % len(SITES)]
    before, status, after, attest = _school_years(chance, site)
    born = date(2024 - before.grade - 11, 1, 1) + timedelta(days=chance.randrange(365))
    language, word, _ = chance.choices(_LANGUAGES, [weight for *_, weight in _LANGUAGES])[0]
    girl = n % 2 == 0
    names = _FIRST[:20] if girl else _FIRST[20:]
    return Person(
        number=f"{site[0]}-{n:04d}",
        first_name=chance.choice(names),
        last_name=chance.choice(_LAST),
        sex="V" if girl else "M",
        born=born,
        site=site,
        start_year=2025 - before.grade - 1,
        phones=(f"0470{100000 + n * 17:06d}", f"0486{200000 + n * 13:06d}" if chance.random() < 0.3 else ""),
        parent_phone=f"0495{300000 + n * 11:06d}" if chance.random() < 0.9 else "",
        language=language,
        language_word=word,
        before=before,
        after=after,
        status=status,
        attest=attest,
        do_not_call=chance.random() < 0.02,
        answers_phone=chance.uniform(0.15, 0.65),
        refuses=chance.betavariate(2, 16),
        bad_number=chance.random() < 0.06,
    )


def _school_years(chance: random.Random, site: str) -> tuple[Year, str, Year | None, str]:
    """Draw last year's place, what became of it, this year's place and this year's attest."""
    grade = chance.choices(range(1, 7), (6, 14, 20, 22, 20, 18))[0]
    key = chance.choices("AB", (75, 25))[0] if grade <= 2 else chance.choices(_LADDER, (38, 14, 22, 26))[0]
    before = Year(grade, key, _PROGRAMS[key], chance.choice(_SCHOOLS[site]))
    if grade == 6 and chance.random() < 0.9:
        return before, chance.choices(("higher", "left"), (80, 20))[0], None, ""
    if grade >= 5 and chance.random() < 0.10:
        return before, "left", None, ""
    repeats = chance.random() < 0.07
    after_grade = grade if repeats else grade + 1
    after_key = _next_key(chance, key, grade, after_grade)
    moved_school = chance.random() < 0.08
    school = chance.choice(_SCHOOLS[site]) if moved_school else before.school
    after = Year(after_grade, after_key, _PROGRAMS[after_key], school)
    return before, "secondary", after, _attest(chance, after_grade)


def _next_key(chance: random.Random, key: str, grade: int, after_grade: int) -> str:
    if after_grade <= 2:
        return "B" if key == "A" and chance.random() < 0.08 else key
    if grade <= 2:
        weights = (55, 15, 20, 10) if key == "A" else (0, 2, 18, 80)
        return chance.choices(_LADDER, weights)[0]
    place = _LADDER.index(key)
    drawn = chance.random()
    if drawn < 0.20 and place + 1 < len(_LADDER):
        return _LADDER[place + 1]
    if drawn > 0.97 and place > 0:
        return _LADDER[place - 1]
    return key


def _attest(chance: random.Random, grade: int) -> str:
    if grade >= 6:
        return chance.choices(("DIPL", "C"), (92, 8))[0]
    return chance.choices(("A", "B", "C"), (80, 12, 8))[0]


_HEADER = (
    "TAJO-nr;Familienaam;Voornaam;Geslacht;Geboortedatum;Locatie;Startjaar TAJO;Gsm;Tweede nummer;E-mail;Contacttaal;"
    "Thuistaal;Ouder 1;Relatie ouder 1;Gsm ouder 1;Straat en nr;Postcode;Gemeente;School 2024-2025;"
    "Leerjaar 2024-2025;Onderwijsvorm 2024-2025;Finaliteit 2024-2025;Richting 2024-2025;Attest 2024-2025;"
    "Niet bellen;Beste moment;Opmerkingen"
).split(";")


def list_rows(people: Sequence[Person]) -> list[list[str]]:
    """Return the list as an organisation would send it: the header, then one row a person."""
    return [list(_HEADER), *(_row(person) for person in people)]


def write_list(people: Sequence[Person], path: Path) -> None:
    """Write the list as a text table: `;`, UTF-8, one row a person, and two bad rows."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, delimiter=";")
        writer.writerows(list_rows(people))
        writer.writerow(["", "Test", "Test", "M", "01/01/2009", "Gent", *[""] * 21])
        writer.writerow(["", "Peeters", "", "V", "07/13/2009", "Gent", *[""] * 21])


def _row(person: Person) -> list[str]:
    before = person.before
    postcode, town = _TOWNS[person.site]
    form = f"{before.stream}-stroom" if before.grade <= 2 else before.form
    return [
        person.number,
        person.last_name,
        person.first_name,
        person.sex,
        person.born.strftime("%d/%m/%Y"),
        person.site,
        str(person.start_year),
        person.phones[0],
        person.phones[1],
        f"{person.number.lower()}@example.org",
        person.language,
        person.language_word,
        f"Ouder {person.last_name}" if person.parent_phone else "",
        "moeder" if person.parent_phone else "",
        person.parent_phone,
        f"Sleutelstraat {int(person.number[2:])}",
        postcode,
        town,
        before.school,
        str(before.grade),
        form,
        _FINALITY_WORDS.get(before.finality, ""),
        before.program,
        "A",
        "x" if person.do_not_call else "",
        "",
        "",
    ]
