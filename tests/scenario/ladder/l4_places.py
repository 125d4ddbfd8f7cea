"""Expressions that look at repeat instances: by place, from inside and from outside, over all of them."""

from __future__ import annotations

from collections.abc import Iterator

from tests.scenario.ladder.walks import Walk, add, ask, attribute, put, remove, repeat
from tests.scenario.xform import xform

_INSIDE = {
    "its place": "position(..)",
    "its place doubled": "position(..) * 2",
    "the count beside it": "count(../../r)",
    "place of count": "concat(position(..), '/', count(../../r))",
    "the sum of all rows": "sum(../../r/a)",
    "its share of the sum": "round(../a div sum(../../r/a) * 100)",
    "the row before it": "../../r[position() = position(current()/..) - 1]/a",
    "the row after it": "../../r[position() = position(current()/..) + 1]/a",
    "the running total": "sum(../../r[position() <= position(current()/..)]/a)",
    "the previous by indexed-repeat": "indexed-repeat(/data/r/a, /data/r, position(..) - 1)",
    "the first by indexed-repeat": "indexed-repeat(/data/r/a, /data/r, 1)",
    "a question outside": "concat(/data/n, '-', ../a)",
    "whether it is the last": "if(position(..) = count(../../r), 'last', 'more')",
    "how many rows are like it": "count(../../r[a = current()/../a])",
    "how many earlier rows are like it": "count(../../r[a = current()/../a and position() < position(current()/..)])",
    "the first row's place": "position(../../r[1])",
    "the last row": "../../r[last()]/a",
    "once its place": "once(position(..))",
    "its parent's name": "name(..)",
    "how long its answer is": "string-length(../a)",
    "coalesce with outside": "coalesce(../a, /data/n)",
    "join of all rows": "join('+', ../../r/a)",
}
_OUTSIDE = {
    "count": "count(/data/r)",
    "count of answered": "count-non-empty(/data/r/a)",
    "sum": "sum(/data/r/a)",
    "least": "min(/data/r/a)",
    "greatest": "max(/data/r/a)",
    "mean": "sum(/data/r/a) div count(/data/r)",
    "join": "join(', ', /data/r/a)",
    "concat of a set": "concat(/data/r/a)",
    "second by place": "/data/r[2]/a",
    "second by position()": "/data/r[position() = 2]/a",
    "last": "/data/r[last()]/a",
    "last but one": "/data/r[last() - 1]/a",
    "place from a question": "/data/r[position() = /data/n]/a",
    "indexed-repeat from a question": "indexed-repeat(/data/r/a, /data/r, /data/n)",
    "indexed-repeat of the last": "indexed-repeat(/data/r/a, /data/r, count(/data/r))",
    "count by predicate": "count(/data/r[a > 3])",
    "count by two predicates": "count(/data/r[a > 1][b != ''])",
    "sum by predicate": "sum(/data/r[b = 'x']/a)",
    "other question by predicate": "/data/r[a = 5]/b",
    "any equal": "/data/r/a = 5",
    "none equal": "not(/data/r/a = 5)",
    "any greater than outside": "/data/r/a > /data/n",
    "first in string": "string(/data/r/a)",
    "first in number": "number(/data/r/a) + 1",
    "checklist over rows": "checklist(1, 2, /data/r[1]/a = 1, /data/r[2]/a = 5, /data/r[3]/a = 9)",
    "star step": "count(/data/r/*)",
    "descendants": "count(/data//a)",
    "position of the third": "position(/data/r[3])",
    "empty set": "count(/data/r[a = 'none'])",
    "max of a predicate that finds nothing": "max(/data/r[a > 100]/a)",
    "if over count": "if(count(/data/r) > 2, 'many', 'few')",
}
_ROWS = (
    put("r[1]/a", "1"),
    put("n", "2"),
    add(),
    put("r[2]/a", "5"),
    add(),
    put("r[3]/a", "9"),
    put("r[2]/b", "x"),
    remove("r[1]"),
    put("r[1]/a", "4"),
    put("n", "1"),
)


def _form(bind: str, expression: str) -> str:
    binds = {"n": 'type="int"', "r/a": 'type="int"', bind: f'calculate="{attribute(expression)}"'}
    return xform("<n/><out/><r><a/><b/><c/></r>", binds, ask("n") + repeat("r", ask("r/a") + ask("r/b")))


def _walks() -> Iterator[Walk]:
    for name, expression in _INSIDE.items():
        yield Walk(f"a row calculates {name}", _form("r/c", expression), _ROWS)
    for name, expression in _OUTSIDE.items():
        yield Walk(f"outside the rows: {name}", _form("out", expression), _ROWS)


WALKS = list(_walks())
