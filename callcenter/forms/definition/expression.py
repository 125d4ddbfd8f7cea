"""A formula of the form: its source, its syntax tree and its closure."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from callcenter.forms.errors import BadExpression, UnknownFunction
from callcenter.forms.xpath.compiler import NoSuchFunction, compiled
from callcenter.forms.xpath.lexer import NotReadable
from callcenter.forms.xpath.library import FUNCTIONS
from callcenter.forms.xpath.parser import parse
from callcenter.forms.xpath.scope import Closure
from callcenter.forms.xpath.syntax import Call, Syntax, every

_SPOKEN = {"jr:choice-name", "jr:itext", "lang", "format-date", "format-date-time"}


@dataclass(frozen=True, slots=True, eq=False)
class Expression:
    """A compiled formula; `volatile` when it changes by itself (now, random), `spoken` when with the language."""

    source: str
    tree: Syntax
    run: Closure
    volatile: bool
    spoken: bool = False


@lru_cache(maxsize=4096)
def _compiled(source: str) -> tuple[Syntax, Closure, bool, bool]:
    """Compile a source once; forms repeat the same few formulas hundreds of times."""
    tree = parse(source)
    run = compiled(tree)
    calls = {FUNCTIONS[node.name].name: FUNCTIONS[node.name] for node in every(tree) if isinstance(node, Call)}
    return tree, run, any(call.volatile for call in calls.values()), bool(_SPOKEN & calls.keys())


def expression(source: str, where: str) -> Expression:
    """Compile a formula; BadExpression or UnknownFunction name the place."""
    try:
        tree, run, volatile, spoken = _compiled(source)
    except NotReadable as error:
        raise BadExpression(where=where, expression=source.strip()[:200]) from error
    except NoSuchFunction as error:
        raise UnknownFunction(where=where, function=str(error)) from error
    return Expression(source.strip(), tree, run, volatile, spoken)
