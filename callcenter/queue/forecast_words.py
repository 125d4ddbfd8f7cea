"""A forecast in whole sentences."""

from __future__ import annotations

from callcenter.queue.forecast import Forecast
from callcenter.text import N_, Translator


def sentences(found: Forecast, say: Translator) -> list[str]:
    """Return a forecast in words: when the goal is reached, when the list is worked out, what can be dropped."""
    if found.end is None:
        return [say(N_("There are no shifts on the roster from now on."))]
    told = [_goal(found, say)]
    low, middle, high = (say.percent(share, 0) for share in (found.end.low, found.end.middle, found.end.high))
    words = N_("With all {n} shifts: {middle} interviewed (between {low} and {high}).")
    told.append(say(words, n=found.total, middle=middle, low=low, high=high))
    if found.worked_out is not None:
        day = say.date(found.worked_out, "d MMMM")
        told.append(
            say.plural(
                "This list is worked out on {day}: you can drop {n} shift.",
                "This list is worked out on {day}: you can drop {n} shifts.",
                found.spare,
                day=day,
            )
        )
    if found.out_of_reach:
        told.append(
            say.plural(
                "{n} person cannot be called by anybody on the roster.",
                "{n} people cannot be called by anybody on the roster.",
                found.out_of_reach,
            )
        )
    return told


def _goal(found: Forecast, say: Translator) -> str:
    share = say.percent(found.goal, 0)
    low, middle, high = found.shifts
    if middle is None:
        return say(N_("{share} will most likely not be reached, however many shifts there are."), share=share)
    span = (middle if low is None else low, high)
    if found.days[1] is None:
        more = middle - found.total
        words = N_("{share} needs about {n} shifts: {more} more than the roster has.")
        return say(words, share=share, n=middle, more=more)
    day = say.date(found.days[1], "d MMMM")
    if span[1] is None:
        words = N_("{share} is reached on {day}, after {n} shifts; with bad luck it is not reached.")
        return say(words, share=share, day=day, n=middle)
    words = N_("{share} is reached on {day}, after {n} shifts (between {low} and {high}).")
    return say(words, share=share, day=day, n=middle, low=span[0], high=span[1])
