"""What many seeds came to: means, and ratios paired by seed, with 95 % intervals."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import NormalDist, fmean, stdev

from tests.simulation.campaign import Record


@dataclass(frozen=True)
class Interval:
    """A mean over seeds with the ends of its interval."""

    mean: float
    low: float
    high: float

    @property
    def half(self) -> float:
        """Return half the width."""
        return (self.high - self.low) / 2


@dataclass(frozen=True)
class Figures:
    """One policy over all seeds; shares are fractions, `ratio` is ours divided by it."""

    policy: str
    interviews_per_hour: Interval
    worst_group: Interval
    appointments_kept: float
    under_two_attempts: float
    conflict_calls: float
    language_calls: float
    second_agent: float
    idle: float
    contact: float
    completes_to_refusals: float
    same_agent: float
    ratio: Interval


def interval(values: Sequence[float]) -> Interval:
    """Return the mean with its interval of Student's t; a single value has no width."""
    mean = fmean(values)
    half = _t(len(values) - 1) * stdev(values) / len(values) ** 0.5 if len(values) > 1 else 0.0
    return Interval(mean, mean - half, mean + half)


def _t(freedom: int) -> float:
    """Return the 97.5 % point of Student's t (Cornish and Fisher's expansion; exact to 0.01 from 5 on)."""
    z = NormalDist().inv_cdf(0.975)
    first, second = (z**3 + z) / 4, (5 * z**5 + 16 * z**3 + 3 * z) / 96
    return z + first / freedom + second / freedom**2


def figures(name: str, records: Sequence[Mapping[str, Record]]) -> Figures:
    """Return a policy's figures; each mapping holds the records of one seed by policy."""
    mine = [r[name] for r in records]
    dials = [r.dials for r in mine]
    return Figures(
        policy=name,
        interviews_per_hour=interval([r.per_hour for r in mine]),
        worst_group=interval([r.worst_group for r in mine]),
        appointments_kept=fmean(r.kept / max(1, r.due) for r in mine),
        under_two_attempts=fmean(r.open_below_two / max(1, r.open) for r in mine),
        conflict_calls=_share([r.conflicts for r in mine], dials),
        language_calls=_share([r.wrong_language for r in mine], dials),
        second_agent=_share([r.second_agent for r in mine], dials),
        idle=fmean(r.idle / 60 / r.hours for r in mine),
        contact=_share([r.contacts for r in mine], dials),
        completes_to_refusals=fmean(r.interviews / max(1, r.refusals) for r in mine),
        same_agent=_share([r.same_agent for r in mine], dials),
        ratio=interval([r["ours"].per_hour / r[name].per_hour for r in records]),
    )


def _share(parts: Sequence[int], wholes: Sequence[int]) -> float:
    return sum(parts) / max(1, sum(wholes))
