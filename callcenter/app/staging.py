"""An installation with an invented organisation in it: founded, listed, published, enrolled, and some days old."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from callcenter.app.installation import Installation, Opened
from callcenter.clock import RehearsedClock
from callcenter.domain.agent import Agent, Role
from callcenter.domain.template import read_template
from callcenter.forms import xlsform
from callcenter.ids import Id
from callcenter.rehearsal import company
from callcenter.rehearsal.days import Member, Room, Tell, every_member, play_days
from callcenter.rehearsal.people import Person, invent, write_list
from callcenter.settings import folders
from callcenter.text import LOCAL_ZONE
from callcenter.usecases import campaigning, importing, roster

FIRST_DAY, LAST_DAY = date(2026, 6, 22), date(2026, 7, 15)
NOW = datetime(2026, 6, 30, 16, 30, tzinfo=LOCAL_ZONE)
_START = datetime(2026, 6, 15, 10, 0, tzinfo=LOCAL_ZONE)
_PHRASES = {
    Role.AGENT: "vier woorden voor {name}",
    Role.SUPERVISOR: "zomer stage {name} gent",
    Role.COORDINATOR: "eens tajo altijd tajo",
}


@dataclass(frozen=True)
class Stage:
    """What stands ready: the installation, its room, and who is invented."""

    installation: Installation
    room: Room
    people: tuple[Person, ...]
    phrases: Mapping[str, str]
    opened: tuple[Opened, ...]

    def close(self) -> None:
        """Lock every store and hang up."""
        for member in every_member(self.room):
            member.box.close()
        for opened in self.opened:
            opened.close()


def set_stage(root: Path, seed: int, count: int, interviews: int, tell: Tell) -> Stage:
    """Make an organisation in an empty folder and play its days until so many interviews exist."""
    clock = RehearsedClock(_START)
    installation = Installation(folders(root), clock, dialling=False)
    people = invent(seed, count)
    chief = installation.found(company.ORGANISATION, company.COORDINATOR, _PHRASES[Role.COORDINATOR])
    campaign, workers = _prepare(installation, chief, people, root)
    tell(f"{count} invented people imported")
    phrases = {company.COORDINATOR: _PHRASES[Role.COORDINATOR]}
    opened = [chief]
    for agent in (a for a in workers if a.id != chief.store.device.person):
        phrase = _PHRASES[agent.role].format(name=agent.name.split()[0].lower())
        file, code = installation.prepare_laptop(chief, agent)
        opened.append(installation.enrol(file, code, phrase))
        phrases[agent.name] = phrase
    room = _room(installation, clock, tuple(opened), campaign, seed)
    room.sync(room.coordinator)
    room.learn_cast(people)
    play_days(room, FIRST_DAY, NOW.date().replace(day=29), interviews, tell)
    return Stage(installation, room, people, phrases, tuple(opened))


def _prepare(
    installation: Installation, chief: Opened, people: tuple[Person, ...], root: Path
) -> tuple[Id, tuple[Agent, ...]]:
    """Do the coordinator's work: campaign, questionnaire, list, roster."""
    lists = root / "lists"
    lists.mkdir(parents=True, exist_ok=True)
    write_list(people, lists / "alumni.csv")
    company.write_roster(lists / "roster.csv", FIRST_DAY, LAST_DAY)
    template = read_template("tajo")
    converted = xlsform.convert(xlsform.read_markdown(template.questionnaire.read_text("utf-8")))
    decided = {"legal_basis_by": company.COORDINATOR, "legal_basis_on": installation.clock().date().isoformat()}
    seen = importing.preview(lists / "alumni.csv", installation.clock().date())
    with chief.store.work() as work:
        campaign = campaigning.create_from_template(work, "tajo", decided)
        campaigning.publish_questionnaire(work, campaign, converted, template.scripts)
        importing.import_sample(work, campaign, seen)
        campaigning.open_campaign(work, campaign)
        workers = roster.change_roster(work, roster.read_roster(lists / "roster.csv"))
    return campaign, workers


def _room(
    installation: Installation, clock: RehearsedClock, opened: tuple[Opened, ...], campaign: Id, seed: int
) -> Room:
    members = [(o.store.device.role, Member(o.store, installation.connect(o), o.desk)) for o in opened]

    def those(role: Role) -> tuple[Member, ...]:
        return tuple(member for own, member in members if own is role)

    return Room(clock, those(Role.COORDINATOR)[0], those(Role.SUPERVISOR), those(Role.AGENT), campaign, seed)
