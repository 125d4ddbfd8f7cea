"""The middle of the desk between two calls: ready to call, nobody to call, a pause, one moment."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from callcenter.domain.appointment import Firmness
from callcenter.forms.session import Run
from callcenter.usecases.views import CaseCard, DeskStatus, EmptyQueue
from ui.agent.wording import moment
from ui.form.script import ScriptLabel
from ui.style import MEDIUM, SEMIBOLD, px
from ui.text import _, current
from ui.widgets import Card, EmptyState, IconLabel, KeyButton, Kind, Line, Scroll, label


class ReadyPanel(QWidget):
    """The opening words, big, and the one button that begins the call."""

    call_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(12))
        column.addLayout(self._head())
        content = QWidget()
        inner = QVBoxLayout(content)
        inner.setContentsMargins(0, 0, px(4), 0)
        inner.setSpacing(px(16))
        self._script = ScriptLabel()
        inner.addWidget(self._script)
        self._promise = _notice("warn", "calendar-clock", "warn_text")
        inner.addWidget(self._promise.box)
        self._why = _notice("raised", "info", "muted")
        inner.addWidget(self._why.box)
        self._voicemail = _notice("raised", "voicemail", "muted")
        inner.addWidget(self._voicemail.box)
        inner.addStretch(1)
        column.addWidget(Scroll(content), 1)
        column.addWidget(Line())
        column.addLayout(self._foot())

    def _head(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(px(6))
        row.addWidget(IconLabel("message-square-quote", "primary_text", 16))
        row.addWidget(label(_("Say this when somebody answers"), "small", weight=MEDIUM, ink="muted"))
        row.addStretch(1)
        return row

    def _foot(self) -> QHBoxLayout:
        row = QHBoxLayout()
        self._number = label("", "small", ink="muted", wrap=True)
        row.addWidget(self._number, 1)
        self.call = KeyButton(_("Call"), "Enter", icon="phone", kind=Kind.CALL)
        self.call.set_height(52)
        self.call.clicked.connect(self.call_asked)
        row.addWidget(self.call)
        return row

    def show_case(self, card: CaseCard, status: DeskStatus, now: datetime) -> None:
        """Show how the call with this person begins."""
        self._script.say(opening(status, card))
        line = card.appointment
        self._promise.say(_promised(card, now) if line is not None else "")
        self._why.say(_("Why this person? {reasons}", reasons=" ".join(card.why)) if card.why else "")
        spoken = status.voicemail.format_map(_Fills(voornaam=_first(card.name), agent=status.agent.split(" ")[0]))
        words = _("On voicemail say: {text}", text=spoken) if spoken else _("On voicemail say nothing: just hang up.")
        self._voicemail.say(words)
        number = next((n for n in card.numbers if n.now), None)
        self._number.setText(f"{number.label} {number.digits or number.masked}".strip() if number else "")
        self.call.setText(_("Call {name}", name=_first(card.name)))
        # The queue names the number; one that was out of service is tried a second time.
        self.call.setEnabled(number is not None)


@dataclass(frozen=True)
class _Notice:
    """A line in a box of its own."""

    box: Card
    words: QLabel

    def say(self, words: str) -> None:
        self.words.setText(words)
        self.box.setVisible(bool(words))


def _notice(ground: str, icon: str, ink: str) -> _Notice:
    card = Card(ground, margin=10)
    row = QHBoxLayout()
    row.setSpacing(px(10))
    row.addWidget(IconLabel(icon, ink, 16), 0, Qt.AlignmentFlag.AlignTop)
    words = label("", "small", ink=ink, wrap=True)
    row.addWidget(words, 1)
    card.body.addLayout(row)
    return _Notice(card, words)


def _promised(card: CaseCard, now: datetime) -> str:
    line = card.appointment
    if line is None:
        return ""
    when = moment(line.start, now)
    if line.firmness is Firmness.FIRM:
        return _("Appointment: {when}. Say: “We had agreed to talk.”", when=when)
    return _("Somebody said this would be a good moment: {when}.", when=when)


class _Fills(dict[str, str]):
    """Fills of a text; an unknown one stays as it is written."""

    def __missing__(self, key: str) -> str:
        return "{" + key + "}"


def _first(name: str) -> str:
    return name.split(" ")[0]


def opening(status: DeskStatus, card: CaseCard) -> tuple[Run, ...]:
    """Return the opening words with first name and agent as fills; never the organisation's name."""
    text = status.opening or _("Hello, this is {agent}. May I speak to {voornaam}, please?")
    fills = {"voornaam": _first(card.name), "agent": status.agent.split(" ")[0]}
    runs = [Run(text, fill=False)]
    for name, value in fills.items():
        runs = [part for run in runs for part in _filled(run, "{" + name + "}", value)]
    return tuple(runs)


def _filled(run: Run, mark: str, value: str) -> list[Run]:
    if run.fill or mark not in run.text:
        return [run]
    parts: list[Run] = []
    for place, piece in enumerate(run.text.split(mark)):
        if place:
            parts.append(Run(value, fill=True))
        if piece:
            parts.append(Run(piece, fill=False))
    return parts


class EmptyPanel(QWidget):
    """Nobody to call: for which reasons, and when it opens again."""

    refresh_asked = Signal()
    queue_asked = Signal()
    end_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)

    def show_reasons(self, empty: EmptyQueue) -> None:
        """Say why the queue is empty, a sentence and a count for each reason."""
        while item := self._column.takeAt(0):
            if old := item.widget():
                old.deleteLater()
        opens = empty.opens_at
        advice = (
            _("Open again at {time}.", time=current().time(opens))
            if opens
            else empty.why or _("You may look again later.")
        )
        state = EmptyState("inbox", _("Nobody to call right now"), advice)
        box = Card("raised", margin=12, gap=6)
        for words, count in empty.reasons:
            row = QHBoxLayout()
            row.addWidget(label(words, "small", ink="muted", wrap=True), 1)
            row.addWidget(label(current().number(count), "small", weight=SEMIBOLD))
            box.body.addLayout(row)
        box.setFixedWidth(px(400))
        if empty.reasons:
            state.add(box)
        state.add_row(self._buttons())
        self._column.addWidget(state)

    def _buttons(self) -> tuple[KeyButton, ...]:
        again = KeyButton(_("Look again"), "Enter", icon="refresh-cw", kind=Kind.PRIMARY)
        again.clicked.connect(self.refresh_asked)
        queue = KeyButton(_("Show my list"), icon="list-checks")
        queue.clicked.connect(self.queue_asked)
        end = KeyButton(_("End my shift"), icon="log-out")
        end.clicked.connect(self.end_asked)
        return again, queue, end


class PausePanel(QWidget):
    """A pause: nothing runs, nobody counts the minutes."""

    go_on_asked = Signal()
    end_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        state = EmptyState("coffee", _("Pause"), _("Nothing is waiting for you. Nobody sees how long it takes."))
        self.go_on = KeyButton(_("Go on calling"), "Enter", icon="phone", kind=Kind.PRIMARY)
        self.go_on.clicked.connect(self.go_on_asked)
        end = KeyButton(_("End my shift"), icon="log-out")
        end.clicked.connect(self.end_asked)
        state.add_row((self.go_on, end))
        column.addWidget(state)


class ResumePanel(QWidget):
    """A call was going on when the program stopped."""

    go_on_asked = Signal()
    hang_up_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)

    def show_call(self, name: str, question: int) -> None:
        """Say with whom and at which question."""
        while item := self._column.takeAt(0):
            if old := item.widget():
                old.deleteLater()
        title = _("You were in a call with {name}, question {question}.", name=name, question=question)
        state = EmptyState("life-buoy", title, _("All answers are safe. Do you go on?"))
        go_on = KeyButton(_("Go on with this call"), "Enter", icon="phone-call", kind=Kind.PRIMARY)
        go_on.clicked.connect(self.go_on_asked)
        over = KeyButton(_("The call is over"), "F9", icon="phone-off")
        over.clicked.connect(self.hang_up_asked)
        state.add_row((go_on, over))
        self._column.addWidget(state)
