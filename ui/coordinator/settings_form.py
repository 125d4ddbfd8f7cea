"""The settings of a campaign that a coordinator decides, as a form."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from callcenter.domain.campaign import LEGAL_BASES, PURPOSES, CampaignSettings
from callcenter.text import LANGUAGES, N_
from ui.coordinator.fields import Fields
from ui.style import SEMIBOLD, px
from ui.text import _
from ui.widgets import Card, label
from ui.widgets.field import Field

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
_NAMES = "name_"


class SettingsForm(QWidget):
    """The fields in cards; `touched` when anything was changed by hand."""

    touched = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._fields = Fields(self)
        self._fields.touched.connect(self.touched)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, px(4), 0)
        column.setSpacing(px(14))
        column.addWidget(self._names())
        column.addWidget(self._dates())
        column.addWidget(self._law())
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
            grid.addWidget(
                Field(_("Name ({language})", language=language), self._fields.line(f"name_{language}")), 0, place
            )
        grid.addWidget(Field(_("Organisation"), self._fields.line("organisation")), 1, 0)
        grid.addWidget(Field(_("Contact, read out when asked"), self._fields.line("contact")), 1, 1)
        grid.addWidget(Field(_("How long it takes (minutes)"), self._fields.line("minutes")), 1, 2)
        grid.addWidget(Field(_("Sites, with commas between"), self._fields.line("sites")), 2, 0, 1, 3)
        return card

    def _dates(self) -> Card:
        card, grid = self._card(_("When"), 4)
        grid.addWidget(Field(_("First calling day"), self._fields.day("period_start")), 0, 0)
        grid.addWidget(Field(_("Last calling day"), self._fields.day("period_end")), 0, 1)
        grid.addWidget(Field(_("School year"), self._fields.line("school_year")), 0, 2)
        grid.addWidget(Field(_("School year before it"), self._fields.line("previous_school_year")), 0, 3)
        grid.addWidget(Field(_("At school on"), self._fields.day("ref_school")), 1, 0)
        grid.addWidget(Field(_("Work in the week of Monday"), self._fields.day("ref_week")), 1, 1)
        grid.addWidget(Field(_("Next year from"), self._fields.day("ref_next")), 1, 2)
        grid.addWidget(Field(_("Share to interview, in %"), self._fields.percent("goal_share")), 1, 3)
        return card

    def _law(self) -> Card:
        card, grid = self._card(_("Purpose and legal basis"), 2)
        grid.addWidget(Field(_("Purpose"), self._fields.choice("purpose", _PURPOSE_WORDS, PURPOSES)), 0, 0)
        grid.addWidget(Field(_("Legal basis"), self._fields.choice("legal_basis", _BASIS_WORDS, LEGAL_BASES)), 0, 1)
        grid.addWidget(Field(_("Decided by"), self._fields.line("legal_basis_by")), 1, 0)
        decided = self._fields.day("legal_basis_on", may_be_empty=True)
        grid.addWidget(Field(_("Decided on"), decided), 1, 1)
        text = self._fields.text("legal_basis_text")
        words = _("The weighing, in your own words")
        weighing = Field(words, text)
        # The style sheet's own least height of a field would win over that of the text.
        weighing.setMinimumHeight(px(104))
        grid.addWidget(weighing, 2, 0, 1, 2)
        return card

    # --- values

    def show_settings(self, settings: CampaignSettings) -> None:
        """Fill in the fields."""
        self._fields.show(lambda name: _shown(settings, name))

    def values(self) -> dict[str, Any]:
        """Return the settings as the fields tell them."""
        told = self._fields.values()
        names = {language: told.pop(f"name_{language}") for language in LANGUAGES}
        told["name"] = {language: words for language, words in names.items() if words}
        told["sites"] = [site.strip() for site in told["sites"].split(",") if site.strip()]
        return told


def _shown(settings: CampaignSettings, name: str) -> Any:
    if name.startswith(_NAMES):
        return settings.name.get(name.removeprefix(_NAMES), "")
    return ", ".join(settings.sites) if name == "sites" else getattr(settings, name)
