"""The pack of a lease: what one call needs and the campaign declares, and nothing else of what is known."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from callcenter.domain.agent import Agent
from callcenter.domain.campaign import CampaignSettings
from callcenter.domain.case import Case
from callcenter.domain.outcome import Outcome
from callcenter.domain.sample import Number, Pack, PastAttempt, Respondent
from callcenter.ids import Id
from callcenter.queue.availability import numbers_to_dial
from callcenter.queue.prospects import Prospects
from callcenter.text import LOCAL_ZONE, N_, translator

# Read aloud inside a sentence, so without the year: "op 31 mei".
_DAY_STYLE = "d MMMM"
_SECONDARY, _SPECIAL, _PART_TIME = "1", "2", "3"
_PART_TIME_FORMS = ("dbso", "leertijd")


@dataclass(frozen=True)
class PackRules:
    """What all packs of one deal share: settings, presets that the published form knows, moment, counted chances."""

    settings: CampaignSettings
    form_presets: frozenset[str]
    at: datetime
    prospects: Prospects | None = None

    @property
    def today(self) -> date:
        """Return the local day of the deal."""
        return self.at.astimezone(LOCAL_ZONE).date()


@dataclass(frozen=True)
class _Known:
    """All that a source may draw from."""

    case: Case
    respondent: Respondent
    agent: Agent
    rules: PackRules

    @property
    def previous(self) -> Mapping[str, str]:
        return self.respondent.schooling.get(self.rules.settings.previous_school_year, {})

    def day(self, day: date) -> str:
        return translator(self.respondent.language).date(day, _DAY_STYLE)


def build_pack(
    case: Case, agent: Agent, rules: PackRules, siblings: Iterable[Id] = (), why: Iterable[str] = ()
) -> Pack:
    """Return the pack of one case for one agent.

    The presets are exactly those that the form has and the campaign declares. `why` are reason codes of the plan.
    The case must hold its respondent, as every case of an office store does; ValueError otherwise.
    """
    person = case.respondent
    if person is None:
        raise ValueError("a pack is made from a respondent")
    known = _Known(case, person, agent, rules)
    chances = rules.prospects
    declared = rules.settings.presets
    return Pack(
        person=case.person,
        first_name=person.first_name,
        initial=person.last_name[:1],
        site=case.site,
        language=person.language,
        numbers=_numbers(case, rules.settings),
        birth_year=person.birth_date.year if person.birth_date else None,
        needs_parent=needs_parent(case, rules),
        chips=_chips(known),
        best_time=person.best_time,
        best_slots=person.best_slots,
        identity=_identity(known),
        presets={name: _SOURCES[declared[name]](known) for name in sorted(rules.form_presets & declared.keys())},
        history=_history(case),
        appointment=case.appointment.texts() if case.appointment else {},
        siblings=tuple(siblings),
        why=tuple(why),
        odds=chances.odds(case).texts() if chances else {},
        last_year=chances.last_year(case) if chances else (),
        rostered=chances.rostered(case) if chances else {},
    )


def _numbers(case: Case, settings: CampaignSettings) -> tuple[Number, ...]:
    """Return the numbers that may be dialled under this lease; one out of service is tried once more."""
    may = {n.id for role in settings.roles for n in numbers_to_dial(case, role, settings)}
    return tuple(n for n in case.numbers if n.id in may)


def needs_parent(case: Case, rules: PackRules) -> bool:
    """Tell whether only a parent may be called: under the age of consent or of unknown age, without a consent."""
    limit = rules.settings.parent_consent_under
    age = case.respondent.age(rules.today) if case.respondent else None
    return limit > 0 and (age is None or age < limit) and case.parent_consent is not True


def group_of(person: Respondent, settings: CampaignSettings, on: date) -> str:
    """Return TAJO's group by school year: 1 up to the third, 2 the fourth and fifth, 3 the sixth and older.

    Without a known year of school, adults are in the third group and others in none.
    """
    now = person.schooling.get(settings.school_year, {}).get("grade", "")
    before = person.schooling.get(settings.previous_school_year, {}).get("grade", "")
    grade = int(now) if now.isdigit() else int(before) + 1 if before.isdigit() else 0
    if grade:
        return "1" if grade <= 3 else "2" if grade <= 5 else "3"
    age = person.age(on)
    return "3" if age is not None and age >= 18 else ""


def _identity(known: _Known) -> dict[str, str]:
    """Return what the person must be able to say; the screen shows it once the check begins."""
    person = known.respondent
    years = sorted(person.schooling)
    schools = [person.schooling[year].get("school", "") for year in years]
    told = {
        "birth": known.day(person.birth_date) if person.birth_date else "",
        "street": person.street,
        "school": next((school for school in reversed(schools) if school), ""),
    }
    return {name: value for name, value in told.items() if value}


def _chips(known: _Known) -> tuple[str, ...]:
    say = translator("nl")  # the agents' common language; every agent speaks it
    group = group_of(known.respondent, known.rules.settings, known.rules.today)
    grade = known.previous.get("grade", "")
    chips = [say(N_("Group {group}"), group=group) if group else ""]
    chips.append(say(N_("Year {grade} last school year"), grade=grade) if grade else "")
    chips.append(known.case.site)
    return tuple(chip for chip in chips if chip)


def _history(case: Case) -> tuple[PastAttempt, ...]:
    return tuple(
        PastAttempt(a.id, a.closed_at or a.opened_at, a.outcome.value, a.number, a.role, a.detail, a.share)
        for a in case.attempts
        if a.outcome is not None and a.outcome is not Outcome.KNOWN_PERSON
    )


def _needs_parent(known: _Known) -> str:
    return "1" if needs_parent(known.case, known.rules) else "0"


def _age(known: _Known) -> str:
    age = known.respondent.age(known.rules.today)
    return "" if age is None else str(age)


def _school_status(known: _Known) -> str:
    """Return the questionnaire's code of where someone was: full-time, special or part-time secondary school."""
    form = known.previous.get("form", "").lower()
    if form in _PART_TIME_FORMS:
        return _PART_TIME
    if form.startswith(("ov", "buso")):
        return _SPECIAL
    return _SECONDARY if known.previous.get("grade") else ""


def _previous(part: str) -> Callable[[_Known], str]:
    return lambda known: known.previous.get(part, "")


def _nothing(_known: _Known) -> str:
    """Return an empty text: no list of activities was imported, so nothing is known of attendance."""
    return ""


# One reading per name of domain.presets.SOURCES; a test holds both lists equal.
_SOURCES: Mapping[str, Callable[[_Known], str]] = {
    "respondent.first_name": lambda k: k.respondent.first_name,
    "respondent.site": lambda k: k.case.site,
    "respondent.age": _age,
    "respondent.group": lambda k: group_of(k.respondent, k.rules.settings, k.rules.today),
    "respondent.needs_parent": _needs_parent,
    "agent.first_name": lambda k: k.agent.name.partition(" ")[0],
    "settings.organisation": lambda k: k.rules.settings.organisation,
    "settings.minutes": lambda k: k.rules.settings.minutes,
    "settings.coordinator": lambda k: k.rules.settings.coordinators.get(k.case.site, ""),
    "settings.school_year": lambda k: k.rules.settings.school_year,
    "settings.previous_school_year": lambda k: k.rules.settings.previous_school_year,
    "settings.ref_school": lambda k: k.day(k.rules.settings.ref_school),
    "settings.ref_monday": lambda k: k.day(k.rules.settings.ref_week),
    "settings.ref_sunday": lambda k: k.day(k.rules.settings.ref_week + timedelta(days=6)),
    "settings.ref_next": lambda k: k.day(k.rules.settings.ref_next),
    "previous.school_status": _school_status,
    "previous.grade": _previous("grade"),
    "previous.program": _previous("program"),
    "previous.school": _previous("school"),
    "previous.stream": _previous("stream"),
    "previous.form": _previous("form"),
    "previous.finality": _previous("finality"),
    "attendance.titles": _nothing,
    "attendance.count": _nothing,
}
