"""What the supervisor's pages may ask for; the composition root hands it in."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from callcenter.domain.agent import Agent
from callcenter.domain.outcome import Outcome
from callcenter.ids import Id
from callcenter.queue.forecast import Forecast
from callcenter.usecases.board import Board
from callcenter.usecases.conflicts import Conflict
from callcenter.usecases.dealing import Block, Dealt, PlanView
from callcenter.usecases.forcing import Holder
from callcenter.usecases.forecasting import Prospect
from callcenter.usecases.reporting import Chart, Snapshot
from callcenter.usecases.supervising import AttemptEntry
from callcenter.usecases.views import Changes
from ui.office import OfficeActions


@dataclass(frozen=True)
class BoardActions:
    """How it goes, and what can be done about it; run in the store lane, `waterfall` and `outlook` in the free one.

    `read` returns None while there is no campaign. `takers` are the agents to whom a case may be given. `holder`
    tells whose laptop has a case now. `conflict` takes an attempt or a proposal and returns the two words with the
    names of who said them; `decide` whether the first holds.
    """

    read: Callable[[], Board | None]
    snapshot: Callable[[], Snapshot | None]
    waterfall: Callable[[Snapshot], Chart]
    prospect: Callable[[], Prospect | None]
    outlook: Callable[[Prospect], tuple[Forecast, Sequence[str]]]
    settle_help: Callable[[Id, Id], Changes]
    takers: Callable[[Id], tuple[Agent, ...]]
    holder: Callable[[Id], Holder | None]
    reassign: Callable[[Id, Id, str], Changes]
    release: Callable[[Id], Changes]
    conflict: Callable[[Id], tuple[Conflict, Mapping[Id, str]] | None]
    decide: Callable[[Conflict, bool], Changes]


@dataclass(frozen=True)
class DealActions:
    """Dealing a block; run in the store lane. `plan` writes nothing and shows what `deal` will do."""

    blocks: Callable[[], tuple[Block, ...]]
    plan: Callable[[Block], PlanView]
    deal: Callable[[Block], Dealt]


@dataclass(frozen=True)
class CorrectionActions:
    """The finished calls since a moment, and correcting one: attempt, outcome, reason, detail."""

    attempts: Callable[[datetime], tuple[AttemptEntry, ...]]
    correct: Callable[[Id, Outcome, str, str], Changes]


@dataclass(frozen=True)
class SupervisorActions(OfficeActions):
    """All that the supervisor's face needs from outside."""

    board: BoardActions
    deal: DealActions
    corrections: CorrectionActions
