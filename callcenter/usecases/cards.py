"""What the desk may show of a case: little before the identity check, the whole card after it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from callcenter.domain.case import Case
from callcenter.domain.outcome import Outcome
from callcenter.domain.sample import Number
from callcenter.phone import mask, show
from callcenter.usecases.views import AppointmentLine, AttemptLine, CaseCard, NumberLine


@dataclass(frozen=True)
class Sight:
    """What of a case may be seen now."""

    in_call: bool = False
    identified: bool = False
    shown: frozenset[str] = frozenset()
    number: str = ""
    dialling: bool = True


def short_name(case: Case) -> str:
    """Return first name and initial as the pack or the list gives them."""
    if case.pack is not None:
        initial = f" {case.pack.initial}." if case.pack.initial else ""
        return case.pack.first_name + initial
    return case.respondent.short_name() if case.respondent else ""


def role_to_ask(case: Case) -> str:
    """Return whom a call must ask for: the parent while a minor's consent is not recorded, else the subject."""
    waits = case.pack is not None and case.pack.needs_parent and case.parent_consent is not True
    return "parent" if waits else "subject"


def numbers_for(case: Case, role: str) -> tuple[Number, ...]:
    """Return the usable numbers of a role, in the order of the list."""
    return tuple(n for n in case.usable_numbers if n.role == role)


def appointment_line(case: Case) -> AppointmentLine | None:
    """Return the case's promised call."""
    booked = case.appointment
    return AppointmentLine(case.id, short_name(case), booked.start, booked.firmness) if booked else None


def card(case: Case, sight: Sight, why: Iterable[str] = ()) -> CaseCard:
    """Return the left card of the desk for a leased case."""
    pack = case.pack
    role = role_to_ask(case)
    first = next((n.id for n in numbers_for(case, role)), "")
    lines = tuple(_number_line(n, sight, sight.number or first) for n in case.numbers if n.role == role)
    return CaseCard(
        case=case.id,
        lease=case.lease.id if case.lease else "",
        name=short_name(case),
        identified=sight.identified,
        role=role,
        chips=pack.chips if pack and sight.identified and role == "subject" else (),
        language=pack.language if pack else "nl",
        best_time=pack.best_time if pack else "",
        numbers=lines,
        history=_history(case),
        identity=pack.identity if pack and sight.in_call and role == "subject" else {},
        appointment=appointment_line(case),
        why=tuple(why),
        sibling=bool(pack and pack.siblings),
    )


def _number_line(number: Number, sight: Sight, now: str) -> NumberLine:
    seen = number.id in sight.shown or (sight.in_call and number.id == now)
    return NumberLine(
        id=number.id,
        label=number.label,
        masked=mask(number.e164),
        status=number.status,
        digits=show(number.e164) if seen else "",
        dial=number.e164 if seen and sight.dialling else "",
        now=number.id == now,
    )


def _history(case: Case) -> tuple[AttemptLine, ...]:
    labels = {n.id: n.label for n in case.numbers}
    told = (a for a in case.attempts if a.outcome is not Outcome.KNOWN_PERSON)
    return tuple(AttemptLine(a.closed_at or a.opened_at, a.outcome, labels.get(a.number, "")) for a in told)
