"""Labels, hints and messages of an interview in its language, with outputs filled in."""

from __future__ import annotations

import math
from dataclasses import dataclass

from callcenter.forms.definition.expression import Expression
from callcenter.forms.definition.form import FormDefinition
from callcenter.forms.definition.words import Pieces, Words
from callcenter.forms.instance.engine import Engine
from callcenter.forms.xpath.scope import Context
from callcenter.forms.xpath.tree import Element
from callcenter.forms.xpath.values import to_text


@dataclass(frozen=True)
class Run:
    """A piece of a label; `fill` when it was filled in from the answers."""

    text: str
    fill: bool


class Wording:
    """Speaks the texts of a form."""

    def __init__(self, form: FormDefinition, engine: Engine) -> None:
        self._form = form
        self._engine = engine
        self._world = engine.world
        self._world.speak = self._itext

    def runs(self, words: Words | None, at: Element, form: str = "", item: Element | None = None) -> tuple[Run, ...]:
        """Return the runs of a text seen from a node; `item` is the choice whose label it is."""
        if words is None:
            return ()
        return _trimmed([self._run(piece, at) for piece in self._pieces(words, at, form, item)])

    def text(self, words: Words | None, at: Element, form: str = "", item: Element | None = None) -> str:
        """Return a text as one string."""
        return "".join(run.text for run in self.runs(words, at, form, item))

    def _pieces(self, words: Words, at: Element, form: str, item: Element | None) -> Pieces:
        if words.link is None:
            return words.pieces if not form else ()
        seen = Context(item or at, self._world, item or at)
        if not words.translated:
            return (to_text(words.link.run(seen)),) if not form else ()
        return self.translated(to_text(words.link.run(seen)), form)

    def translated(self, identity: str, form: str = "") -> Pieces:
        """Return a text in the active language, in the default one where it is missing."""
        texts = self._form.texts
        found = texts.find(self._world.language, identity, form)
        return found if found is not None else texts.find(texts.default, identity, form) or ()

    def _itext(self, identity: str, at: Element) -> str:
        return "".join(self._run(piece, at).text for piece in self.translated(identity))

    def _run(self, piece: str | Expression, at: Element) -> Run:
        if isinstance(piece, str):
            return Run(piece, fill=False)
        value = self._engine.value_of(piece, at)
        # What is no number is said as nothing, as it is stored.
        silent = isinstance(value, float) and math.isnan(value)
        return Run("" if silent else to_text(value), fill=True)


def _trimmed(runs: list[Run]) -> tuple[Run, ...]:
    """Strip the white space that the form's indenting left at both ends."""
    found = [run for run in runs if run.text]
    while found and not found[0].text.strip() and not found[0].fill:
        found.pop(0)
    while found and not found[-1].text.strip() and not found[-1].fill:
        found.pop()
    if found and not found[0].fill:
        found[0] = Run(found[0].text.lstrip(), fill=False)
    if found and not found[-1].fill:
        found[-1] = Run(found[-1].text.rstrip(), fill=False)
    return tuple(found)
