"""The line under a bar when something about central needs a person: a wrong clock, a count that does not agree."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout

from callcenter.usecases.views import LineState
from ui.messages import explain
from ui.style import SEMIBOLD, px
from ui.text import _, plural
from ui.widgets.card import Card
from ui.widgets.icon import IconLabel
from ui.widgets.key_button import KeyButton
from ui.widgets.label import label, reink

_A_MINUTE: Final = 60
SKEW_WARNED: Final = 5 * _A_MINUTE


@dataclass(frozen=True)
class Told:
    """What the line says: warn or bad, the words, and whether there is something to look at."""

    ground: str
    words: str
    look: bool = False


def told(state: LineState, *, office: bool = False) -> Told | None:
    """Return what a state of the line needs to say, the gravest first; None when all is well."""
    if not state.sane and office:
        words = _("The centre counts other changes than this laptop. Nothing is lost here: tell the operator today.")
        return Told("bad", words)
    if not state.sane:
        words = _(
            "The centre counts other results than this laptop. Nothing is lost here: make a file for the office and"
            " tell your supervisor."
        )
        return Told("bad", words, look=True)
    if state.trouble is not None:
        explained = explain(state.trouble)
        return Told("bad", f"{explained.what} {explained.advice} ({explained.code})")
    if state.verdict == "read_only":
        words = _("This program is too old to send. What you record is safe here: ask for the new version.")
        return Told("bad", words)
    if abs(state.skew_seconds) > SKEW_WARNED:
        return Told("warn", clock_words(state.skew_seconds))
    if state.set_aside:
        words = plural(
            "The centre did not accept {n} result. It is safe here: look at it with your supervisor.",
            "The centre did not accept {n} results. They are safe here: look at them with your supervisor.",
            state.set_aside,
        )
        return Told("warn", words, look=True)
    if state.verdict == "upgrade_soon":
        return Told(
            "warn", _("There is a new version of this program. Ask for it this week; until then all goes on.")
        )
    return None


def clock_words(skew_seconds: float) -> str:
    """Return how wrong the clock of this laptop is; central's is ahead by so many seconds."""
    minutes = round(abs(skew_seconds) / _A_MINUTE)
    if skew_seconds > 0:
        return plural(
            "The clock of this laptop is {n} minute behind. Set it right; reports use the right time.",
            "The clock of this laptop is {n} minutes behind. Set it right; reports use the right time.",
            minutes,
        )
    return plural(
        "The clock of this laptop is {n} minute ahead. Set it right; reports use the right time.",
        "The clock of this laptop is {n} minutes ahead. Set it right; reports use the right time.",
        minutes,
    )


class Notice(Card):
    """Hidden while all is well; `look_asked` when its button is pressed."""

    look_asked = Signal()

    def __init__(self, *, office: bool = False) -> None:
        super().__init__("warn", margin=0)
        self._office = office
        self.setObjectName("notice")
        row = QHBoxLayout()
        row.setContentsMargins(px(16), px(6), px(16), px(6))
        row.setSpacing(px(10))
        self._icon = IconLabel("triangle-alert", "warn_text")
        self._words = label("", "small", weight=SEMIBOLD, ink="warn_text", wrap=True)
        self.look = KeyButton(_("Look"))
        self.look.set_height(30)
        self.look.clicked.connect(self.look_asked)
        row.addWidget(self._icon)
        row.addWidget(self._words, 1)
        row.addWidget(self.look)
        self.body.addLayout(row)
        self.hide()

    def show_state(self, state: LineState) -> None:
        """Say what the state of the line needs, or nothing."""
        said = told(state, office=self._office)
        self.setVisible(said is not None)
        if said is None:
            return
        ink = f"{said.ground}_text"
        self.setProperty("card", said.ground)
        self.style().unpolish(self)
        self.style().polish(self)
        self._icon.show_icon("triangle-alert", ink)
        self._words.setText(said.words)
        reink(self._words, ink)
        self.look.setVisible(said.look)

    def words(self) -> str:
        """Return what it says, empty while it is hidden."""
        return "" if self.isHidden() else self._words.text()
