"""Lines cut at any byte, programs and servers killed at any moment: nothing confirmed is lost or doubled."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.sync.every_byte import every_byte
from tests.sync.line import Line
from tests.sync.server import Server
from tests.sync.storm import Storm, Weather

pytest.importorskip("resource", reason="these faults need fork and kill -9")


def test_three_hundred_cuts_lose_nothing_and_double_nothing() -> None:
    with Storm(Weather(killed=0, backend=0, postmaster=0), seed=1) as storm:
        storm.rage(lambda storm: storm.cuts >= 300)
        tally = storm.calm()
        assert tally.sound, tally
        assert tally.confirmed > 300
        assert storm.cuts >= 300


def test_a_sync_cut_at_places_all_along_both_ways_is_made_whole_by_the_next(tmp_path: Path) -> None:
    server = Server()
    server.start()
    line = Line(server.port)
    try:
        tally, cuts = every_byte(server.url, line, tmp_path, 173, print)
    finally:
        line.close()
        server.stop()
    assert tally.sound, tally
    assert cuts > 50


def test_a_hundred_kills_of_laptops_and_server_lose_nothing_and_double_nothing() -> None:
    with Storm(Weather(killed=0.9, backend=0.2, postmaster=0.05, cut=0.2), seed=2) as storm:
        storm.rage(lambda storm: storm.kills >= 100)
        tally = storm.calm()
        assert tally.sound, tally
        assert tally.confirmed > 100
        assert storm.kills >= 100


def test_the_products_own_commands_come_through_cuts_and_kills() -> None:
    """`callcenter central enrol` and `rehearse`, as anyone may use them to put the system under faults."""
    with Storm(Weather(cut=0.9, killed=0.8, backend=0.1, postmaster=0.05, lives=0.6), 3, rehearsed=True) as storm:
        storm.rage(lambda storm: storm.kills >= 10 and storm.cuts >= 10)
        tally = storm.calm()
        assert tally.sound, tally
        assert tally.confirmed > 20
