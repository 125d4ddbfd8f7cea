"""Fair shares of the work and what a dial above them costs: the ladder that keeps loads even."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from fractions import Fraction

from callcenter.ids import Id
from callcenter.queue.market import Ladder
from callcenter.queue.reason import Reason

# A load is even from so many percent of the fair share up to so many.
LEAST, MOST = 90, 105
# What a dial costs up to so many percent of the fair share; those above the last cost the most. The small steps below
# keep agents alike who all have too little to call; above, nobody is left out for the sake of an even load.
STEPS = ((50, 0), (60, 8), (70, 16), (80, 24), (LEAST, 32), (100, 100), (MOST, 140), (125, 2_000), (150, 2_040))
ABOVE = 2_080


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


def ladder_of(
    fair: Fraction | float, room: int, begun: int = 0, steps: Sequence[tuple[int, int]] = (*STEPS, (0, ABOVE))
) -> Ladder:
    """Return what each further dial of an agent costs; `begun` dials are there already and cost nothing more.

    A step of 0 percent goes up to the room. A share of two and a half may become three: no load can be even to less
    than one dial.
    """
    fair = Fraction(fair)
    whole = -(-fair.numerator // fair.denominator)
    ladder: list[tuple[int, int]] = []
    for percent, cost in steps:
        bound = int(fair * percent / 100) if percent < 100 else max(whole, int(fair * percent / 100))
        upto = min(bound if percent else room, room) - begun
        if upto > (ladder[-1][0] if ladder else 0):
            ladder.append((upto, cost))
    return tuple(ladder) or ((0, 0),)


def uneven(
    loads: Mapping[Id, int], shares: Mapping[Id, int], callable_: Mapping[Id, Counter[str]], held: Mapping[Id, int]
) -> tuple[Reason, ...]:
    """Name what keeps loads away from their fair shares: who may call too few, and who alone speaks a language.

    `callable_` are the free people that each agent may call, by language, `held` the dials of leases that run. One
    dial too many or too few is no matter.
    """
    found = []
    most = max((counts.total() for counts in callable_.values()), default=0)
    for agent, load in sorted(loads.items()):
        share, may = shares.get(agent, 0), callable_[agent].total()
        if load + 1 < share * LEAST / 100 and may < most:
            found.append(Reason.of("load_low", agent=agent, cases=may, of=most, n=100 * load // share))
        elif load - 1 > share * MOST / 100:
            found.append(_high(agent, 100 * load // max(1, share), callable_, held=held.get(agent, 0) >= share))
    return tuple(found)


def _high(agent: Id, part: int, callable_: Mapping[Id, Counter[str]], *, held: bool) -> Reason:
    if held:
        return Reason.of("load_held", agent=agent, n=part)
    if language := _alone(agent, callable_):
        cases = callable_[agent][language]
        return Reason.of("load_language", agent=agent, agents=1, cases=cases, language=language, n=part)
    return Reason.of("load_high", agent=agent, n=part)


def _alone(agent: Id, callable_: Mapping[Id, Counter[str]]) -> str:
    """Return the language of which this agent alone may call people, the most asked one, or an empty text."""
    others = Counter[str]()
    for each, counts in callable_.items():
        if each != agent:
            others |= counts
    own = [(n, language) for language, n in callable_[agent].items() if not others[language]]
    return max(own)[1] if own else ""
