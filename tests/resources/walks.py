"""Walks an interview of the TAJO form from the first question to the end with given answers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

import pytest

from callcenter.domain.template import read_template
from callcenter.forms.session import FormDefinition, Kind, Question, Session, Submission
from tests.resources.tajo_table import PRESETS

LANGUAGES = ("Nederlands (nl)", "English (en)", "Français (fr)")
TEMPLATE = read_template("tajo")


@dataclass(frozen=True)
class Walk:
    """One interview from the first question to the end: what was asked, in which words, and what came of it."""

    asked: tuple[str, ...]
    texts: tuple[str, ...]
    offered: Mapping[str, tuple[str, ...]]
    done: Submission
    sections: tuple[str, ...]


def clock() -> datetime:
    return datetime(2026, 6, 23, 14, 0, tzinfo=UTC)


def _answer(question: Question, answers: Mapping[str, str]) -> str:
    if question.name in answers:
        return answers[question.name]
    return "98" if question.kind in (Kind.ONE, Kind.MANY, Kind.INTEGER) else ""


def pages(session: Session, answers: Mapping[str, str]) -> Iterator[tuple[Question, tuple[str, ...]]]:
    for _ in range(200):
        page = session.page()
        for question in page.questions:
            yield question, tuple(section.label for section in page.sections)
            value = _answer(question, answers)
            if question.kind is not Kind.NOTE and value:
                kept = session.answer(question.ref, value)
                assert kept.value == value, f"{question.name} does not take {value}"
        if not session.next():
            assert session.finished(), [(q.name, q.message) for q in session.page().questions]
            return
    pytest.fail("the interview does not end")


_KNOWN: dict[tuple[object, ...], Walk] = {}


def walk(
    form: FormDefinition,
    answers: Mapping[str, str],
    presets: Mapping[str, str] | None = None,
    language: str = LANGUAGES[0],
) -> Walk:
    """Return the walk of these answers; the same one is walked once, for all tests."""
    known = (tuple(sorted(answers.items())), tuple(sorted((presets or {}).items())), language)
    if known not in _KNOWN:
        _KNOWN[known] = _walk_on(form, answers, presets or {}, language)
    return _KNOWN[known]


def _walk_on(form: FormDefinition, answers: Mapping[str, str], presets: Mapping[str, str], language: str) -> Walk:
    session = Session.open(form, presets={**PRESETS, **presets}, clock=clock, language=language)
    seen = list(pages(session, answers))
    return Walk(
        asked=tuple(question.name for question, _ in seen),
        texts=tuple(f"{question.text} {question.hint} {question.guidance}" for question, _ in seen),
        offered={question.name: tuple(choice.value for choice in question.choices) for question, _ in seen},
        done=session.finish(),
        sections=seen[-1][1],
    )
