"""Counts, from outside, what became of everything that a screen has confirmed."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from callcenter.ports import PostBox
from db.central.open import all_events
from db.local.store import LocalStore
from tests.sync.fleet import Laptop

_OUTBOX = "SELECT seq, event_id, sha256, acked, set_aside FROM outbox ORDER BY seq"
_UNSAID = "SELECT id FROM event WHERE own AND id NOT IN (SELECT event_id FROM outbox)"
_LOG = "SELECT id, sha256 FROM event UNION SELECT event_id, sha256 FROM gone"


@dataclass
class Tally:
    """What was confirmed, and every event with which something is wrong, by its name."""

    confirmed: int = 0
    lost: set[str] = field(default_factory=set)
    doubled: set[str] = field(default_factory=set)
    wrongly: set[str] = field(default_factory=set)

    @property
    def sound(self) -> bool:
        """Tell whether nothing is wrong."""
        return not (self.lost or self.doubled or self.wrongly)

    def line(self, cuts: int, kills: int) -> str:
        """Return the one line that a soak ends with."""
        return (
            f"{self.confirmed} confirmed, {len(self.lost)} lost, {len(self.doubled)} doubled, "
            f"{len(self.wrongly)} wrongly acknowledged, {cuts} cuts, {kills} kills"
        )


def count(
    owner: Mapping[str, Any], laptops: Iterable[tuple[Laptop, LocalStore]], office: LocalStore | None = None
) -> Tally:
    """Hold the witnesses of laptops against central and, when it has read its mailbox to the end, the office.

    Lost: confirmed, and not with the same content on central or in the office, nor set aside for a supervisor; or a
    hole in a laptop's own sequence. Doubled: on central twice, by id or by place in the sequence. Wrongly
    acknowledged: the laptop believes that central holds it, and central does not, or something else.
    """
    held = all_events(owner)
    contents = {(e.id, e.sha256) for e in held}
    tally = Tally()
    for many in (Counter(e.id for e in held), Counter((e.device, e.seq) for e in held)):
        tally.doubled |= {str(name) for name, times in many.items() if times > 1}
    read = contents if office is None else contents & _rows(office, _LOG)
    for laptop, store in laptops:
        said = set(laptop.witnessed())
        tally.confirmed += len(said)
        aside = _outbox(store, contents, tally)
        tally.lost |= {event for event, sha in said - read if event not in aside}
    return tally


def add(found: Tally, more: Tally) -> None:
    """Add what another count found."""
    found.confirmed += more.confirmed
    found.lost |= more.lost
    found.doubled |= more.doubled
    found.wrongly |= more.wrongly


def wrongly_acknowledged(owner: Mapping[str, Any], store: LocalStore) -> set[str]:
    """Return what a laptop believes central to hold, now, and central does not."""
    tally = Tally()
    # First the laptop, then central: what is acknowledged in between does no harm.
    with store._file.begin() as connection:
        rows = connection.exec_driver_sql(_OUTBOX).all()
    contents = {(e.id, e.sha256) for e in all_events(owner)}
    tally.wrongly |= {r.event_id for r in rows if r.acked and (r.event_id, r.sha256) not in contents}
    return tally.wrongly


def unread(store: LocalStore, box: PostBox) -> set[str]:
    """Return the deliveries below a store's cursors that it does not hold: its inbox must be a beginning of each."""
    known = {event for event, _ in _rows(store, _LOG)}
    missing: set[str] = set()
    for mailbox, last in store.log.cursors().items():
        after = 0
        while after < last and (deliveries := box.pull(mailbox, after)):
            below = [d for d in deliveries if d.n <= last]
            missing |= {f"{mailbox}:{d.n}" for d in below if json.loads(d.wire)["id"] not in known}
            after = deliveries[-1].n
    return missing


def _outbox(store: LocalStore, contents: set[tuple[str, str]], tally: Tally) -> set[str]:
    """Judge a laptop's own events; return those that were set aside."""
    with store._file.begin() as connection:
        rows = connection.exec_driver_sql(_OUTBOX).all()
        tally.lost |= set(connection.exec_driver_sql(_UNSAID).scalars())
    tally.lost |= {f"{store.device.device}:{n}" for n, row in enumerate(rows, 1) if row.seq != n}
    tally.wrongly |= {r.event_id for r in rows if r.acked and (r.event_id, r.sha256) not in contents}
    return {r.event_id for r in rows if r.set_aside}


def _rows(store: LocalStore, query: str) -> set[tuple[str, str]]:
    with store._file.begin() as connection:
        return {(row[0], row[1]) for row in connection.exec_driver_sql(query)}
