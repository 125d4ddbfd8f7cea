"""The left card: who this is, as far as may be seen now; numbers; earlier attempts."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLayout, QVBoxLayout, QWidget

from callcenter.text import N_
from callcenter.usecases.views import AttemptLine, CaseCard
from ui.agent.number_row import NumberRow
from ui.agent.wording import moment, outcome_icon, outcome_label
from ui.style import BOLD, MEDIUM, SEMIBOLD, px
from ui.text import _
from ui.widgets import Card, IconLabel, KeyButton, Kind, Line, Pill, Scroll, Tone, label
from ui.widgets.flow import Flow

# What a person may say to prove who they are: part of the pack -> its name on the screen.
_IDENTITY = {
    "birth": N_("Birthday"),
    "street": N_("Street"),
    "school": N_("School"),
}
_LANGUAGES = {"nl": N_("Dutch"), "fr": N_("French"), "en": N_("English")}
_OTHER_LANGUAGE = N_("Another language")
_MOST_ATTEMPTS = 6
_WIDTH, _LEAST = 288, 204


class PersonCard(Card):
    """First name and initial until the identity check; masked numbers; what was tried before."""

    show_number_asked = Signal(str)
    call_asked = Signal(str)
    code_asked = Signal(str)
    known_asked = Signal()
    skip_asked = Signal()

    def __init__(self) -> None:
        super().__init__(margin=0)
        self.setMaximumWidth(px(_WIDTH))
        self._content = QWidget()
        self._parts = QVBoxLayout(self._content)
        self._parts.setContentsMargins(px(16), px(16), px(16), px(16))
        self._parts.setSpacing(px(10))
        self.body.addWidget(Scroll(self._content), 1)
        self._ways = self._ways_out()
        self.body.addWidget(self._ways)
        self.rows: list[NumberRow] = []
        self._shown: tuple[CaseCard | None, bool] | None = None

    def _ways_out(self) -> QWidget:
        ways = QWidget()
        column = QVBoxLayout(ways)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(Line())
        inner = QVBoxLayout()
        inner.setContentsMargins(px(8), px(4), px(8), px(4))
        inner.setSpacing(0)
        self.known = KeyButton(_("I know this person"), icon="user-check", kind=Kind.QUIET)
        self.skip = KeyButton(_("Skip this person"), icon="skip-forward", kind=Kind.QUIET)
        self.known.clicked.connect(self.known_asked)
        self.skip.clicked.connect(self.skip_asked)
        for button in (self.known, self.skip):
            button.set_height(32)
            inner.addWidget(button)
        column.addLayout(inner)
        return ways

    def sizeHint(self) -> QSize:
        return QSize(px(_WIDTH), px(400))

    def minimumSizeHint(self) -> QSize:
        return QSize(px(_LEAST), px(200))

    def show_card(self, card: CaseCard | None, *, in_call: bool, now: datetime) -> None:
        """Show a person, or nobody."""
        if self._shown == (card, in_call):
            return
        self._shown = (card, in_call)
        _empty(self._parts)
        self.rows = []
        self._ways.setVisible(card is not None)
        self.skip.setEnabled(not in_call)
        if card is not None:
            self._put_who(card)
            if in_call and card.identity and not card.identified:
                self._put_identity(card)
            self._put_numbers(card, in_call=in_call)
            self._put_attempts(card, in_call=in_call, now=now)
        self._parts.addStretch(1)

    def _put_who(self, card: CaseCard) -> None:
        self._parts.addWidget(label(card.name, "name", weight=BOLD, wrap=True))
        pills = [Pill(text, Tone.ACCENT if n == 0 else Tone.PLAIN) for n, text in enumerate(card.chips)]
        if card.role == "parent":
            pills.insert(0, Pill(_("ask for a parent"), Tone.WARN))
        if card.sibling:
            pills.append(Pill(_("brother or sister on this number")))
        if pills:
            self._parts.addWidget(Flow(pills))
        facts = [("graduation-cap", fact) for fact in card.facts]
        facts.append(("languages", _(_LANGUAGES.get(card.language, _OTHER_LANGUAGE))))
        if card.best_time:
            facts.append(("clock", card.best_time))
        self._parts.addWidget(Line())
        column = QVBoxLayout()
        column.setSpacing(px(6))
        for icon, words in facts:
            column.addLayout(_fact(icon, words))
        self._parts.addLayout(column)

    def _put_identity(self, card: CaseCard) -> None:
        box = Card("raised", margin=12, gap=4)
        box.body.addWidget(label(_("Let the person say this"), "caption", weight=SEMIBOLD, ink="muted"))
        for part, value in card.identity.items():
            row = QHBoxLayout()
            row.setSpacing(px(8))
            row.addWidget(label(_(_IDENTITY.get(part, part)), "small", ink="muted"), 0, Qt.AlignmentFlag.AlignTop)
            row.addWidget(label(value, "small", weight=SEMIBOLD, wrap=True), 1)
            box.body.addLayout(row)
        self._parts.addWidget(box)

    def _put_numbers(self, card: CaseCard, *, in_call: bool) -> None:
        self._parts.addWidget(Line())
        self._parts.addWidget(label(_("Numbers"), "small", weight=SEMIBOLD, ink="muted"))
        for line in card.numbers:
            row = NumberRow(line, in_call=in_call)
            row.show_asked.connect(self.show_number_asked)
            row.call_asked.connect(self.call_asked)
            row.code_asked.connect(self.code_asked)
            self.rows.append(row)
            self._parts.addWidget(row)
        if not card.numbers:
            self._parts.addWidget(label(_("No number that may be called."), "small", ink="muted", wrap=True))

    def _put_attempts(self, card: CaseCard, *, in_call: bool, now: datetime) -> None:
        lines = list(card.history[-_MOST_ATTEMPTS:])
        if in_call and not any(line.outcome is None for line in lines):
            lines.append(AttemptLine(now, None))
        if not lines:
            return
        self._parts.addWidget(Line())
        self._parts.addWidget(label(_("Earlier attempts"), "small", weight=SEMIBOLD, ink="muted"))
        for line in lines:
            self._parts.addLayout(_attempt(line, now))


def _fact(icon: str, words: str) -> QLayout:
    row = QHBoxLayout()
    row.setSpacing(px(8))
    row.addWidget(IconLabel(icon, "muted", 16), 0, Qt.AlignmentFlag.AlignTop)
    row.addWidget(label(words, "small", ink="muted", wrap=True), 1)
    return row


def _attempt(line: AttemptLine, now: datetime) -> QLayout:
    row = QHBoxLayout()
    row.setSpacing(px(10))
    going_on = line.outcome is None
    icon = IconLabel(outcome_icon(line.outcome), "ok" if going_on else "muted", 16)
    row.addWidget(icon, 0, Qt.AlignmentFlag.AlignVCenter)
    words = QVBoxLayout()
    words.setSpacing(0)
    title = _("In a call") if line.outcome is None else outcome_label(line.outcome)
    words.addWidget(label(title, "body", weight=SEMIBOLD if going_on else MEDIUM, wrap=True))
    when = moment(line.at, now)
    words.addWidget(label(f"{when} · {line.number}" if line.number else when, "caption", ink="muted", wrap=True))
    row.addLayout(words, 1)
    return row


def _empty(layout: QLayout) -> None:
    """Take everything out of a layout, the layouts inside it too."""
    while item := layout.takeAt(0):
        if widget := item.widget():
            widget.hide()
            widget.deleteLater()
        elif inner := item.layout():
            _empty(inner)
            inner.deleteLater()
