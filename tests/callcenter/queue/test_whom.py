from __future__ import annotations

import dataclasses
from datetime import date

import pytest

from callcenter.domain.case import Case
from callcenter.domain.outcome import Outcome
from callcenter.domain.sample import Number, Pack
from callcenter.queue.reason import Reason
from callcenter.queue.whom import age_of, language_of, role_to_call
from tests.callcenter.queue.making import NOON, SETTINGS, a_case, called

_DAY = date(2026, 6, 23)
_BOTH = (Number("n1", "+32470000001"), Number("n2", "+32470000002", role="parent"))
_SIXTEEN, _FIFTEEN = date(2010, 6, 23), date(2010, 6, 24)


@pytest.mark.parametrize(
    ("born", "consent", "role"),
    [
        (_SIXTEEN, None, "subject"),
        (_FIFTEEN, None, "parent"),
        (None, None, "parent"),
        (_FIFTEEN, True, "subject"),
        (None, True, "subject"),
        (_SIXTEEN, False, "subject"),
    ],
)
def test_under_the_limit_or_of_unknown_age_a_parent_is_asked_first(
    born: date | None, consent: bool | None, role: str
) -> None:
    case = a_case(person={"birth_date": born, "numbers": _BOTH}, parent_consent=consent)
    assert role_to_call(case, SETTINGS, _DAY) == role


def test_a_parent_who_refused_stops_the_case_of_a_minor() -> None:
    case = a_case(person={"birth_date": _FIFTEEN, "numbers": _BOTH}, parent_consent=False)
    assert role_to_call(case, SETTINGS, _DAY) == Reason.of("parent_refused")


def test_without_a_number_of_a_parent_a_minor_waits() -> None:
    case = a_case(person={"birth_date": _FIFTEEN})
    assert role_to_call(case, SETTINGS, _DAY) == Reason.of("no_parent_number", under=16)


def test_a_campaign_that_asks_no_parents_calls_no_minors() -> None:
    case = a_case(person={"birth_date": _FIFTEEN, "numbers": _BOTH})
    adults = dataclasses.replace(SETTINGS, roles=("subject",))
    assert role_to_call(case, adults, _DAY) == Reason.of("no_parent_number", under=16)


def test_a_campaign_without_limit_asks_everybody_directly() -> None:
    case = a_case(person={"birth_date": None})
    assert role_to_call(case, dataclasses.replace(SETTINGS, parent_consent_under=0), _DAY) == "subject"


def _packed(**more: object) -> Case:
    pack = Pack("person", "Noor", "P", "Gent", "fr", _BOTH, **more)  # type: ignore[arg-type]
    return Case(id="case", pack=pack)


def test_a_laptop_goes_by_its_pack_and_takes_the_youngest_possible_age() -> None:
    assert role_to_call(_packed(needs_parent=True), SETTINGS, _DAY) == "parent"
    heard = dataclasses.replace(_packed(needs_parent=True), parent_consent=True)
    assert role_to_call(heard, SETTINGS, _DAY) == "subject"
    assert role_to_call(_packed(), SETTINGS, _DAY) == "subject"
    assert age_of(_packed(birth_year=2008), _DAY) == 17
    assert age_of(_packed(), _DAY) is None


def test_the_language_is_the_persons_own_until_a_call_finds_another() -> None:
    assert language_of(_packed()) == "fr"
    turkish = {"language": "nl", "home_language": "tr"}
    assert language_of(a_case(person=turkish)) == "nl"
    assert language_of(a_case("a", called(Outcome.LANGUAGE, NOON), person=turkish)) == "tr"
    assert language_of(a_case("a", called(Outcome.LANGUAGE, NOON, detail="ar"), person=turkish)) == "ar"
    assert language_of(a_case("a", called(Outcome.LANGUAGE, NOON))) == "nl"
