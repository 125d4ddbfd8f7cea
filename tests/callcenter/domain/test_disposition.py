from __future__ import annotations

from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from callcenter.domain.attempt import CallAttempt
from callcenter.domain.case import Case
from callcenter.domain.disposition import Class, Cutoffs, derive
from callcenter.domain.outcome import ASKED_ORDER, MEANING, NumberStatus, Outcome
from tests.callcenter.domain.making import attempt, respondent

_RULES = Cutoffs()
_O = Outcome


def _case(*spoken: tuple[str, dict[str, object]] | str) -> Case:
    rows = [(word, {}) if isinstance(word, str) else word for word in spoken]
    done = tuple(attempt(Outcome(letter), n * 300, **more) for n, (letter, more) in enumerate(rows))  # type: ignore[arg-type]
    return Case(id="case", respondent=respondent(), attempts=done)


_WORKED = [
    ("a later no answer does not lower a soft refusal", ["G", "Z", "G", "G"], Class.REFUSAL, "2.112"),
    ("an interview after a refusal wins", ["W", "V"], Class.COMPLETE, "1.1"),
    ("no usable number left", [("F", {"number": "n1"}), ("N", {"number": "n2"})], Class.UNLOCATED, "3.20"),
    ("one number left", [("F", {"number": "n1"}), ("G", {"number": "n2"})], Class.NON_CONTACT, "2.20"),
    ("Q without the coordinator's yes", ["G", "M", "Q"], Class.NON_CONTACT, "2.221"),
    ("a break-off stays one", [("D", {"share": 0.3}), *"GGGGGGGG"], Class.REFUSAL, "2.12"),
    ("nobody was called", [], Class.UNKNOWN, "3.11"),
    ("died after the reference date", ["X"], Class.OTHER, "2.31"),
    ("died before it", [("X", {"detail": "before_reference"})], Class.NOT_ELIGIBLE, "4.10"),
    ("not in the list, the coordinator agrees", [("Q", {"detail": "confirmed"})], Class.NOT_ELIGIBLE, "4.10"),
    ("entered twice", [("Q", {"detail": "duplicate_confirmed"})], Class.NOT_ELIGIBLE, "4.81"),
    ("not eligible is stronger than an interview", ["V", ("Q", {"detail": "confirmed"})], Class.NOT_ELIGIBLE, "4.10"),
    ("partial at exactly the limit", [("D", {"share": 0.5})], Class.PARTIAL, "1.2"),
    ("complete at exactly the limit", [("D", {"share": 0.8})], Class.COMPLETE, "1.1"),
    ("just below the partial limit", [("D", {"share": 0.499})], Class.REFUSAL, "2.12"),
    ("a hard refusal before a soft one", ["W", "Z"], Class.REFUSAL, "2.112"),
    ("a parent of a minor refuses", [("O", {"detail": "parent_of_minor"}), "Z"], Class.REFUSAL, "2.111"),
    ("another household member refuses", ["O", "G"], Class.REFUSAL, "2.111"),
    ("unable", ["I", "A"], Class.OTHER, "2.32"),
    ("away during the campaign", [("I", {"detail": "away:2026-07-10"}), "G"], Class.NON_CONTACT, "2.21"),
    ("another language", ["S"], Class.OTHER, "2.332"),
    ("a language nobody speaks", [("S", {"detail": "nobody_speaks"})], Class.OTHER, "2.333"),
    ("an appointment is no refusal", ["A", "G"], Class.NON_CONTACT, "2.20"),
    ("busy", ["B"], Class.NON_CONTACT, "2.20"),
    ("message left", ["L"], Class.NON_CONTACT, "2.222"),
    ("knowing somebody is no attempt", ["K"], Class.UNKNOWN, "3.11"),
    ("a call cancelled before it rang is no attempt", [("G", {"detail": "cancelled"})], Class.UNKNOWN, "3.11"),
    ("Q alone is open", ["Q"], Class.NON_CONTACT, "2.20"),
    ("a word with the household stays when the numbers die", ["T", ("N", {"number": "n1"}), ("N", {"number": "n2"})],
     Class.NON_CONTACT, "2.20"),
]  # fmt: skip


@pytest.mark.parametrize(("why", "spoken", "klass", "code"), _WORKED, ids=[row[0] for row in _WORKED])
def test_worked_cases(why: str, spoken: list[str], klass: Class, code: str) -> None:
    found = _case(*spoken).disposition(_RULES)
    assert (found.klass, found.code) == (klass, code), why


def test_a_campaign_may_count_unlocated_people_as_non_contacts() -> None:
    case = _case(("F", {"number": "n1"}), ("F", {"number": "n2"}))
    found = case.disposition(Cutoffs(unlocated_class=Class.NON_CONTACT))
    assert (found.klass, found.code, found.rank) == (Class.NON_CONTACT, "2.20", 9)


def test_the_code_is_that_of_the_latest_attempt_within_the_winning_rank() -> None:
    assert _case("L", "M", "G").disposition(_RULES).code == "2.221"
    assert _case("M", "L", "G").disposition(_RULES).attempt == "attempt-000300"


def test_attempts_at_one_moment_are_told_apart_by_their_id() -> None:
    one = attempt(_O.VOICEMAIL, 0, id="a")
    other = attempt(_O.VOICEMAIL_LEFT, 0, id="b")
    assert [derive(p, 1, _RULES).code for p in permutations((one, other))] == ["2.222", "2.222"]


_ATTEMPTS = st.lists(
    st.builds(
        lambda outcome, minutes, share, detail: attempt(outcome, minutes, share=share, detail=detail),
        st.sampled_from(list(Outcome)),
        st.integers(0, 2000),
        st.sampled_from([None, 0.3, 0.6, 0.9]),
        st.sampled_from(["", "confirmed", "cancelled", "away:2026-07-01", "parent_of_minor"]),
    ),
    max_size=6,
    unique_by=lambda a: a.id,
)


@given(_ATTEMPTS, st.integers(0, 2), st.randoms())
def test_the_order_of_arrival_changes_no_disposition(
    attempts: list[CallAttempt], usable: int, chance: object
) -> None:
    shuffled = list(attempts)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    assert derive(shuffled, usable, _RULES) == derive(attempts, usable, _RULES)


@given(_ATTEMPTS, st.sampled_from([_O.NO_ANSWER, _O.BUSY]))
def test_a_later_no_answer_never_lowers_the_rank(attempts: list[CallAttempt], outcome: Outcome) -> None:
    before = derive(attempts, 1, _RULES)
    later = derive([*attempts, attempt(outcome, 5000)], 1, _RULES)
    assert later.rank <= before.rank


def test_every_outcome_has_a_meaning_and_the_question_offers_all_but_knowing_the_person() -> None:
    assert set(MEANING) == set(Outcome)
    assert len(Outcome) == 18
    assert set(ASKED_ORDER) == set(Outcome) - {Outcome.KNOWN_PERSON}
    assert MEANING[_O.VOICEMAIL].code == "2.221"
    assert MEANING[_O.VOICEMAIL_LEFT].code == "2.222"


def test_dead_wrong_and_closed_numbers_are_not_usable() -> None:
    assert {s for s in NumberStatus if not s.usable} == {
        NumberStatus.DEAD,
        NumberStatus.WRONG,
        NumberStatus.DO_NOT_USE,
    }
