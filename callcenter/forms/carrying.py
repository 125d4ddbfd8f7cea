"""Takes the answers of an interview over to another version of its form, or to other presets."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from callcenter.clock import Clock
from callcenter.forms.errors import NoSuchQuestion
from callcenter.forms.session import FormDefinition, Session


@dataclass(frozen=True)
class Carried:
    """The interview as it goes on, and the names of the answers that did not fit any more."""

    session: Session
    lost: tuple[str, ...] = ()


def carry(
    before: Session,
    form: FormDefinition,
    presets: Mapping[str, str],
    *,
    clock: Clock,
    language: str = "",
    seed: int = 0,
) -> Carried:
    """Begin anew and give the same answers again, in the order in which they were first given.

    So calculations follow the new form and the new presets. The page stays where its question is still asked. Answers
    can be taken back one by one, as they could before.
    """
    session = Session.open(form, presets=presets, clock=clock, seed=seed, language=language or None)
    given, wanted = before.given(), dict(before.sizes())
    here = before.page().questions
    for ref, value in given.items():
        _make_room(session, ref, wanted)
        try:
            session.answer(ref, value)
        except NoSuchQuestion:
            continue
    _make_room(session, "", wanted)
    if not here or not session.goto(here[0].ref):
        _go_to_first_open(session)
    kept = session.given()
    lost = tuple(_name(ref) for ref, value in given.items() if kept.get(ref) != value)
    return Carried(session, lost)


def _make_room(session: Session, ref: str, wanted: Mapping[str, int]) -> None:
    """Add the instances of repeats that hold a question; of all repeats when no question is named."""
    for repeat, number in wanted.items():
        if not ref or ref.startswith(f"{repeat}["):
            while session.sizes().get(repeat, number) < number and session.add(repeat):
                pass


def _go_to_first_open(session: Session) -> None:
    """Show the first page on which something has no answer yet."""
    while all(question.value for question in session.page().questions) and session.next():
        pass


def _name(ref: str) -> str:
    return ref.rpartition("/")[2]
