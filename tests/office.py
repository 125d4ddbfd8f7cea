"""An office for tests: a coordinator's real store in memory with a campaign, people and calls that came in."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from pathlib import Path

from callcenter.clock import RehearsedClock
from callcenter.domain.agent import Agent, Role, Shift
from callcenter.domain.case import Case
from callcenter.domain.event import AttemptClosed, AttemptOpened, Fact
from callcenter.domain.outcome import Outcome
from callcenter.domain.template import read_template
from callcenter.forms.xlsform import Converted, convert, read_markdown
from callcenter.ids import Id, new_id
from callcenter.intake.alumni import SamplePreview
from callcenter.ports import Delivery, Device
from callcenter.text import LOCAL_ZONE
from callcenter.usecases import campaigning, importing, roster
from callcenter.usecases.roster import RosterRow
from db.local.store import LocalStore, memory_store

# Monday 22 June 2026, 17:00 in Belgium: pupils may be called.
MONDAY = datetime(2026, 6, 22, 15, 0, tzinfo=UTC)
SHIFT = Shift(
    datetime(2026, 6, 22, 16, 30, tzinfo=LOCAL_ZONE),
    datetime(2026, 6, 22, 20, 0, tzinfo=LOCAL_ZONE),
)
COLUMNS = (
    "TAJO-nr",
    "Familienaam",
    "Voornaam",
    "Geboortedatum",
    "Locatie",
    "Startjaar TAJO",
    "Gsm",
    "Gsm ouder 1",
    "Relatie ouder 1",
    "Contacttaal",
    "Beste moment",
    "Straat en nr",
    "School 2024-2025",
    "Leerjaar 2024-2025",
    "Onderwijsvorm 2024-2025",
    "Finaliteit 2024-2025",
    "Richting 2024-2025",
)
AYA: Mapping[str, str] = {
    "TAJO-nr": "G-0001",
    "Familienaam": "El Idrissi",
    "Voornaam": "Aya",
    "Geboortedatum": "12/05/2009",
    "Locatie": "Gent",
    "Startjaar TAJO": "2021",
    "Gsm": "0470 12 34 12",
    "Gsm ouder 1": "0486 22 33 40",
    "Relatie ouder 1": "mama",
    "Contacttaal": "nl",
    "Straat en nr": "Lindelaan 4",
    "School 2024-2025": "Atheneum Leiekaai",
    "Leerjaar 2024-2025": "3de jaar",
    "Onderwijsvorm 2024-2025": "aso",
    "Finaliteit 2024-2025": "doorstroom",
    "Richting 2024-2025": "Economische wetenschappen",
}
_NAMES = ("Bram Claes", "Fatima Yıldız", "Ilias Osei", "Lotte Peeters", "Senne Maes", "Nora Diallo", "Jef Devos")


def a_person(n: int, **changes: str) -> dict[str, str]:
    """Return row n of a list: another name, number and birthday for each n."""
    first, last = _NAMES[n % len(_NAMES)].split()
    row = {
        **AYA,
        "TAJO-nr": f"G-{n:04d}",
        "Voornaam": first,
        "Familienaam": f"{last}{'abcdefghijklmnopqrst'[n // len(_NAMES) % 20]}",
        "Geboortedatum": f"{n % 27 + 1:02d}/{n % 12 + 1:02d}/2008",
        "Gsm": f"0470{100000 + n * 17:06d}",
        "Gsm ouder 1": f"0495{300000 + n * 11:06d}",
    }
    return {**row, **changes}


def people(count: int) -> list[dict[str, str]]:
    """Return Aya and others, `count` in all."""
    return [dict(AYA), *(a_person(n) for n in range(2, count + 1))]


def write_list(path: Path, rows: Sequence[Mapping[str, str]]) -> Path:
    """Write a list as CSV, as an office would save it."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS, delimiter=";")
        writer.writeheader()
        writer.writerows(rows)
    return path


@lru_cache(maxsize=1)
def the_form() -> Converted:
    """Return the converted questionnaire of the template."""
    return convert(read_markdown(read_template("tajo").questionnaire.read_text("utf-8")))


def an_agent(code: str, name: str, **more: object) -> RosterRow:
    """Return an agent of Gent who works on Monday evening."""
    first, last = name.split(" ", 1)
    facts: dict[str, object] = {"role": Role.AGENT, "site": "Gent", "shifts": (SHIFT,), **more}
    return RosterRow(code=code, first_name=first, last_name=last, **facts)  # type: ignore[arg-type]


YASMINA, BILAL = an_agent("AG01", "Yasmina Benali"), an_agent("AG02", "Bilal Kaya", languages=("nl", "tr"))


@dataclass
class Office:
    """A store with its clock and campaign; `agents` by code, `needs` alumni numbers of what asks for attention."""

    store: LocalStore
    clock: RehearsedClock
    campaign: Id = ""
    agents: dict[str, Agent] = field(default_factory=dict)
    heard: int = 0
    needs: dict[str, str] = field(default_factory=dict)

    def import_people(self, folder: Path, rows: Sequence[Mapping[str, str]]) -> importing.Imported:
        """Import rows as a list."""
        with self.store.work() as work:
            return importing.import_sample(work, self.campaign, self.preview(folder, rows))

    def preview(self, folder: Path, rows: Sequence[Mapping[str, str]]) -> SamplePreview:
        """Return the preview of rows."""
        return importing.preview(write_list(folder / "list.csv", rows), date(2026, 6, 15))

    def employ(self, *rows: RosterRow) -> None:
        """Make the roster of these rows."""
        with self.store.work() as work:
            self.agents = {a.code: a for a in roster.change_roster(work, rows)}

    def case(self, reference: str = "G-0001") -> Case:
        """Return the case of an alumni number."""
        return next(case for case in self.cases() if case.reference == reference)

    def cases(self) -> Sequence[Case]:
        """Return all cases."""
        with self.store.work() as work:
            return work.cases.all(self.campaign)

    def hear(self, code: str, *facts: Fact, at: datetime | None = None) -> None:
        """Let facts of an agent's laptop arrive."""
        agent = self.agents[code]
        theirs = Device("org", new_id(MONDAY), agent.id, agent.name, Role.AGENT, agent.site, "e", ())
        laptop = memory_store(theirs, RehearsedClock(at or self.clock()))
        with laptop.work() as work:
            work.events.append(*facts)
        deliveries = [Delivery(self.heard + o.seq, o.wire, o.sha256) for o in laptop.log.unsent()]
        self.store.log.receive("org", deliveries)
        self.heard += len(deliveries)
        laptop.close()

    def call(self, code: str, reference: str, outcome: Outcome, detail: str = "", at: datetime | None = None) -> Id:
        """Let a finished call arrive; return the attempt."""
        attempt = new_id(at or self.clock())
        case = self.case(reference).id
        share = 1.0 if outcome is Outcome.COMPLETE else None
        self.hear(
            code,
            AttemptOpened(case, attempt, "n1", "subject"),
            AttemptClosed(case, attempt, outcome, detail, share, 60),
            at=at,
        )
        return attempt


def a_device(role: Role = Role.COORDINATOR, site: str = "") -> Device:
    """Return the device of an office."""
    return Device("org", new_id(MONDAY), new_id(MONDAY), "Nele Claes", role, site, "e", ("org",))


def an_office(role: Role = Role.COORDINATOR, site: str = "", at: datetime = MONDAY) -> Office:
    """Return an office with an open campaign of the template and its questionnaire."""
    clock = RehearsedClock(at)
    office = Office(memory_store(a_device(role, site), clock), clock)
    decided = {"legal_basis_by": "Nele Claes", "legal_basis_on": date(2026, 5, 1)}
    with office.store.work() as work:
        office.campaign = campaigning.create_from_template(work, "tajo", decided)
        campaigning.publish_questionnaire(work, office.campaign, the_form(), read_template("tajo").scripts)
        campaigning.open_campaign(work, office.campaign)
    return office


def a_staffed_office(folder: Path, count: int = 6, role: Role = Role.COORDINATOR, site: str = "") -> Office:
    """Return an office with people on its list and two agents on Monday evening."""
    office = an_office(role, site)
    office.import_people(folder, people(count))
    office.employ(YASMINA, BILAL)
    return office


HOUR = timedelta(hours=1)
