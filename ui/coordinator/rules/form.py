"""All calling rules of a campaign as a form of cards."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from callcenter.domain.calling_rules import AppointmentRules, Leases, Span
from callcenter.domain.campaign import CampaignSettings
from callcenter.domain.codec import to_json
from callcenter.text import N_
from ui.coordinator.fields import Fields
from ui.coordinator.rules.days import DayRow, SpanRow
from ui.coordinator.rules.hours import HoursRow, blank_hours, blank_slot
from ui.coordinator.rules.pairs import pairs_read, pairs_written, routing_read, routing_written
from ui.coordinator.rules.rows import Rows
from ui.coordinator.rules.waits import Waits
from ui.style import SEMIBOLD, px
from ui.text import _
from ui.widgets import Card, KeyButton, label
from ui.widgets.field import Field, choice

ROLE_WORDS = {
    "subject": N_("The person"),
    "parent": N_("A parent"),
    "employer": N_("The employer"),
    "mentor": N_("The mentor at work"),
}
_COMMUNITIES = {"Flemish": N_("Flemish"), "French": N_("French-speaking"), "German": N_("German-speaking")}
# Settings that are one number each: name, words, least, most.
_LIMITS = (
    ("max_attempts", N_("Attempts per person"), 1, 30),
    ("extra_attempts", N_("Extra, when a supervisor says so"), 0, 20),
    ("attempts_per_day", N_("Attempts per person a day"), 1, 5),
    ("least_slots", N_("In at least so many parts of the week"), 1, 20),
    ("voicemails_in_a_row", N_("Voicemails before the next number"), 1, 9),
    ("redials", N_("Redials after a dropped line"), 0, 9),
    ("unit_limit", N_("People on one number before it is called a school's"), 1, 30),
    ("parent_consent_under", N_("A parent must agree under the age of"), 0, 18),
    ("min_age_direct", N_("Called themselves from the age of"), 0, 18),
)
_APPOINTMENT_WORDS = {
    "early": N_("Called so many minutes early"),
    "late": N_("Missed after so many minutes"),
    "gap": N_("Minutes between two on one agent"),
    "firm_length": N_("Length of a fixed one, minutes"),
    "soft_length": N_("Length of a rough one, minutes"),
    "longest_hours": N_("Longest, in hours"),
    "outside_hours": N_("Minutes outside the hours, at the person's wish"),
    "anyone_after_hours": N_("Hours before another agent keeps it"),
}
_LEASE_WORDS = {
    "after_shift_minutes": N_("Minutes that names stay after a shift"),
    "grace_minutes": N_("Minutes before somebody else gets the case"),
    "limit": N_("People per laptop"),
    "reserve": N_("In reserve per laptop"),
}


class RulesForm(QWidget):
    """Shows the rules of a campaign; `touched` when one was changed, `calendar_asked` with a community."""

    touched = Signal()
    calendar_asked = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._fields = Fields(self)
        self._fields.touched.connect(self.touched)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, px(4), 0)
        column.setSpacing(px(14))
        for card in (self._hours(), self._slots(), self._waits(), self._limits(), self._school()):
            column.addWidget(card)
        for card in (self._appointments(), self._leases(), self._acquainted(), self._languages(), self._days()):
            column.addWidget(card)
        column.addStretch(1)

    # --- cards

    def _card(self, title: str, advice: str = "") -> Card:
        card = Card()
        card.body.addWidget(label(title, "title", weight=SEMIBOLD))
        if advice:
            card.body.addWidget(label(advice, "small", ink="muted", wrap=True))
        return card

    def _grid(self, card: Card, parts: list[QWidget], columns: int = 3) -> None:
        grid = QGridLayout()
        grid.setHorizontalSpacing(px(14))
        grid.setVerticalSpacing(px(10))
        for place, part in enumerate(parts):
            grid.setColumnStretch(place % columns, 1)
            grid.addWidget(part, place // columns, place % columns)
        card.body.addLayout(grid)

    def _rows(self, name: str, make: Any, blank: Any, add: str) -> Rows[Any]:
        made: Rows[Any] = Rows(make, blank, add, self._fields.touch)
        made.setObjectName(name)
        self._fields.keep(name, made.show_values, made.values)
        return made

    def _hours(self) -> Card:
        card = self._card(_("Calling hours"), _("A call begins within these hours; one that runs may go on."))
        self._roles: dict[str, QWidget] = {}
        for role, words in ROLE_WORDS.items():
            part = QWidget()
            column = QVBoxLayout(part)
            column.setContentsMargins(0, 0, 0, 0)
            column.addWidget(label(_(words), "small", weight=SEMIBOLD, ink="muted"))
            column.addWidget(self._rows(f"hours.{role}", HoursRow, blank_hours, _("Add hours")))
            card.body.addWidget(part)
            self._roles[role] = part
        card.body.addWidget(label(_("Quiet hours, nobody is called"), "small", weight=SEMIBOLD, ink="muted"))
        card.body.addWidget(self._rows("quiet", HoursRow, blank_hours, _("Add quiet hours")))
        return card

    def _slots(self) -> Card:
        advice = _("Who was not reached in one part of the week is tried in another.")
        card = self._card(_("Parts of the week"), advice)
        card.body.addWidget(self._rows("slots", HoursRow, blank_slot, _("Add a part of the week")))
        return card

    def _waits(self) -> Card:
        card = self._card(_("Waiting before the next call"), _("An empty number of times is without limit."))
        waits = Waits()
        waits.setObjectName("retry")
        waits.touched.connect(self._fields.touch)
        self._fields.keep("retry", waits.show_waits, waits.values)
        card.body.addWidget(waits)
        return card

    def _limits(self) -> Card:
        card = self._card(_("Limits"))
        self._grid(card, [Field(_(w), self._fields.number(n, a, b)) for n, w, a, b in _LIMITS])
        card.body.addWidget(self._fields.tick("voicemail_allowed", _("A message may be left on voicemail")))
        other = _("The organisation may be named to somebody else who asks")
        card.body.addWidget(self._fields.tick("name_to_third_party", other))
        return card

    def _days(self) -> Card:
        advice = _("Fill in the Belgian calendar, then take days out or add your own.")
        card = self._card(_("Days without calls, and school holidays"), advice)
        row = QHBoxLayout()
        self._community = choice("community", {key: _(words) for key, words in _COMMUNITIES.items()})
        self._community.setAccessibleName(_("Community"))
        fill = KeyButton(_("Fill in the calendar"), icon="calendar")
        fill.setObjectName("fill-calendar")
        fill.clicked.connect(lambda: self.calendar_asked.emit(str(self._community.currentData())))
        row.addWidget(self._community)
        row.addWidget(fill)
        row.addStretch(1)
        card.body.addLayout(row)
        across = QHBoxLayout()
        across.setSpacing(px(24))
        columns = (
            ("holidays", _("Days without calls"), DayRow, self._a_day, _("Add a day"), 2),
            ("school_holidays", _("School holidays"), SpanRow, self._a_span, _("Add a holiday"), 3),
        )
        for name, words, make, blank, add, share in columns:
            column = QVBoxLayout()
            column.addWidget(label(words, "small", weight=SEMIBOLD, ink="muted"))
            column.addWidget(self._rows(name, make, blank, add))
            column.addStretch(1)
            across.addLayout(column, share)
        card.body.addLayout(across)
        return card

    def _school(self) -> Card:
        advice = _("On school days pupils are not called before these hours; in exams only within theirs.")
        card = self._card(_("Pupils"), advice)
        parts: list[QWidget] = [
            Field(_("Pupils are those under"), self._fields.number("pupils.under", 0, 30)),
            Field(_("From, on school days"), self._fields.clock("pupils.from_time")),
            Field(_("From, on Wednesday"), self._fields.clock("pupils.from_time_wednesday")),
            Field(_("In exams from"), self._fields.clock("pupils.exam_start")),
            Field(_("In exams until"), self._fields.clock("pupils.exam_end")),
        ]
        self._grid(card, parts, 5)
        card.body.addWidget(label(_("Exams"), "small", weight=SEMIBOLD, ink="muted"))
        card.body.addWidget(self._rows("pupils.exams", SpanRow, self._a_span, _("Add exams")))
        return card

    def _appointments(self) -> Card:
        card = self._card(_("Appointments"))
        names = [f.name for f in fields(AppointmentRules)]
        parts = [self._fields.number(f"appointments.{n}", 0, 999) for n in names]
        self._grid(card, [Field(_(_APPOINTMENT_WORDS[n]), p) for n, p in zip(names, parts, strict=True)], 4)
        return card

    def _leases(self) -> Card:
        card = self._card(_("Names on laptops"), _("The fewer and the shorter, the less a stolen laptop tells."))
        names = [f.name for f in fields(Leases)]
        parts = [self._fields.number(f"leases.{n}", 0, 9999) for n in names]
        self._grid(card, [Field(_(_LEASE_WORDS[n]), p) for n, p in zip(names, parts, strict=True)], 4)
        return card

    def _acquainted(self) -> Card:
        advice = _("Agents never call themselves or their family. These rules keep them from people they may know.")
        card = self._card(_("People who know each other"), advice)
        card.body.addWidget(self._fields.tick("recusal.cohort", _("Not those who began in the same year and place")))
        card.body.addWidget(self._fields.tick("recusal.school", _("Not those of the same school")))
        years = self._fields.number("recusal.school_years", 0, 9)
        self._grid(card, [Field(_("In the last so many school years"), years), QWidget(), QWidget()])
        text = self._fields.text("recusal.pairs")
        card.body.addWidget(Field(_("Pairs, one a line: number of the agent = number of the person"), text))
        text.setMinimumHeight(px(76))
        return card

    def _languages(self) -> Card:
        advice = _("Without a line here, a person is only called by an agent who speaks their language.")
        card = self._card(_("Languages"), advice)
        text = self._fields.text("language_routing")
        words = _("Will do as well, one a line with the codes of the list, such as: tr = nl, fr")
        card.body.addWidget(Field(words, text))
        text.setMinimumHeight(px(76))
        return card

    # --- values

    def show_settings(self, settings: CampaignSettings) -> None:
        """Fill in the fields; what a new row begins with follows the campaign's period."""
        self._settings = settings
        for role, part in self._roles.items():
            part.setVisible(role in settings.roles)
        self._fields.show(lambda name: _shown(settings, name))

    def show_calendar(self, holidays: Any, school: Any) -> None:
        """Show other days in the place of those there were; they are not kept yet."""
        kept = replace(self.settings(), holidays=tuple(holidays), school_holidays=tuple(school))
        self.show_settings(kept)
        self._fields.touch()

    def settings(self) -> CampaignSettings:
        """Return the campaign's settings with what the fields tell; SettingWrong when that makes no sense."""
        return CampaignSettings.from_json(
            {**self._settings.to_json(), **{n: to_json(v) for n, v in self.values().items()}}
        )

    def values(self) -> dict[str, Any]:
        """Return the rules as the fields tell them, by the name of their setting."""
        return _told(self._fields.values(), self._settings)

    def _a_day(self) -> Any:
        return self._settings.period_start

    def _a_span(self) -> Span:
        return Span(self._settings.period_start, self._settings.period_start)


def _shown(settings: CampaignSettings, name: str) -> Any:
    whole, _dot, part = name.partition(".")
    value = getattr(settings, whole)
    if whole == "hours":
        return value.get(part, ())
    if name == "recusal.pairs":
        return pairs_written(value.pairs)
    if name == "language_routing":
        return routing_written(value)
    return getattr(value, part) if part else value


def _told(fields_told: dict[str, Any], settings: CampaignSettings) -> dict[str, Any]:
    told: dict[str, Any] = {"hours": {}}
    parts: dict[str, dict[str, Any]] = {}
    for name, value in fields_told.items():
        whole, dot, part = name.partition(".")
        if whole == "hours":
            # A role without hours that is not asked is no rule at all.
            if value or part in settings.roles:
                told["hours"][part] = tuple(value)
        elif name == "recusal.pairs":
            parts.setdefault(whole, {})[part] = tuple(pairs_read(value))
        elif name == "language_routing":
            told[name] = routing_read(value)
        elif dot:
            parts.setdefault(whole, {})[part] = tuple(value) if isinstance(value, list) else value
        else:
            told[name] = tuple(value) if isinstance(value, list) else value
    return told | {whole: replace(getattr(settings, whole), **values) for whole, values in parts.items()}
