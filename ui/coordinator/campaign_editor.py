"""The campaign: made from a template, its settings, its questionnaire, and the moment it opens."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from callcenter.text import N_
from callcenter.usecases.campaigning import CLOSED, DRAFT, OPEN, CampaignView
from ui.coordinator.save_foot import SaveFoot
from ui.coordinator.settings_form import SettingsForm
from ui.style import SEMIBOLD, px
from ui.text import _, plural
from ui.trouble import Trouble
from ui.widgets import Card, EmptyState, IconLabel, KeyButton, Kind, Pill, Scroll, Tone, label
from ui.widgets.field import Field, PathField, Wanted, choice
from ui.widgets.side_column import SideColumn

_STATES = {
    DRAFT: (N_("draft"), Tone.WARN),
    OPEN: (N_("open"), Tone.OK),
    CLOSED: (N_("closed"), Tone.PLAIN),
}
_TEMPLATE_WORDS = {"tajo": N_("TAJO: yearly update of all alumni")}


class CampaignPage(QWidget):
    """Without a campaign: choose a template. With one: its settings, and how far it is."""

    create_asked = Signal(str)
    save_asked = Signal(object)
    publish_asked = Signal(object)
    workbook_asked = Signal(Path)
    open_asked = Signal()
    close_asked = Signal()

    def __init__(self, templates: Sequence[str]) -> None:
        super().__init__()
        self._pages = QStackedWidget()
        self._pages.addWidget(self._first(templates))
        self._pages.addWidget(self._whole())
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._pages)

    def _first(self, templates: Sequence[str]) -> QWidget:
        advice = _(
            "Choose a template: it brings questions, call scripts and rules. You can change everything after it."
        )
        page = EmptyState("file-text", _("Make your first campaign"), advice)
        self._template = choice("template", {name: _(_TEMPLATE_WORDS.get(name, name)) for name in templates})
        self._template.setAccessibleName(_("Template"))
        self._template.setMinimumWidth(px(360))
        make = KeyButton(_("Make the campaign"), icon="plus", kind=Kind.PRIMARY)
        make.setObjectName("create")
        make.clicked.connect(lambda: self.create_asked.emit(str(self._template.currentData())))
        page.add(self._template)
        page.add(make)
        return page

    def _whole(self) -> QWidget:
        whole = QWidget()
        row = QHBoxLayout(whole)
        row.setContentsMargins(px(16), px(14), px(16), px(14))
        row.setSpacing(px(14))
        left = QVBoxLayout()
        left.setSpacing(px(12))
        self._foot = SaveFoot("save")
        self.save = self._foot.button
        self.save.clicked.connect(self.ask_save)
        self.form = SettingsForm()
        self.form.touched.connect(lambda: self.save.setEnabled(True))
        left.addWidget(Scroll(self.form), 1)
        left.addLayout(self._foot)
        row.addLayout(left, 1)
        row.addWidget(self._right())
        return whole

    def _right(self) -> QWidget:
        self.trouble = Trouble()
        return SideColumn(360, self.trouble, self._standing(), self._questionnaire())

    def _standing(self) -> Card:
        card = Card()
        head = QHBoxLayout()
        head.addWidget(label(_("How far is it?"), "title", weight=SEMIBOLD))
        self._state = Pill("")
        head.addWidget(self._state)
        head.addStretch(1)
        card.body.addLayout(head)
        self._checks = QVBoxLayout()
        self._checks.setSpacing(px(6))
        card.body.addLayout(self._checks)
        self.open = KeyButton(_("Open the campaign"), icon="phone", kind=Kind.PRIMARY)
        self.open.setObjectName("open")
        self.open.clicked.connect(self.open_asked)
        self.close_campaign = KeyButton(_("Close the campaign"), icon="lock", kind=Kind.QUIET)
        self.close_campaign.setObjectName("close")
        self.close_campaign.clicked.connect(self.close_asked)
        card.body.addWidget(self.open)
        card.body.addWidget(self.close_campaign)
        return card

    def _questionnaire(self) -> Card:
        card = Card()
        card.body.addWidget(label(_("Questionnaire"), "title", weight=SEMIBOLD))
        self._version = label("", "small", ink="muted", wrap=True)
        card.body.addWidget(self._version)
        own = KeyButton(_("Publish the template's questions"), icon="upload")
        own.setObjectName("publish-template")
        own.clicked.connect(lambda: self.publish_asked.emit(None))
        card.body.addWidget(own)
        self._workbook = PathField("workbook", Wanted.OPEN, "XLSForm (*.xlsx *.xls)")
        card.body.addWidget(Field(_("Or your own workbook (XLSForm)"), self._workbook))
        other = KeyButton(_("Publish this workbook"), icon="upload")
        other.setObjectName("publish-workbook")
        other.clicked.connect(self._publish_workbook)
        card.body.addWidget(other)
        self._copy = PathField("copy", Wanted.SAVE, "XLSForm (*.xlsx)")
        card.body.addWidget(Field(_("Save the template's questions as a workbook"), self._copy))
        keep = KeyButton(_("Save as XLSX"), icon="download")
        keep.setObjectName("save-workbook")
        keep.clicked.connect(self._save_workbook)
        card.body.addWidget(keep)
        self._told = label("", "small", ink="ok_text", wrap=True)
        card.body.addWidget(self._told)
        return card

    # --- values

    def show_campaign(self, view: CampaignView | None) -> None:
        """Show the campaign; what is being typed is not overwritten."""
        self._pages.setCurrentIndex(0 if view is None else 1)
        if view is None:
            return
        if not self.save.isEnabled():
            self.form.show_settings(view.settings)
        words, tone = _STATES[view.state]
        self._state.say(_(words), tone)
        self._show_checks(view)
        self.open.setVisible(view.state != OPEN)
        self.open.setEnabled(not view.missing)
        self.close_campaign.setVisible(view.state == OPEN)
        version = _("Published: version {version}.", version=view.form_version)
        self._version.setText(version if view.form_version else _("Nothing is published yet."))

    def _show_checks(self, view: CampaignView) -> None:
        while item := self._checks.takeAt(0):
            if old := item.widget():
                old.deleteLater()
        law = not view.settings.missing_to_start()
        listed = plural("{n} person in the list", "{n} people in the list", view.cases)
        checks = (
            (law, _("Legal basis decided"), _("Fill in who decided the legal basis, and when")),
            (bool(view.form_version), _("Questionnaire published"), _("Publish the questionnaire")),
            (view.cases > 0, listed, _("Bring in the list, on the next page")),
        )
        for good, done, to_do in checks:
            self._checks.addWidget(_check(done if good else to_do, good=good))

    def ask_save(self) -> None:
        """Save what was typed."""
        if self.save.isEnabled():
            self.save_asked.emit(self.form.values())

    def closing_words(self) -> tuple[str, str, str]:
        """Return the question before a campaign is closed, its detail, and the word for yes."""
        detail = _("Nobody is given out any more. Results that still come in are kept.")
        return _("Close this campaign?"), detail, _("Close it")

    def show_saved(self) -> None:
        """Say that the settings are kept."""
        self.trouble.tell(None)
        self._foot.show_saved()

    def show_published(self, warnings: Sequence[str]) -> None:
        """Say that the questionnaire is published, with what the converter doubted."""
        self.trouble.tell(None)
        self._told.setText("\n".join((_("Published."), *warnings)))

    def show_workbook(self, path: Path) -> None:
        """Say where the workbook lies."""
        self.trouble.tell(None)
        self._told.setText(_("Saved as {path}", path=path))

    def _publish_workbook(self) -> None:
        if path := self._workbook.path():
            self.publish_asked.emit(path)

    def _save_workbook(self) -> None:
        if path := self._copy.path():
            self.workbook_asked.emit(path if path.suffix else path.with_suffix(".xlsx"))


def _check(words: str, *, good: bool) -> QWidget:
    made = QWidget()
    row = QHBoxLayout(made)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(px(8))
    row.addWidget(IconLabel("circle-check" if good else "circle-x", "ok" if good else "faint"))
    row.addWidget(label(words, "body", ink="text" if good else "muted", wrap=True), 1)
    return made
