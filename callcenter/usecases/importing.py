"""A list becomes the sample of a campaign: first a preview without any write, then one transaction."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from callcenter.domain.campaign import CampaignSettings
from callcenter.domain.case import Case
from callcenter.domain.event import CaseOpened, Fact, RespondentAdded, RespondentMerged
from callcenter.domain.sample import Respondent
from callcenter.ids import Id, new_id
from callcenter.intake.alumni import Progress, SamplePreview, read_list
from callcenter.ports import KeptFinding, UnitOfWork
from callcenter.usecases.samples import Key, person_key, renewed, respondent_of, shared_numbers
from callcenter.usecases.views import Changes


@dataclass(frozen=True)
class Imported(Changes):
    """What an import changed: how many people are new, were known with other words, or were known as they are."""

    added: int = 0
    merged: int = 0
    unchanged: int = 0


def preview(path: Path, as_of: date, progress: Progress | None = None) -> SamplePreview:
    """Read and judge a list without writing anything; for the free lane.

    `progress` is told (rows done, rows in all) and may raise to stop. Raises ListUnreadable, ListEmpty or NoHeader.
    """
    return read_list(path, as_of, progress)


def encoding_of(path: Path) -> str:
    """Return how a text table is written, UTF-8 or Windows-1252; empty for a workbook or an unreadable file."""
    if path.suffix.lower() in (".xlsx", ".xlsm"):
        return ""
    try:
        path.read_bytes().decode("utf-8")
    except UnicodeDecodeError:
        return "Windows-1252"
    except OSError:
        return ""
    return "UTF-8"


def import_sample(work: UnitOfWork, campaign: Id, seen: SamplePreview) -> Imported:
    """Add the accepted people of a preview to a campaign and open their cases.

    A list that comes again, corrected, is matched by alumni number, else by names and birth date: a changed row
    replaces what is known of the person, attempts and leases stay. An erased person is not brought back. Findings are
    kept in this store only.
    """
    settings = CampaignSettings.from_json(work.campaigns.get(campaign).settings)
    index = _Index(work.cases.all(campaign))
    shared = shared_numbers(seen.accepted)
    facts: list[Fact] = []
    touched: set[Id] = set()
    added = merged = 0
    for row in seen.accepted:
        new = respondent_of(row, new_id(work.now()), shared)
        known = index.take(new)
        if known is None:
            case = new_id(work.now())
            facts += _opened(case, campaign, new, settings.wave)
            added += 1
        else:
            case = known.id
            told = list(_merged(known, campaign, new))
            facts += told
            merged += len(told)
            if not told:
                continue
        touched.add(case)
    if facts:
        work.events.append(*facts)
    work.campaigns.keep_findings(campaign, _kept(seen))
    unchanged = len(seen.accepted) - added - merged
    return Imported(frozenset(touched), frozenset({campaign}), added, merged, unchanged)


class _Index:
    """The people of a campaign, each taken once."""

    def __init__(self, cases: Iterable[Case]) -> None:
        self._by_reference: dict[str, Case] = {}
        self._by_key: dict[Key, Case] = {}
        self._taken: set[Id] = set()
        for case in cases:
            if case.reference:
                self._by_reference[case.reference] = case
            if person := case.respondent:
                self._by_key[person_key(person.first_name, person.last_name, person.birth_date)] = case

    def take(self, person: Respondent) -> Case | None:
        """Return the case of this person, if the campaign has one that no other row took."""
        found = self._by_reference.get(person.reference) if person.reference else None
        if found is None or found.id in self._taken:
            found = self._by_key.get(person_key(person.first_name, person.last_name, person.birth_date))
        if found is None or found.id in self._taken:
            return None
        self._taken.add(found.id)
        return found


def _opened(case: Id, campaign: Id, person: Respondent, wave: int) -> tuple[Fact, Fact]:
    return (
        CaseOpened(case, campaign, person.person, person.site, wave, person.reference),
        RespondentAdded(case, campaign, person),
    )


def _merged(known: Case, campaign: Id, new: Respondent) -> Iterator[Fact]:
    if known.erased or known.respondent is None:
        return
    person = renewed(known.respondent, new, (a.number for a in known.attempts))
    if person != known.respondent:
        yield RespondentMerged(known.id, campaign, person)


def _kept(seen: SamplePreview) -> Iterator[KeptFinding]:
    return (KeptFinding(f.sheet, f.row, f.column, f.code, f.old, f.new) for f in seen.findings)
