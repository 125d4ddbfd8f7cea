"""Leases that run out while the desk is open: their cases leave the desk and are given back."""

from __future__ import annotations

from datetime import timedelta

from callcenter.domain.event import LeaseReturned
from callcenter.ids import Id
from callcenter.ports import UnitOfWork
from callcenter.usecases.views import Changes

_OVER = "lease over"


def let_go(work: UnitOfWork, shown: Id = "") -> Changes:
    """Give back every case whose lease is over and say which cases the desk may show no more.

    A call that goes on is not interrupted: its case stays until the call is closed. Over means over by both clocks,
    this laptop's and central's: a clock that runs ahead gives nothing back. No call may start in the last minutes of
    a lease, so the case that is `shown` leaves the desk a little earlier.
    """
    clocks = work.clocks()
    earlier = clocks.now + min(clocks.skew, timedelta())
    gone: set[Id] = set()
    for record in work.campaigns.all():
        for case in work.cases.all(record.id):
            lease = case.lease
            if lease is None or lease.agent != work.device.person or lease.ended_at is not None or case.open_attempt:
                continue
            if not lease.live(earlier):
                work.events.append(LeaseReturned(case.id, lease.id, _OVER))
                gone.add(case.id)
            elif case.id == shown and not lease.callable(clocks.latest):
                gone.add(case.id)
    return Changes(cases=frozenset(gone))
