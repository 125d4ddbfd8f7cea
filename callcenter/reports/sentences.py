"""The sentences of a report that tell what was found, as far as it may be told."""

from __future__ import annotations

from callcenter.indicators.suppression import Shown, rate_shown
from callcenter.reports.figures import ScaleFigures
from callcenter.reports.wording import ROUNDED, Wording


def finding(words: Wording) -> str:
    """Return the report's title: what was found, with a number; the campaign's name where nothing may be told."""
    say, found = words.say, words.figures
    known, studying = found.status_known, found.studying
    shown = rate_shown(studying, known, 1 if found.internal else found.threshold)
    if not known or shown is Shown.HIDDEN or found.too_few:
        return say("{campaign}: report", campaign=found.title)
    share = studying / known
    whole = words.share(share, shown, 0 if share == 1 or 0.01 <= share <= 0.99 else 1)
    if shown is Shown.ROUNDED:
        whole = say("about {share}", share=_plain(whole))
    sentence = say("{share} of the young people reached are still in education", share=whole)
    return sentence[:1].upper() + sentence[1:]


def too_few(words: Wording) -> str:
    """Return why a report of so short a list prints no figures."""
    return words.say(
        "The list has fewer than {least} persons: every figure would tell about single persons. That is why this"
        " report prints none.",
        least=words.figures.threshold,
    )


def steps(words: Wording) -> str:
    """Return the heading of the waterval: how many went down on the scale of finality."""
    say, scale = words.say, words.scale("F")
    if not scale.known:
        return say("Waterval: nothing is known yet about both school years")
    if words.hidden(scale.down) or scale.shown is not Shown.FULL:
        return say("Waterval: steps to a lighter or heavier direction")
    return say.plural(
        "Waterval: {n} young person moved down in finality",
        "Waterval: {n} young people moved down in finality",
        scale.down,
    )


def moved(words: Wording, scale: ScaleFigures) -> str:
    """Return what a flow chart shows: which share went down, of how many."""
    say = words.say
    if not scale.known:
        return say("Nothing is known yet about both school years.")
    share = words.share(scale.share, scale.shown)
    if scale.shown is Shown.HIDDEN:
        return say("Too few people to show a share.")
    if scale.shown is Shown.ROUNDED:
        return say("About {share} moved to a lighter direction.", share=_plain(share))
    down, known = words.down(scale), words.count(scale.known)
    return say("{share} moved to a lighter direction ({down} of {known}).", share=share, down=down, known=known)


def _plain(share: str) -> str:
    return share.removeprefix(ROUNDED).strip()
