"""How long the judging of a list takes, against what phonenumbers alone needs for its numbers.

The list has 100,000 invented people with one to four numbers each, written in many ways. The ratio is of medians of
interleaved rounds, of processor time; at most 2 is wanted.
"""

from __future__ import annotations

import argparse
import csv
import random
import tempfile
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from statistics import median
from time import process_time

import phonenumbers

from callcenter import phone
from callcenter.intake.alumni import read_list
from tests.bench.bars import verdict

BAR = 2.0
AS_OF = date(2026, 6, 15)
_PARTS = "ab ade al ba ben da di el fa gi ha il ja ka la ma na no ou ra sa se ta ti va wi ya ze".split()
_TOWNS = ("Gent", "Kortrijk", "Antwerpen")
_PROGRAMMES = ("Economie", "Haarzorg", "Elektriciteit", "Zorg en welzijn", "Latijn")
_COLUMNS = (
    "TAJO-nr;Familienaam;Voornaam;Geslacht;Geboortedatum;Locatie;Startjaar TAJO;Gsm;Tweede nummer;E-mail;Contacttaal;"
    "Thuistaal;Ouder 1;Relatie ouder 1;Gsm ouder 1;Ouder 2;Gsm ouder 2;Straat en nr;Postcode;Gemeente;"
    "School 2024-2025;Leerjaar 2024-2025;Onderwijsvorm 2024-2025;Finaliteit 2024-2025;Richting 2024-2025;"
    "Attest 2024-2025;School 2025-2026;Leerjaar 2025-2026;Onderwijsvorm 2025-2026;Finaliteit 2025-2026;"
    "Richting 2025-2026;Niet bellen;Beste moment;Opmerkingen"
).split(";")
# How often a number is written in this way.
_WAYS: tuple[tuple[int, Callable[[str], str]], ...] = (
    (40, lambda n: f"0{n[:3]} {n[3:5]} {n[5:7]} {n[7:]}"),
    (15, lambda n: f"0{n[:3]}/{n[3:]}"),
    (15, lambda n: f"+32{n}"),
    (10, lambda n: f"+32 {n[:3]} {n[3:5]} {n[5:7]} {n[7:]}"),
    (5, lambda n: n),
    (5, lambda n: f"32{n}"),
    (3, lambda n: f"0{n} (mama)"),
    (3, lambda n: f"Tel. 0{n}"),
    (2, lambda n: f"O{n}"),
    (2, lambda n: f"\u202a+32{n}\u202c"),
)


def main(argv: list[str]) -> None:
    """Print the ratio of intake time to the time of phonenumbers for the same numbers."""
    parser = argparse.ArgumentParser(prog="bench intake")
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args(argv)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "list.csv"
        numbers = write_list(path, asked.rows, random.Random(asked.seed))  # noqa: S311 - invented people
        intake, library = [], []
        for _ in range(asked.rounds):
            intake.append(_timed(lambda: _judge(path)))
            library.append(_timed(lambda: _parse(numbers)))
    ratio = median(intake) / median(library)
    print(f"{asked.rows} rows with {len(numbers)} numbers, {asked.rounds} interleaved rounds, medians")
    print(f"intake {median(intake):.2f} s, phonenumbers alone {median(library):.2f} s")
    print(f"ratio {ratio:.2f} (bar {BAR:.0f}): {verdict(ratio, BAR)}")


def _timed(work: Callable[[], None]) -> float:
    start = process_time()
    work()
    return process_time() - start


def _judge(path: Path) -> None:
    phone._judged_by_library.cache_clear()  # nothing is known from the round before
    read_list(path, AS_OF)


def _parse(numbers: list[str]) -> None:
    for text in numbers:
        number = phonenumbers.parse(text, "BE")
        phonenumbers.is_valid_number(number)
        phonenumbers.number_type(number)
        phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def write_list(path: Path, rows: int, chance: random.Random) -> list[str]:
    """Write invented people; return their numbers in E.164, in the order of the list."""
    numbers: list[str] = []
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, _COLUMNS, delimiter=";")
        writer.writeheader()
        for place in range(1, rows + 1):
            writer.writerow(_person(place, chance, numbers))
    return numbers


def _person(place: int, chance: random.Random, numbers: list[str]) -> dict[str, str]:
    first, last = _name(chance, 2), _name(chance, 4)
    born = date(1995, 1, 1) + timedelta(days=chance.randrange(5500))
    columns = ("Gsm", "Gsm ouder 1", "Tweede nummer", "Gsm ouder 2")[: chance.choice((1, 2, 2, 3, 4))]
    site = chance.choice(_TOWNS)
    school = {f"School {year}": f"Atheneum {site}" for year in ("2024-2025", "2025-2026")}
    return {
        "TAJO-nr": f"T-{place:06d}",
        "Familienaam": last,
        "Voornaam": first,
        "Geslacht": chance.choice("MVX"),
        "Geboortedatum": f"{born:%d/%m/%Y}",
        "Locatie": site,
        "Startjaar TAJO": str(chance.randrange(2014, 2024)),
        "E-mail": f"{first}.{last}{place}@example.org".lower(),
        "Contacttaal": chance.choice(("nl", "nl", "fr")),
        "Thuistaal": "Nederlands",
        "Ouder 1": f"{_name(chance, 2)} {last}",
        "Relatie ouder 1": chance.choice(("mama", "papa")),
        "Straat en nr": f"{_name(chance, 3)}straat {chance.randrange(1, 200)}",
        "Postcode": str(chance.randrange(1000, 9999)),
        "Gemeente": site,
        **school,
        "Leerjaar 2024-2025": str(chance.randrange(1, 7)),
        "Onderwijsvorm 2024-2025": chance.choice(("aso", "tso", "bso")),
        "Finaliteit 2024-2025": "doorstroom",
        "Richting 2024-2025": chance.choice(_PROGRAMMES),
        "Attest 2024-2025": chance.choice("ABC"),
        "Leerjaar 2025-2026": str(chance.randrange(1, 7)),
        "Niet bellen": chance.choice(("", "", "nee")),
        "Opmerkingen": "komt graag" if chance.random() < 0.2 else "",
        **{column: _number(chance, numbers) for column in columns},
    }


def _name(chance: random.Random, parts: int) -> str:
    return "".join(chance.choices(_PARTS, k=parts)).capitalize()


def _number(chance: random.Random, numbers: list[str]) -> str:
    if chance.random() < 0.05:
        foreign = f"+3361{chance.randrange(10**7):07d}"
        numbers.append(foreign)
        return foreign
    national = f"4{chance.choice((70, 71, 72, 73, 86, 95, 97))}{chance.randrange(10**6):06d}"
    numbers.append(f"+32{national}")
    (way,) = chance.choices([w for _, w in _WAYS], [weight for weight, _ in _WAYS])
    return way(national)
