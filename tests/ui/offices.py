"""The office faces composed over a real store in memory, and an office in the middle of a working day."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from datetime import timedelta
from pathlib import Path
from tempfile import mkdtemp
from typing import Any, TypeVar

from callcenter.app.supervisor_face import outlook
from callcenter.domain.agent import Agent, Role, Shift
from callcenter.domain.appointment import Firmness
from callcenter.domain.event import (
    AppointmentBooked,
    AttemptOpened,
    ConfidentialNoteAdded,
    ContactCorrectionProposed,
    HelpAsked,
    ReferralRaised,
    ResponseRecorded,
)
from callcenter.domain.outcome import Outcome
from callcenter.domain.template import read_template, templates
from callcenter.forms.checking import publish_ready
from callcenter.forms.workbooks import read_workbook
from callcenter.forms.xlsform import read_markdown, write_xlsx
from callcenter.ids import Id
from callcenter.ports import StockEntry, UnitOfWork
from callcenter.usecases import (
    board,
    campaigning,
    conflicts,
    dealing,
    erasing,
    importing,
    reporting,
    roster,
    ruling,
    set_aside,
    supervising,
)
from callcenter.usecases.concerns import concerns_of
from callcenter.usecases.dealing import Block
from callcenter.usecases.depositing import HandedIn
from callcenter.usecases.forcing import holder_of
from callcenter.usecases.forecasting import prospect
from db.local.stock_file import StockClosed
from tests.office import MONDAY, Office, a_person, an_agent, an_office, people, the_form
from ui.background import Lanes
from ui.coordinator.actions import (
    CampaignActions,
    CoordinatorActions,
    ErasureActions,
    PeopleActions,
    ReportActions,
    RulesActions,
    SampleActions,
)
from ui.coordinator.presenter import CoordinatorPresenter
from ui.coordinator.window import CoordinatorWindow
from ui.laptops.actions import LaptopActions
from ui.office_dialogs import InboxActions
from ui.supervisor.actions import BoardActions, CorrectionActions, DealActions, SupervisorActions
from ui.supervisor.presenter import SupervisorPresenter
from ui.supervisor.window import SupervisorWindow
from ui.text import current
from ui.widgets.face_bar import Safety

_T = TypeVar("_T")
_DAY = Shift(MONDAY.replace(hour=11), MONDAY.replace(hour=18))
_STAFF = (
    ("AG01", "Yasmina Benali"),
    ("AG02", "Ilias Osei"),
    ("AG03", "Lotte Peeters"),
    ("AG04", "Bram Claes"),
    ("AG05", "Fatima Yıldız"),
    ("AG06", "Senne Vermeulen"),
)
_ENDS = (
    (Outcome.NO_ANSWER, 8),
    (Outcome.COMPLETE, 7),
    (Outcome.VOICEMAIL, 4),
    (Outcome.THIRD_PARTY, 2),
    (Outcome.BUSY, 2),
    (Outcome.SOFT_REFUSAL, 1),
    (Outcome.WRONG_NUMBER, 1),
)
_LADDER = (("aso", "3"), ("tso", "3"), ("tso", "2"), ("bso", "1"))
_WORDS = {"3": "doorstroom", "2": "dubbel", "1": "arbeidsmarkt"}


def a_seed(block: Block) -> int:
    """Return the seed of a block, the same at every look."""
    return int(block.start.timestamp())


def _works(office: Office) -> Callable[[Callable[[UnitOfWork], _T]], _T]:
    def work(step: Callable[[UnitOfWork], _T]) -> _T:
        with office.store.work() as unit:
            return step(unit)

    return work


def _conflict(work: UnitOfWork, campaign: Id, about: Id) -> tuple[conflicts.Conflict, dict[Id, str]] | None:
    found = next((each for each in conflicts.conflicts_of(work, campaign) if each.about == about), None)
    return None if found is None else (found, {agent.id: agent.short_name() for agent in work.campaigns.roster()})


def inbox_of(office: Office) -> InboxActions:
    """Return what an office can do about results that central would not have."""
    work = _works(office)
    return InboxActions(
        aside=lambda: work(lambda w: (*set_aside.own_aside(w), *set_aside.told_aside(w))),
        again=lambda events: work(lambda w: set_aside.offer_again(w, events)),
        leave=lambda events: work(lambda w: set_aside.leave_aside(w, events)),
        seen=lambda told: work(lambda w: set_aside.settle_told(w, told)),
        read_file=lambda path, code, progress: HandedIn("Yasmina B.", 3, 7),
    )


def laptops_of(office: Office, *, own: bool = True, folder: Path | None = None) -> LaptopActions:
    """Return what an office does about laptops; the operator's stock brings two files for agents of Gent."""
    work = _works(office)

    def add(path: Path, code: str) -> int:
        if code != "7KQ2 M0XD PA4R 9TNB":
            raise StockClosed()
        work(lambda w: w.stock.keep(an_entry(f"laptop-0{n}") for n in (1, 2)))
        return 2

    def prepare(agent: Agent) -> tuple[Path, str]:
        entry = work(lambda w: w.stock.free(agent.role, agent.site))[0]
        work(lambda w: w.stock.hand(entry.enrolment, agent.id, w.now()))
        return (folder or Path("/media/stick")) / "yasmina-benali.enrol", entry.code

    return LaptopActions(
        own=own,
        people=lambda: tuple(work(lambda w: w.campaigns.roster())),
        entries=lambda: tuple(work(lambda w: w.stock.all())),
        add_stock=add,
        prepare=prepare,
        cut_off=lambda _enrolment: None,
        command=lambda enrolment: "" if own else f"callcenter central revoke --url URL --enrolment {enrolment}",
    )


def an_entry(label: str, person: Id = "") -> StockEntry:
    """Return an enrolment as an office keeps it."""
    code, recovery = "PA4R 9TNB 7KQ2 M0XD", "7KQ2 M0XD PA4R 9TNB 3F5G H7JK 2M"
    return StockEntry(f"id-{label}", label, "Gent", Role.AGENT, code, recovery, f"{label}.enrol", person)


def supervisor_actions(office: Office, sync: Callable[[], object] = lambda: None) -> SupervisorActions:
    """Return the supervisor's actions over an office's store."""

    work = _works(office)
    campaign = office.campaign
    return SupervisorActions(
        name="Sofie Maes",
        now=office.clock,
        safety=lambda: Safety(office.store.log.counts().waiting, office.store.log.last_sync()[0]),
        sync=sync,
        inbox=inbox_of(office),
        laptops=laptops_of(office),
        board=BoardActions(
            read=lambda: work(lambda w: board.progress(w, campaign, office.clock())) if campaign else None,
            snapshot=lambda: work(lambda w: reporting.campaign_report(w, campaign)) if campaign else None,
            waterfall=lambda told: reporting.waterfall_chart(
                reporting.figures(reporting.answered(told), current().language), "F", current()
            ),
            prospect=lambda: work(lambda w: prospect(w, campaign, office.clock())) if campaign else None,
            outlook=outlook,
            settle_help=lambda case, event: work(lambda w: supervising.settle_help(w, case, event)),
            holder=lambda case: work(lambda w: holder_of(w, case)),
            takers=lambda case: work(lambda w: dealing.takers(w, case)),
            reassign=lambda case, agent, why: work(lambda w: dealing.reassign(w, case, agent, why)),
            release=lambda case: work(lambda w: supervising.release_appointment(w, case)),
            conflict=lambda about: work(lambda w: _conflict(w, campaign, about)),
            decide=lambda conflict, first: work(lambda w: conflicts.decide_conflict(w, conflict, first=first)),
        ),
        deal=DealActions(
            blocks=lambda: work(dealing.blocks),
            plan=lambda block: work(lambda w: dealing.plan_daybatch(w, campaign, block.shift, a_seed(block))),
            deal=lambda block: work(lambda w: dealing.deal_daybatch(w, campaign, block.shift, a_seed(block))),
        ),
        corrections=CorrectionActions(
            attempts=lambda since: work(lambda w: supervising.attempts_of(w, campaign, since)),
            correct=lambda attempt, outcome, reason, detail: work(
                lambda w: supervising.correct_outcome(w, attempt, outcome, reason, detail)
            ),
        ),
    )


def _campaign_actions(office: Office) -> CampaignActions:
    work = _works(office)

    def create(template: str, answers: Mapping[str, Any]) -> None:
        office.campaign = work(lambda w: campaigning.create_from_template(w, template, answers))

    def workbook(path: Path) -> None:
        write_xlsx(read_markdown(read_template("tajo").questionnaire.read_text("utf-8")), path)

    return CampaignActions(
        templates=templates,
        read=lambda: work(lambda w: campaigning.campaign_view(w, office.campaign)) if office.campaign else None,
        create=create,
        change=lambda told: work(lambda w: campaigning.change_settings(w, office.campaign, told)),
        convert=lambda path: publish_ready(read_workbook(path), current()) if path else the_form(),
        publish=lambda form: work(
            lambda w: campaigning.publish_questionnaire(w, office.campaign, form, read_template("tajo").scripts)
        ),
        save_workbook=workbook,
        open=lambda: work(lambda w: campaigning.open_campaign(w, office.campaign)),
        close=lambda: work(lambda w: campaigning.close_campaign(w, office.campaign)),
    )


def _sample_actions(office: Office) -> SampleActions:
    work = _works(office)
    return SampleActions(
        preview=importing.preview,
        bring_in=lambda seen: work(lambda w: importing.import_sample(w, office.campaign, seen)),
        save_findings=lambda seen, path: reporting.export_findings(seen, path, "nl"),
        proposals=lambda: work(lambda w: supervising.proposals_of(w, office.campaign)) if office.campaign else (),
        concerns=lambda: (
            work(lambda w: concerns_of(w, office.campaign, current().language)) if office.campaign else ()
        ),
        decide=lambda case, proposal, accepted: work(
            lambda w: supervising.decide_contact_correction(w, case, proposal, accepted=accepted)
        ),
    )


def _report_actions(office: Office, folder: Path, shown: Callable[[Path], object]) -> ReportActions:
    work = _works(office)
    return ReportActions(
        folder=folder,
        snapshot=lambda: work(lambda w: reporting.campaign_report(w, office.campaign)) if office.campaign else None,
        figures=lambda told: reporting.figures(told, current().language),
        waterfall=lambda told, scale: reporting.waterfall_chart(
            reporting.figures(reporting.answered(told), current().language), scale, current()
        ),
        export=lambda told, where, language, internal: reporting.export(told, where, language, internal=internal),
        show=shown,
    )


def coordinator_actions(office: Office, folder: Path, shown: Callable[[Path], object] = print) -> CoordinatorActions:
    """Return the coordinator's actions over an office's store; files go into a folder."""
    work = _works(office)
    return CoordinatorActions(
        name="Nele Claes",
        now=office.clock,
        safety=lambda: Safety(office.store.log.counts().waiting, office.store.log.last_sync()[0]),
        sync=lambda: None,
        inbox=inbox_of(office),
        laptops=laptops_of(office),
        campaign=_campaign_actions(office),
        rules=RulesActions(
            versions=lambda: work(lambda w: ruling.rules_versions(w, office.campaign)) if office.campaign else (),
            change=lambda values: work(lambda w: ruling.change_rules(w, office.campaign, values, current())),
            calendar=ruling.calendar_of,
        ),
        sample=_sample_actions(office),
        people=PeopleActions(
            roster=lambda: tuple(work(lambda w: w.campaigns.roster())),
            read=roster.read_roster,
            change=lambda rows: work(lambda w: roster.change_roster(w, rows)),
            add=lambda row: work(lambda w: roster.add_person(w, row)),
            prepare=lambda agent: (folder / "yasmina-benali.enrol", "paard-batterij-juist-nietje"),
        ),
        reports=_report_actions(office, folder, shown),
        erasure=ErasureActions(
            find=lambda text: work(lambda w: erasing.find_people(w, text, current().language)),
            erase=lambda person, reason, typed: work(lambda w: erasing.erase_person(w, person, reason, typed)),
            unanswered=lambda: work(erasing.unanswered),
        ),
    )


def coordinator_face(actions: CoordinatorActions, lanes: Lanes) -> CoordinatorWindow:
    """Return the coordinator's window at work."""
    folder, today = actions.reports.folder, actions.now().date()
    window = CoordinatorWindow(actions.name, actions.campaign.templates(), folder, today)
    CoordinatorPresenter(window, actions, lanes).start()
    return window


def supervisor_face(actions: SupervisorActions, lanes: Lanes) -> SupervisorWindow:
    """Return the supervisor's window at work."""
    window = SupervisorWindow(actions.name)
    SupervisorPresenter(window, actions, lanes).start()
    return window


def a_busy_office(role: Role = Role.SUPERVISOR, site: str = "Gent", folder: Path | None = None) -> Office:
    """Return an office at half past five on Monday, with a hundred people and six agents who have called."""
    office = an_office(role, site, _DAY.start - timedelta(days=1))
    chance = random.Random(4)  # noqa: S311 - an invented day, not a secret
    rows = people(110)
    for row in rows:
        form, finality = _LADDER[chance.choices(range(4), (4, 3, 3, 3))[0]]
        grade = chance.choice((3, 4))
        track = {"Onderwijsvorm 2024-2025": form, "Finaliteit 2024-2025": _WORDS[finality]}
        row.update({"Leerjaar 2024-2025": str(grade), **track})
    rows += [a_person(900 + n, Gsm="", **{"Gsm ouder 1": ""}) for n in range(3)]
    rows.append(a_person(910, Contacttaal="fr"))
    office.import_people(folder or Path(mkdtemp()), rows)
    other = Shift(MONDAY + timedelta(days=1), MONDAY + timedelta(days=1, hours=3))
    office.employ(*(an_agent(code, name, shifts=(_DAY, other)) for code, name in _STAFF))
    office.clock.set(_DAY.start)
    with office.store.work() as work:
        dealing.deal_daybatch(work, office.campaign, None, 1)
    _call(office, chance)
    _need(office)
    office.clock.set(MONDAY + timedelta(minutes=32))
    return office


def _held(office: Office) -> dict[Id, list[str]]:
    """Return the alumni numbers that each agent holds, in the order of the list."""
    held: dict[Id, list[str]] = {}
    for case in sorted(office.cases(), key=lambda c: c.reference):
        if case.lease is not None:
            held.setdefault(case.lease.agent, []).append(case.reference)
    return held


def _call(office: Office, chance: random.Random) -> None:
    held = _held(office)
    for code, _name in _STAFF[:5]:
        at = _DAY.start + timedelta(minutes=chance.randrange(5))
        for reference in held.get(office.agents[code].id, [])[:16]:
            outcome = chance.choices([o for o, _ in _ENDS], [w for _, w in _ENDS])[0]
            at += timedelta(
                minutes=chance.randrange(9, 17) if outcome is Outcome.COMPLETE else chance.randrange(4, 12)
            )
            if at > MONDAY + timedelta(minutes=28):
                break
            attempt = office.call(code, reference, outcome, at=at)
            if outcome is Outcome.COMPLETE:
                _answer(office, code, reference, attempt, chance)


def _answer(office: Office, code: str, reference: str, attempt: Id, chance: random.Random) -> None:
    case = office.case(reference)
    assert case.respondent is not None
    told = case.respondent.schooling["2024-2025"]
    place = _LADDER.index((told["form"], told["finality"]))
    after = min(place + (chance.random() < 0.3), 3)
    facts = {
        "school_status": "1",
        "track_grade": str(int(told["grade"]) + 1),
        "track_form": _LADDER[after][0],
        "track_finality": _LADDER[after][1],
    }
    record = ResponseRecorded(case.id, attempt, "subject", "tajo", "1", "0", {}, facts, 10, 10)
    office.hear(code, record, at=MONDAY)


def _need(office: Office) -> None:
    """Let things happen in cases that Senne holds and did not call yet."""
    late, asked, talking, refused, wrong = _held(office)[office.agents["AG06"].id][:5]
    case = office.case(late).id
    promise = AppointmentBooked(case, "p1", MONDAY, MONDAY + timedelta(minutes=15), Firmness.FIRM, personal=True)
    office.hear("AG03", promise, at=_DAY.start)
    help_from, busy = office.case(asked).id, office.case(talking).id
    office.hear("AG04", AttemptOpened(help_from, "open-1", "n1", "subject"), at=MONDAY + timedelta(minutes=25))
    office.hear("AG04", HelpAsked(help_from, "7", "Vraag 7. Thuissituatie."), at=MONDAY + timedelta(minutes=29))
    office.hear("AG01", AttemptOpened(busy, "open-2", "n1", "subject"), at=MONDAY + timedelta(minutes=30))
    office.call("AG02", refused, Outcome.OTHER_REFUSES, at=MONDAY + timedelta(minutes=20))
    office.call("AG05", wrong, Outcome.NOT_IN_LIST, at=MONDAY + timedelta(minutes=10))
    office.hear("AG05", ContactCorrectionProposed(case, "c1", "phone", "0470 55 66 77"))
    office.hear("AG05", ReferralRaised(case, "a9", ("1", "3"), "Wil kapper worden", share=True), at=MONDAY)
    office.hear(
        "AG04", ConfidentialNoteAdded(help_from, "open-1", "Praat over thuis, durft niet naar huis."), at=MONDAY
    )
    office.needs = {"late": late, "refused": refused, "wrong": wrong}
