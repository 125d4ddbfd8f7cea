"""Words of a plan: how good it is proven to be, and who must move."""

from __future__ import annotations

from callcenter.queue.certificate import Certificate
from callcenter.usecases.dealing import Moved
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
