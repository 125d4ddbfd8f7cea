"""What a session shows to its clients: frozen values, nothing that is alive."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from callcenter.forms.definition.kind import Kind
from callcenter.forms.instance.wording import Run


@dataclass(frozen=True)
class Choice:
    """One choice on offer."""

    value: str
    label: str


@dataclass(frozen=True)
class Question:
    """A question as it stands now; `message` says why the present value is refused."""

    ref: str
    name: str
    kind: Kind
    label: tuple[Run, ...]
    hint: str
    guidance: str
    choices: tuple[Choice, ...]
    value: str
    required: bool
    readonly: bool
    appearance: frozenset[str]
    message: str

    @property
    def text(self) -> str:
        """The label as plain text."""
        return "".join(run.text for run in self.label)


State = Literal["done", "now", "ahead"]
"""Where the interview stands with a section."""


@dataclass(frozen=True)
class Section:
    """A top-level group with a label, and whether the interview has passed it."""

    name: str
    label: str
    state: State


@dataclass(frozen=True)
class Page:
    """What is asked at once, and where it stands: page `number` of `about` so many."""

    sections: tuple[Section, ...]
    questions: tuple[Question, ...]
    number: int
    about: int
    first: bool
    last: bool


@dataclass(frozen=True)
class Said:
    """An answer already given, in words."""

    ref: str
    name: str
    question: str
    answer: str


@dataclass(frozen=True)
class KeyItems:
    """How many key items are relevant, and how many of those are answered."""

    relevant: int
    answered: int


@dataclass(frozen=True)
class Submission:
    """The answers of an interview as they leave the engine.

    `values` holds relevant nodes by name (by reference where a name is not unique); `facts` holds the non-empty ones
    that the form marks with cc:fact; `sensitive` are the names marked cc:sensitive; `outcome` is the value of the
    calculation named `outcome`.
    """

    form_id: str
    version: str
    xml: str
    values: Mapping[str, str]
    facts: Mapping[str, str]
    sensitive: frozenset[str]
    keys: KeyItems
    outcome: str
