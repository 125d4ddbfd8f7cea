"""The supervisor's window, wired to the use cases of one open store."""

from __future__ import annotations

import zlib
from collections.abc import Mapping
from datetime import datetime

from callcenter.app.installation import Installation, Opened
from callcenter.app.office import Office, keep_fresh, waterfall
from callcenter.app.syncer import Syncer
from callcenter.domain.agent import Shift
from callcenter.ids import Id
from callcenter.ports import UnitOfWork
from callcenter.queue.forecast import Forecast
from callcenter.queue.forecast_words import sentences
from callcenter.usecases import board, conflicts, dealing, supervising
from callcenter.usecases.conflicts import Conflict
from callcenter.usecases.dealing import Block, Dealt, PlanView
from callcenter.usecases.forcing import holder_of
from callcenter.usecases.forecasting import Prospect, prospect
from callcenter.usecases.supervising import AttemptEntry
from ui.background import Lanes
from ui.supervisor.actions import BoardActions, CorrectionActions, DealActions, SupervisorActions
from ui.supervisor.presenter import SupervisorPresenter
from ui.supervisor.window import SupervisorWindow
from ui.text import current


def _seed(block: Block) -> int:
    """Return a seed that is the same whoever deals a block, so that the plan shown is the plan dealt."""
    return zlib.crc32(block.start.isoformat().encode())


def outlook(found: Prospect) -> tuple[Forecast, list[str]]:
    """Work a forecast out and word it; for the free lane."""
    told = found.work_out()
    return told, sentences(told, current())


def _board(office: Office) -> BoardActions:
    now = office.installation.clock
    return BoardActions(
        read=lambda: office.on_campaign(lambda work, campaign: board.progress(work, campaign, now())),
        snapshot=office.snapshot,
        waterfall=waterfall,
        prospect=lambda: office.on_campaign(lambda work, campaign: prospect(work, campaign, now())),
        outlook=outlook,
        settle_help=lambda case, event: office.work(lambda work: supervising.settle_help(work, case, event)),
        holder=lambda case: office.work(lambda work: holder_of(work, case)),
        takers=lambda case: office.work(lambda work: dealing.takers(work, case)),
        reassign=lambda case, agent, why: office.work(lambda work: dealing.reassign(work, case, agent, why)),
        release=lambda case: office.work(lambda work: supervising.release_appointment(work, case)),
        conflict=lambda about: _conflict(office, about),
        decide=lambda conflict, first: office.work(
            lambda work: conflicts.decide_conflict(work, conflict, first=first)
        ),
    )


def _conflict(office: Office, about: Id) -> tuple[Conflict, Mapping[Id, str]] | None:
    def step(work: UnitOfWork, campaign: Id) -> tuple[Conflict, Mapping[Id, str]] | None:
        found = next((each for each in conflicts.conflicts_of(work, campaign) if each.about == about), None)
        names = {agent.id: agent.short_name() for agent in work.campaigns.roster()}
        return None if found is None else (found, {**names, work.device.person: work.device.name})

    return office.on_campaign(step)


def _deal(office: Office) -> DealActions:
    def plan(block: Block) -> PlanView:
        found = office.on_campaign(
            lambda work, campaign: dealing.plan_daybatch(work, campaign, Shift(block.start, block.end), _seed(block))
        )
        return found or PlanView((), 0, 0, (), ())

    def deal(block: Block) -> Dealt:
        dealt = office.on_campaign(
            lambda work, campaign: dealing.deal_daybatch(work, campaign, Shift(block.start, block.end), _seed(block))
        )
        return dealt or Dealt()

    return DealActions(blocks=lambda: office.work(dealing.blocks), plan=plan, deal=deal)


def _corrections(office: Office) -> CorrectionActions:
    def attempts(since: datetime) -> tuple[AttemptEntry, ...]:
        return office.on_campaign(lambda work, campaign: supervising.attempts_of(work, campaign, since)) or ()

    return CorrectionActions(
        attempts=attempts,
        correct=lambda attempt, outcome, reason, detail: office.work(
            lambda work: supervising.correct_outcome(work, attempt, outcome, reason, detail)
        ),
    )


def supervisor_face(installation: Installation, opened: Opened, lanes: Lanes) -> SupervisorWindow:
    """Return the window of a supervisor, fresh and kept fresh."""
    office = Office(installation, opened)
    window = SupervisorWindow(opened.name)
    syncer = Syncer(office.line, lanes, window)
    actions = SupervisorActions(
        name=opened.name,
        now=installation.clock,
        safety=office.safety,
        sync=syncer.now,
        inbox=office.inbox(),
        laptops=office.laptop_actions(),
        board=_board(office),
        deal=_deal(office),
        corrections=_corrections(office),
    )
    keep_fresh(SupervisorPresenter(window, actions, lanes), syncer, lanes)
    return window
