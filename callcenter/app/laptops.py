"""Laptops handed out by an office: its stock, a file and code for a person, recovery, a theft."""

from __future__ import annotations

import dataclasses
import shutil
from pathlib import Path
from typing import Final

from callcenter.app.installation import Installation, Opened
from callcenter.app.mailboxes import slug
from callcenter.domain.agent import Agent
from callcenter.errors import CallcenterError
from callcenter.ids import Id
from callcenter.ports import StockEntry
from callcenter.text import N_
from db.central.open import revoke
from db.errors import EnrolmentExpired, EnrolmentUnknown, EnrolmentUsed, translated
from db.local.stock_file import open_stock

# Who has an entry that central would not hand out any more.
SPENT: Final = "spent"


class StockEmpty(CallcenterError):
    """No enrolment of this role and site is left."""

    code = "LAPTOP-01"
    what = N_("There is no enrolment file left for this role and site.")
    advice = N_("Ask the operator for new ones and choose Add stock.")


class StockFilesMissing(CallcenterError):
    """The enrolment files do not lie beside the stock."""

    code = "LAPTOP-02"
    what = N_("The enrolment files do not lie beside the stock: {names}.")
    advice = N_("Copy the whole folder of the operator and choose the file office.stock in it.")


class NeedsOperator(CallcenterError):
    """Only the operator may cut off a laptop of a PostgreSQL central."""

    code = "LAPTOP-03"
    what = N_("Only the operator of the central database can cut this laptop off.")
    advice = N_("Send the operator the line that the screen shows.")


class Laptops:
    """What one office does about laptops; `prepare` asks central, so it belongs in the free lane."""

    def __init__(self, installation: Installation, opened: Opened) -> None:
        self._installation, self._opened = installation, opened
        self._stock = installation.where.root / "stock"

    def entries(self) -> tuple[StockEntry, ...]:
        """Return all enrolments that this office knows."""
        with self._opened.store.work() as work:
            return tuple(work.stock.all())

    def people(self) -> tuple[Agent, ...]:
        """Return whom this office hands laptops to: the people of its site, or everybody."""
        device = self._opened.store.device
        me = Agent(device.person, device.name, device.role, device.site)
        with self._opened.store.work() as work:
            return tuple(a for a in work.campaigns.roster() if me.may_see(a.site) and a.id != me.id)

    @property
    def own(self) -> bool:
        """Tell whether the central is this organisation's own file: then no operator and no stock are needed."""
        return bool(self._opened.store.central["kind"] == "sqlite")

    def add_stock(self, file: Path, code: str) -> int:
        """Take over the operator's stock and its enrolment files, and return how many are new; the file goes then.

        Raises StockClosed, StockFilesMissing. Interrupted anywhere, it may be done again.
        """
        entries = open_stock(file, code)
        known = {each.enrolment for each in self.entries()}
        new = [each for each in entries if each.enrolment not in known]
        missing = [e.file for e in new if not (file.parent / e.file).exists() and not self._kept(e).exists()]
        if missing:
            raise StockFilesMissing(names=", ".join(missing))
        with translated():
            self._stock.mkdir(parents=True, exist_ok=True)
            for entry in new:
                if not self._kept(entry).exists():
                    shutil.copyfile(file.parent / entry.file, self._kept(entry))
        with self._opened.store.work() as work:
            work.stock.keep(dataclasses.replace(e, file=self._kept(e).name) for e in new)
        for name in (*(entry.file for entry in entries), file.name):
            (file.parent / name).unlink(missing_ok=True)
        return len(new)

    def prepare(self, person: Agent) -> tuple[Path, str]:
        """Make a laptop ready for a person and return the file that goes to it with the code to read out.

        With a PostgreSQL central the next file of the stock becomes this person's, which needs the network:
        StockEmpty, CentralUnreachable.
        """
        if self.own:
            return self._installation.prepare_laptop(self._opened, person)
        entry = self._handed(person)
        path = self._installation.where.enrolments / f"{slug(person.name)}.enrol"
        with translated():
            path.parent.mkdir(parents=True, exist_ok=True)
            self._kept(entry).replace(path)
        return path, entry.code

    def _handed(self, person: Agent) -> StockEntry:
        with self._opened.store.work() as work:
            free = work.stock.free(person.role, person.site)
        box = self._installation.connect(self._opened)
        try:
            for entry in free:
                try:
                    box.hand(entry.enrolment, person.id, person.name)
                except (EnrolmentUsed, EnrolmentExpired, EnrolmentUnknown):
                    self._keep_handed(entry, SPENT)
                    continue
                self._keep_handed(entry, person.id)
                return entry
        finally:
            box.close()
        raise StockEmpty()

    def _keep_handed(self, entry: StockEntry, person: Id) -> None:
        with self._opened.store.work() as work:
            work.stock.hand(entry.enrolment, person, work.now())

    def _kept(self, entry: StockEntry) -> Path:
        return self._stock / f"{entry.enrolment}.enrol"

    def cut_off(self, enrolment: Id) -> None:
        """Let a laptop in no more, on the own central; NeedsOperator on a PostgreSQL one."""
        if not self.own:
            raise NeedsOperator()
        revoke(self._opened.store.central, enrolment, self._installation.clock())

    def command(self, enrolment: Id) -> str:
        """Return the line with which the operator cuts a laptop off; empty for the own central."""
        told = self._opened.store.central
        if self.own:
            return ""
        url = f"postgresql://USER@{told['host']}:{told['port']}/{told['database']}"
        return f'callcenter central revoke --url "{url}" --org "{told["org"]}" --enrolment {enrolment}'
