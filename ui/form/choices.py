"""Answers chosen from a list: one of them, several of them, in an order, or one of a long list by typing."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QStringListModel, Qt
from PySide6.QtGui import QFontMetrics, QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QButtonGroup, QGridLayout, QLineEdit, QListView, QWidget

from callcenter.forms.session import Choice, Question
from ui.form.answer import NON_ANSWERS, Answer
from ui.form.script import spoken
from ui.style import SEMIBOLD, font, px
from ui.text import _
from ui.widgets import OptionRow, OptionToggle

_LONG_LIST = 12
_TWO_COLUMNS = 7
_ROOM = 600  # the width that answers have at least, at scale 1.0


def real_choices(question: Question) -> tuple[Choice, ...]:
    """Return the choices that stand as rows: the non-answers have buttons of their own."""
    return tuple(c for c in question.choices if c.value not in NON_ANSWERS)


def is_long(question: Question) -> bool:
    """Tell whether a list is better typed into than read."""
    wishes = question.appearance
    wanted = bool(wishes & {"minimal", "autocomplete", "search"})
    return len(real_choices(question)) > (_TWO_COLUMNS if wanted else _LONG_LIST)


def _columns(question: Question, choices: Sequence[Choice]) -> int:
    """Return in how many columns the rows stand: what the form asks for if it fits, two for many short ones."""
    metrics = QFontMetrics(font("body", SEMIBOLD))
    widest = max((metrics.horizontalAdvance(c.label) for c in choices), default=0) + px(96)
    fitting = max(px(_ROOM) // max(widest, 1), 1)
    wishes = question.appearance
    if wishes & {"likert", "horizontal", "columns-pack"}:
        return len(choices) if fitting >= len(choices) else 1
    for wish in wishes:
        if wish.startswith("columns-") and wish[8:].isdigit():
            return min(int(wish[8:]), fitting)
    return min(2, fitting) if len(choices) > _TWO_COLUMNS or "columns" in wishes else 1


class _Rows(Answer):
    """Rows of choices in one or more columns, keyed by their place."""

    row: type[OptionRow] | type[OptionToggle]
    exclusive: bool

    def __init__(self, question: Question, *, compact: bool = False) -> None:
        super().__init__(question)
        self._choices = real_choices(question)
        self._group = QButtonGroup(self)
        self._group.setExclusive(self.exclusive)
        grid = QGridLayout()
        grid.setSpacing(px(8))
        columns = _columns(question, self._choices)
        rows = -(-len(self._choices) // columns) if self._choices else 1
        for place, choice in enumerate(self._choices):
            row = self.row(choice.label, str(place + 1) if place < 9 else "", compact=compact)
            row.setEnabled(not question.readonly)
            row.setObjectName(f"choice-{choice.value}")
            self._group.addButton(row, place)
            grid.addWidget(row, place % rows, place // rows)
        self.column.addLayout(grid)
        self.setAccessibleName(spoken(question.label))

    def target(self) -> QWidget | None:
        chosen = next((b for b in self._group.buttons() if b.isChecked()), None)
        return chosen or next(iter(self._group.buttons()), None)

    def press(self, digit: int) -> bool:
        button = self._group.button(digit - 1)
        if button is None or not button.isEnabled():
            return False
        button.setFocus(Qt.FocusReason.ShortcutFocusReason)
        button.click()
        return True


class ChooseOne(_Rows):
    """Exactly one of the choices."""

    row = OptionRow
    exclusive = True

    def __init__(self, question: Question, *, compact: bool = False) -> None:
        super().__init__(question, compact=compact)
        self._group.idClicked.connect(lambda place: self.given.emit(self._choices[place].value))
        self.show_value(question.value)

    def show_value(self, value: str) -> None:
        chosen = next((n for n, c in enumerate(self._choices) if c.value == value), None)
        # An exclusive group refuses to have none chosen, so it steps aside for a moment.
        self._group.setExclusive(False)
        for place in range(len(self._choices)):
            self._group.button(place).setChecked(place == chosen)
        self._group.setExclusive(True)


class ChooseMany(_Rows):
    """Any number of the choices; told as a space list in the order of the choices."""

    row = OptionToggle
    exclusive = False

    def __init__(self, question: Question, *, compact: bool = False) -> None:
        super().__init__(question, compact=compact)
        self._group.idClicked.connect(lambda _: self._tell())
        self.show_value(question.value)

    def _tell(self) -> None:
        chosen = [c.value for n, c in enumerate(self._choices) if self._group.button(n).isChecked()]
        self.given.emit(" ".join(chosen))

    def show_value(self, value: str) -> None:
        chosen = set(value.split())
        for place, choice in enumerate(self._choices):
            self._group.button(place).setChecked(choice.value in chosen)


class Rank(_Rows):
    """The choices in the order in which they are pressed; pressing one again takes it out."""

    row = OptionToggle
    exclusive = False

    def __init__(self, question: Question, *, compact: bool = False) -> None:
        super().__init__(question, compact=compact)
        self._order: list[str] = []
        self._group.idClicked.connect(self._turn)
        self.show_value(question.value)

    def _turn(self, place: int) -> None:
        name = self._choices[place].value
        if name in self._order:
            self._order.remove(name)
        else:
            self._order.append(name)
        self.show_value(" ".join(self._order))
        self.given.emit(" ".join(self._order))

    def show_value(self, value: str) -> None:
        self._order = value.split()
        for place, choice in enumerate(self._choices):
            row = self._group.button(place)
            ranked = choice.value in self._order
            row.setChecked(ranked)
            spot = self._order.index(choice.value) + 1 if ranked else 0
            row.setText(_("{choice}: place {place}", choice=choice.label, place=spot) if ranked else choice.label)


class _Finder(QLineEdit):
    """The field of a long list: arrows walk the list below it."""

    def __init__(self, results: QListView) -> None:
        super().__init__()
        self._results = results

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()), 0)
        if not step:
            super().keyPressEvent(event)
            return
        model = self._results.model()
        place = max(0, min(self._results.currentIndex().row() + step, model.rowCount() - 1))
        self._results.setCurrentIndex(model.index(place, 0))


class ChooseByTyping(Answer):
    """One of a long list: type a part of it, Down and Enter (or a click) choose."""

    def __init__(self, question: Question) -> None:
        super().__init__(question)
        self._choices = real_choices(question)
        self._names = QStringListModel(self)
        self._list = QListView()
        self._list.setModel(self._names)
        self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._list.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self._list.setFixedHeight(px(220))
        self._field = _Finder(self._list)
        self._field.setAccessibleName(spoken(question.label))
        self._field.setPlaceholderText(_("Type a part of the word"))
        self._field.setReadOnly(question.readonly)
        self.column.addWidget(self._field)
        self.column.addWidget(self._list)
        self._field.textEdited.connect(self._find)
        self._field.returnPressed.connect(self._choose_current)
        self._list.clicked.connect(lambda index: self._choose(index.data()))
        self._find("")
        self.show_value(question.value)

    def _find(self, part: str) -> None:
        wanted = part.casefold().split()
        found = [c.label for c in self._choices if all(word in c.label.casefold() for word in wanted)]
        self._names.setStringList(found)

    def _choose_current(self) -> None:
        index = self._list.currentIndex()
        only = self._names.stringList()
        if index.isValid():
            self._choose(index.data())
        elif len(only) == 1:
            self._choose(only[0])

    def _choose(self, words: str) -> None:
        choice = next((c for c in self._choices if c.label == words), None)
        if choice is not None:
            self._field.setText(choice.label)
            self.given.emit(choice.value)

    def show_value(self, value: str) -> None:
        chosen = next((c.label for c in self._choices if c.value == value), "")
        if chosen or not self._field.hasFocus():
            self._field.setText(chosen)

    def target(self) -> QWidget:
        return self._field
