"""From list to figures: an invented campaign that was founded, dealt, called, closed and synced for real."""

from __future__ import annotations

import re
from collections import Counter
from datetime import timedelta
from pathlib import Path

from pypdf import PdfReader

from callcenter.app.staging import NOW, Stage
from callcenter.domain.campaign import CampaignSettings
from callcenter.domain.case import Case
from callcenter.domain.event import AttemptClosed, LeaseGranted, ResponseRecorded
from callcenter.domain.outcome import Outcome
from callcenter.indicators.tracks import pair_of
from callcenter.indicators.waterfall import Scale, waterfall
from callcenter.rehearsal.days import Member, block_on
from callcenter.rehearsal.people import Person, Year
from callcenter.reports.figures import campaign_figures
from callcenter.usecases.reporting import campaign_report, export
from callcenter.usecases.syncing import sync
from db.central.open import all_events
from tests.flows.conftest import PEOPLE


def _cases(member: Member, campaign: str) -> tuple[Case, ...]:
    with member.store.work() as work:
        return tuple(work.cases.all(campaign))


def _settings(stage: Stage) -> CampaignSettings:
    with stage.room.coordinator.store.work() as work:
        return CampaignSettings.from_json(work.campaigns.get(stage.room.campaign).settings)


def test_the_office_knows_every_call_that_any_laptop_made(stage: Stage) -> None:
    made = sum(m.store.log.counts().total for m in stage.room.agents)
    held = Counter(e.device for e in all_events(stage.opened[0].store.central))
    assert made == sum(held[m.store.device.device] for m in stage.room.agents)


def test_after_the_shift_no_laptop_holds_a_name_or_a_number(stage: Stage) -> None:
    for member in stage.room.agents:
        cases = _cases(member, stage.room.campaign)
        assert [c for c in cases if c.pack is not None or c.numbers] == []


def test_no_case_was_ever_on_two_laptops_at_one_moment(stage: Stage) -> None:
    with stage.room.coordinator.store.work() as work:
        grants = [e.fact for e in work.events.of_kind("LeaseGranted") if isinstance(e.fact, LeaseGranted)]
    assert grants
    by_case: dict[str, list[LeaseGranted]] = {}
    for grant in grants:
        by_case.setdefault(grant.case, []).append(grant)
    for held in by_case.values():
        held.sort(key=lambda g: g.epoch)
        assert [g.epoch for g in held] == list(range(1, len(held) + 1))


def test_nobody_on_do_not_call_was_called_and_no_minor_but_through_a_parent(stage: Stage) -> None:
    limit = _settings(stage).parent_consent_under
    for case in _cases(stage.room.coordinator, stage.room.campaign):
        person = case.respondent
        assert person is not None
        if person.do_not_call:
            assert case.attempts == ()
        age = person.age(NOW.date())
        if age is None or age < limit:
            heard = [a for a in case.attempts if a.role == "subject"]
            assert not heard or case.parent_consent is True


def test_every_agent_speaks_the_language_of_whom_was_called(stage: Stage) -> None:
    with stage.room.coordinator.store.work() as work:
        languages = {a.id: a.languages for a in work.campaigns.roster()}
    for case in _cases(stage.room.coordinator, stage.room.campaign):
        for attempt in case.attempts:
            assert case.respondent is not None
            assert case.respondent.language in languages[attempt.agent]


def test_the_counts_of_the_figures_are_those_of_the_events(stage: Stage) -> None:
    with stage.room.coordinator.store.work() as work:
        closed = [e.fact for e in work.events.of_kind("AttemptClosed") if isinstance(e.fact, AttemptClosed)]
        answered = {e.fact.case for e in work.events.of_kind("ResponseRecorded") if _by_subject(e.fact)}
    complete = {f.case for f in closed if f.outcome is Outcome.COMPLETE}
    cases = _cases(stage.room.coordinator, stage.room.campaign)
    figures = campaign_figures(cases, _settings(stage), NOW, "nl", internal=True)
    assert figures.interviews == len(complete)
    assert complete <= answered
    assert sum(n for _, n in figures.attempts) == len(closed)
    assert sum(row.total or 0 for row in figures.outcomes) == figures.list_size == len(cases)


def _by_subject(fact: object) -> bool:
    return isinstance(fact, ResponseRecorded) and fact.role == "subject"


def _truth(person: Person, scale: Scale) -> tuple[str, str]:
    """Return the hidden places of a person on a scale, told independently of the program's own rules."""

    def place(year: Year) -> str:
        if scale is Scale.STREAM:
            return year.key if year.grade <= 2 else ""
        if not 3 <= year.grade <= 6:
            return ""
        return year.key[:3] if scale is Scale.FORM else year.key[3:]

    fates = {"higher": "higher", "left": "left"}
    after = place(person.after) if person.after else ""
    return place(person.before), after or fates.get(person.status, "outside")


def test_the_waterval_is_the_hidden_truth_of_those_who_were_interviewed(stage: Stage) -> None:
    settings = _settings(stage)
    cases = _cases(stage.room.coordinator, stage.room.campaign)
    done = [c for c in cases if any(a.outcome is Outcome.COMPLETE for a in c.attempts)]
    assert done
    pairs = [pair_of(c, settings.previous_school_year, settings.school_year) for c in done]
    for scale in Scale:
        hidden = Counter(_truth(stage.room.cast.people[c.id], scale) for c in done)
        hidden = Counter({flow: n for flow, n in hidden.items() if flow[0]})
        assert dict(waterfall(pairs, scale).flows) == dict(hidden)


def test_the_numbers_read_back_from_the_pdf_are_those_of_the_events(stage: Stage, tmp_path: Path) -> None:
    with stage.room.coordinator.store.work() as work:
        closed = [e.fact for e in work.events.of_kind("AttemptClosed") if isinstance(e.fact, AttemptClosed)]
        snapshot = campaign_report(work, stage.room.campaign)
    complete = {f.case for f in closed if f.outcome is Outcome.COMPLETE}
    made = export(snapshot, tmp_path, "nl", internal=True)
    told = " ".join(" ".join(page.extract_text() for page in PdfReader(made.pdf).pages).split())
    assert f"{len(complete)} volledige gesprekken van {PEOPLE} op de lijst" in told
    row = re.search(r"1\.1 Volledig gesprek ([\d ]+?) (?=\d\.)", told)
    assert row is not None
    by_site = Counter(stage.room.cast.people[case].site for case in complete)
    assert [int(n) for n in row.group(1).split()] == [*(by_site[s] for s in snapshot.settings.sites), len(complete)]


def test_a_sync_with_nothing_new_changes_nothing(stage: Stage) -> None:
    before = all_events(stage.opened[0].store.central)
    for member in stage.room.agents:
        again = sync(member.store.log, member.box, stage.room.clock)
        assert (again.pushed, again.sane) == (0, True)
    assert all_events(stage.opened[0].store.central) == before


def test_a_replayed_sync_adds_nothing(stage: Stage) -> None:
    member = stage.room.agents[0]
    before = all_events(stage.opened[0].store.central)
    assert member.store.log.offer_again() > 0
    again = sync(member.store.log, member.box, stage.room.clock)
    assert again.confirmed == again.pushed > 0
    assert all_events(stage.opened[0].store.central) == before


def test_the_projection_can_be_dropped_and_made_again(stage: Stage) -> None:
    chief = stage.opened[0].store
    before = _cases(stage.room.coordinator, stage.room.campaign)
    chief.rebuild()
    assert _cases(stage.room.coordinator, stage.room.campaign) == before


def test_two_days_later_a_new_batch_leaves_finished_cases_alone(stage: Stage) -> None:
    settings = _settings(stage)
    day = NOW.date() + timedelta(days=1)
    stage.room.clock.set(block_on(day).start - timedelta(minutes=10))
    stage.room.deal(block_on(day))
    held = [case for m in stage.room.agents for case in m_leased(m)]
    assert held
    assert len({c.id for c in held}) == len(held)
    for case in held:
        assert not case.closed(settings.cutoffs, settings.max_attempts)


def m_leased(member: Member) -> tuple[Case, ...]:
    with member.store.work() as work:
        return tuple(work.cases.leased_to(member.store.device.person))


def test_no_log_line_or_file_of_a_laptop_names_anybody(stage: Stage) -> None:
    names = {p.last_name for p in stage.people}
    folder = stage.installation.where.people
    for path in sorted(Path(folder).rglob("*")):
        # The label beside a store names who may sign in: the people who work here, not those who are called.
        if path.is_file() and path.name != "label.json":
            data = path.read_bytes()
            assert [n for n in names if n.encode() in data and len(n) > 5] == [], path.name
