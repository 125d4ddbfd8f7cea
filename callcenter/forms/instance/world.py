"""What an interview lends to its formulas: time, chance, lists and texts."""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Callable, Mapping
from datetime import datetime
from zoneinfo import ZoneInfo

from callcenter.clock import Clock
from callcenter.forms.definition.casedata import CASE
from callcenter.forms.definition.form import FormDefinition
from callcenter.forms.instance.tree import Tree
from callcenter.forms.xpath.tree import Element, Fixed


class Surroundings:
    """The world of one interview; texts and choice labels are asked from what `speak` and `choose` give."""

    def __init__(self, form: FormDefinition, tree: Tree, clock: Clock, zone: ZoneInfo, seed: int) -> None:
        self._form = form
        self._tree = tree
        self._clock = clock
        self._seed = seed
        self.zone = zone
        self.language = form.default_language
        self.drawn = 0
        """How many random numbers were drawn; kept, so that a restored interview draws on."""
        self.case: Fixed | None = None
        """The list `case`: what is known of the person who is called; None for what the form itself holds."""
        self.warnings: list[str] = []
        self.tired: set[tuple[str, str]] = set()
        """Patterns and texts for which regex() ran out of time, so that none is tried twice."""
        self.speak: Callable[[str, Element], str] = lambda identity, at: ""
        self.choose: Callable[[str, str, Element], str] = lambda value, ref, at: value

    @property
    def root(self) -> Element:
        """The root element of the answers."""
        return self._tree.root

    @property
    def singles(self) -> Mapping[str, Element]:
        """Nodes outside repeats by their path."""
        return self._tree.singles

    def now(self) -> datetime:
        """Return the present moment, aware."""
        return self._clock()

    def random(self) -> float:
        """Return the next random number of this interview."""
        self.drawn += 1
        digest = hashlib.sha256(f"{self._seed}:{self.drawn}".encode()).digest()
        return int.from_bytes(digest[:6], "big") / 2**48

    def uuid(self) -> str:
        """Return a new identity."""
        return str(uuid.uuid4())

    def seed(self) -> int:
        """Return the seed for shuffles that name none."""
        return self._seed

    def table(self, name: str) -> Fixed | None:
        """Return the root element of a secondary instance."""
        return self.case if name == CASE and self.case is not None else self._form.tables.get(name)

    def itext(self, identity: str, at: Element) -> str:
        """Return a text of the form in the active language."""
        return self.speak(identity, at)

    def choice_label(self, value: str, ref: str, at: Element) -> str:
        """Return the label of a choice of the question named by ref."""
        return self.choose(value, ref, at)

    def warn(self, message: str) -> None:
        """Note something that the author of the form should know."""
        if message not in self.warnings:
            self.warnings.append(message)
