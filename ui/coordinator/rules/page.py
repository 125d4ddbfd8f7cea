"""The page of the calling rules: the form, what does not fit, and earlier versions."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from callcenter.domain.campaign import CampaignSettings
from callcenter.queue.contradictions import Contradiction
from callcenter.usecases.ruling import RulesVersion
from ui.coordinator.rules.form import RulesForm
from ui.coordinator.save_foot import SaveFoot
from ui.style import SEMIBOLD, px
from ui.text import _, plural
from ui.trouble import Trouble
from ui.widgets import Card, IconLabel, KeyButton, Kind, Scroll, label, times
from ui.widgets.side_column import SideColumn

_MOST = 8
"""Versions shown; older ones are in the history all the same."""


class RulesPage(QWidget):
    """Shows and judges; `judge_asked` while typing, `save_asked`, `restore_asked` with a version's settings."""

    judge_asked = Signal()
    save_asked = Signal()
    restore_asked = Signal(object)
    calendar_asked = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(px(16), px(14), px(16), px(14))
        row.setSpacing(px(14))
        left = QVBoxLayout()
        left.setSpacing(px(12))
        self.form = RulesForm()
        self.form.touched.connect(self._touched)
        self.form.calendar_asked.connect(self.calendar_asked)
        left.addWidget(Scroll(self.form), 1)
        self._foot = SaveFoot("save-rules")
        self.save = self._foot.button
        self.save.clicked.connect(self.ask_save)
        left.addLayout(self._foot)
        row.addLayout(left, 1)
        self.trouble = Trouble()
        self._fits, self._versions = Card(), Card()
        row.addWidget(SideColumn(300, self.trouble, self._fits, self._versions))
        self.setEnabled(False)

    def _touched(self) -> None:
        self.save.setEnabled(True)
        self._foot.said.setText("")
        self.judge_asked.emit()

    def ask_save(self) -> None:
        """Save what was typed."""
        if self.save.isEnabled():
            self.save_asked.emit()

    def show_rules(self, settings: CampaignSettings | None) -> None:
        """Show the rules of the campaign; what is being typed is not overwritten."""
        self.setEnabled(settings is not None)
        if settings is not None and not self.save.isEnabled():
            self.form.show_settings(settings)

    def show_found(self, found: Sequence[Contradiction]) -> None:
        """Show what does not fit; what blocks in the colour of a mistake."""
        _empty(self._fits)
        words = plural("{n} thing does not fit", "{n} things do not fit", len(found))
        head = _("Everything fits together") if not found else words
        self._fits.body.addWidget(label(head, "title", weight=SEMIBOLD, wrap=True))
        for one in found:
            line = QWidget()
            row = QHBoxLayout(line)
            row.setContentsMargins(0, 0, 0, 0)
            row.setSpacing(px(8))
            icon = ("circle-x", "bad") if one.blocking else ("triangle-alert", "warn")
            row.addWidget(IconLabel(*icon))
            row.addWidget(label(_(one.what, **dict(one.facts)), "small", wrap=True), 1)
            self._fits.body.addWidget(line)

    def show_versions(self, versions: Sequence[RulesVersion], now: datetime) -> None:
        """Show who changed what and when, the newest first, with a way back."""
        _empty(self._versions)
        self._versions.body.addWidget(label(_("Versions"), "title", weight=SEMIBOLD))
        for version in versions[:_MOST]:
            when = times.moment(version.at, now)
            head = _("Version {n}, {when}", n=version.number, when=when)
            self._versions.body.addWidget(label(head, "body", weight=SEMIBOLD))
            changed = plural("{n} setting changed", "{n} settings changed", len(version.changed))
            told = changed if version.changed else _("as the campaign was made")
            self._versions.body.addWidget(
                label(" · ".join(part for part in (version.by, told) if part), "small", ink="muted", wrap=True)
            )
            if version is not versions[0]:
                back = KeyButton(_("Back to this version"), icon="undo-2", kind=Kind.QUIET)
                back.setObjectName(f"restore-{version.number}")
                back.clicked.connect(lambda _checked, kept=version: self.restore_asked.emit(kept.settings))
                self._versions.body.addWidget(back)

    def show_saved(self) -> None:
        """Say that the rules are kept."""
        self.trouble.tell(None)
        self._foot.show_saved()

    def restoring_words(self) -> tuple[str, str, str]:
        """Return the question before an earlier version comes back, its detail, and the word for yes."""
        detail = _("The settings of that moment become a new version. Nothing is lost: you can go back again.")
        return _("Back to this version?"), detail, _("Bring it back")


def _empty(card: Card) -> None:
    while item := card.body.takeAt(0):
        if old := item.widget():
            old.hide()
            old.deleteLater()
