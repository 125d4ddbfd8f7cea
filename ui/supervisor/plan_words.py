"""Words of a plan: how good it is proven to be, who must move, and why somebody is with an agent."""

from __future__ import annotations

from collections.abc import Mapping

from callcenter.ids import Id
from callcenter.queue.certificate import Certificate
from callcenter.queue.explain import explain
from callcenter.queue.plan import Split
from callcenter.usecases.dealing import Choice, Moved
from ui.text import _, current

_DECIMALS = 3


def proof_line(proof: Certificate) -> str:
    """Return by how much a plan may be below the best one at most."""
    if not proof.bound:
        return ""
    if proof.gap <= 0:
        return _("No better plan exists: proven.")
    share = current().percent(proof.share, _DECIMALS)
    return _("At most {share} below the best possible plan: proven.", share=share)


def move_line(move: Moved, why: str) -> str:
    """Return one line about somebody who leaves an agent's list before its time."""
    giver = move.giver or _("somebody who left")
    taker = move.taker or _("nobody now")
    return _("{person}: from {giver} to {taker} – {why}", person=move.person, giver=giver, taker=taker, why=why)


def choice_lines(choice: Choice, names: Mapping[Id, str]) -> tuple[str, str]:
    """Return who it is with the place on the list, and why this agent, in words and numbers."""
    say = current()
    who = _("{rank}. {person} (reserve)") if choice.reserve else _("{rank}. {person}")
    told = [explain(reason, say, names) for reason in choice.chosen]
    if choice.split is not None:
        told.append(_split_words(choice.split))
    return who.format(rank=say.number(choice.rank), person=choice.person), " ".join(told)


def _split_words(split: Split) -> str:
    say = current()
    bonus = split.continuity + split.site + split.scarce + split.stay
    return _(
        "Worth {value}, for this agent +{bonus}; this agent's time costs {price}.",
        value=say.number(split.value),
        bonus=say.number(bonus),
        price=say.number(split.price),
    )
