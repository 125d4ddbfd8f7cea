"""The settings of a campaign: one value that travels in an event, checked field by field."""

from __future__ import annotations

import dataclasses
import json
import re
import types
import typing
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, time
from functools import cache, lru_cache
from typing import Any, cast

from callcenter.domain import codec
from callcenter.domain.calling_rules import (
    HOURS,
    RETRY,
    SLOTS,
    AppointmentRules,
    Leases,
    PupilHours,
    Recusal,
    Retention,
    Retry,
    Slot,
    Span,
    Window,
)
from callcenter.domain.disposition import Class, Cutoffs
from callcenter.domain.outcome import Outcome
from callcenter.domain.presets import SOURCES
from callcenter.errors import CallcenterError
from callcenter.text import LANGUAGES, N_

PURPOSES = ("follow_up", "evaluation", "research", "direct_marketing")
LEGAL_BASES = ("consent", "legitimate_interest", "public_task")


class SettingWrong(CallcenterError):
    """A setting has a value that makes no sense."""

    code = "CAMPAIGN-01"
    what = N_("The campaign setting '{field}' cannot be {value}.")
    advice = N_("Change this setting, then save again.")


class SettingMissing(CallcenterError):
    """A setting without default is not there."""

    code = "CAMPAIGN-02"
    what = N_("The campaign setting '{field}' is missing.")
    advice = N_("Fill in this setting, then save again.")


@dataclass(frozen=True)
class CampaignSettings:
    """All that a coordinator decides about a campaign; days and hours are local (Europe/Brussels).

    `name` is per language, `coordinators` per site, `hours` per respondent role, `retry` per outcome letter. In
    `quiet` hours nobody is called, whatever `hours` say. `language_routing` names, per language of a person, other
    languages in which an agent may call as well, until a call shows that it does not work.
    `ref_week` is the Monday of the week that the work questions ask about. `presets` are the names of the form
    that a case fills in, each with its source (`presets.SOURCES`): nothing else travels to a laptop. `eligibility` is
    the e of the rates; None estimates it. `template` is its source. The people of an `invented` one do not exist.
    """

    name: Mapping[str, str]
    organisation: str
    purpose: str
    legal_basis: str
    sites: tuple[str, ...]
    period_start: date
    period_end: date
    school_year: str
    previous_school_year: str
    ref_school: date
    ref_next: date
    ref_week: date
    template: str = ""
    wave: int = 1
    contact: str = ""
    coordinators: Mapping[str, str] = field(default_factory=dict)
    minutes: str = "10"
    legal_basis_text: str = ""
    legal_basis_by: str = ""
    legal_basis_on: date | None = None
    languages: tuple[str, ...] = ("nl", "en", "fr")
    roles: tuple[str, ...] = ("subject", "parent")
    mop_up: Span | None = None
    max_attempts: int = 8
    extra_attempts: int = 4
    least_slots: int = 4
    attempts_per_day: int = 2
    voicemails_in_a_row: int = 3
    redials: int = 2
    unit_limit: int = 6
    complete_share: float = 0.80
    partial_share: float = 0.50
    goal_share: float = 0.70
    parent_consent_under: int = 16
    min_age_direct: int = 16
    slots: tuple[Slot, ...] = SLOTS
    hours: Mapping[str, tuple[Window, ...]] = field(default_factory=lambda: dict(HOURS))
    quiet: tuple[Window, ...] = ()
    language_routing: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    holidays: tuple[date, ...] = ()
    school_holidays: tuple[Span, ...] = ()
    pupils: PupilHours = PupilHours()
    retry: Mapping[str, Retry] = field(default_factory=lambda: dict(RETRY))
    appointments: AppointmentRules = AppointmentRules()
    leases: Leases = Leases()
    recusal: Recusal = Recusal()
    presets: Mapping[str, str] = field(default_factory=dict)
    name_to_third_party: bool = False
    voicemail_allowed: bool = False
    unlocated_class: str = "UO"
    eligibility: float | None = 1.0
    suppression_threshold: int = 5
    sensitive_threshold: int = 10
    retention: Retention = Retention()
    dncm_max_days: int = 30
    invented: bool = False

    def __post_init__(self) -> None:
        for name, fits in _RULES.items():
            if not fits(self):
                raise SettingWrong(field=name, value=codec.to_json(getattr(self, name)))

    @property
    def cutoffs(self) -> Cutoffs:
        """Return what a disposition depends on."""
        return Cutoffs(self.complete_share, self.partial_share, Class(self.unlocated_class))

    def title(self, language: str) -> str:
        """Return the campaign's name in a language, or in Dutch."""
        return self.name.get(language) or self.name["nl"]

    def missing_to_start(self) -> tuple[str, ...]:
        """Return the settings without which calling may not start: who decided the legal basis, and when."""
        return tuple(n for n in ("legal_basis_by", "legal_basis_on") if not getattr(self, n))

    def to_json(self) -> dict[str, Any]:
        """Return the plain JSON form; `from_json` gives the same value back."""
        return cast(dict[str, Any], codec.to_json(self))

    @classmethod
    def from_json(cls, told: Mapping[str, Any]) -> CampaignSettings:
        """Return the settings of a JSON form; unknown keys are ignored, missing ones take their default.

        Raises SettingMissing for a missing setting without default, SettingWrong for a value of the wrong kind or out
        of range.
        """
        return _settings(json.dumps(told, sort_keys=True, default=str))


@lru_cache(maxsize=16)
def _settings(text: str) -> CampaignSettings:
    """Read settings once: every step of a shift asks for them, and they are never changed in place."""
    told = json.loads(text)
    read = {name: _read(name, told[name]) for name in _hints() if name in told}
    for missing in (n for n in _REQUIRED if n not in read):
        raise SettingMissing(field=missing)
    return CampaignSettings(**read)


@cache
def _hints() -> dict[str, Any]:
    return typing.get_type_hints(CampaignSettings)


def _read(name: str, told: Any) -> Any:
    hint = _hints()[name]
    if _fits(hint, told):
        try:
            return codec.read(hint, told)
        except (TypeError, ValueError) as error:  # no date, no hour, a part without its own required value
            raise SettingWrong(field=name, value=told) from error
    raise SettingWrong(field=name, value=told)


def _fits(hint: Any, told: Any) -> bool:
    """Tell whether a JSON value has the kind that a type hint asks for."""
    origin, inner = typing.get_origin(hint), typing.get_args(hint)
    if origin in (types.UnionType, typing.Union):
        return any(_fits(each, told) for each in inner)
    if origin is tuple:
        return isinstance(told, list) and all(_fits(inner[0], each) for each in told)
    if origin is Mapping:
        return isinstance(told, dict) and all(_fits(inner[1], each) for each in told.values())
    if dataclasses.is_dataclass(hint):
        known = typing.get_type_hints(hint)
        return isinstance(told, dict) and all(_fits(known[k], v) for k, v in told.items() if k in known)
    return type(told) in _PLAIN[hint]


_PLAIN: Mapping[Any, tuple[type, ...]] = {
    str: (str,),
    int: (int,),
    float: (int, float),
    bool: (bool,),
    date: (str,),
    time: (str,),
    type(None): (type(None),),
}


def _school_year(text: str) -> bool:
    found = re.fullmatch(r"(\d{4})-(\d{4})", text)
    return found is not None and int(found[2]) == int(found[1]) + 1


def _hours(windows: Iterable[Window]) -> bool:
    return all(w.start < w.end and w.days and set(w.days) <= set(range(1, 8)) for w in windows)


def _slots(slots: Sequence[Slot]) -> bool:
    codes = {slot.code for slot in slots}
    return bool(slots) and len(codes) == len(slots) and "" not in codes and _hours(slots)


def _retry(waits: Mapping[str, Retry]) -> bool:
    letters = {outcome.value for outcome in Outcome}
    return all(k in letters and min(r.minutes, r.per_shift, r.times) >= 0 for k, r in waits.items())


def _counts(part: object) -> bool:
    """Tell whether every number of a part of the settings is at least 0."""
    return all(v >= 0 for f in dataclasses.fields(cast(Any, part)) if type(v := getattr(part, f.name)) is int)


_RULES: Mapping[str, Callable[[CampaignSettings], bool]] = {
    "name": lambda s: bool(s.name.get("nl", "").strip()) and set(s.name) <= set(LANGUAGES),
    "organisation": lambda s: bool(s.organisation.strip()),
    "purpose": lambda s: s.purpose in PURPOSES,
    "legal_basis": lambda s: s.legal_basis in LEGAL_BASES,
    "sites": lambda s: bool(s.sites) and len(set(s.sites)) == len(s.sites) and all(s.sites),
    "period_end": lambda s: s.period_start <= s.period_end,
    "mop_up": lambda s: s.mop_up is None or s.period_end < s.mop_up.start <= s.mop_up.end,
    "school_year": lambda s: _school_year(s.school_year),
    "previous_school_year": lambda s: (
        _school_year(s.previous_school_year) and s.previous_school_year[5:] == s.school_year[:4]
    ),
    "ref_week": lambda s: s.ref_week.isoweekday() == 1,
    "wave": lambda s: s.wave >= 1,
    "languages": lambda s: "nl" in s.languages and set(s.languages) <= set(LANGUAGES),
    "roles": lambda s: bool(s.roles) and all(role in s.hours for role in s.roles),
    "max_attempts": lambda s: s.max_attempts >= 1,
    "extra_attempts": lambda s: s.extra_attempts >= 0,
    "attempts_per_day": lambda s: s.attempts_per_day >= 1,
    "slots": lambda s: _slots(s.slots),
    "least_slots": lambda s: 1 <= s.least_slots <= len(s.slots),
    "redials": lambda s: s.redials >= 0,
    "unit_limit": lambda s: s.unit_limit >= 1,
    "complete_share": lambda s: 0 < s.complete_share <= 1,
    "partial_share": lambda s: 0 < s.partial_share <= s.complete_share,
    "goal_share": lambda s: 0 < s.goal_share <= 1,
    "parent_consent_under": lambda s: 0 <= s.parent_consent_under <= 18,
    "min_age_direct": lambda s: 0 <= s.min_age_direct <= 18,
    "hours": lambda s: all(_hours(windows) for windows in s.hours.values()),
    "quiet": lambda s: _hours(s.quiet),
    "language_routing": lambda s: all(k and v and k not in v for k, v in s.language_routing.items()),
    "school_holidays": lambda s: all(span.start <= span.end for span in s.school_holidays),
    "pupils": lambda s: s.pupils.exam_start < s.pupils.exam_end,
    "retry": lambda s: _retry(s.retry),
    "appointments": lambda s: _counts(s.appointments),
    "leases": lambda s: _counts(s.leases) and s.leases.limit >= 1,
    "presets": lambda s: set(s.presets.values()) <= SOURCES,
    "unlocated_class": lambda s: s.unlocated_class in ("UO", "NC"),
    "eligibility": lambda s: s.eligibility is None or 0 <= s.eligibility <= 1,
    # Below 3 a table would let single persons be found.
    "suppression_threshold": lambda s: s.suppression_threshold >= 3,
    "sensitive_threshold": lambda s: s.sensitive_threshold >= s.suppression_threshold,
    "retention": lambda s: _counts(s.retention),
    "dncm_max_days": lambda s: s.dncm_max_days >= 1,
}
_REQUIRED = tuple(
    f.name
    for f in dataclasses.fields(CampaignSettings)
    if f.default is dataclasses.MISSING and f.default_factory is dataclasses.MISSING
)
