"""A laptop in a call, to be killed from outside: `python -m tests.flows.talking ROOT NAME PHRASE ANSWERS`.

It tells each step that is committed as a line of JSON. After so many answers it stops for good in the middle of the
next one, which is not committed; with 0 answers it goes on until it is killed or the questions are over.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from callcenter.app.agent_face import Shift
from callcenter.app.installation import Installation, Opened
from callcenter.app.staging import NOW
from callcenter.forms.session import Kind, Question
from callcenter.settings import folders
from callcenter.usecases import interviewing
from callcenter.usecases.views import InterviewView

NOTE = "belt liever na vier uur"


def seen(view: InterviewView) -> dict[str, object]:
    """Return what an agent sees of a call, as JSON can tell it."""
    return {
        "case": view.card.case,
        "number": view.page.number,
        "page": [[question.ref, question.value] for question in view.page.questions],
        "said": {said.ref: said.answer for said in view.said},
        "note": view.note,
    }


def sign_in(root: Path, name: str, phrase: str) -> tuple[Installation, Opened]:
    """Open somebody's store."""
    installation = Installation(folders(root), lambda: NOW, dialling=False)
    key = next(person.key for person in installation.people() if person.name == name)
    return installation, installation.sign_in(key, phrase)


def plain(question: Question) -> str:
    """Return an answer that the form takes: the first choice, or a small number."""
    if question.choices:
        return question.choices[0].value
    return "3" if question.kind in (Kind.INTEGER, Kind.DECIMAL) else ""


def _tell(step: str, view: InterviewView) -> None:
    sys.stdout.write(json.dumps({"step": step, **seen(view)}) + "\n")
    sys.stdout.flush()


def main(root: str, name: str, phrase: str, answers: str) -> None:
    """Talk until the end comes from outside."""
    installation, opened = sign_in(Path(root), name, phrase)
    shift = Shift(installation, opened)
    actions = shift.actions()
    cards = (actions.queue.card(line.case) for line in actions.queue.lines())
    card = next(card for card in cards if card.role == "subject")
    call = actions.call
    view = call.open(card.case, "")
    _tell("open", view)
    call.note(NOTE)
    kept = 0
    while not view.finished:
        for question in view.page.questions:
            value = plain(question)
            if not value or question.kind is Kind.NOTE:
                continue
            if kept and kept == int(answers):
                _stop_half_way(shift, opened, question.ref, value)
            view = call.answer(question.ref, value)
            kept += 1
            _tell("answer", view)
        view = call.forward()
        _tell("forward", view)


def _stop_half_way(shift: Shift, opened: Opened, ref: str, value: str) -> None:
    with opened.store.work() as work:
        interviewing.answer(work, opened.desk, shift._running(), ref, value)
        sys.stdout.write(json.dumps({"step": "half-way", "ref": ref}) + "\n")
        sys.stdout.flush()
        # Nobody writes here: it stands still inside the transaction until it is killed.
        sys.stdin.read()


if __name__ == "__main__":
    main(*sys.argv[1:])
