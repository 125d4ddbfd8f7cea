"""Words for what offline work brought to the board: two words on one field, two calls, results not accepted."""

from __future__ import annotations

from callcenter.usecases.board import Attention, Need
from ui.text import _, plural


def sync_words(item: Attention) -> tuple[str, str] | None:
    """Return both lines of such an item; None for any other."""
    match item.need:
        case Need.CONFLICT:
            title = _("Two people decided differently about {name}", name=item.name)
            return title, _("{agents}: neither is lost, one must hold.", agents=item.agent)
        case Need.CALLED_TWICE:
            words = _(
                "{agent} still called after the case was given to somebody else. Both calls count.", agent=item.agent
            )
            return _("{name} was called from two laptops", name=item.name), words
        case Need.SET_ASIDE:
            title = plural("{n} result was not accepted", "{n} results were not accepted", item.count)
            return title, _("They are safe on the laptop of {agent}.", agent=item.agent or "–")
    return None
