from __future__ import annotations

import pytest

from callcenter.domain.appointment import Appointment, Firmness
from callcenter.domain.case import Case
from callcenter.domain.disposition import Cutoffs
from callcenter.domain.outcome import NumberStatus, Outcome
from callcenter.domain.response import Response
from callcenter.domain.sample import Number
from tests.callcenter.domain.making import after, attempt, pack, respondent

_RULES = Cutoffs()
_PROMISE = Appointment("p", after(600), after(615), Firmness.FIRM, "amina")


def _case(*attempts: object, **more: object) -> Case:
    return Case(id="case", respondent=respondent(), attempts=tuple(attempts), **more)  # type: ignore[arg-type]


def _statuses(case: Case) -> list[NumberStatus]:
    return [number.status for number in case.numbers]


@pytest.mark.parametrize(
    ("outcomes", "status"),
    [
        ([], NumberStatus.NEW),
        ([Outcome.NO_ANSWER], NumberStatus.NO_ANSWER_YET),
        ([Outcome.THIRD_PARTY, Outcome.NO_ANSWER], NumberStatus.WORKS),
        ([Outcome.WRONG_NUMBER], NumberStatus.WRONG),
        ([Outcome.NOT_IN_SERVICE], NumberStatus.DEAD),
        ([Outcome.NOT_IN_SERVICE, Outcome.BUSY], NumberStatus.DEAD),
        ([Outcome.NOT_IN_SERVICE, Outcome.APPOINTMENT], NumberStatus.WORKS),
        ([Outcome.KNOWN_PERSON], NumberStatus.NEW),
    ],
)
def test_attempts_teach_what_a_number_is(outcomes: list[Outcome], status: NumberStatus) -> None:
    case = _case(*(attempt(outcome, n * 10) for n, outcome in enumerate(outcomes)))
    assert _statuses(case) == [status, NumberStatus.NEW]


@pytest.mark.parametrize(
    ("listed", "outcome", "status"),
    [
        (NumberStatus.WORKS, Outcome.NO_ANSWER, NumberStatus.WORKS),
        (NumberStatus.DO_NOT_USE, Outcome.NO_ANSWER, NumberStatus.DO_NOT_USE),
        (NumberStatus.DO_NOT_USE, Outcome.COMPLETE, NumberStatus.DO_NOT_USE),
        (NumberStatus.WRONG, Outcome.NO_ANSWER, NumberStatus.WRONG),
        (NumberStatus.DEAD, Outcome.COMPLETE, NumberStatus.WORKS),
    ],
)
def test_what_the_list_knows_is_not_forgotten_after_no_answer(
    listed: NumberStatus, outcome: Outcome, status: NumberStatus
) -> None:
    person = respondent(numbers=(Number("n1", "+32470000001", status=listed),))
    assert _statuses(Case(id="case", respondent=person, attempts=(attempt(outcome, 0),))) == [status]


def test_a_call_cancelled_before_it_rang_teaches_nothing() -> None:
    assert _statuses(_case(attempt(Outcome.NO_ANSWER, 0, detail="cancelled")))[0] is NumberStatus.NEW


def test_a_laptop_takes_the_numbers_from_its_pack() -> None:
    assert [n.id for n in Case(id="case", pack=pack()).usable_numbers] == ["n1"]
    assert Case(id="case").numbers == ()


@pytest.mark.parametrize(
    ("outcome", "detail", "promised", "closed"),
    [
        (Outcome.COMPLETE, "", False, True),
        (Outcome.REFUSAL, "", False, True),
        (Outcome.OTHER_REFUSES, "parent_of_minor", False, True),
        (Outcome.OTHER_REFUSES, "", False, False),
        (Outcome.SOFT_REFUSAL, "", False, False),
        (Outcome.LANGUAGE, "", False, False),
        (Outcome.NOT_IN_LIST, "", False, False),
        (Outcome.NOT_IN_LIST, "confirmed", False, True),
        (Outcome.NOT_IN_LIST, "confirmed", True, True),
        (Outcome.DECEASED, "", False, True),
        (Outcome.DECEASED, "", True, True),
        (Outcome.PARTIAL, "", False, True),
        (Outcome.PARTIAL, "", True, False),
    ],
)
def test_what_closes_a_case(outcome: Outcome, detail: str, *, promised: bool, closed: bool) -> None:
    booked = _PROMISE if promised else None
    case = _case(attempt(outcome, 0, detail=detail, share=0.6), appointment=booked)
    assert case.closed(_RULES, 8) is closed


def test_used_up_attempts_close_a_case_but_not_before_its_promise() -> None:
    tries = [attempt(Outcome.NO_ANSWER, n * 200) for n in range(8)]
    assert _case(*tries).closed(_RULES, 8)
    assert not _case(*tries[1:]).closed(_RULES, 8)
    assert not _case(*tries, appointment=_PROMISE).closed(_RULES, 8)


@pytest.mark.parametrize("facts", [{"do_not_call": True}, {"erased": True}])
def test_do_not_call_and_erasure_close_even_with_a_promise(facts: dict[str, bool]) -> None:
    assert _case(appointment=_PROMISE, **facts).closed(_RULES, 8)


def _response(of: str, minutes: int, role: str = "subject") -> Response:
    return Response(of, role, "form", "1", "", after(minutes), key_relevant=10, key_answered=5)


def test_the_first_complete_interview_counts_and_without_one_the_latest() -> None:
    done = [attempt(Outcome.PARTIAL, 0), attempt(Outcome.COMPLETE, 100), attempt(Outcome.COMPLETE, 200)]
    told = [_response(a.id, n * 100) for n, a in enumerate(done)]
    assert _case(*done, responses=tuple(reversed(told))).response == told[1]
    assert _case(done[0], responses=(told[0],)).response == told[0]
    assert _case(done[0], responses=(_response(done[0].id, 5, "parent"),)).response is None
    assert told[0].share == 0.5


def test_an_unknown_attempt_is_a_key_error() -> None:
    with pytest.raises(KeyError):
        _case().attempt("nobody")
    tried = attempt(Outcome.BUSY, 0)
    assert _case(tried).attempt(tried.id) == tried
