"""Fair shares of the work and what a dial above them costs: the ladder that keeps loads even."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from callcenter.queue.market import Ladder

# Parts of the fair share, in percent, up to which a dial costs what the step of the same place says.
LEAST, MOST = 90, 105
# A dial up to 90 % of the fair share, up to the share itself, up to 105 %, and above.
STEPS = (0, 100, 140, 2_000)


def fair_shares(dials: int, minutes: Sequence[int], rooms: Sequence[int]) -> list[Fraction]:
    """Return what each agent would call of so many dials, by minutes of work and never above the room.

    What one agent has no room for is shared out among the others.
    """
    shares = [Fraction(0)] * len(minutes)
    open_ = [agent for agent, room in enumerate(rooms) if room > 0]
    left = Fraction(dials)
    while open_ and left > 0:
        total = sum(minutes[agent] for agent in open_)
        full = [agent for agent in open_ if left * minutes[agent] >= rooms[agent] * total]
        for agent in full or open_:
            shares[agent] = Fraction(rooms[agent]) if full else left * minutes[agent] / total
        left -= sum(shares[agent] for agent in full or open_)
        open_ = [agent for agent in open_ if agent not in full] if full else []
    return shares


def ladder_of(fair: Fraction | float, room: int, begun: int = 0, steps: Sequence[int] = STEPS) -> Ladder:
    """Return what each further dial of an agent costs; `begun` dials are there already and cost nothing more.

    A share of two and a half may become three: no load can be even to less than one dial.
    """
    fair = Fraction(fair)
    whole = -(-fair.numerator // fair.denominator)
    bounds = (int(fair * LEAST / 100), whole, max(whole, int(fair * MOST / 100)), room)
    ladder: list[tuple[int, int]] = []
    for bound, cost in zip(bounds, steps, strict=False):
        upto = min(bound, room) - begun
        if upto > (ladder[-1][0] if ladder else 0):
            ladder.append((upto, cost))
    return tuple(ladder) or ((0, 0),)
