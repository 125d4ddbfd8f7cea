"""One sync, cut at each byte that it sends and at each that it receives."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import islice
from pathlib import Path

from callcenter.clock import now
from callcenter.domain.event import NoteAdded
from callcenter.errors import CallcenterError
from callcenter.ids import new_id
from callcenter.usecases.syncing import sync
from db.central.open import open_central
from db.local.store import LocalStore
from tests.sync.fleet import Laptop
from tests.sync.line import Fault, Line, Way
from tests.sync.tally import Tally, add, count
from tests.sync.town import Town, on_postgres

_EVENTS = 8
_A_TOWN = 200
"""Cuts after which another organisation begins: what central says of all events of a device grows with them."""
_SPARE = 64
"""A few bytes more than the recorded sync: numbers grow."""
_WAYS: tuple[Way, ...] = ("up", "down")


def every_byte(url: str, line: Line, folder: Path, stride: int, tell: Callable[[str], None]) -> tuple[Tally, int]:
    """Cut a sync of eight events at every `stride`th byte of both ways; return the tally and the number of cuts.

    After each cut a whole sync must bring the rest; the coordinator's events come back as deliveries, so both ways
    carry content.
    """
    found, before = Tally(), line.cuts
    town = on_postgres(folder, url, line.port)
    town.sync(town.office)
    sizes = _recorded(town, line)
    tell(f"one sync is {sizes['up']} bytes up and {sizes['down']} bytes down")
    places = ((way, at) for way in _WAYS for at in range(0, sizes[way] + _SPARE, stride))
    while some := list(islice(places, _A_TOWN)):
        _cut_at(town, line, some)
        add(found, _counted(town))
        tell(f"{some[-1][0]} byte {some[-1][1]}: {found.line(line.cuts - before, 0)}")
        town = on_postgres(folder, url, line.port)
        town.sync(town.office)
    return found, line.cuts - before


def _recorded(town: Town, line: Line) -> dict[Way, int]:
    before = dict(line.passed)
    _say(town.office)
    _over_the_line(town)
    return {way: line.passed[way] - before[way] for way in _WAYS}


def _cut_at(town: Town, line: Line, places: Iterable[tuple[Way, int]]) -> None:
    for way, at in places:
        _say(town.office)
        fault = Fault(way, at)
        line.plan = lambda fault=fault: fault  # type: ignore[misc]
        try:
            _over_the_line(town)
        except CallcenterError:
            pass  # that is what the cut is for
        finally:
            line.plan = lambda: None
        town.until_reached(town.office)


def _say(store: LocalStore) -> None:
    with store.work() as work:
        work.events.append(*(NoteAdded(new_id(now()), "", "x" * 100) for _ in range(_EVENTS)))


def _over_the_line(town: Town) -> None:
    box = open_central(town.address, town.office.device)
    try:
        sync(town.office.log, box, now)
    finally:
        box.close()


def _counted(town: Town) -> Tally:
    office = town.office
    with office._file.begin() as connection:
        said = connection.exec_driver_sql("SELECT event_id, sha256 FROM outbox").all()
    witness = town.folder / f"{town.owner['org']}.witness"
    witness.write_text("".join(f"{event} {sha}\n" for event, sha in said), "ascii")
    tally = count(town.owner, [(Laptop("boss", town.folder, witness), office)], office)
    tally.lost |= town.unread(office)
    office.close()
    return tally
