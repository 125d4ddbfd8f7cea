"""What a call is worth now: interviews per minute, less what a better moment that is still rostered would bring."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from callcenter.queue.chance import drawn
from callcenter.queue.model import MILLION, Odds

BETA = 1_000_000
"""How much of the better moment's lead counts against calling now, in millionths."""
COVER = (60_000, 30_000)
"""Added before the first and before the second try: everyone twice before a third call for anyone."""
TWICE = 2
FAIR_RANGE = (600_000, 1_800_000)
_FAIR = 3
_THIN = 20_000
"""A response of so little is added to both sides, so that the first interviews of a campaign decide nothing."""


@dataclass(frozen=True)
class Index:
    """The value of calling now in millionths of an interview per minute, and what it was made of."""

    value: int
    chance: int
    best: str = ""
    best_chance: int = 0


def per_minute(chance: int, odds: Odds) -> int:
    """Return v = p q / (t0 + p t1): expected interviews per minute of work, in millionths."""
    return chance * odds.interview * 60 // (odds.dial * MILLION + chance * odds.talk)


def index(
    chances: Mapping[str, int], odds: Odds, slot: str, later: Collection[str], tries: int, today: int = 0
) -> Index:
    """Return V = v - beta * max(0, best later v - v), fair to slow groups, with the bonus for who had few tries.

    `later` are the slots in which an agent who may call this person still works. A slot without a rate is worth the
    mean of the others. Each of `today` dials of this day halves the chance: who did not answer is out.
    """
    chance = chances.get(slot, _mean(chances)) >> today
    best = max((s for s in later if s in chances), key=lambda s: (chances[s], s), default="")
    best_chance = chances.get(best, 0)
    now = per_minute(chance, odds)
    lead = per_minute(best_chance, odds) - now if best_chance > chance else 0
    value = now - lead * BETA // MILLION
    fair = value * odds.fair // MILLION if value > 0 else value * MILLION // odds.fair
    cover = COVER[tries] if tries < TWICE else 0
    return Index(fair + cover, chance, best if best_chance > chance else "", best_chance)


def after_refusal(seed: int, key: str, slot: str, odds: Odds) -> Index:
    """Return a value that knows nothing of the person: after a refusal the slot is drawn, not computed."""
    chance = _mean(odds.contact)
    return Index(drawn(seed, key, slot) % (2 * per_minute(chance, odds) + 1), chance)


def fairness(response: int, mean: int) -> int:
    """Return the factor of a group whose response lies behind or before the mean; all in millionths."""
    factor = MILLION + _FAIR * (mean - response) * MILLION // (mean + _THIN)
    return min(FAIR_RANGE[1], max(FAIR_RANGE[0], factor))


def _mean(rates: Mapping[str, int]) -> int:
    return sum(rates.values()) // len(rates) if rates else 0
