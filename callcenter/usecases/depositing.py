"""Work that reaches the office in a sealed file: what goes into it on the laptop, and handing it in for a laptop."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from callcenter.domain.codec import parse
from callcenter.domain.event import AttemptClosed
from callcenter.errors import CallcenterError
from callcenter.ids import Id
from callcenter.ports import Outgoing, PostBox, Sealed, UnitOfWork, Verdict
from callcenter.text import N_
from callcenter.usecases.syncing import Progress, ignore_progress

_BATCH: Final = 1000
_MOST_BYTES: Final = 1_000_000


class OtherOrganisation(CallcenterError):
    """The file is of a laptop of somebody else."""

    code = "SEAL-03"
    what = N_("This file is of a laptop of another organisation.")
    advice = N_("Give it back to whoever brought it. Nothing was read in.")


@dataclass(frozen=True)
class SetApart:
    """An event of a file that central would not have; no content of it."""

    event: Id
    kind: str
    case: Id
    why: str


@dataclass(frozen=True)
class HandedIn:
    """What became of a file: whose it is, how many calls and events central now holds, and what it would not have."""

    name: str
    calls: int
    confirmed: int
    apart: tuple[SetApart, ...] = ()


def for_office(work: UnitOfWork, *, everything: bool) -> Sealed:
    """Return what goes into a file: all that central has not confirmed, or, when its count is wrong, all there is."""
    me = work.device
    return Sealed(
        org=me.org,
        device=me.device,
        db_epoch=me.db_epoch,
        person=me.person,
        name=me.name,
        site=me.site,
        made_at=work.now(),
        events=tuple(work.outbox.unconfirmed(everything=everything)),
    )


def calls_in(events: Sequence[Outgoing]) -> int:
    """Return how many finished calls these events tell of."""
    return sum(parse(sent.wire).get("kind") == AttemptClosed.__name__ for sent in events)


def hand_in(box: PostBox, org: Id, told: Sealed, progress: Progress = ignore_progress) -> HandedIn:
    """Hand a laptop's file in; central judges each event as if the laptop itself had come. Twice changes nothing.

    Raises OtherOrganisation, and what the post box raises.
    """
    if told.org != org:
        raise OtherOrganisation()
    verdicts: dict[Id, Verdict] = {}
    for batch in _batches(told.events):
        verdicts |= {v.event_id: v for v in box.deposit(told.device, told.db_epoch, batch)}
        progress(len(verdicts), len(told.events))
    held = [sent for sent in told.events if _held(sent, verdicts)]
    apart = [_apart(sent, verdicts) for sent in told.events if not _held(sent, verdicts)]
    return HandedIn(told.name, calls_in(held), len(held), tuple(apart))


def _batches(events: Sequence[Outgoing]) -> list[list[Outgoing]]:
    found: list[list[Outgoing]] = []
    size = 0
    for sent in events:
        size += len(sent.wire.encode())
        if not found or len(found[-1]) >= _BATCH or size > _MOST_BYTES:
            found.append([])
            size = len(sent.wire.encode())
        found[-1].append(sent)
    return found


def _held(sent: Outgoing, verdicts: Mapping[Id, Verdict]) -> bool:
    verdict = verdicts.get(sent.event_id)
    return verdict is not None and verdict.answer == "have" and verdict.sha256 == sent.sha256


def _apart(sent: Outgoing, verdicts: Mapping[Id, Verdict]) -> SetApart:
    envelope = parse(sent.wire)
    verdict = verdicts.get(sent.event_id)
    why = verdict.reason or verdict.answer if verdict else "malformed"
    return SetApart(sent.event_id, str(envelope.get("kind", "")), str(envelope.get("case", "")), why)
