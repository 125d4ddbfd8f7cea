"""Answers that are typed: words and numbers."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QRegularExpression, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QRegularExpressionValidator
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget

from callcenter.forms.session import Question
from ui.form.answer import Answer
from ui.form.script import spoken
from ui.style import px

_INTEGER = r"[-+]?\d{0,10}"
_DECIMAL = r"[-+]?\d{0,10}([.,]\d{0,6})?"
_NUMBERS = r"[-+ ./0-9]*"


class _Digits(QLineEdit):
    """A field for digits only: letters are left to the keys of the page (W, X)."""

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and event.text().isalpha():
            event.ignore()
            return False
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.text().isalpha() and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            event.ignore()
            return
        super().keyPressEvent(event)


class Line(Answer):
    """One line of words or digits, told with every key: what was typed survives a crash."""

    def __init__(self, question: Question, allowed: str = "", *, width: int = 0) -> None:
        super().__init__(question)
        self._field = _Digits() if allowed else QLineEdit()
        self._field.setAccessibleName(spoken(question.label))
        self._field.setReadOnly(question.readonly)
        self._field.setMaxLength(2000)
        if allowed:
            self._field.setValidator(QRegularExpressionValidator(QRegularExpression(allowed), self))
        if width:
            self._field.setFixedWidth(px(width))
        if "masked" in question.appearance:
            self._field.setEchoMode(QLineEdit.EchoMode.Password)
        self.column.addWidget(self._field, 0, Qt.AlignmentFlag.AlignLeft if width else Qt.AlignmentFlag(0))
        self.show_value(question.value)
        self._field.textEdited.connect(lambda text: self.given.emit(self.value_of(text)))

    def value_of(self, text: str) -> str:
        """Return what the form keeps of what was typed."""
        return text

    def shown_as(self, value: str) -> str:
        """Return how a kept value stands in the field."""
        return value

    def show_value(self, value: str) -> None:
        # What is being typed is the person's: the form's echo of an earlier key may be late.
        if not self._field.hasFocus() and self.value_of(self._field.text()) != value:
            self._field.setText(self.shown_as(value))

    def target(self) -> QWidget:
        return self._field


class Words(Line):
    """A line of free words; only digits and their marks where the form asks for numbers."""

    def __init__(self, question: Question) -> None:
        numbers = "numbers" in question.appearance
        super().__init__(question, _NUMBERS if numbers else "", width=260 if numbers else 0)


class Whole(Line):
    """A whole number."""

    def __init__(self, question: Question) -> None:
        super().__init__(question, _INTEGER, width=160)

    def value_of(self, text: str) -> str:
        return "" if text in ("-", "+") else text


class Decimal(Line):
    """A number with a comma or a point."""

    def __init__(self, question: Question) -> None:
        super().__init__(question, _DECIMAL, width=160)

    def value_of(self, text: str) -> str:
        return "" if text in ("-", "+") else text.replace(",", ".").rstrip(".")

    def shown_as(self, value: str) -> str:
        return value.removesuffix(".0").replace(".", ",")


class _Sheet(QPlainTextEdit):
    """Several lines: Shift+Enter begins a new one, Enter alone goes to the next question."""

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and _goes_on(event):
            event.ignore()
            return False
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if _goes_on(event):
            event.ignore()
            return
        super().keyPressEvent(event)


def _goes_on(event: QKeyEvent) -> bool:
    plain = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier == Qt.KeyboardModifier.NoModifier
    return event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and plain


class Lines(Answer):
    """Several lines of words."""

    def __init__(self, question: Question) -> None:
        super().__init__(question)
        self._field = _Sheet()
        self._field.setAccessibleName(spoken(question.label))
        self._field.setTabChangesFocus(True)
        self._field.setReadOnly(question.readonly)
        self._field.setFixedHeight(px(110))
        self.column.addWidget(self._field)
        self._shown = ""
        self.show_value(question.value)
        self._field.textChanged.connect(self._tell)

    def _tell(self) -> None:
        text = self._field.toPlainText()
        if text != self._shown:
            self._shown = text
            self.given.emit(text)

    def show_value(self, value: str) -> None:
        if not self._field.hasFocus() and self._field.toPlainText() != value:
            self._shown = value
            self._field.setPlainText(value)

    def target(self) -> QWidget:
        return self._field


def focus_later(widget: QWidget, owner: QObject) -> None:
    """Give a widget the focus once the page stands."""
    QTimer.singleShot(0, owner, lambda: widget.setFocus(Qt.FocusReason.OtherFocusReason))
