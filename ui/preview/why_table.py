"""Every question of the form in a row: its value, what it is now, and why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QAbstractItemView, QHBoxLayout, QVBoxLayout, QWidget

from callcenter.forms.session import Why
from ui.style import SEMIBOLD, px
from ui.text import _, current
from ui.widgets import Card, Column, PillCell, Scroll, Table, TextCell, Tone, label
from ui.widgets.field import choice, line

_TONES = {
    "hidden": Tone.PLAIN,
    "refused": Tone.BAD,
    "required": Tone.WARN,
    "asked": Tone.ACCENT,
    "readonly": Tone.PLAIN,
    "calculated": Tone.PLAIN,
    "given": Tone.PLAIN,
}


def _words() -> dict[str, str]:
    """Return what a question can be now, in words."""
    return {
        "asked": _("asked"),
        "required": _("required"),
        "refused": _("refused"),
        "hidden": _("hidden"),
        "readonly": _("read only"),
        "calculated": _("calculated"),
        "given": _("given"),
    }


@dataclass(frozen=True)
class Line:
    """A question with its sentences; the same line as before when it is the same question."""

    ref: str
    why: Why = field(compare=False)
    sentences: tuple[str, ...] = field(compare=False, default=())

    def fits(self, part: str, state: str) -> bool:
        """Whether the line has these letters somewhere, and is in this state."""
        texts = (self.why.name, self.why.value, *self.sentences)
        return (not state or self._is(state)) and any(part in text.casefold() for text in texts)

    def _is(self, state: str) -> bool:
        # What is required or refused is asked as well.
        asked = state == "asked" and self.why.state in ("required", "refused")
        return asked or self.why.has(state)  # type: ignore[arg-type]


class WhyTable(QWidget):
    """The questions in the order of the form, with a filter, and the whole sentences of the one that is selected."""

    question_chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._lines: tuple[Line, ...] = ()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(10))
        column.addLayout(self._filters())
        self.table = Table(self._columns(), _("Questions of the form"))
        self.table.verticalHeader().setDefaultSectionSize(px(34))
        self.table.setMinimumWidth(px(376))  # beside the form on a low screen with large text
        self.table.row_touched.connect(self._tell)
        self.table.row_chosen.connect(lambda one: self.question_chosen.emit(one.ref))
        column.addWidget(self.table, 1)
        column.addWidget(self._detail())

    def _filters(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(px(8))
        self.part = line("filter", placeholder=_("Name, value or reason…"))
        self.part.setAccessibleName(_("Filter the questions"))
        self.part.setClearButtonEnabled(True)
        self.part.textChanged.connect(self._filter)
        self.state = choice("state", {"": _("All questions")} | _words())
        self.state.setMinimumContentsLength(17)
        self.state.setAccessibleName(_("Show what is"))
        self.state.currentIndexChanged.connect(self._filter)
        row.addWidget(self.part, 1)
        row.addWidget(self.state)
        return row

    def _columns(self) -> tuple[Column, ...]:
        words = _words()
        return (
            Column(_("Question"), lambda one: TextCell(one.why.name, strong=True, ink=_ink(one), tip=one.ref), 126),
            Column(_("Value"), lambda one: TextCell(one.why.value, tip=one.why.value), 76),
            Column(_("Now"), lambda one: PillCell(words[one.why.state], _tone(one.why)), 112),
            Column(_("Why"), lambda one: TextCell(_short(one), ink="muted", tip="\n".join(one.sentences))),
        )

    def _detail(self) -> QWidget:
        self.detail = Card("raised", margin=12, gap=4)
        content = QWidget()
        inner = QVBoxLayout(content)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(px(4))
        self._name = label("", "body", weight=SEMIBOLD, wrap=True)
        self._sentences = label("", "small", wrap=True)
        inner.addWidget(self._name)
        inner.addWidget(self._sentences)
        inner.addStretch(1)
        self.detail.body.addWidget(Scroll(content))
        self.detail.setFixedHeight(px(128))
        return self.detail

    def show_whys(self, whys: Sequence[Why], here: str) -> None:
        """Show the questions as they are now; `here` is the one that is asked, selected when it is another."""
        self._lines = tuple(Line(why.ref, why, why.sentences(current())) for why in whys)
        self._filter()
        self._select(here)

    def _filter(self) -> None:
        part, state = self.part.text().strip().casefold(), self.state.currentData()
        self.table.show_rows([one for one in self._lines if one.fits(part, state)])
        if self.table.chosen() is None and self.table.rows():
            self.table.selectRow(0)
        self._tell(self.table.chosen())

    def _select(self, ref: str) -> None:
        """Select a question, when the filter leaves it in."""
        place = next((at for at, one in enumerate(self.table.rows()) if one.ref == ref), -1)
        if place >= 0:
            self.table.selectRow(place)
            self.table.scrollTo(self.table.currentIndex(), QAbstractItemView.ScrollHint.PositionAtCenter)

    def _tell(self, one: Line | None) -> None:
        self._name.setText("" if one is None else f"{one.why.name} = '{one.why.value}'")
        self._sentences.setText("" if one is None else "\n".join(one.sentences))

    def told(self) -> str:
        """Return the sentences of the selected question."""
        return self._sentences.text()


def _ink(one: Line) -> str:
    return "muted" if one.why.state == "hidden" else "text"


def _short(one: Line) -> str:
    """Return the values that decided; the whole sentence stands below the table."""
    return one.why.reasons[0].values(current()) or one.sentences[0]


def _tone(why: Why) -> Tone:
    return Tone.OK if why.state == "required" and why.value else _TONES[why.state]
