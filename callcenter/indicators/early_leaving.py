"""Early leaving: VSV (Flanders), ELET and NEET (Eurostat), each with the persons whose status is not known.

Sources: metadata of Statistiek Vlaanderen on vroegtijdig schoolverlaten; Eurostat's definitions of early leavers from
education and training and of young people neither in employment nor in education and training. Self-reported.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

QUALIFICATIONS = frozenset({"1", "2", "3", "4", "5", "6", "7"})  # 7 is a degree of higher education
# Highest ISCED 2011 level by qualification; not verified for 3 to 6, so the report says "niet geverifieerd".
ISCED: Mapping[str, int] = {"0": 2, "1": 3, "2": 3, "3": 3, "4": 3, "5": 3, "6": 3, "7": 5}
_LOW = 2
_VSV_AGES, _ELET_AGES, _NEET_AGES = range(18, 26), range(18, 25), range(15, 30)


@dataclass(frozen=True)
class Situation:
    """One person at the reference date, None for what is not known.

    `leaver` left secondary school in the school year; `left_on` is the last day there. `sheltered` is OV1, OV2 or an
    individual curriculum. `learning` is formal or non-formal education in the last four weeks, `level` ISCED 2011,
    `employed` as the ILO counts it.
    """

    age: int | None
    born: date | None = None
    leaver: bool | None = None
    left_on: date | None = None
    qualified: bool | None = None
    sheltered: bool = False
    learning: bool | None = None
    level: int | None = None
    employed: bool | None = None


@dataclass(frozen=True)
class Indicator:
    """A share of persons with its bounds: `missing` are in the age band and of unknown status."""

    count: int
    known: int
    missing: int

    @property
    def share(self) -> float | None:
        """Return count / known, None when nobody is known."""
        return self.count / self.known if self.known else None

    @property
    def bounds(self) -> tuple[float, float] | None:
        """Return the share if no missing person counted, and if all did."""
        base = self.known + self.missing
        return (self.count / base, (self.count + self.missing) / base) if base else None


@dataclass(frozen=True)
class EarlyLeaving:
    """The three indicators; `pupils` left while school was still compulsory and are in none of them as leavers."""

    vsv: Indicator
    elet: Indicator
    neet: Indicator
    pupils: int


def early_leaving(people: Iterable[Situation]) -> EarlyLeaving:
    """Return the indicators of these persons, respondents and others."""
    known = tuple(people)
    return EarlyLeaving(
        vsv=_indicator(known, _vsv),
        elet=_indicator(known, _elet),
        neet=_indicator(known, _neet),
        pupils=sum(person.leaver is True and _compulsory(person) is True for person in known),
    )


def end_of_compulsory_school(born: date) -> date:
    """Return the first day without compulsory school: the 18th birthday, or 30 June of that year when it comes first.

    Not verified: the rule's last word is the coordinator's.
    """
    year = born.year + 18
    leap = (born.month, born.day) == (2, 29) and (year % 4 != 0)
    birthday = date(year, 3, 1) if leap else born.replace(year=year)
    return min(birthday, date(year, 6, 30))


def _indicator(people: Iterable[Situation], rule: Callable[[Situation], str]) -> Indicator:
    found = [rule(person) for person in people]
    yes = found.count(_YES)
    return Indicator(count=yes, known=yes + found.count(_NO), missing=found.count(_MISSING))


_YES, _NO, _MISSING, _OUTSIDE = "yes", "no", "missing", "outside"


def _vsv(person: Situation) -> str:
    if person.age not in _VSV_AGES or person.sheltered or person.leaver is False:
        return _OUTSIDE
    compulsory = _compulsory(person)
    if compulsory:
        return _OUTSIDE
    if person.leaver is None or person.qualified is None or compulsory is None:
        return _MISSING
    return _NO if person.qualified else _YES


def _compulsory(person: Situation) -> bool | None:
    """Tell whether school was still compulsory on the last day; None where that is not known."""
    if person.born is None or person.left_on is None:
        return None
    return person.left_on < end_of_compulsory_school(person.born)


def _elet(person: Situation) -> str:
    if person.age not in _ELET_AGES:
        return _OUTSIDE
    if person.learning is None or person.level is None:
        return _MISSING
    return _YES if person.level <= _LOW and not person.learning else _NO


def _neet(person: Situation) -> str:
    if person.age not in _NEET_AGES:
        return _OUTSIDE
    if person.learning:
        return _NO  # whoever learns is not NEET, whatever the work
    if person.learning is None or person.employed is None:
        return _MISSING
    return _NO if person.employed else _YES
