"""The office faces composed over a real store in memory, and an office in the middle of a working day."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from tempfile import mkdtemp
from typing import TypeVar

from callcenter.domain.agent import Role, Shift
from callcenter.domain.appointment import Firmness
from callcenter.domain.event import (
    AppointmentBooked,
    AttemptOpened,
    ContactCorrectionProposed,
    HelpAsked,
    ResponseRecorded,
)
from callcenter.domain.outcome import Outcome
from callcenter.ids import Id
from callcenter.ports import UnitOfWork
from callcenter.usecases import board, dealing, reporting, supervising
from callcenter.usecases.dealing import Block
from tests.office import MONDAY, Office, a_person, an_agent, an_office, people
from ui.supervisor.actions import BoardActions, CorrectionActions, DealActions, SupervisorActions
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


def supervisor_actions(office: Office, sync: Callable[[], object] = lambda: None) -> SupervisorActions:
    """Return the supervisor's actions over an office's store."""

    def work(step: Callable[[UnitOfWork], _T]) -> _T:
        with office.store.work() as unit:
            return step(unit)

    campaign = office.campaign
    return SupervisorActions(
        name="Sofie Maes",
        now=office.clock,
        safety=lambda: Safety(office.store.log.counts().waiting, office.store.log.last_sync()[0]),
        sync=sync,
        board=BoardActions(
            read=lambda: work(lambda w: board.progress(w, campaign, office.clock())) if campaign else None,
            snapshot=lambda: work(lambda w: reporting.campaign_report(w, campaign)) if campaign else None,
            waterfall=lambda told: reporting.waterfall_chart(
                reporting.figures(reporting.answered(told), current().language), "F", current()
            ),
            settle_help=lambda case, event: work(lambda w: supervising.settle_help(w, case, event)),
            takers=lambda case: work(lambda w: dealing.takers(w, case)),
            reassign=lambda case, agent, why: work(lambda w: dealing.reassign(w, case, agent, why)),
            release=lambda case: work(lambda w: supervising.release_appointment(w, case)),
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


def a_busy_office(role: Role = Role.SUPERVISOR, site: str = "Gent", folder: Path | None = None) -> Office:
    """Return an office at half past five on Monday, with a hundred people and six agents who have called."""
    office = an_office(role, site)
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


def _call(office: Office, chance: random.Random) -> None:
    held: dict[Id, list[str]] = {}
    for case in office.cases():
        if case.lease is not None:
            held.setdefault(case.lease.agent, []).append(case.reference)
    for code, _name in _STAFF[:5]:
        at = _DAY.start + timedelta(minutes=chance.randrange(5))
        for reference in held.get(office.agents[code].id, [])[:17]:
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
    late = office.case("G-0100").id
    promise = AppointmentBooked(late, "p1", MONDAY, MONDAY + timedelta(minutes=15), Firmness.FIRM, personal=True)
    office.hear("AG03", promise, at=_DAY.start)
    asked = office.case("G-0104").id
    office.hear("AG04", AttemptOpened(asked, "open-1", "n1", "subject"), at=MONDAY + timedelta(minutes=25))
    office.hear("AG04", HelpAsked(asked, "7", "Vraag 7. Thuissituatie."), at=MONDAY + timedelta(minutes=29))
    talking = office.case("G-0105").id
    office.hear("AG01", AttemptOpened(talking, "open-2", "n1", "subject"), at=MONDAY + timedelta(minutes=30))
    office.call("AG02", "G-0106", Outcome.OTHER_REFUSES, at=MONDAY + timedelta(minutes=20))
    office.call("AG05", "G-0107", Outcome.NOT_IN_LIST, at=MONDAY + timedelta(minutes=10))
    office.hear("AG05", ContactCorrectionProposed(late, "c1", "phone", "0470 55 66 77"))
