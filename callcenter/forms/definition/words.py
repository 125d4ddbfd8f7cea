"""Texts of a form: pieces with outputs in them, and translations."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from callcenter.forms.definition.expression import Expression, expression
from callcenter.forms.definition.source import Xml, children, first, local, within
from callcenter.forms.xpath.compiler import compiled
from callcenter.forms.xpath.syntax import Call
from callcenter.forms.xpath.syntax import Text as Literal

_WRITTEN_OUT = re.compile(r"""\s*jr:itext\(\s*('[^']*'|"[^"]*")\s*\)\s*\Z""")
"""Nearly every label names its text so; a form has thousands."""
Pieces = tuple[str | Expression, ...]
"""A text as written, with expressions where an output stands."""


@dataclass(frozen=True, slots=True)
class Words:
    """A label, hint or message: pieces, or an expression that gives a text or names a translated one."""

    pieces: Pieces = ()
    link: Expression | None = None
    translated: bool = False

    @property
    def fixed(self) -> bool:
        """Whether the text can change only with the language, as far as is seen without the translations."""
        return self.link is None and all(isinstance(piece, str) for piece in self.pieces)


@dataclass(frozen=True, slots=True)
class Texts:
    """All translations: language -> text id -> form (`""`, `guidance`, `short`...) -> pieces."""

    languages: tuple[str, ...] = ()
    default: str = ""
    by_language: dict[str, dict[str, dict[str, Pieces]]] = field(default_factory=dict)

    def all_pieces(self, words: Words | None) -> Iterator[str | Expression]:
        """Yield the pieces of a text in all languages, as far as its id is written out."""
        if words is not None and words.translated and words.link and isinstance(words.link.tree, Literal):
            for table in self.by_language.values():
                for form in table.get(words.link.tree.value, {}).values():
                    yield from form
        elif words is not None:
            yield from words.pieces

    def every_piece(self) -> Iterator[str | Expression]:
        """Yield the pieces of all texts in all languages."""
        for table in self.by_language.values():
            for forms in table.values():
                for form in forms.values():
                    yield from form

    def find(self, language: str, identity: str, form: str = "") -> Pieces | None:
        """Return a text in a language, or None."""
        forms = self.by_language.get(language, {}).get(identity, {})
        if form or form in forms:
            return forms.get(form)
        # A text may be written only for wide or narrow screens.
        return next((forms[width] for width in ("long", "short") if width in forms), None)


def pieces(element: Xml, where: str) -> Pieces:
    """Return the mixed content of an element, outputs as expressions and other markup as its text."""
    if not len(element):
        return (within(element),) if element.text else ()
    found: list[str | Expression] = [within(element)]
    for child in children(element):
        if local(child) == "output":
            found.append(expression(child.get("value") or child.get("ref") or "''", where))
        else:
            found.extend(pieces(child, where))
        found.append(str(child.tail or ""))
    return tuple(piece for piece in found if piece != "")


def words(element: Xml | None, where: str) -> Words | None:
    """Return the words of a label or hint element, or None."""
    if element is None:
        return None
    ref = element.get("ref")
    if ref:
        return linked(ref, where)
    return Words(pieces(element, where))


def linked(ref: str, where: str) -> Words:
    """Return words that stand elsewhere: `jr:itext('id')`, or a path."""
    written = _WRITTEN_OUT.match(ref)
    if written:
        identity = Literal(written[1][1:-1])
        return Words((), Expression(ref.strip(), identity, compiled(identity), volatile=False), translated=True)
    link = expression(ref, where)
    if isinstance(link.tree, Call) and link.tree.name == "jr:itext":
        # The link is the id that is asked for; the translation is looked up when it is shown.
        inner = link.tree.arguments[0]
        return Words((), Expression(link.source, inner, compiled(inner), volatile=False), translated=True)
    return Words((), link)


def message(text: str | None, where: str) -> Words | None:
    """Return the words of a message attribute: a translated text, or the text itself."""
    if text is None:
        return None
    return linked(text, where) if text.strip().startswith("jr:itext(") else Words((text,))


def read_texts(model: Xml) -> Texts:
    """Return the translations of a form."""
    block = first(model, "itext")
    if block is None:
        return Texts()
    by_language: dict[str, dict[str, dict[str, Pieces]]] = {}
    default = ""
    for translation in children(block, "translation"):
        language = str(translation.get("lang") or "")
        if translation.get("default") is not None and not default:
            default = language
        table = by_language.setdefault(language, {})
        for text in children(translation, "text"):
            identity = str(text.get("id"))
            forms = table.setdefault(identity, {})
            for value in children(text, "value"):
                forms.setdefault(str(value.get("form") or ""), pieces(value, identity))
    languages = tuple(by_language)
    return Texts(languages, default or (languages[0] if languages else ""), by_language)
