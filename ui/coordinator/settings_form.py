"""The settings of a campaign that a coordinator decides, as a form."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from PySide6.QtCore import QDate, Signal
from PySide6.QtGui import QIntValidator
from PySide6.QtWidgets import QCheckBox, QGridLayout, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from callcenter.domain.campaign import LEGAL_BASES, PURPOSES, CampaignSettings
from callcenter.text import LANGUAGES, N_
from ui.style import SEMIBOLD, px
from ui.text import _
from ui.widgets import Card, label
from ui.widgets.field import Field, choice, day, line

_PURPOSE_WORDS = {
    "follow_up": N_("Follow-up"),
    "evaluation": N_("Evaluation"),
    "research": N_("Research"),
    "direct_marketing": N_("Direct marketing"),
}
_BASIS_WORDS = {
    "consent": N_("Consent"),
    "legitimate_interest": N_("Legitimate interest"),
    "public_task": N_("Task of public interest"),
}
_NEVER = QDate(2000, 1, 1)


class SettingsForm(QWidget):
    """The fields in cards; `touched` when anything was changed by hand."""

    touched = Signal()

    def __init__(self) -> None:
        super().__init__()
        # Per setting: how its field takes a value and gives one.
        self._fill: dict[str, Callable[[Any], object]] = {}
        self._give: dict[str, Callable[[], Any]] = {}
        self._filling = False
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, px(4), 0)
        column.setSpacing(px(14))
        column.addWidget(self._names())
        column.addWidget(self._dates())
        column.addWidget(self._law())
        column.addWidget(self._rules())
        column.addStretch(1)

    # --- cards

    def _card(self, title: str, columns: int) -> tuple[Card, QGridLayout]:
        card = Card()
        card.body.addWidget(label(title, "title", weight=SEMIBOLD))
        grid = QGridLayout()
        grid.setHorizontalSpacing(px(14))
        grid.setVerticalSpacing(px(10))
        for place in range(columns):
            grid.setColumnStretch(place, 1)
        card.body.addLayout(grid)
        return card, grid

    def _names(self) -> Card:
        card, grid = self._card(_("What and who"), 3)
        for place, language in enumerate(LANGUAGES):
            grid.addWidget(Field(_("Name ({language})", language=language), self._line(f"name_{language}")), 0, place)
        grid.addWidget(Field(_("Organisation"), self._line("organisation")), 1, 0)
        grid.addWidget(Field(_("Contact, read out when asked"), self._line("contact")), 1, 1)
        grid.addWidget(Field(_("How long it takes (minutes)"), self._line("minutes")), 1, 2)
        grid.addWidget(Field(_("Sites, with commas between"), self._line("sites")), 2, 0, 1, 3)
        return card

    def _dates(self) -> Card:
        card, grid = self._card(_("When"), 4)
        grid.addWidget(Field(_("First calling day"), self._day("period_start")), 0, 0)
        grid.addWidget(Field(_("Last calling day"), self._day("period_end")), 0, 1)
        grid.addWidget(Field(_("School year"), self._line("school_year")), 0, 2)
        grid.addWidget(Field(_("School year before it"), self._line("previous_school_year")), 0, 3)
        grid.addWidget(Field(_("At school on"), self._day("ref_school")), 1, 0)
        grid.addWidget(Field(_("Work in the week of Monday"), self._day("ref_week")), 1, 1)
        grid.addWidget(Field(_("Next year from"), self._day("ref_next")), 1, 2)
        return card

    def _law(self) -> Card:
        card, grid = self._card(_("Purpose and legal basis"), 2)
        grid.addWidget(Field(_("Purpose"), self._choice("purpose", _PURPOSE_WORDS, PURPOSES)), 0, 0)
        grid.addWidget(Field(_("Legal basis"), self._choice("legal_basis", _BASIS_WORDS, LEGAL_BASES)), 0, 1)
        grid.addWidget(Field(_("Decided by"), self._line("legal_basis_by")), 1, 0)
        decided = self._day("legal_basis_on", may_be_empty=True)
        grid.addWidget(Field(_("Decided on"), decided), 1, 1)
        text = QPlainTextEdit()
        text.setObjectName("legal_basis_text")
        text.setTabChangesFocus(True)
        text.textChanged.connect(self._touch)
        self._fill["legal_basis_text"], self._give["legal_basis_text"] = text.setPlainText, text.toPlainText
        words = _("The weighing, in your own words")
        weighing = Field(words, text)
        # The style sheet's own least height of a field would win over that of the text.
        weighing.setMinimumHeight(px(104))
        grid.addWidget(weighing, 2, 0, 1, 2)
        return card

    def _rules(self) -> Card:
        card, grid = self._card(_("Rules of calling"), 3)
        grid.addWidget(Field(_("Attempts per person"), self._number("max_attempts", 1, 30)), 0, 0)
        grid.addWidget(Field(_("Attempts per person a day"), self._number("attempts_per_day", 1, 5)), 0, 1)
        grid.addWidget(
            Field(_("A parent must agree under the age of"), self._number("parent_consent_under", 0, 18)), 0, 2
        )
        grid.addWidget(self._tick("voicemail_allowed", _("A message may be left on voicemail")), 1, 0, 1, 3)
        other = _("The organisation may be named to somebody else who asks")
        grid.addWidget(self._tick("name_to_third_party", other), 2, 0, 1, 3)
        return card

    # --- fields

    def _line(self, name: str) -> QWidget:
        made = line(name)
        made.textEdited.connect(self._touch)
        self._fill[name], self._give[name] = lambda text: _fill_line(made, text), lambda: made.text().strip()
        return made

    def _day(self, name: str, *, may_be_empty: bool = False) -> QWidget:
        made = day(name, _NEVER)
        made.setMinimumDate(_NEVER)
        if may_be_empty:
            made.setSpecialValueText(_("not yet"))
        made.dateChanged.connect(self._touch)
        self._fill[name] = lambda value: made.setDate(_NEVER if value is None else QDate(*value.timetuple()[:3]))
        self._give[name] = lambda: _python_day(made.date()) if made.date() != _NEVER else None
        return made

    def _choice(self, name: str, words: dict[str, str], keys: tuple[str, ...]) -> QWidget:
        made = choice(name, {key: _(words[key]) for key in keys})
        made.currentIndexChanged.connect(self._touch)
        self._fill[name] = lambda value: made.setCurrentIndex(made.findData(value))
        self._give[name] = made.currentData
        return made

    def _number(self, name: str, least: int, most: int) -> QWidget:
        made = line(name)
        made.setValidator(QIntValidator(least, most, made))
        made.textEdited.connect(self._touch)
        self._fill[name] = lambda value: made.setText(str(value))
        # An empty field is the smallest number: the settings themselves refuse what makes no sense.
        self._give[name] = lambda: int(made.text()) if made.text().isdigit() else least
        return made

    def _tick(self, name: str, words: str) -> QWidget:
        made = QCheckBox(words)
        made.setObjectName(name)
        made.toggled.connect(self._touch)
        self._fill[name], self._give[name] = made.setChecked, made.isChecked
        return made

    def _touch(self) -> None:
        if not self._filling:
            self.touched.emit()

    # --- values

    def show_settings(self, settings: CampaignSettings) -> None:
        """Fill in the fields."""
        self._filling = True
        for name, fill in self._fill.items():
            if name.startswith("name_") and name != "name_to_third_party":
                fill(settings.name.get(name[5:], ""))
            elif name == "sites":
                fill(", ".join(settings.sites))
            else:
                fill(getattr(settings, name))
        self._filling = False

    def values(self) -> dict[str, Any]:
        """Return the settings as the fields tell them."""
        told = {name: give() for name, give in self._give.items()}
        names = {language: told.pop(f"name_{language}") for language in LANGUAGES}
        told["name"] = {language: words for language, words in names.items() if words}
        told["sites"] = [site.strip() for site in told["sites"].split(",") if site.strip()]
        return told


def _fill_line(made: QLineEdit, text: str) -> None:
    """Fill in a text so that its beginning is seen."""
    made.setText(text)
    made.setCursorPosition(0)


def _python_day(chosen: QDate) -> date:
    return date(chosen.year(), chosen.month(), chosen.day())
