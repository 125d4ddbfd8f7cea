"""A page of the questionnaire on the screen: its questions, its keys, its signals."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QVBoxLayout, QWidget

from callcenter.forms.session import Kind, Page, Said
from ui.form.answer import DONT_KNOW, NOT_APPLICABLE, WONT_SAY, offers
from ui.form.block import Block
from ui.form.entries import focus_later
from ui.form.navigation import Navigation
from ui.form.said import SaidStrip
from ui.style import MEDIUM, px
from ui.text import _
from ui.widgets import IconLabel, Line, Scroll, label

# What the digit row gives without Shift on the Belgian and French AZERTY keyboards.
_AZERTY = {"&": 1, "é": 2, '"': 3, "'": 4, "(": 5, "§": 6, "-": 6, "è": 7, "!": 8, "_": 8, "ç": 9}


class FormPage(QWidget):
    """The questions of a page with the way on; the form's state lives elsewhere.

    `press(event)` takes the keys of the questionnaire: 1 to 9, W, X, N and Enter.
    """

    answered = Signal(str, str)
    next_asked = Signal()
    back_asked = Signal()
    all_said_asked = Signal()
    language_asked = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.compact = False
        self._page: Page | None = None
        self._said: tuple[Said, ...] = ()
        self._blocks: list[Block] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(8))
        column.addLayout(self._head())
        self._content = QWidget()
        self._questions = QVBoxLayout(self._content)
        self._questions.setContentsMargins(0, 0, px(4), 0)
        self._questions.setSpacing(px(24))
        self._scroll = Scroll(self._content)
        column.addWidget(self._scroll, 1)
        self.strip = SaidStrip()
        self.strip.all_asked.connect(self.all_said_asked)
        self.strip.hide()
        column.addWidget(self.strip)
        column.addWidget(Line())
        self.navigation = Navigation()
        column.addWidget(self.navigation)
        self._connect()

    def _head(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(px(6))
        row.addWidget(IconLabel("message-square-quote", "primary_text", 16))
        row.addWidget(label(_("Read aloud"), "small", weight=MEDIUM, ink="muted"))
        row.addStretch(1)
        self._languages = QComboBox()
        self._languages.setAccessibleName(_("Language of the conversation"))
        self._languages.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._languages.textActivated.connect(self.language_asked)
        self._languages.hide()
        row.addWidget(self._languages)
        self._counter = label("", "small", ink="muted")
        row.addWidget(self._counter)
        return row

    def offer_languages(self, names: Sequence[str], now: str) -> None:
        """Offer the form's languages by name; hidden when there is only one."""
        self._languages.clear()
        self._languages.addItems(list(names))
        self._languages.setCurrentText(now)
        self._languages.setVisible(len(names) > 1)

    def _connect(self) -> None:
        go = self.navigation
        go.next_asked.connect(self.next_asked)
        go.back_asked.connect(self.back_asked)
        go.dont_know_asked.connect(lambda: self._leave_out(DONT_KNOW))
        go.wont_say_asked.connect(lambda: self._leave_out(WONT_SAY))
        go.not_applicable_asked.connect(lambda: self._leave_out(NOT_APPLICABLE))

    def show_page(self, page: Page, said: Sequence[Said] = ()) -> None:
        """Show a page; a question that is still there keeps its widget, its focus and what is being typed."""
        turned = self._page is None or [q.ref for q in page.questions] != [q.ref for q in self._page.questions]
        self._page, self._said = page, tuple(said)
        self._counter.setText(_counted(page))
        self._place(page)
        self.strip.show_said(() if self.compact else said)
        choices = {
            name: any(offers(q, name) for q in page.questions) for name in (DONT_KNOW, WONT_SAY, NOT_APPLICABLE)
        }
        self.navigation.offer(
            back=not page.first,
            dont_know=choices[DONT_KNOW],
            wont_say=choices[WONT_SAY],
            not_applicable=choices[NOT_APPLICABLE],
        )
        self.navigation.show_chosen(page.questions[0].value if len(page.questions) == 1 else "")
        self.navigation.next.setText(_("Finish") if page.last else _("Next"))
        self._attend(turned=turned)

    def _place(self, page: Page) -> None:
        """Put a block for each question, in their order; keep the blocks that fit."""
        kept = {block.question.ref: block for block in self._blocks}
        blocks = []
        size = "script" if len(page.questions) == 1 and not self.compact else "title"
        for place, question in enumerate(page.questions):
            block = kept.pop(question.ref, None)
            if block is not None and block.fits(question):
                block.refresh(question)
            else:
                _drop(block)
                block = Block(question, size=size, compact=self.compact or len(page.questions) > 1)
                block.answered.connect(self.answered)
            if self._questions.indexOf(block) != place:
                self._questions.insertWidget(place, block)
            blocks.append(block)
        for block in kept.values():
            _drop(block)
        self._blocks = blocks
        while self._questions.count() > len(blocks):
            self._questions.takeAt(len(blocks))
        self._questions.addStretch(1)

    def _attend(self, *, turned: bool) -> None:
        """Go to what is wrong; on a new page to the first question without an answer."""
        wrong = next((b for b in self._blocks if b.question.message), None)
        if wrong is not None and not turned:
            self._scroll.ensureWidgetVisible(wrong)
            self._focus(wrong)
        elif turned:
            self._scroll.verticalScrollBar().setValue(0)
            open_ones = [b for b in self._blocks if not b.question.value and b.answer.target() is not None]
            answerable = [b for b in self._blocks if b.answer.target() is not None]
            first = next(iter(open_ones or answerable), None)
            self._focus(first)

    def _focus(self, block: Block | None) -> None:
        target = block.answer.target() if block is not None else self.navigation.next
        if target is not None:
            focus_later(target, self)

    def showEvent(self, event: object) -> None:
        self._attend(turned=True)

    def set_compact(self, compact: bool) -> None:  # noqa: FBT001 - one state of the page, set by its name
        """Use smaller script and rows, and leave out what was said: for low screens."""
        if compact == self.compact:
            return
        self.compact = compact
        for block in self._blocks:
            _drop(block)
        self._blocks = []
        if self._page is not None:
            self.show_page(self._page, self._said)

    def focus_answer(self) -> None:
        """Give the focus to the answer, after something else had it."""
        self._attend(turned=True)

    def blocks(self) -> tuple[Block, ...]:
        """Return the questions that stand on the page."""
        return tuple(self._blocks)

    def press(self, event: QKeyEvent) -> bool:
        """Take a key of the questionnaire; tell whether it was one."""
        if event.modifiers() & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier):
            return False
        digit = _digit(event)
        if digit:
            return self._press_digit(digit)
        go = self.navigation
        buttons = {
            Qt.Key.Key_Return: go.next,
            Qt.Key.Key_Enter: go.next,
            Qt.Key.Key_W: go.dont_know,
            Qt.Key.Key_X: go.wont_say,
            Qt.Key.Key_N: go.not_applicable,
        }
        button = buttons.get(Qt.Key(event.key()))
        if button is None or button.isHidden() or not button.isEnabled():
            return False
        button.click()
        return True

    def _active(self) -> Block | None:
        """Return the question that the keys speak to: the one with the focus, else the first without an answer."""
        inside = (b for b in self._blocks if b.isAncestorOf(self.focusWidget()) and b.answer.target() is not None)
        unanswered = (b for b in self._blocks if not b.question.value and b.answer.target() is not None)
        answerable = (b for b in self._blocks if b.answer.target() is not None)
        return next(inside, None) or next(unanswered, None) or next(answerable, None)

    def _press_digit(self, digit: int) -> bool:
        block = self._active()
        if block is None or not block.answer.press(digit):
            return False
        if block.question.kind is Kind.ONE:
            self._go_on_from(block)
        return True

    def _go_on_from(self, block: Block) -> None:
        """On a page of several questions a chosen answer moves on to the next question."""
        place = self._blocks.index(block)
        following = next((b for b in self._blocks[place + 1 :] if b.answer.target() is not None), None)
        if following is not None:
            self._scroll.ensureWidgetVisible(following)
            self._focus(following)

    def _leave_out(self, code: str) -> None:
        block = self._active()
        if block is None or not offers(block.question, code):
            block = next((b for b in self._blocks if offers(b.question, code)), None)
        if block is not None:
            self.answered.emit(block.question.ref, code)
            self._go_on_from(block)


def _drop(block: Block | None) -> None:
    if block is not None:
        block.hide()
        block.setParent(None)
        block.deleteLater()


def _counted(page: Page) -> str:
    if page.about:
        return _("Question {now} of about {all}", now=page.number, all=max(page.about, page.number))
    return _("Question {now}", now=page.number) if page.number else ""


def _digit(event: QKeyEvent) -> int:
    text = event.text()
    if text.isdecimal() and text != "0":
        return int(text)
    return _AZERTY.get(text, 0)
