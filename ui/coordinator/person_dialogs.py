"""The question who somebody new is."""

from __future__ import annotations

import re

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QGridLayout, QHBoxLayout, QWidget

from callcenter.domain.agent import Role
from callcenter.usecases.roster import RosterRow
from ui.coordinator.people import ROLE_WORDS
from ui.style import px
from ui.text import _
from ui.widgets import KeyButton, Kind
from ui.widgets.field import Field, choice, line
from ui.widgets.titled_dialog import TitledDialog


class PersonDialog(TitledDialog):
    """Somebody new; `told` comes with the row."""

    told = Signal(object)

    def __init__(self, sites: tuple[str, ...], parent: QWidget) -> None:
        super().__init__(_("Add one person"), "person", parent)
        grid = QGridLayout()
        grid.setHorizontalSpacing(px(14))
        grid.setVerticalSpacing(px(10))
        self._first, self._last = line("first-name"), line("last-name")
        self._code, self._alumni = line("code"), line("alumni-number")
        self._role = choice("role", {role.value: _(words) for role, (words, _tone) in ROLE_WORDS.items()})
        self._site = choice("site", {site: site for site in sites})
        self._languages = line("languages", "nl")
        self._converter = QCheckBox(_("May call again after 'not now'"))
        self._converter.setObjectName("converter")
        grid.addWidget(Field(_("First name"), self._first), 0, 0)
        grid.addWidget(Field(_("Last name"), self._last), 0, 1)
        grid.addWidget(Field(_("Role"), self._role), 1, 0)
        grid.addWidget(Field(_("Site"), self._site), 1, 1)
        grid.addWidget(Field(_("Code in your own list"), self._code), 2, 0)
        grid.addWidget(Field(_("Languages, with commas between"), self._languages), 2, 1)
        hint = _("If this person is in the list too: nobody calls themselves or their family.")
        grid.addWidget(Field(_("Alumni number"), self._alumni, hint), 3, 0, 1, 2)
        grid.addWidget(self._converter, 4, 0, 1, 2)
        self.body.addLayout(grid)
        self.body.addLayout(self._foot())
        for field in (self._first, self._last, self._code):
            field.textChanged.connect(self._allow)
        self._allow()

    def _foot(self) -> QHBoxLayout:
        foot = QHBoxLayout()
        back = KeyButton(_("Back"), "Esc", kind=Kind.QUIET)
        back.clicked.connect(self.reject)
        self._add = KeyButton(_("Add"), "Enter", icon="plus", kind=Kind.PRIMARY)
        self._add.setObjectName("add")
        self._add.clicked.connect(self._tell)
        self._add.setDefault(True)
        foot.addWidget(back)
        foot.addStretch(1)
        foot.addWidget(self._add)
        return foot

    def _allow(self) -> None:
        self._add.setEnabled(all(field.text().strip() for field in (self._first, self._last, self._code)))

    def _tell(self) -> None:
        languages = tuple(word for word in re.split(r"[,\s]+", self._languages.text().lower()) if word)
        role = Role(self._role.currentData())
        self.told.emit(
            RosterRow(
                code=self._code.text().strip(),
                first_name=self._first.text().strip(),
                last_name=self._last.text().strip(),
                role=role,
                site="" if role is Role.COORDINATOR else str(self._site.currentData() or ""),
                languages=languages or ("nl",),
                alumni=self._alumni.text().strip(),
                converter=self._converter.isChecked(),
            )
        )
        self.accept()
