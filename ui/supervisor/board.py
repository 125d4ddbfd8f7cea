"""The board: totals, who works, what asks for attention, interviews per hour, outcomes, the waterval so far."""

from __future__ import annotations

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from callcenter.domain.outcome import MEANING
from callcenter.usecases.board import AgentRow, Board
from callcenter.usecases.reporting import Chart
from ui.style import SEMIBOLD, px
from ui.supervisor.attention import AttentionList
from ui.supervisor.pace import PaceCard
from ui.supervisor.wording import STATES, heard
from ui.text import _, current, plural
from ui.widgets import (
    Bar,
    BarCell,
    Card,
    ChartView,
    Column,
    Elided,
    EmptyState,
    Pill,
    PillCell,
    Scroll,
    Table,
    TextCell,
    Tone,
    label,
)
from ui.widgets.figure import Figure
from ui.widgets.table_card import TableCard
from ui.widgets.themed import themed

# Below this height, at scale 1.0, rows are lower; below this width the table leaves a column out.
_LOW, _NARROW = 800, 1200
_PROMISES = 4


class BoardPage(QWidget):
    """The first page; `asked` comes with an item that asks for attention."""

    asked = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._board: Board | None = None
        self._pages = QStackedWidget()
        self._pages.addWidget(self._nothing())
        self._pages.addWidget(self._whole())
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._pages)

    def _nothing(self) -> QWidget:
        advice = _("As soon as the coordinator has made one and you have synchronised, you see here how it goes.")
        return EmptyState("inbox", _("There is no campaign yet"), advice)

    def _whole(self) -> QWidget:
        whole = QWidget()
        column = QVBoxLayout(whole)
        column.setContentsMargins(px(16), px(14), px(16), px(14))
        column.setSpacing(px(14))
        column.addLayout(self._figures())
        middle = QHBoxLayout()
        middle.setSpacing(px(14))
        middle.addWidget(self._people(), 9)
        self.attention = AttentionList()
        self.attention.asked.connect(self.asked)
        middle.addWidget(self.attention, 4)
        column.addLayout(middle, 3)
        column.addWidget(self._lower(), 2)
        return whole

    def _figures(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(px(14))
        self.complete = Figure(_("Complete interviews"), "kpi-complete")
        self.response = Figure(_("Response RR2"), "kpi-response")
        self.promises = Figure(_("Appointments this hour"), "kpi-promises")
        self.refused = Figure(_("Refuses"), "kpi-refused")
        self.open = Figure(_("Still to call"), "kpi-open")
        for each in (self.complete, self.response, self.promises, self.refused, self.open):
            row.addWidget(each, 1)
        return row

    def _people(self) -> QWidget:
        self._working = Pill("")
        card = TableCard(_("Agents"), self._working, below=4)
        self.agents = Table(
            (
                Column(_("Agent"), lambda r: TextCell(r.name, strong=True, tip=r.site), 156, order=lambda r: r.name),
                Column(_("State"), self._state, 156, order=lambda r: r.state.value),
                Column(_("Today"), self._today, 0, order=lambda r: r.done),
                Column(_("Interviews"), lambda r: current().number(r.interviews), 104, right=True),
                Column(_("Appointments"), lambda r: current().number(r.promises), 118, right=True),
                Column(_("Last heard"), self._heard, 138, right=True),
            ),
            _("Agents"),
        )
        self.agents.setObjectName("agents")
        self.agents.setMinimumHeight(px(104))  # at 130 % the page still fits on a borrowed laptop
        self._no_agents = EmptyState("users", _("Nobody works now"), _("Deal a block, and its agents appear here."))
        self._agent_pages = QStackedWidget()
        self._agent_pages.addWidget(self.agents)
        self._agent_pages.addWidget(self._no_agents)
        card.body.addWidget(self._agent_pages, 1)
        return card

    def _state(self, row: AgentRow) -> PillCell:
        words, tone = STATES[row.state]
        return PillCell(_(words), tone)

    def _today(self, row: AgentRow) -> BarCell:
        words = _("{done} of {total}", done=current().number(row.done), total=current().number(row.held))
        return BarCell(row.done / row.held if row.held else 0.0, words)

    def _heard(self, row: AgentRow) -> TextCell:
        return TextCell(heard(row, self._board.at) if self._board else "", ink="muted")

    def _lower(self) -> QWidget:
        lower = QWidget()
        row = QHBoxLayout(lower)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(px(14))
        self.pace = PaceCard()
        outcomes = self._card(_("Outcomes today"))
        content = QWidget()
        self._outcomes = QGridLayout(content)
        self._outcomes.setContentsMargins(0, 0, px(4), 0)
        self._outcomes.setHorizontalSpacing(px(10))
        self._outcomes.setVerticalSpacing(px(6))
        outcomes.body.addWidget(Scroll(content), 1)
        flow = self._card(_("Waterval so far"))
        self._flow_words = label("", "small", ink="muted", wrap=True)
        self.flow = ChartView(height=180)
        self.flow.setMinimumHeight(px(80))
        flow.body.addWidget(self._flow_words)
        flow.body.addWidget(self.flow, 1)
        row.addWidget(self.pace, 5)
        row.addWidget(outcomes, 4)
        row.addWidget(flow, 5)
        return lower

    def _card(self, title: str) -> Card:
        card = Card(gap=6)
        card.body.setContentsMargins(px(16), px(10), px(16), px(10))
        card.body.addWidget(label(title, "title", weight=SEMIBOLD))
        return card

    # --- values

    def show_board(self, board: Board | None) -> None:
        """Show how it goes now; None while there is no campaign."""
        self._board = board
        self._pages.setCurrentIndex(0 if board is None else 1)
        if board is None:
            return
        self._show_figures(board)
        self.agents.show_rows(board.agents)
        self._agent_pages.setCurrentIndex(0 if board.agents else 1)
        self._working.say(str(len(board.agents)), Tone.PLAIN)
        self.attention.show_items(board.attention, board.at)
        self.pace.hours.show_hours(board.per_hour)
        self._show_outcomes(board)

    def _show_figures(self, board: Board) -> None:
        say = current()
        listed = _("of {total}", total=say.number(board.cases))
        self.complete.show_value(say.number(board.complete), listed)
        today = plural("{n} today", "{n} today", board.complete_today) if board.complete_today else ""
        self.response.show_value(say.percent(board.response), pill=today, tone=Tone.OK)
        late = plural("{n} late", "{n} late", board.promises_late) if board.promises_late else ""
        self.promises.show_value(say.number(board.promises_hour), pill=late, tone=Tone.WARN)
        self.refused.show_value(say.percent(board.refusal), plural("{n} person", "{n} people", board.refused))
        held = _("{n} with agents", n=say.number(board.leased)) if board.leased else ""
        self.open.show_value(say.number(board.open_cases), held)

    def _show_outcomes(self, board: Board) -> None:
        while item := self._outcomes.takeAt(0):
            if old := item.widget():
                old.deleteLater()
        total = sum(count for _outcome, count in board.outcomes)
        for row, (outcome, count) in enumerate(board.outcomes):
            words = _(MEANING[outcome].label)
            self._outcomes.addWidget(Elided(words, "small"), row, 0)
            self._outcomes.addWidget(Bar(count / total, words, width=72), row, 1)
            self._outcomes.addWidget(label(current().number(count), "small", weight=SEMIBOLD), row, 2)
        if not board.outcomes:
            self._outcomes.addWidget(label(_("No calls yet today."), "small", ink="muted"), 0, 0)
        self._outcomes.setColumnStretch(0, 1)
        self._outcomes.setRowStretch(max(len(board.outcomes), 1), 1)

    def show_flow(self, chart: Chart) -> None:
        """Show the waterval so far."""
        self._flow_words.setText(chart.description)
        self.flow.show_svg(themed(chart.svg), chart.description)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Make do with a small screen."""
        super().resizeEvent(event)
        low = self.window().height() < px(_LOW)
        self.agents.verticalHeader().setDefaultSectionSize(px(38 if low else 44))
        self.agents.setColumnHidden(_PROMISES, self.width() < px(_NARROW))

    def sizeHint(self) -> QSize:
        return QSize(px(1340), px(760))
