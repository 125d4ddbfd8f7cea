"""Correcting: the finished calls, and for the chosen one another outcome with a reason."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from enum import StrEnum

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from callcenter.domain.outcome import ASKED_ORDER, MEANING, Outcome
from callcenter.text import N_
from callcenter.usecases.supervising import AttemptEntry, start_of_day
from ui.style import BOLD, px
from ui.text import _, current
from ui.widgets import Card, Column, EmptyState, KeyButton, Kind, Pill, PillCell, Table, TextCell, Tone, label
from ui.widgets.field import Field, choice, line
from ui.widgets.table_card import TableCard

_TONES = {
    Outcome.COMPLETE: Tone.OK,
    Outcome.PARTIAL: Tone.OK,
    Outcome.SOFT_REFUSAL: Tone.WARN,
    Outcome.OTHER_REFUSES: Tone.WARN,
    Outcome.REFUSAL: Tone.BAD,
    Outcome.APPOINTMENT: Tone.ACCENT,
    Outcome.THIRD_PARTY: Tone.ACCENT,
}
# What a person must still say about some outcomes; the first leaves it open.
_DETAILS: dict[Outcome, dict[str, str]] = {
    Outcome.NOT_IN_LIST: {
        "": N_("Not confirmed: the case stays open"),
        "confirmed": N_("Confirmed: does not belong in the list"),
        "duplicate:confirmed": N_("Confirmed: is in the list twice"),
    },
    Outcome.OTHER_REFUSES: {
        "": N_("Not decided: the case waits"),
        "parent_of_minor": N_("A parent of a minor refused: the case stops"),
    },
    Outcome.LANGUAGE: {
        "": N_("Another agent may speak this language"),
        "nobody_speaks": N_("Nobody here speaks this language: the case stops"),
    },
    Outcome.DECEASED: {
        "": N_("After the reference date"),
        "before_reference": N_("Before the reference date: does not belong in the list"),
    },
}


class Period(StrEnum):
    """From when the calls are listed."""

    TODAY = "today"
    WEEK = "week"
    ALL = "all"

    def since(self, now: datetime) -> datetime:
        """Return the first moment that is listed."""
        if self is Period.TODAY:
            return start_of_day(now)
        return start_of_day(now - timedelta(days=7 if self is Period.WEEK else 3660))


class CorrectionsPage(QWidget):
    """Calls on the left, the chosen one on the right."""

    period_chosen = Signal(object)
    correct_asked = Signal(str, object, str, str)

    def __init__(self) -> None:
        super().__init__()
        self._entries: tuple[AttemptEntry, ...] = ()
        self._wanted = ""
        row = QHBoxLayout(self)
        row.setContentsMargins(px(16), px(14), px(16), px(14))
        row.setSpacing(px(14))
        row.addWidget(self._list(), 1)
        row.addWidget(self._right())

    def _list(self) -> QWidget:
        self._search = line("find", placeholder=_("Part of a name or number of the list"))
        self._search.setAccessibleName(_("Find a call"))
        self._search.setFixedWidth(px(250))
        self._search.textChanged.connect(self._filter)
        periods = {Period.TODAY: _("Today"), Period.WEEK: _("The last 7 days"), Period.ALL: _("The whole campaign")}
        self._period = choice("period", {str(key): words for key, words in periods.items()})
        self._period.setAccessibleName(_("From when"))
        self._period.currentIndexChanged.connect(lambda: self.period_chosen.emit(self.period()))
        card = TableCard(_("Finished calls"), far=(self._search, self._period))
        self.table = Table(
            (
                Column(_("Moment"), lambda e: current().moment(e.at, "EEE d MMM, HH:mm"), 150, order=lambda e: e.at),
                Column(
                    _("Person"), lambda e: TextCell(e.name, strong=True, tip=e.reference), 0, order=lambda e: e.name
                ),
                Column(_("Agent"), lambda e: e.agent, 130, order=lambda e: e.agent),
                Column(_("Outcome"), self._outcome, 240, order=lambda e: e.outcome.value),
                Column("", lambda e: TextCell(_("corrected") if e.corrected else "", ink="muted"), 96),
            ),
            _("Finished calls"),
        )
        self.table.setObjectName("attempts")
        self.table.row_touched.connect(self._show)
        self._none = EmptyState(
            "phone", _("No finished calls in this period"), _("Calls appear here after the next synchronisation.")
        )
        self._lists = QStackedWidget()
        self._lists.addWidget(self.table)
        self._lists.addWidget(self._none)
        card.body.addWidget(self._lists, 1)
        return card

    def _outcome(self, entry: AttemptEntry) -> PillCell:
        return PillCell(_(MEANING[entry.outcome].label), _TONES.get(entry.outcome, Tone.PLAIN))

    def _right(self) -> QWidget:
        card = Card()
        card.setFixedWidth(px(360))
        self._sides = QStackedWidget()
        self._sides.addWidget(
            EmptyState("list-checks", _("Choose a call"), _("Then you can correct its outcome, with a reason."))
        )
        self._sides.addWidget(self._form())
        card.body.addWidget(self._sides)
        return card

    def _form(self) -> QWidget:
        form = QWidget()
        column = QVBoxLayout(form)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(10))
        self._name = label("", "title", weight=BOLD, wrap=True)
        self._facts = label("", "small", ink="muted", wrap=True)
        self._now = Pill("")
        self._before = label("", "small", ink="muted", wrap=True)
        outcomes = {outcome.value: _(MEANING[outcome].label) for outcome in ASKED_ORDER}
        self._new = choice("new-outcome", outcomes)
        self._new.currentIndexChanged.connect(self._show_details)
        self._detail = choice("detail", {})
        self._detail_field = Field(_("What does it mean?"), self._detail)
        self._reason = line("reason", placeholder=_("For example: pressed the wrong key"))
        self._reason.textChanged.connect(self._allow)
        self._reason.returnPressed.connect(self.ask_correct)
        self.correct = KeyButton(_("Correct"), "Enter", icon="check", kind=Kind.PRIMARY)
        self.correct.setObjectName("correct")
        self.correct.clicked.connect(self.ask_correct)
        self._said = label("", "small", ink="ok_text", wrap=True)
        column.addWidget(self._name)
        column.addWidget(self._facts)
        column.addWidget(self._now, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self._before)
        column.addWidget(Field(_("The right outcome"), self._new))
        column.addWidget(self._detail_field)
        column.addWidget(
            Field(_("Why?"), self._reason, _("The first outcome stays in the history with your reason."))
        )
        column.addWidget(self.correct)
        column.addWidget(self._said)
        column.addStretch(1)
        return form

    # --- values

    def period(self) -> Period:
        """Return the chosen period."""
        return Period(str(self._period.currentData()))

    def show_attempts(self, entries: Sequence[AttemptEntry]) -> None:
        """Show other calls; the chosen one stays chosen."""
        chosen = self.table.chosen()
        self._entries = tuple(entries)
        self._filter()
        wanted = self._wanted or (chosen.attempt if chosen is not None else "")
        self._wanted = ""
        for place, entry in enumerate(self.table.rows()):
            if entry.attempt == wanted:
                self.table.selectRow(place)
                self._show(entry)

    def want(self, attempt: str) -> None:
        """Choose a call as soon as it is listed, from the whole campaign."""
        self._wanted = attempt
        self._search.clear()
        self._period.setCurrentIndex(self._period.findData(str(Period.ALL)))

    def _filter(self) -> None:
        words = self._search.text().strip().casefold()
        kept = [e for e in self._entries if words in e.name.casefold() or words in e.reference.casefold()]
        self.table.show_rows(kept)
        self._lists.setCurrentIndex(0 if kept else 1)

    def _show(self, entry: AttemptEntry) -> None:
        self._sides.setCurrentIndex(1)
        self._name.setText(entry.name)
        at = current().moment(entry.at, "EEEE d MMMM, HH:mm")
        self._facts.setText(f"{entry.reference} · {entry.site} · {entry.agent}\n{at}")
        self._now.say(_(MEANING[entry.outcome].label), _TONES.get(entry.outcome, Tone.PLAIN))
        first = _("First: {outcome}", outcome=_(MEANING[entry.first_outcome].label)) if entry.corrected else ""
        self._before.setText(first)
        self._before.setVisible(bool(first))
        self._new.setCurrentIndex(self._new.findData(entry.outcome.value))
        self._show_details()
        self._detail.setCurrentIndex(max(self._detail.findData(entry.detail), 0))
        self._reason.clear()
        self._said.clear()
        self._allow()

    def _show_details(self) -> None:
        outcome = Outcome(self._new.currentData())
        self._detail.clear()
        for key, words in _DETAILS.get(outcome, {}).items():
            self._detail.addItem(_(words), key)
        self._detail_field.setVisible(self._detail.count() > 0)

    def _allow(self) -> None:
        self.correct.setEnabled(bool(self._reason.text().strip()))

    def ask_correct(self) -> None:
        """Correct the chosen call, when there is a reason."""
        entry = self.table.chosen()
        if entry is not None and self._reason.text().strip():
            detail = str(self._detail.currentData() or "")
            outcome = Outcome(self._new.currentData())
            self.correct_asked.emit(entry.attempt, outcome, self._reason.text().strip(), detail)

    def show_corrected(self) -> None:
        """Say that it was done."""
        self._reason.clear()
        self._said.setText(_("Corrected. The laptop that holds this case hears it at its next synchronisation."))
