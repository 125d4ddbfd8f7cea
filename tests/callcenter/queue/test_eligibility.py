from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from callcenter.domain.outcome import Outcome
from callcenter.queue.eligibility import keeper, nobody, unsuited
from callcenter.queue.reason import Reason
from tests.callcenter.queue.making import NOON, SETTINGS, a_case, an_agent, called, promised

_WEEK_AGO = NOON - timedelta(days=8)


def _code(agent: object, case: object) -> str | None:
    found = unsuited(agent, case, SETTINGS)  # type: ignore[arg-type]
    return found.code if found else None


def test_an_agent_speaks_the_persons_language() -> None:
    assert unsuited(an_agent(), a_case(person={"language": "tr"}), SETTINGS) == Reason.of("language", language="tr")
    assert _code(an_agent(languages=("nl", "tr")), a_case(person={"language": "tr"})) is None


def test_after_a_language_problem_the_same_agent_does_not_try_again() -> None:
    case = a_case("case", called(Outcome.LANGUAGE, _WEEK_AGO))
    assert _code(an_agent("amina"), case) == "language"
    assert _code(an_agent("divine"), case) is None


def test_a_routed_language_will_do_until_a_call_shows_that_it_does_not() -> None:
    routed = replace(SETTINGS, language_routing={"tr": ("nl",)})
    turkish = {"language": "tr"}
    assert unsuited(an_agent(), a_case(person=turkish), routed) is None
    failed = a_case("case", called(Outcome.LANGUAGE, _WEEK_AGO, agent="divine", detail="tr"), person=turkish)
    assert unsuited(an_agent(), failed, routed) == Reason.of("language", language="tr")


def test_people_whom_one_knows_are_for_others() -> None:
    assert _code(an_agent("amina"), a_case(known_by=frozenset({"amina"}))) == "known"


def test_a_soft_refusal_goes_to_another_agent_who_is_a_converter() -> None:
    case = a_case("case", called(Outcome.SOFT_REFUSAL, _WEEK_AGO, agent="amina"))
    assert _code(an_agent("divine"), case) == "needs_converter"
    assert _code(an_agent("divine", converter=True), case) is None
    assert _code(an_agent("amina", converter=True), case) == "needs_converter"


def test_a_promise_after_a_refusal_may_be_kept_by_any_agent() -> None:
    case = a_case("case", called(Outcome.SOFT_REFUSAL, _WEEK_AGO), appointment=promised(NOON))
    assert _code(an_agent("divine"), case) is None


def test_a_personal_promise_belongs_to_its_maker_for_a_day_and_while_the_maker_works() -> None:
    case = a_case(appointment=promised(NOON, personal=True))
    both = [an_agent("amina"), an_agent("divine")]
    assert keeper(case, SETTINGS, both, NOON) == "amina"
    assert keeper(case, SETTINGS, both, NOON + timedelta(hours=24)) == "amina"
    assert keeper(case, SETTINGS, both, NOON + timedelta(hours=24, minutes=1)) == ""
    assert keeper(case, SETTINGS, both[1:], NOON) == ""
    assert keeper(a_case(appointment=promised(NOON)), SETTINGS, both, NOON) == ""


def test_a_personal_promise_falls_to_others_when_its_maker_may_not_call_any_more() -> None:
    case = a_case(appointment=promised(NOON, personal=True), known_by=frozenset({"amina"}))
    assert keeper(case, SETTINGS, [an_agent("amina"), an_agent("divine")], NOON) == ""


def test_the_reason_why_nobody_may_call_is_the_one_that_can_be_mended() -> None:
    language, converter = Reason.of("language", language="tr"), Reason.of("needs_converter")
    assert nobody([]) == Reason.of("nobody_works")
    assert nobody([language, language]) == language
    assert nobody([language, converter]) == converter
    assert nobody([Reason.of("cohort"), language]) == Reason.of("all_recused", n=2)
    assert nobody([Reason.of("cohort"), Reason.of("held", agent="amina")]) == Reason.of("held", agent="amina")
