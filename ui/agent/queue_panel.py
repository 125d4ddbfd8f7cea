"""Who is still to come: the agent's own cases and promises, and finding somebody who calls back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from callcenter.usecases.views import EmptyQueue, QueueLine
from ui.agent.asking import Asking
from ui.agent.wording import moment
from ui.style import px
from ui.text import _, current, plural
from ui.widgets import Card, Column, EmptyState, KeyButton, PillCell, Table, TextCell, Tone, label

_LEAST_LETTERS = 3


class QueuePanel(Asking):
    """The list with its appointments; a double click or Enter on a row takes that person next."""

    chosen = Signal(str)
    find_asked = Signal(str)
    end_asked = Signal()

    def __init__(self, now: datetime, parent: QWidget | None = None) -> None:
        super().__init__(_("Who is still to come?"), "", parent, width=760)
        self.resize(px(800), px(600))
        self._now = now
        self._lines: tuple[QueueLine, ...] = ()
        self._count = label("", ink="muted", wrap=True)
        self.body.addWidget(self._count)
        self._search = QLineEdit()
        self._search.setPlaceholderText(_("Somebody calls back? Type the number, or three letters of the name"))
        self._search.setAccessibleName(_("Find a person by number or name"))
        self._search.textEdited.connect(self._find)
        self.body.addWidget(self._search)
        self._found = label("", "small", ink="muted", wrap=True)
        self._found.hide()
        self.body.addWidget(self._found)
        self._table = Table(self._columns(), _("Who is still to come?"))
        self._table.setMinimumHeight(px(300))
        self._table.row_chosen.connect(self._choose)
        self.body.addWidget(self._table, 1)
        self.go_on.setText(_("Take this person next"))
        self._in_call = False
        self._end_button = KeyButton(_("End my shift"), icon="log-out")
        self._end_button.clicked.connect(self._end)
        self.add_way(self._end_button)

    def _columns(self) -> tuple[Column, ...]:
        return (
            Column(_("Name"), lambda line: TextCell(line.name, strong=True), order=lambda line: line.name),
            Column(_("Appointment"), self._appointment, 190),
            Column(_("Attempts"), lambda line: current().number(line.attempts), 90, right=True),
            Column(_("Why"), lambda line: TextCell(line.why, ink="muted", tip=line.why), 230),
        )

    def _appointment(self, line: QueueLine) -> PillCell:
        if line.appointment is None:
            return PillCell("") if line.callable_now else PillCell(_("waits"))
        late = line.appointment.start < self._now
        return PillCell(moment(line.appointment.start, self._now), Tone.WARN if late else Tone.ACCENT)

    def show_lines(self, lines: Sequence[QueueLine]) -> None:
        """Show the agent's cases."""
        self._lines = tuple(lines)
        self._table.show_rows(self._lines)
        promised = sum(line.appointment is not None for line in lines)
        cases = plural("{n} person in your list", "{n} people in your list", len(self._lines))
        promises = plural("{n} appointment", "{n} appointments", promised)
        self._count.setText(f"{cases}, {promises}.")
        self.go_on.setEnabled(bool(lines))
        if lines:
            self._table.selectRow(0)

    def set_in_call(self, in_call: bool) -> None:  # noqa: FBT001 - one state of the desk, set by its name
        """In a call one may look, but take nobody else."""
        self._in_call = in_call
        self.go_on.setVisible(not in_call)
        self._end_button.setVisible(not in_call)

    def show_empty(self, empty: EmptyQueue) -> None:
        """Say why nobody can be called now."""
        self._table.hide()
        self.go_on.setEnabled(False)
        advice = _("Open again at {time}.", time=current().time(empty.opens_at)) if empty.opens_at else empty.why
        state = EmptyState("inbox", _("Nobody to call right now"), advice)
        box = Card("raised", margin=12)
        for words, count in empty.reasons:
            box.body.addWidget(label(f"{words}: {current().number(count)}", "small", ink="muted", wrap=True))
        state.add(box)
        self.body.addWidget(state)

    def show_found(self, lines: Sequence[QueueLine]) -> None:
        """Say neutrally how many were found, and show only these."""
        self._table.show_rows(tuple(lines))
        words = plural("{n} file found.", "{n} files found.", len(lines))
        nobody = _("Nobody found here. Write down name and number, say nothing, and tell your supervisor.")
        self._found.setText(words if lines else nobody)
        self._found.show()
        self.go_on.setEnabled(bool(lines))
        if lines:
            self._table.selectRow(0)

    def _find(self, text: str) -> None:
        part = text.strip()
        if len(part) >= _LEAST_LETTERS:
            self.find_asked.emit(part)
        else:
            self._found.hide()
            self._table.show_rows(self._lines)

    def first(self) -> QWidget | None:
        return self._search

    def confirm(self) -> None:
        self._choose(self._table.chosen())

    def _choose(self, line: object) -> None:
        if isinstance(line, QueueLine) and not self._in_call:
            self.accept()
            self.chosen.emit(line.case)

    def _end(self) -> None:
        self.accept()
        self.end_asked.emit()
