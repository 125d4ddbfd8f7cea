"""After hanging up: one question, "What happened?", with a sentence and a letter for every outcome."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QDate, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QButtonGroup, QDateEdit, QGridLayout, QWidget

from callcenter.domain.outcome import ASKED_ORDER, MEANING, Outcome
from ui.agent.asking import Asking
from ui.agent.wording import SENTENCES, outcome_label
from ui.style import px
from ui.text import _
from ui.widgets import Card, OptionRow, label

_CHOICES = (*ASKED_ORDER, Outcome.KNOWN_PERSON)
_FEW = 5


class _Detail(Card):
    """What has to be known besides the outcome: away until when, in the list twice, what voicemail heard."""

    def __init__(self, voicemail: str, today: QDate) -> None:
        super().__init__("raised", margin=12, gap=8)
        self._voicemail = voicemail
        self._words = label("", "small", ink="muted", wrap=True)
        self.body.addWidget(self._words)
        self._choices = QGridLayout()
        self._choices.setColumnStretch(0, 1)
        self._choices.setSpacing(px(6))
        self._day = QDateEdit(today.addDays(7))
        self._day.setMinimumDate(today.addDays(1))
        self._day.setDisplayFormat("dd-MM-yyyy")
        self._day.setCalendarPopup(True)
        self._day.setAccessibleName(_("Away until"))
        self._choices.addWidget(self._day, 1, 1)
        self.body.addLayout(self._choices)
        self._group = QButtonGroup(self)
        self._codes: tuple[str, ...] = ()
        self.about(None)

    def about(self, outcome: Outcome | None) -> None:
        """Ask what belongs to an outcome; hidden when nothing does."""
        self._clear()
        words = ""
        if outcome is Outcome.UNABLE:
            self._offer((("", _("Cannot take part: ill or unable")), ("away", _("Away for long, back on:"))))
        elif outcome is Outcome.NOT_IN_LIST:
            self._offer((("", _("Does not belong in the list")), ("duplicate", _("Is in the list twice"))))
        elif outcome in (Outcome.VOICEMAIL, Outcome.VOICEMAIL_LEFT):
            words = _("The text for voicemail: “{text}”", text=self._voicemail)
            words = words if self._voicemail else _("In this campaign nothing is said on voicemail.")
        elif outcome is Outcome.REFUSAL:
            words = _("This person is never called again for this purpose, also not by others.")
        elif outcome is Outcome.KNOWN_PERSON:
            words = _("The person goes to another caller. Nobody asks why, and nothing else is kept.")
        self._words.setText(words)
        self._words.setVisible(bool(words))
        self._day.setVisible(outcome is Outcome.UNABLE)
        self.setVisible(bool(words or self._codes))

    def _clear(self) -> None:
        self._codes = ()
        for button in self._group.buttons():
            self._group.removeButton(button)
            button.hide()
            button.deleteLater()

    def _offer(self, choices: Sequence[tuple[str, str]]) -> None:
        self._codes = tuple(code for code, _words in choices)
        for place, (_code, words) in enumerate(choices):
            row = OptionRow(words, compact=True)
            row.setChecked(place == 0)
            self._group.addButton(row, place)
            self._choices.addWidget(row, place, 0)

    def code(self) -> str:
        """Return the detail that goes with the outcome."""
        if not self._codes:
            return ""
        code = self._codes[max(self._group.checkedId(), 0)]
        return f"away:{self._day.date().toString('yyyy-MM-dd')}" if code == "away" else code


class OutcomeDialog(Asking):
    """A letter chooses, Enter confirms, Escape returns to the call. No single key closes a case."""

    outcome_chosen = Signal(object, str)

    def __init__(
        self,
        parent: QWidget | None,
        *,
        today: QDate,
        proposed: Outcome | None = None,
        only: Sequence[Outcome] = (),
        voicemail: str = "",
    ) -> None:
        choices = tuple(only) or _CHOICES
        wide = len(choices) > _FEW
        lead = _("Choose the sentence that fits. Escape takes you back to the call.")
        width = 880 if wide else 480
        super().__init__(_("What happened?"), lead, parent, width=width)
        self._group = QButtonGroup(self)
        self._rows: dict[Outcome, OptionRow] = {}
        grid = QGridLayout()
        grid.setHorizontalSpacing(px(12))
        grid.setVerticalSpacing(px(5))
        half = -(-len(choices) // 2) if wide else len(choices)
        for place, outcome in enumerate(choices):
            row = self._row(outcome)
            self._rows[outcome] = row
            grid.addWidget(row, place % half, place // half)
        for column in range(2 if wide else 1):
            grid.setColumnStretch(column, 1)
        self.body.addLayout(grid)
        self._detail = _Detail(voicemail, today)
        self.body.addWidget(self._detail)
        self.go_back.setText(_("Back to the call"))
        self.go_on.setText(_("Confirm"))
        self.go_on.setEnabled(False)
        self._group.buttonToggled.connect(lambda _button, on: self._chosen() if on else None)
        if proposed in self._rows:
            self._rows[proposed].setChecked(True)

    def _row(self, outcome: Outcome) -> OptionRow:
        row = OptionRow(_(SENTENCES[outcome]), outcome.value, compact=True)
        code = MEANING[outcome].code
        row.setToolTip(f"{outcome_label(outcome)} · AAPOR {code}" if code[:1].isdigit() else outcome_label(outcome))
        row.setObjectName(f"outcome-{outcome.value}")
        self._group.addButton(row)
        return row

    def chosen(self) -> Outcome | None:
        """Return the outcome that is marked."""
        return next((outcome for outcome, row in self._rows.items() if row.isChecked()), None)

    def _chosen(self) -> None:
        outcome = self.chosen()
        self.go_on.setEnabled(outcome is not None)
        self._detail.about(outcome)
        if outcome is not None:
            self.area.ensureWidgetVisible(self._rows[outcome] if self._detail.isHidden() else self._detail)

    def first(self) -> QWidget | None:
        outcome = self.chosen()
        return self._rows[outcome] if outcome is not None else next(iter(self._rows.values()))

    def confirm(self) -> None:
        outcome = self.chosen()
        if outcome is not None:
            self.accept()
            self.outcome_chosen.emit(outcome, self._detail.code())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        row = next((r for o, r in self._rows.items() if o.value == event.text().upper()), None)
        if row is not None:
            row.setChecked(True)
            row.setFocus()
            return
        super().keyPressEvent(event)
