"""The campaign simulator, small: the direction of every bar, six worlds that nobody tuned on."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from statistics import fmean

import pytest

from tests.simulation.campaign import Campaign, Record
from tests.simulation.figures import figures, interval
from tests.simulation.ours import Ours
from tests.simulation.peers import Blaise
from tests.simulation.policies import POLICIES, play
from tests.simulation.world import make_world

_SEEDS = range(200, 206)
_POLICIES = ("ours", "file", "vicidial", "blaise")


@pytest.fixture(scope="module")
def records() -> list[dict[str, Record]]:
    return [play(seed, 1000, _POLICIES) for seed in _SEEDS]


def _mean(records: list[dict[str, Record]], name: str, figure: Callable[[Record], float]) -> float:
    return fmean(figure(r[name]) for r in records)


@pytest.mark.parametrize(("peer", "least"), [("file", 1.15), ("vicidial", 1.10), ("blaise", 1.0)])
def test_our_queue_brings_more_interviews_an_hour(records: list[dict[str, Record]], peer: str, least: float) -> None:
    assert interval([r["ours"].per_hour / r[peer].per_hour for r in records]).mean > least


def test_our_worst_group_is_no_worse(records: list[dict[str, Record]]) -> None:
    for peer in ("file", "vicidial", "blaise"):
        assert _mean(records, "ours", lambda r: r.worst_group) > _mean(records, peer, lambda r: r.worst_group)


def test_appointments_are_kept(records: list[dict[str, Record]]) -> None:
    assert _mean(records, "ours", lambda r: r.kept / r.due) >= 0.97
    assert _mean(records, "file", lambda r: r.kept / r.due) < 0.5


def test_nobody_calls_people_they_know_or_in_a_language_they_do_not_speak(records: list[dict[str, Record]]) -> None:
    for each in records:
        assert (each["ours"].conflicts, each["ours"].wrong_language, each["ours"].second_agent) == (0, 0, 0)
        assert min(each["file"].conflicts, each["file"].wrong_language) > 0


def test_hardly_anybody_is_left_with_fewer_than_two_calls(records: list[dict[str, Record]]) -> None:
    assert _mean(records, "ours", lambda r: r.open_below_two / max(1, r.open)) <= 0.01


def test_a_seed_gives_the_same_campaign_and_the_same_world_to_all() -> None:
    assert play(7, 200, ("ours", "blaise")) == play(7, 200, ("ours", "blaise"))
    world, again = make_world(7, 200), make_world(7, 200)
    assert world == again
    assert world != make_world(8, 200)
    assert Campaign(world).run(Blaise(world)) == play(7, 200, ("blaise",))["blaise"]


def test_every_policy_plays_a_whole_campaign() -> None:
    found = play(9, 60, POLICIES)
    assert all(record.dials > 0 and record.interviews > 0 for record in found.values())
    assert figures("file", [found]).ratio.mean == found["ours"].per_hour / found["file"].per_hour


def test_where_nobody_needs_a_second_language_nobody_is_called_in_a_wrong_one() -> None:
    assert play(9, 60, ("file",), languages=False)["file"].wrong_language == 0


def test_an_interval_narrows_with_more_seeds() -> None:
    assert interval([1.0]).half == 0
    # Student's t for 29 degrees of freedom is 2.045.
    values = [1.0, 1.2] * 15
    assert interval(values).half == pytest.approx(2.045 * 0.1017 / 30**0.5, rel=0.01)


def test_a_stated_moment_is_used_only_where_it_may_be() -> None:
    world = make_world(3, 300)
    assert any(p.stated >= 0 for p in world.people)
    assert all(not case.stated for case in Ours(world, stated=False).cases)
    assert dataclasses.is_dataclass(world)
