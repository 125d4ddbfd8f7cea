"""Dealing the queues: choose a block, see who gets how much and what binds, agree."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from callcenter.queue.explain import count_line, explain
from callcenter.queue.reason import Reason
from callcenter.usecases.dealing import Block, Load, PlanView
from ui.style import SEMIBOLD, px
from ui.supervisor.plan_words import choice_lines, move_line, proof_line
from ui.text import _, current, plural
from ui.widgets import (
    BarCell,
    Card,
    Column,
    EmptyState,
    KeyButton,
    Kind,
    OptionRow,
    Scroll,
    Table,
    TextCell,
    label,
)
from ui.widgets.figure import Figure
from ui.widgets.table_card import TableCard

_NARROW = 1200  # below this width, at scale 1.0, the table leaves a column out
_KEPT = 3
_MOVES = 30  # so many are listed by name


class AssignmentPage(QWidget):
    """Blocks on the left, the plan of the chosen one on the right."""

    block_chosen = Signal(object)
    deal_asked = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._blocks: tuple[Block, ...] = ()
        self._chosen: Block | None = None
        self._plan_shown = PlanView((), 0, 0, (), ())
        row = QHBoxLayout(self)
        row.setContentsMargins(px(16), px(14), px(16), px(14))
        row.setSpacing(px(14))
        row.addWidget(self._left())
        row.addWidget(self._right(), 1)

    def _left(self) -> QWidget:
        card = Card()
        card.setFixedWidth(px(320))
        card.body.addWidget(label(_("For which block?"), "title", weight=SEMIBOLD))
        card.body.addWidget(label(_("Shifts of your agents that did not end yet."), "small", ink="muted", wrap=True))
        content = QWidget()
        self._rows = QVBoxLayout(content)
        self._rows.setContentsMargins(0, px(4), 0, 0)
        self._rows.setSpacing(px(6))
        self._group = QButtonGroup(self)
        self._group.idClicked.connect(self._choose)
        card.body.addWidget(Scroll(content), 1)
        return card

    def _right(self) -> QWidget:
        self._pages = QStackedWidget()
        nothing = EmptyState(
            "calendar-clock",
            _("No block to deal"),
            _("Ask the coordinator to put the shifts of your agents in the list."),
        )
        self._pages.addWidget(nothing)
        self._pages.addWidget(self._plan())
        return self._pages

    def _plan(self) -> QWidget:
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(14))
        figures = QHBoxLayout()
        figures.setSpacing(px(14))
        self.granted = Figure(_("Will be given out"), "plan-granted")
        self.kept = Figure(_("Stay where they are"), "plan-kept")
        self.left = Figure(_("Without an agent"), "plan-left")
        self.waiting = Figure(_("Not callable in this block"), "plan-waiting")
        for each in (self.granted, self.kept, self.left, self.waiting):
            figures.addWidget(each, 1)
        column.addLayout(figures)
        body = QHBoxLayout()
        body.setSpacing(px(14))
        body.addWidget(self._loads(), 3)
        body.addWidget(self._reasons(), 2)
        column.addLayout(body, 1)
        column.addLayout(self._foot())
        return page

    def _loads(self) -> QWidget:
        card = TableCard(_("Who gets how much"), below=4)
        say = current()
        self.loads = Table(
            (
                Column(_("Agent"), lambda r: TextCell(r.name, strong=True, tip=r.site), 136, order=lambda r: r.name),
                Column(_("First"), lambda r: say.number(r.primary), 76, right=True, order=lambda r: r.primary),
                Column(_("Reserve"), lambda r: say.number(r.reserve), 84, right=True, order=lambda r: r.reserve),
                Column(_("Has already"), lambda r: say.number(r.kept), 108, right=True),
                Column(_("Expected calls"), self._dials, 0, order=lambda r: r.dials),
            ),
            _("Who gets how much"),
        )
        self.loads.setObjectName("loads")
        self.loads.setToolTip(_("Press Enter or double-click: why these people are with this agent."))
        self.loads.row_chosen.connect(self.show_choices)
        self.loads.setMinimumWidth(px(440))  # at 130 % the page still fits on a borrowed laptop
        card.body.addWidget(self.loads, 1)
        return card

    def _dials(self, row: Load) -> BarCell:
        most = max((each.dials for each in self.loads.rows()), default=0)
        return BarCell(row.dials / most if most else 0.0, current().number(row.dials))

    def _reasons(self) -> QWidget:
        card = Card()
        head = QHBoxLayout()
        self.heading = label(_("What binds"), "title", weight=SEMIBOLD)
        self.back = KeyButton(_("Back"), icon="undo-2", kind=Kind.QUIET)
        self.back.setObjectName("back-to-reasons")
        self.back.clicked.connect(self._show_reasons)
        head.addWidget(self.heading, 1)
        head.addWidget(self.back)
        card.body.addLayout(head)
        content = QWidget()
        self._why = QVBoxLayout(content)
        self._why.setContentsMargins(0, 0, px(4), 0)
        self._why.setSpacing(px(8))
        card.body.addWidget(Scroll(content), 1)
        self.proof = label("", "small", ink="muted", wrap=True)
        self.proof.setObjectName("proof")
        card.body.addWidget(self.proof)
        return card

    def _foot(self) -> QHBoxLayout:
        foot = QHBoxLayout()
        foot.setSpacing(px(12))
        self._said = label("", "small", ink="muted", wrap=True)
        self.deal = KeyButton(_("Deal this block"), "Ctrl+D", icon="check", kind=Kind.PRIMARY)
        self.deal.setObjectName("deal")
        self.deal.clicked.connect(self.ask_deal)
        foot.addWidget(self._said, 1)
        foot.addWidget(self.deal)
        return foot

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave a column out where there is little room."""
        super().resizeEvent(event)
        self.loads.setColumnHidden(_KEPT, self.width() < px(_NARROW))

    # --- values

    def show_blocks(self, blocks: Sequence[Block]) -> None:
        """Show the blocks that may be dealt; the chosen one stays chosen when it is still there."""
        if tuple(blocks) == self._blocks and self._rows.count():
            return
        self._blocks = tuple(blocks)
        while item := self._rows.takeAt(0):
            if old := item.widget():
                self._group.removeButton(old)  # type: ignore[arg-type]  # only option rows stand here
                old.deleteLater()
        for place, block in enumerate(blocks):
            self._rows.addWidget(self._row(block, place))
        self._rows.addStretch(1)
        self._pages.setCurrentIndex(1 if blocks else 0)
        if blocks:
            place = self._blocks.index(self._chosen) if self._chosen in self._blocks else 0
            self._group.button(place).setChecked(True)
            self._choose(place)

    def _row(self, block: Block, place: int) -> OptionRow:
        words = _("{day}, {start}–{end}", day=_day(block.start), start=_time(block.start), end=_time(block.end))
        row = OptionRow(words, aside=plural("{n} agent", "{n} agents", block.agents), compact=True)
        row.setObjectName(f"block-{place}")
        self._group.addButton(row, place)
        return row

    def _choose(self, place: int) -> None:
        self._chosen = self._blocks[place]
        self.deal.setEnabled(False)
        self.block_chosen.emit(self._chosen)

    def show_plan(self, block: Block, plan: PlanView) -> None:
        """Show what dealing a block would do."""
        if block != self._chosen:
            return
        say = current()
        left = sum(_cases(reason) for reason in plan.binding)
        self.granted.show_value(say.number(plan.granted))
        self.kept.show_value(say.number(plan.kept))
        self.left.show_value(say.number(left))
        self.waiting.show_value(say.number(sum(count for _reason, count in plan.waiting)))
        self.loads.show_rows(plan.loads)
        self._plan_shown = plan
        self._show_reasons()
        self.deal.setEnabled(plan.granted > 0 or bool(plan.moves))
        if plan.granted:
            words = _("The selections go to the laptops with their next synchronisation. Running ones stay.")
        elif plan.moves:
            words = _("Who must move leaves the laptop with its next synchronisation.")
        elif plan.kept:
            words = _("This block is dealt. Whoever is free already stands with an agent.")
        else:
            words = _("There is nobody to give out in this block.")
        self._said.setText(words)

    def _empty_why(self, heading: str, *, back: bool) -> None:
        self.heading.setText(heading)
        self.back.setVisible(back)
        while item := self._why.takeAt(0):
            if old := item.widget():
                old.hide()  # it is deleted only when the program has nothing else to do
                old.deleteLater()

    def show_choices(self, load: Load) -> None:
        """List why these people are with this agent."""
        self._empty_why(_("Why {agent}", agent=load.name), back=True)
        for choice in load.choices:
            who, why = choice_lines(choice, self._plan_shown.names)
            self._why.addWidget(label(who, "body", weight=500, wrap=True))
            self._why.addWidget(label(why, "small", ink="muted", wrap=True))
        if not load.choices:
            self._why.addWidget(label(_("Nobody new in this block."), ink="muted", wrap=True))
        self._why.addStretch(1)

    def _show_reasons(self) -> None:
        plan = self._plan_shown
        self._empty_why(_("What binds"), back=False)
        say = current()
        for reason in plan.binding:
            self._why.addWidget(label(count_line(reason, say), "body", weight=500, wrap=True))
        for reason in plan.balance:
            self._why.addWidget(label(explain(reason, say, plan.names), "body", wrap=True))
        if not plan.binding and not plan.balance and not plan.waiting:
            self._why.addWidget(
                label(_("Nothing: everybody who may be called has an agent."), ink="muted", wrap=True)
            )
        self._show_moves(plan)
        if plan.waiting:
            self._why.addWidget(label(_("Not callable in this block"), "small", weight=SEMIBOLD, ink="muted"))
        for reason, count in plan.waiting:
            words = _("{n}: {reason}", n=say.number(count), reason=explain(reason, say))
            self._why.addWidget(label(words, "small", ink="muted", wrap=True))
        self._why.addStretch(1)
        self.proof.setText(proof_line(plan.certificate) if plan.granted else "")

    def _show_moves(self, plan: PlanView) -> None:
        """List who must leave an agent's list before its time, each with the reason."""
        if not plan.moves:
            return
        say = current()
        heading = plural("Must move: {n} person", "Must move: {n} people", len(plan.moves))
        title = label(heading, "body", weight=SEMIBOLD)
        title.setObjectName("moves")
        self._why.addWidget(title)
        for move in plan.moves[:_MOVES]:
            words = move_line(move, explain(move.why, say, plan.names))
            self._why.addWidget(label(words, "small", wrap=True))
        if len(plan.moves) > _MOVES:
            more = len(plan.moves) - _MOVES
            self._why.addWidget(label(plural("and {n} more", "and {n} more", more), "small", ink="muted"))

    def show_dealt(self, granted: int) -> None:
        """Say that it was done."""
        self._said.setText(plural("Dealt: {n} person.", "Dealt: {n} people.", granted))
        self.deal.setEnabled(False)

    def ask_deal(self) -> None:
        """Deal the chosen block, when there is something to deal."""
        if self._chosen is not None and self.deal.isEnabled():
            self.deal.setEnabled(False)
            self.deal_asked.emit(self._chosen)


def _day(at: datetime) -> str:
    return current().moment(at, "EEE d MMM")


def _time(at: datetime) -> str:
    return current().time(at)


def _cases(reason: Reason) -> int:
    found = reason.fact("cases")
    return found if isinstance(found, int) else 0
