"""What both office faces do with one open store: read, write, tell what waits."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from callcenter.app.installation import Installation, Opened
from callcenter.app.laptops import Laptops
from callcenter.app.line import Line
from callcenter.app.syncer import Syncer
from callcenter.ids import Id
from callcenter.ports import UnitOfWork
from callcenter.usecases.reporting import Chart, Snapshot, answered, campaign_report, figures, waterfall_chart
from callcenter.usecases.set_aside import leave_aside, offer_again, own_aside, settle_told, told_aside
from ui.background import Lanes
from ui.laptops.actions import LaptopActions
from ui.office import OfficePresenter
from ui.office_dialogs import InboxActions
from ui.text import current
from ui.widgets.face_bar import Safety

_T = TypeVar("_T")


class Office:
    """One open store of a supervisor or coordinator; its methods run in the store lane."""

    def __init__(self, installation: Installation, opened: Opened) -> None:
        self.installation, self.opened = installation, opened
        self.line = Line(installation, opened)
        self.laptops = Laptops(installation, opened)

    def work(self, step: Callable[[UnitOfWork], _T]) -> _T:
        """Run one use case in a unit of work of its own."""
        with self.opened.store.work() as work:
            return step(work)

    def campaign(self) -> Id | None:
        """Return the newest campaign, or None while there is none."""
        found = self.work(lambda work: work.campaigns.all())
        return found[0].id if found else None

    def on_campaign(self, step: Callable[[UnitOfWork, Id], _T]) -> _T | None:
        """Run a use case on the newest campaign; None while there is none."""
        campaign = self.campaign()
        return None if campaign is None else self.work(lambda work: step(work, campaign))

    def snapshot(self) -> Snapshot | None:
        """Return what figures are made of."""
        return self.on_campaign(campaign_report)

    def laptop_actions(self) -> LaptopActions:
        """Return what this office does about laptops."""
        laptops = self.laptops
        return LaptopActions(
            own=laptops.own,
            people=laptops.people,
            entries=laptops.entries,
            add_stock=laptops.add_stock,
            prepare=laptops.prepare,
            cut_off=laptops.cut_off,
            command=laptops.command,
        )

    def inbox(self) -> InboxActions:
        """Return what can be done about results that central would not have, and with a laptop's file."""
        return InboxActions(
            aside=lambda: self.work(lambda work: (*own_aside(work), *told_aside(work))),
            again=lambda events: self.work(lambda work: offer_again(work, events)),
            leave=lambda events: self.work(lambda work: leave_aside(work, events)),
            seen=lambda told: self.work(lambda work: settle_told(work, told)),
            read_file=self.line.read_file,
        )

    def safety(self) -> Safety:
        """Return what waits to be sent, and when the last sync ended."""
        log = self.opened.store.log
        aside = self.work(lambda work: sum(not each.left for each in work.outbox.aside()))
        return Safety(log.counts().waiting, log.last_sync()[0], set_aside=aside)


def waterfall(snapshot: Snapshot, scale: str = "F") -> Chart:
    """Return the flow chart of those who answered, in the language of the screen; for the free lane."""
    say = current()
    return waterfall_chart(figures(answered(snapshot), say.language), scale, say)


def keep_fresh(presenter: OfficePresenter, syncer: Syncer, lanes: Lanes) -> None:
    """Start a face and its syncing: each tells the other what happened."""
    syncer.tried.connect(presenter.line_changed)
    # What an office decides should reach the laptops now, not in half a minute.
    lanes.store.changed.connect(syncer.changed)
    presenter.start()
    syncer.now()
