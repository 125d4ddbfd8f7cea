"""The cases, campaigns and drafts of a store, as the ports ask for them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, TypeVar

from sqlalchemy import Connection, Row, Select, delete, select
from sqlalchemy.dialects.sqlite import insert

from callcenter.domain.agent import Agent
from callcenter.domain.case import Case
from callcenter.domain.codec import from_json, parse
from callcenter.domain.event import FormPublished
from callcenter.errors import CallcenterError
from callcenter.ids import Id
from callcenter.ports import CampaignRecord, Device, Draft, KeptFinding
from callcenter.text import N_
from db.local import schema
from db.local.case_cache import CaseCache

_T = TypeVar("_T")


class CaseUnknown(CallcenterError):
    """This store does not hold it: its lease is over, or it never came here."""

    code = "STORE-05"
    what = N_("This laptop does not hold that case or campaign any more.")
    advice = N_("Take the next case. Your supervisor can see where it is.")


def _known(found: _T | None) -> _T:
    if found is None:
        raise CaseUnknown()
    return found


class StoredCases:
    """Cases, decoded from their projected rows."""

    def __init__(self, connection: Connection, cache: CaseCache) -> None:
        self._connection = connection
        self._cache = cache

    def get(self, case: Id) -> Case:
        """Return one case; CaseUnknown when this store does not hold it."""
        return self._decode(_known(self._connection.execute(_CASES.where(schema.case_.c.id == case)).first()))

    def holding(self, attempt: Id) -> Case:
        """Return the case of an attempt; CaseUnknown when this store does not hold it."""
        query = select(schema.attempt.c.case_id).where(schema.attempt.c.id == attempt)
        return self.get(_known(self._connection.execute(query).scalar()))

    def all(self, campaign: Id) -> Sequence[Case]:
        """Return every case of a campaign, by id."""
        return self._read(_CASES.where(schema.case_.c.campaign == campaign).order_by(schema.case_.c.id))

    def leased_to(self, agent: Id) -> Sequence[Case]:
        """Return the cases whose newest lease is this agent's and was not ended, expired or not, by rank."""
        table = schema.case_.c
        mine = (table.lease_agent == agent) & ~table.lease_ended
        return self._read(_CASES.where(mine).order_by(table.lease_rank, table.id))

    def _read(self, query: Select[Any]) -> tuple[Case, ...]:
        return tuple(self._decode(row) for row in self._connection.execute(query).all())

    def _decode(self, row: Row[Any]) -> Case:
        known = self._cache.get(row.id, row.version)
        if known is not None:
            return known
        case = from_json(Case, parse(row.body))
        self._cache.put(case, row.version)
        return case


_CASES: Select[Any] = select(schema.case_.c.id, schema.case_.c.version, schema.case_.c.body)


class StoredCampaigns:
    """Campaigns, forms, roster and findings."""

    def __init__(self, connection: Connection, device: Device) -> None:
        self._connection = connection
        self._device = device

    def all(self) -> Sequence[CampaignRecord]:
        """Return every campaign, newest first."""
        table = schema.campaign
        query = select(table).order_by(table.c.first_logical.desc(), table.c.id.desc())
        return tuple(CampaignRecord(r.id, r.settings, r.state) for r in self._connection.execute(query))

    def get(self, campaign: Id) -> CampaignRecord:
        """Return one campaign; CaseUnknown when this store does not hold it."""
        query = select(schema.campaign).where(schema.campaign.c.id == campaign)
        row = _known(self._connection.execute(query).first())
        return CampaignRecord(row.id, row.settings, row.state)

    def form(self, campaign: Id, version: str | None = None) -> FormPublished | None:
        """Return the form published last, or one version of it."""
        table = schema.form
        query = select(table.c.body).where(table.c.campaign == campaign)
        if version is not None:
            query = query.where(table.c.version == version)
        body = self._connection.execute(query.order_by(table.c.logical.desc(), table.c.event_id.desc())).scalar()
        return None if body is None else from_json(FormPublished, parse(body))

    def roster(self) -> Sequence[Agent]:
        """Return the people who work here, by the last RosterChanged; without one only this store's person."""
        agents = self._connection.execute(select(schema.roster.c.agents)).scalar()
        if agents is None:
            mine = self._device
            return (Agent(mine.person, mine.name, mine.role, mine.site),)
        return tuple(from_json(Agent, told) for told in agents)

    def keep_findings(self, campaign: Id, findings: Iterable[KeptFinding]) -> None:
        """Keep what an import found, after what earlier imports found."""
        rows = [
            {
                "campaign": campaign,
                "sheet": f.sheet,
                "row": f.row,
                "column": f.column,
                "code": f.code,
                "old": f.old,
                "new": f.new,
            }
            for f in findings
        ]
        if rows:
            self._connection.execute(schema.finding.insert(), rows)

    def findings(self, campaign: Id) -> Sequence[KeptFinding]:
        """Return what imports found, in the order of the lists."""
        table = schema.finding
        rows = self._connection.execute(select(table).where(table.c.campaign == campaign).order_by(table.c.id))
        return tuple(KeptFinding(r.sheet, r.row, r.column, r.code, r.old, r.new) for r in rows)


class StoredDrafts:
    """Interviews under way."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def save(self, draft: Draft) -> None:
        """Keep the draft of a case, instead of an earlier one."""
        said = {"attempt": draft.attempt, "snapshot": draft.snapshot, "note": draft.note, "saved_at": draft.saved_at}
        add = insert(schema.draft).values(case_id=draft.case, **said)
        self._connection.execute(add.on_conflict_do_update(index_elements=["case_id"], set_=said))

    def get(self, case: Id) -> Draft | None:
        """Return the draft of a case."""
        return self._first(select(schema.draft).where(schema.draft.c.case_id == case))

    def latest(self) -> Draft | None:
        """Return the draft saved last, of any case."""
        return self._first(select(schema.draft).order_by(schema.draft.c.saved_at.desc(), schema.draft.c.case_id))

    def drop(self, case: Id) -> None:
        """Forget the draft of a case."""
        self._connection.execute(delete(schema.draft).where(schema.draft.c.case_id == case))

    def _first(self, query: Select[Any]) -> Draft | None:
        row = self._connection.execute(query.limit(1)).first()
        return None if row is None else Draft(row.case_id, row.attempt, row.snapshot, row.note, row.saved_at)
