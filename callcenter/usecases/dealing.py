"""Who calls whom in a block: the plan as values, and the leases with their packs once a supervisor agrees."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from callcenter.domain.agent import Agent, Role, Shift
from callcenter.domain.campaign import CampaignSettings
from callcenter.domain.case import Case
from callcenter.domain.event import Fact, LeaseEnded, LeaseGranted
from callcenter.domain.lease import Tier
from callcenter.domain.outcome import MEANING
from callcenter.errors import CallcenterError
from callcenter.forms.session import load
from callcenter.ids import Id, new_id
from callcenter.ports import UnitOfWork
from callcenter.queue.certificate import Certificate
from callcenter.queue.daybatch import Grant, Known, Plan, deal
from callcenter.queue.eligibility import unsuited
from callcenter.queue.plan import Split
from callcenter.queue.prospects import known_as, prospects
from callcenter.queue.reason import Reason, counted
from callcenter.queue.replan import Move, forced, freed, settled
from callcenter.queue.units import unit_by_case, units_of
from callcenter.text import N_
from callcenter.usecases.campaigning import OPEN
from callcenter.usecases.interview import FormMissing
from callcenter.usecases.packs import PackRules, build_pack
from callcenter.usecases.supervising import CorrectionRefused, me
from callcenter.usecases.views import Changes

_SHORT_SHIFT = timedelta(hours=4)


class CampaignNotOpen(CallcenterError):
    """Nothing is dealt before the coordinator opens the campaign, or after its end."""

    code = "SUPERVISE-05"
    what = N_("This campaign is not open, so nobody can be called yet.")
    advice = N_("Ask the coordinator to open it on the page of the campaign.")


class AgentUnsuited(CallcenterError):
    """This agent may not call this person; the reason itself stays with the rules."""

    code = "SUPERVISE-06"
    what = N_("{agent} may not call this person: another language, or they may know each other.")
    advice = N_("Choose another agent.")


@dataclass(frozen=True)
class Block:
    """A shift block that can be dealt: when, and how many agents of one's own sites work in it."""

    start: datetime
    end: datetime
    agents: int

    @property
    def shift(self) -> Shift:
        """Return the block as the queue takes it."""
        return Shift(self.start, self.end)


@dataclass(frozen=True)
class Choice:
    """Somebody on an agent's new list: place, why now, why this agent, and what the weight is made of."""

    rank: int
    person: str
    reserve: bool
    why: tuple[Reason, ...]
    chosen: tuple[Reason, ...]
    split: Split | None


@dataclass(frozen=True)
class Load:
    """What one agent gets: persons of the first and of the reserve selection, all expected dials, the fair share."""

    agent: Id
    name: str
    site: str
    primary: int
    reserve: int
    kept: int
    dials: int
    share: int = 0
    choices: tuple[Choice, ...] = ()


@dataclass(frozen=True)
class Moved:
    """Somebody who must leave an agent's list before its time; names are short, an empty one is nobody."""

    case: Id
    person: str
    giver: str
    taker: str
    why: Reason


@dataclass(frozen=True)
class PlanView:
    """A plan as a supervisor sees it.

    `binding` are what left cases without an agent, `waiting` why the others wait, `balance` what keeps loads uneven;
    with counts, worded by `queue.explain`. `certificate` proves how near the plan is to the best one. `names` are
    the short names of agents that reasons mention.
    """

    loads: tuple[Load, ...]
    granted: int
    kept: int
    binding: tuple[Reason, ...]
    waiting: tuple[tuple[Reason, int], ...]
    balance: tuple[Reason, ...] = ()
    moves: tuple[Moved, ...] = ()
    certificate: Certificate = Certificate(0, 0)
    names: Mapping[Id, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Dealt(Changes):
    """A plan that was carried out."""

    plan: PlanView = PlanView((), 0, 0, (), ())


def blocks(work: UnitOfWork) -> tuple[Block, ...]:
    """Return the blocks of the roster that did not end yet, earliest first."""
    at = work.now()
    shifts = Counter((s.start, s.end) for agent in _agents(work) for s in agent.shifts if s.end > at)
    return tuple(Block(start, end, n) for (start, end), n in sorted(shifts.items()))


def plan_daybatch(work: UnitOfWork, campaign: Id, block: Shift | None, seed: int) -> PlanView:
    """Return what dealing would do, without writing; the same seed gives the same plan in `deal_daybatch`."""
    table = _Table(work, campaign)
    return _view(*table.plan(block, seed), table)


def deal_daybatch(work: UnitOfWork, campaign: Id, block: Shift | None, seed: int) -> Dealt:
    """Grant the leases of a block, each with its pack; without a block for today's shifts from now on.

    Cases under a lease that still runs stay where they are, but for those that cannot: their agent is absent, may not
    call the person any more, or the person wants no calls. Raises CampaignNotOpen, FormMissing.
    """
    table = _Table(work, campaign)
    plan, moves = table.plan(block, seed)
    ended = [LeaseEnded(move.case, move.lease, move.why.code) for move in moves]
    facts: list[Fact] = [*ended, *_granted(work, table, plan)]
    if facts:
        work.events.append(*facts)
    touched = frozenset(fact.about for fact in facts if fact.about)
    return Dealt(cases=touched, plan=_view(plan, moves, table))


class _Table:
    """Everything that is on the table when a batch is dealt."""

    def __init__(self, work: UnitOfWork, campaign: Id) -> None:
        record = work.campaigns.get(campaign)
        published = work.campaigns.form(campaign)
        if record.state != OPEN:
            raise CampaignNotOpen()
        if published is None:
            raise FormMissing()
        self.campaign = campaign
        self.settings = CampaignSettings.from_json(record.settings)
        self.cases = {case.id: case for case in work.cases.all(campaign) if case.respondent is not None}
        self.agents = {agent.id: agent for agent in _agents(work)}
        self.roster = tuple(work.campaigns.roster())
        earlier = tuple(_earlier(work, campaign))
        self.spoken = _spoken(self.cases.values(), earlier)
        at = work.now()
        self._chances = prospects(tuple(self.cases.values()), earlier, self.agents.values(), self.settings, at)
        self.rules = PackRules(self.settings, frozenset(load(published.xml).wanted), at, self._chances)

    def plan(self, block: Shift | None, seed: int) -> tuple[Plan, tuple[Move, ...]]:
        """Deal, with what must move first; a block that is still to come is judged at its start."""
        at = max(self.rules.at, block.start) if block else self.rules.at
        cases, agents = tuple(self.cases.values()), tuple(self.agents.values())
        moves = forced(cases, self.roster, self.settings, at)
        known = Known(self._chances.outlook, self.spoken)
        plan = deal(freed(cases, moves, at), agents, self.settings, at, seed, block, known)
        return plan, settled(moves, plan)

    def name(self, agent: Id) -> str:
        """Return the short name of an agent; empty when they left the roster."""
        return next((each.short_name() for each in self.roster if each.id == agent), "")


def _spoken(cases: Iterable[Case], earlier: Iterable[Case]) -> dict[Id, Id]:
    """Return, by case, the agent who last spoke to this person in an earlier campaign."""
    last: dict[str, tuple[datetime, Id]] = {}
    for case in earlier:
        for a in case.closed_attempts:
            if a.agent and a.outcome is not None and MEANING[a.outcome].contact:
                last[known_as(case)] = max(last.get(known_as(case), (a.opened_at, a.agent)), (a.opened_at, a.agent))
    return {case.id: last[known_as(case)][1] for case in cases if known_as(case) in last}


def _earlier(work: UnitOfWork, campaign: Id) -> Iterator[Case]:
    """Return the cases of other campaigns: what was learned of the same people before."""
    for record in work.campaigns.all():
        if record.id != campaign:
            yield from work.cases.all(record.id)


def _agents(work: UnitOfWork) -> tuple[Agent, ...]:
    """Return the agents whose work this person plans: those of the own site, or all for a coordinator."""
    mine = me(work)
    return tuple(a for a in work.campaigns.roster() if a.role is Role.AGENT and mine.may_see(a.site))


def _granted(work: UnitOfWork, table: _Table, plan: Plan) -> Iterator[Fact]:
    holder = {grant.case: grant.agent for grant in plan.grants}
    units = unit_by_case(units_of(tuple(table.cases.values()), table.settings.unit_limit))
    for grant in plan.grants:
        case = table.cases[grant.case]
        together = [o.id for o in units[case.id].others(case) if holder.get(o.id) == grant.agent]
        yield _lease(work, table, grant, together)


def _lease(work: UnitOfWork, table: _Table, grant: Grant, siblings: Sequence[Id]) -> LeaseGranted:
    case, agent = table.cases[grant.case], table.agents[grant.agent]
    return LeaseGranted(
        case=case.id,
        campaign=table.campaign,
        lease=new_id(work.now()),
        agent=agent.id,
        epoch=(case.lease.epoch if case.lease else 0) + 1,
        granted_at=work.now(),
        expires_at=grant.expires_at,
        pack=build_pack(case, agent, table.rules, siblings, (*grant.why, *_for_the_desk(grant))),
        tier=grant.tier,
        rank=grant.rank,
    )


def _for_the_desk(grant: Grant) -> tuple[str, ...]:
    """Return why this agent, without what names another one."""
    return tuple(text for text in grant.chosen if Reason.read(text).fact("agent") is None)


def reassign(work: UnitOfWork, case: Id, agent: Id, why: str) -> Changes:
    """Give a case to another agent now: the old lease ends, a new one runs until after that agent's shift.

    A laptop that is offline may still call under the old lease; the screen says so. Raises CorrectionRefused,
    AgentUnsuited, CampaignNotOpen.
    """
    held = work.cases.get(case)
    table = _Table(work, held.campaign)
    taker = table.agents.get(agent)
    if taker is None or not me(work).may_correct(held.site):
        raise CorrectionRefused(site=held.site)
    if unsuited(taker, held, table.settings) is not None:
        raise AgentUnsuited(agent=taker.short_name())
    at = work.now()
    end = min((s.end for s in taker.shifts if s.end > at), default=at + _SHORT_SHIFT)
    expires = end + timedelta(minutes=table.settings.leases.after_shift_minutes)
    facts: list[Fact] = []
    if held.lease is not None and held.lease.ended_at is None:
        facts.append(LeaseEnded(case, held.lease.id, why.strip() or "reassigned"))
    facts.append(_lease(work, table, Grant(case, agent, Tier.PRIMARY, 0, expires), ()))
    work.events.append(*facts)
    return Changes(cases=frozenset({case}))


def takers(work: UnitOfWork, case: Id) -> tuple[Agent, ...]:
    """Return the agents to whom a case may be given: with a shift to come, and no rule speaks against it."""
    held = work.cases.get(case)
    settings = CampaignSettings.from_json(work.campaigns.get(held.campaign).settings)
    at = work.now()
    holder = held.lease.agent if held.lease and held.lease.live(at) else ""
    free = (a for a in _agents(work) if a.id != holder and any(s.end > at for s in a.shifts))
    return tuple(a for a in free if unsuited(a, held, settings) is None)


def _view(plan: Plan, moves: Sequence[Move], table: _Table) -> PlanView:
    kept = Counter(str(reason.fact("agent")) for _, reason in plan.kept)
    tiers = Counter((grant.agent, grant.tier) for grant in plan.grants)
    named = {reason.code for reason in plan.binding}
    return PlanView(
        loads=tuple(_loads(plan, table, tiers, kept)),
        granted=len(plan.grants),
        kept=len(plan.kept),
        binding=plan.binding,
        waiting=counted(reason for _, reason in plan.unassigned if reason.code not in named),
        balance=plan.balance,
        moves=tuple(_moved(move, table) for move in moves),
        certificate=plan.certificate,
        names={agent.id: agent.short_name() for agent in table.roster},
    )


def _moved(move: Move, table: _Table) -> Moved:
    person = table.cases[move.case].respondent
    return Moved(
        case=move.case,
        person=person.short_name() if person else "",
        giver=table.name(move.giver),
        taker=table.name(move.taker),
        why=move.why,
    )


def _loads(plan: Plan, table: _Table, tiers: Counter[tuple[Id, Tier]], kept: Mapping[str, int]) -> Iterable[Load]:
    choices: dict[Id, list[Choice]] = {agent: [] for agent in plan.loads}
    for grant in plan.grants:
        choices[grant.agent].append(_choice(grant, table))
    for agent in sorted((table.agents[a] for a in plan.loads), key=lambda a: a.name):
        yield Load(
            agent=agent.id,
            name=agent.short_name(),
            site=agent.site,
            primary=tiers[agent.id, Tier.PRIMARY],
            reserve=tiers[agent.id, Tier.RESERVE],
            kept=kept.get(agent.id, 0),
            dials=plan.loads[agent.id],
            share=plan.shares.get(agent.id, 0),
            choices=tuple(choices[agent.id]),
        )


def _choice(grant: Grant, table: _Table) -> Choice:
    person = table.cases[grant.case].respondent
    return Choice(
        rank=grant.rank,
        person=person.short_name() if person else "",
        reserve=grant.tier is Tier.RESERVE,
        why=tuple(Reason.read(text) for text in grant.why),
        chosen=tuple(Reason.read(text) for text in grant.chosen),
        split=grant.split,
    )
