"""What the supervisor asks goes to a use case in a lane; what comes back is shown."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from callcenter.domain.outcome import Outcome
from callcenter.ids import Id
from callcenter.usecases.board import Attention, Board, Need
from callcenter.usecases.conflicts import Conflict
from callcenter.usecases.dealing import Block, Dealt, PlanView
from callcenter.usecases.forcing import Holder
from callcenter.usecases.forecasting import Prospect
from callcenter.usecases.reporting import Snapshot
from ui.background import Lanes
from ui.office import OfficePresenter
from ui.supervisor.actions import SupervisorActions
from ui.supervisor.conflict_dialog import ConflictDialog
from ui.supervisor.corrections import Period
from ui.supervisor.give_away import GiveAwayDialog
from ui.supervisor.window import CORRECT, DEAL, TODAY, SupervisorWindow


class SupervisorPresenter(OfficePresenter):
    """Serves one window; `start` shows it for the first time and keeps it fresh."""

    def __init__(self, window: SupervisorWindow, actions: SupervisorActions, lanes: Lanes) -> None:
        super().__init__(window, actions, lanes)
        self._window, self._actions = window, actions
        window.board.asked.connect(self._attend)
        window.board.pace.ahead_wanted.connect(self._look_ahead)
        window.assignment.block_chosen.connect(self._plan)
        window.assignment.deal_asked.connect(self._deal)
        window.corrections.period_chosen.connect(self._list)
        window.corrections.correct_asked.connect(self._correct)

    def refresh(self) -> None:
        """Read the open page and the bar again."""
        super().refresh()
        self.ask(self._actions.board.read, self._show_board)
        match self._window.page():
            case page if page == TODAY:
                self.ask(self._actions.board.snapshot, self._draw)
            case page if page == DEAL:
                self.ask(self._actions.deal.blocks, self._window.assignment.show_blocks)
            case page if page == CORRECT:
                self._list(self._window.corrections.period())

    # --- today

    def _show_board(self, board: Board | None) -> None:
        self._window.show_board(board)

    def _draw(self, snapshot: Snapshot | None) -> None:
        if snapshot is not None:
            draw = self._actions.board.waterfall
            self._lanes.free.run(
                lambda _ticket: draw(snapshot), done=self._window.board.show_flow, failed=self.tell, initiator=self
            )

    def _look_ahead(self) -> None:
        board, pace = self._actions.board, self._window.board.pace

        def work_out(found: Prospect | None) -> None:
            if found is not None:
                self._lanes.free.run(
                    lambda _ticket: board.outlook(found),
                    done=lambda told: pace.show_forecast(*told),
                    failed=self.tell,
                    initiator=self,
                )

        self.ask(board.prospect, work_out)

    def _attend(self, item: Attention) -> None:
        board = self._actions.board
        if item.need is Need.SET_ASIDE:
            self.show_not_accepted()
        elif item.need is Need.CONFLICT:
            self.ask(lambda: board.conflict(item.event), lambda found: self._decide(item, found))
        elif item.need is Need.HELP:
            self.ask(lambda: board.settle_help(item.case, item.event), self._done)
        elif item.need is Need.LATE_PROMISE:
            self.ask(
                lambda: (board.takers(item.case), board.holder(item.case)),
                lambda found: self._give_away(item, *found),
            )
        else:
            self._window.corrections.want(item.event)
            self._window.open_page(CORRECT)

    def _decide(self, item: Attention, found: tuple[Conflict, Mapping[Id, str]] | None) -> None:
        if found is None:
            self.refresh()
            return
        conflict, names = found
        dialog = ConflictDialog(item.name, conflict, names, self._window)
        dialog.decided.connect(
            lambda first: self.ask(lambda: self._actions.board.decide(conflict, first), self._done)
        )
        dialog.open()

    def _give_away(self, item: Attention, takers: Any, holder: Holder | None) -> None:
        board = self._actions.board
        dialog = GiveAwayDialog(item.name, takers, holder, self._window)
        dialog.given.connect(lambda agent: self.ask(lambda: board.reassign(item.case, agent, "late"), self._done))
        dialog.freed.connect(lambda: self.ask(lambda: board.release(item.case), self._done))
        dialog.open()

    def _done(self, _changes: object) -> None:
        self.refresh()

    # --- deal

    def _plan(self, block: Block, dealt: int | None = None) -> None:
        def show(plan: PlanView) -> None:
            self._window.assignment.show_plan(block, plan)
            if dealt is not None:
                self._window.assignment.show_dealt(dealt)

        self.ask(lambda: self._actions.deal.plan(block), show)

    def _deal(self, block: Block) -> None:
        def show(dealt: Dealt) -> None:
            self._plan(block, dealt.plan.granted)
            self.refresh()
            self._actions.sync()

        self.ask(lambda: self._actions.deal.deal(block), show)

    # --- correct

    def _list(self, period: Period) -> None:
        since = period.since(self._actions.now())
        self.ask(lambda: self._actions.corrections.attempts(since), self._window.corrections.show_attempts)

    def _correct(self, attempt: str, outcome: Outcome, reason: str, detail: str) -> None:
        def done(_changes: object) -> None:
            self.refresh()
            self._window.corrections.show_corrected()

        self.ask(lambda: self._actions.corrections.correct(attempt, outcome, reason, detail), done)
