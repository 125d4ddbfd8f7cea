"""Definitions and notes of a report: all that must stand beside a printed figure."""

from __future__ import annotations

from collections.abc import Mapping

from callcenter.domain.disposition import EDITION
from callcenter.reports.wording import GUARD, NONE, Wording
from callcenter.text import N_

Note = tuple[str, str]

_E_SOURCE: Mapping[str, str] = {
    "known_list": N_("e = 1: everybody on the list belongs to the population"),
    "given": N_("e = {e}, given by the organisation"),
    "estimated": N_("e = {e}, estimated as K / (K + NE)"),
}
_UNLOCATED: Mapping[str, str] = {
    "UO": N_("Persons without any usable number stay on the list and count as not located (class UO)."),
    "NC": N_("Persons without any usable number stay on the list and count as not contacted (class NC)."),
}


def notes(words: Wording) -> tuple[Note, ...]:
    """Return each note as (term, text); for a list of too few no note that holds a figure."""
    if words.figures.too_few:
        return (*_counting(words), _hiding(words))
    return (*_counting(words), *_waterval(words), *_school(words), *_caution(words))


def _counting(words: Wording) -> tuple[Note, ...]:
    say, found = words.say, words.figures
    return (
        (
            say("Outcome rates"),
            say(
                "{edition}. One outcome per person: the strongest evidence of all attempts counts, never typed in."
                " LOC1 is no AAPOR rate: known eligible / (known + unknown). Rates are over the whole list of {size},"
                " unweighted; persons who turn out not to belong to it are left out of the base.",
                edition=EDITION,
                size=words.count(found.list_size),
            ),
        ),
        (
            say("Formulas"),
            say(
                "I complete, P partial, R refusal or break-off, NC no contact, O other, UH and UO unknown."
                " K = I+P+R+NC+O; U = UH+UO; C = I+P+R+O. LOC1 = K/(K+U); RR1 = I/(K+U); RR2 = (I+P)/(K+U);"
                " COOP1 = I/C; REF1 = R/(K+U); CON1 = C/(K+U)."
            ),
        ),
        (say("Eligibility"), _eligibility(words)),
        (
            say("Complete and partial"),
            say(
                "Complete: at least {complete} of the key questions that applied were answered; partial: at least"
                " {partial}; less is a break-off.",
                complete=say.percent(found.complete_share, 0),
                partial=say.percent(found.partial_share, 0),
            ),
        ),
        (say("Not located"), say(_UNLOCATED[found.unlocated_class])),
    )


def _eligibility(words: Wording) -> str:
    say, found = words.say, words.figures
    used = NONE if found.e is None else say.number(found.e, 2)
    estimate = NONE if found.e_estimate is None else say.number(found.e_estimate, 2)
    source = say(_E_SOURCE[found.e_source], e=used)
    return say(
        "{source}. Estimate for comparison: {estimate}. The rates printed here do not depend on e.",
        source=source,
        estimate=estimate,
    )


def _waterval(words: Wording) -> tuple[Note, ...]:
    say = words.say
    return (
        (
            say("Waterval"),
            say(
                "There is no official Flemish indicator; this definition is our own. We compare the end of the last"
                " school year with the end of this one, on three scales. Stream, years 1 and 2: A 2, B 1. Form, years"
                " 3 to 6: aso 4; tso and kso 3; bso 2; dbso and apprenticeship 1. Finality, modernised years 3 to 6:"
                " transition 3, double 2, labour market 1. A lower rank is a step down, a higher rank a step up."
                " Known: both ranks are known. Missing: the first rank is known, the person was not in a final year,"
                " and the second is unknown. Rate = down / known. Bounds: down / (known + missing) if none of the"
                " missing moved down, (down + missing) / (known + missing) if all did. Leavers and students in higher"
                " education are neither known nor missing. Special education OV1 to OV3, year 7, newcomers' classes,"
                " home education and schools abroad have no rank. Pupils never choose a category: it is derived from"
                " their answers."
            ),
        ),
        (
            say("Still in education"),
            say(
                "Base: the young people whose answers tell whether they are enrolled. Secondary school, higher"
                " education and other courses count as enrolled."
            ),
        ),
    )


def _school(words: Wording) -> tuple[Note, ...]:
    say = words.say
    return (
        (
            say("VSV"),
            say(
                "Left secondary school in this school year, no longer of compulsory school age, without any of the"
                " six Flemish qualifications; over all leavers of 18 to 25 of whom the qualification is known. OV1"
                " and OV2 are left out. Who plans to leave at the end of the year counts as a leaver. Compulsory"
                " school ends on the 18th birthday, or on 30 June of that year (not verified)."
            ),
        ),
        (
            say("ELET and NEET"),
            say(
                "Definitions of Eurostat. ELET: at most ISCED 2 and no education in the last four weeks, 18 to 24."
                " NEET: not employed (ILO) and no education in the last four weeks, 15 to 29. The ISCED level of"
                " Flemish qualifications is not verified."
            ),
        ),
        (
            say("Repeated the year"),
            say("Same grade as last school year, over those who were in secondary school in both years."),
        ),
    )


def _caution(words: Wording) -> tuple[Note, ...]:
    say, found = words.say, words.figures
    return (
        (
            say("Intervals and bounds"),
            say(
                "Intervals Wilson 95 %, without correction for the size of the list. Bounds: the share if no missing"
                " person counted, and if all did. Where more are missing than known the share is grey and the bounds"
                " come first."
            ),
        ),
        _hiding(words),
        (
            say("Cases still open"),
            say(
                "{open} cases were still open. They are classed by their history so far and the figures are"
                " provisional.",
                open=words.count(found.open_cases),
            )
            if found.open_cases
            else say("No case was open any more."),
        ),
        (
            say("Not called"),
            say(
                "Do not call: {dnc}. Deceased: {dead}. Nobody calls them again; they stay in the base of the rates"
                " unless they did not belong to the population.",
                dnc=words.count(found.do_not_call),
                dead=words.count(found.deceased),
            ),
        ),
        (say("Not to be calculated"), say("– means: nobody to divide by, or too few to print. It is not zero.")),
    )


def _hiding(words: Wording) -> Note:
    say, found = words.say, words.figures
    if found.internal:
        told = say("This internal report shows small counts: persons may be recognised. Do not share it.")
        return say("Small counts"), told
    sign = f"<{found.threshold}"
    hiding = say(
        "Counts from 1 to {most} are printed as {sign}; {guard} hides a count that would tell such a one by"
        " subtraction. A share with such a count in it is rounded to whole 5 % (≈), without counts and interval; a"
        " share of fewer than {least} persons is not printed (–). Small flows are put together as “other”, or left"
        " out.",
        most=found.threshold - 1,
        sign=sign,
        guard=GUARD,
        least=found.threshold,
    )
    return say("Small counts"), hiding
