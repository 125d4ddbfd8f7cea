"""Actions on events, and preloads."""

from __future__ import annotations

from collections.abc import Iterator

from tests.scenario.ladder.walks import Walk, add, ask, put, puts, remove, repeat, setvalue
from tests.scenario.xform import inputs, select, xform

_CHANGED, _NEW, _FIRST = "xforms-value-changed", "odk-new-repeat", "odk-instance-first-load"
_KINDS = ("string", "int", "decimal", "date", "time", "dateTime", "boolean")
_TEXTS = ("7", "7.5", "abc", "", "2026-02-03", " x ", "true", "10:30:00.000+00:00")
_FORMULAS = {
    "a sum": "4 * 4",
    "a text and an answer": "concat('foo', /data/b)",
    "the target itself": ". + 1",
    "the trigger": "/data/a",
    "the trigger seen from the target": "../a",
    "nothing": "''",
    "no number": "number('x')",
    "a truth": "/data/a = 1",
    "a choice of two": "if(/data/a > 5, 'big', 'small')",
    "today": "today()",
    "now as text": "string(now())",
    "a set": "/data/*[1]",
    "a fraction": "1 div 4",
    "a whole number by division": "6 div 2",
}


def _kinds() -> Iterator[Walk]:
    for kind in _KINDS:
        for text in _TEXTS:
            told = setvalue(_CHANGED, "b", None, text)
            form = xform("<a/><b>1</b>", {"b": f"type='{kind}'"}, ask("a", told) + ask("b"))
            yield Walk(f"setvalue of the text {text!r} into a {kind}", form, tuple(puts(a="1")))


def _formulas() -> Iterator[Walk]:
    for name, formula in _FORMULAS.items():
        form = xform("<a/><b/><c>0</c>", {}, ask("a", setvalue(_CHANGED, "c", formula)) + ask("b"))
        steps = (put("a", "1"), put("b", "bar"), put("a", "1"), put("a", "9"), put("a", ""))
        yield Walk(f"setvalue of {name}", form, steps)
        first = xform("<a>1</a><b>x</b><c>0</c>", {}, ask("a") + ask("b"), model=setvalue(_FIRST, "c", formula))
        yield Walk(f"first load sets {name}", first, (put("a", "9"), put("b", "y")))


def _preloads() -> Iterator[Walk]:
    told = {
        "start": "type='dateTime' jr:preload='timestamp' jr:preloadParams='start'",
        "end": "type='dateTime' jr:preload='timestamp' jr:preloadParams='end'",
        "today": "type='date' jr:preload='date' jr:preloadParams='today'",
        "deviceid": "jr:preload='property' jr:preloadParams='deviceid'",
        "username": "jr:preload='property' jr:preloadParams='username'",
        "email": "jr:preload='property' jr:preloadParams='email'",
        "phonenumber": "jr:preload='property' jr:preloadParams='phonenumber'",
        "uid": "jr:preload='uid'",
    }
    owned = {"deviceID": "dev-7", "username": "aya", "email": "aya@example.org", "phoneNumber": "+3225550100"}
    for name, bind in told.items():
        for zone in ("UTC", "Europe/Brussels"):
            form = xform("<p/><c/><a/>", {"p": bind, "c": "calculate=\"concat('[', /data/p, ']')\""}, ask("a"))
            steps = (put("a", "x"), put("p", "no"), {"submit": True})
            yield Walk(f"preload of {name} in {zone}", form, steps, zone=zone, properties=owned)
        form = xform("<p>given</p>", {"p": bind}, ask("p"))
        yield Walk(f"preload of {name} over a default", form, ({"submit": True},), properties=owned)
    form = xform("<p/>", {"p": told["username"]}, ask("p"))
    yield Walk("preload of a property that nobody gave", form, (put("p", "x"),))


_IN_ROW = setvalue(_CHANGED, "r/b", "4 * position(..)")
_NEW_ROW = xform(
    "<t/><r><a/><b/></r>",
    {},
    ask("t") + repeat("r", setvalue(_NEW, "r/b", "concat(position(..), '-', /data/t)") + ask("r/a") + ask("r/b")),
)
_MORE = [
    Walk(
        "an action outside its group",
        xform(
            "<g><a/></g><b/>",
            {"b": "type='int'"},
            f"<group ref='/data/g'>{ask('g/a', setvalue(_CHANGED, 'b', None, '7'))}</group>",
        ),
        (put("g/a", "x"),),
    ),
    Walk(
        "an action into a group",
        xform("<a/><g><b/></g>", {}, ask("a", setvalue(_CHANGED, "g/b", None, "7")) + ask("g/b")),
        (put("a", "x"), put("g/b", "8"), put("a", "y")),
    ),
    Walk(
        "an action stays in its row",
        xform("<r><a/><b/></r>", {}, repeat("r", ask("r/a", _IN_ROW))),
        (add(count=2), put("r[2]/a", "7"), put("r[3]/a", "7"), put("r[1]/a", "7")),
    ),
    Walk(
        "an action from a row outward",
        xform("<n>0</n><r><a/></r>", {"n": "type='int'"}, repeat("r", ask("r/a", setvalue(_CHANGED, "n", ". + 1")))),
        (put("r[1]/a", "x"), add(), put("r[2]/a", "x"), put("r[2]/a", "x"), put("r[2]/a", "y")),
    ),
    Walk(
        "an action on what is only read",
        xform("<a/><b>1</b>", {"b": 'readonly="true()"'}, ask("a", setvalue(_CHANGED, "b", "/data/a")) + ask("b")),
        (put("a", "5"), put("b", "6")),
    ),
    Walk(
        "an action on what is hidden shows when it comes back",
        xform(
            "<a/><b/><c/>",
            {"b": "relevant=\"/data/c = 'y'\""},
            ask("a", setvalue(_CHANGED, "b", "/data/a")) + inputs("<b/><c/>"),
        ),
        (put("a", "5"), put("c", "y"), put("c", "n"), put("a", "6"), put("c", "y")),
    ),
    Walk(
        "an action from what is hidden waits for its value",
        xform(
            "<a/><b/><c>y</c>",
            {"a": "relevant=\"/data/c = 'y'\""},
            ask("a", setvalue(_CHANGED, "b", "concat('v', /data/a)")) + ask("c"),
        ),
        (put("a", "5"), put("c", "n"), put("a", "6"), put("c", "y")),
    ),
    Walk(
        "an action after a choice",
        xform(
            "<a/><b/>",
            {},
            select("a", "x y").replace(
                "</select1>", setvalue(_CHANGED, "b", "concat('chose ', /data/a)") + "</select1>"
            ),
        ),
        (put("a", "x"), put("a", "y"), put("a", "")),
    ),
    Walk(
        "two actions in one question",
        xform(
            "<a/><b/><c/>",
            {},
            ask("a", setvalue(_CHANGED, "b", "/data/a * 2") + setvalue(_CHANGED, "c", "/data/b + 1")),
        ),
        (put("a", "3"), put("a", "4")),
    ),
    Walk(
        "a later action on the same target has the last word",
        xform(
            "<a/><b/>", {}, ask("a", setvalue(_CHANGED, "b", None, "first") + setvalue(_CHANGED, "b", None, "second"))
        ),
        (put("a", "3"),),
    ),
    Walk(
        "actions in a chain",
        xform(
            "<a/><b/><c/>",
            {},
            ask("a", setvalue(_CHANGED, "b", "/data/a + 1")) + ask("b", setvalue(_CHANGED, "c", "/data/b + 1")),
        ),
        (put("a", "1"), put("b", "9"), put("a", "1"), put("a", "2")),
    ),
    Walk(
        "an action on a calculation's trigger",
        xform(
            "<a/><b/><c/>",
            {"b": 'calculate="/data/a * 2"'},
            ask("a") + ask("b", setvalue(_CHANGED, "c", "concat('b is ', /data/b)")),
        ),
        (put("a", "1"), put("a", "2"), put("a", "")),
    ),
    Walk(
        "an action feeds a calculation",
        xform("<a/><b/><c/>", {"c": 'calculate="/data/b + 1"'}, ask("a", setvalue(_CHANGED, "b", "/data/a * 10"))),
        (put("a", "1"), put("a", "2")),
    ),
    Walk(
        "an action decides about relevance",
        xform(
            "<a/><b/><c/>", {"c": 'relevant="/data/b > 5"'}, ask("a", setvalue(_CHANGED, "b", "/data/a")) + ask("c")
        ),
        (put("a", "9"), put("c", "x"), put("a", "1"), put("a", "9")),
    ),
    Walk(
        "two events on one action",
        xform("<a>1</a><b/>", {}, ask("a", setvalue(f"{_FIRST} {_CHANGED}", "b", "concat('a', /data/a)"))),
        (put("a", "2"), put("b", "x")),
    ),
    Walk(
        "first load in the rows of the form",
        xform("<r><a/></r><r><a/></r>", {}, repeat("r", ask("r/a")), model=setvalue(_FIRST, "r/a", "position(..)")),
        (add(),),
    ),
    Walk(
        "a calculation has the last word over the first load",
        xform(
            "<a/><b>d</b><c/>",
            {"b": "calculate=\"concat('c', /data/a)\""},
            ask("a"),
            model=setvalue(_FIRST, "b", None, "set") + setvalue(_FIRST, "c", "/data/b"),
        ),
        (put("a", "1"),),
    ),
    Walk(
        "first loads in the order of the form",
        xform(
            "<a/><b/>",
            {},
            inputs("<a/><b/>"),
            model=setvalue(_FIRST, "a", None, "1") + setvalue(_FIRST, "b", "/data/a + 1"),
        ),
        (put("a", "5"),),
    ),
    Walk(
        "first load over a default",
        xform("<a>d</a>", {}, ask("a"), model=setvalue(_FIRST, "a", None, "set")),
        (put("a", "x"),),
    ),
    Walk(
        "first load without a value clears",
        xform("<a>d</a>", {}, ask("a"), model=setvalue(_FIRST, "a")),
        (put("a", "x"),),
    ),
    Walk(
        "a new row is set from its place and outside",
        _NEW_ROW,
        (put("t", "x"), add(), add(), put("r[2]/b", "mine"), remove("r[1]"), add(), put("t", "y")),
    ),
    Walk(
        "a new row takes over from the row before",
        xform(
            "<r><q/></r>",
            {},
            repeat("r", setvalue(_NEW, "r/q", "/data/r[position() = position(current()/..) - 1]/q") + ask("r/q")),
        ),
        (put("r[1]/q", "7"), add(), put("r[2]/q", "8"), add(), remove("r[1]"), add()),
    ),
    Walk(
        "a new row of one repeat leaves the other alone",
        xform(
            "<p><a/></p><q><a/></q>",
            {},
            repeat("p", setvalue(_NEW, "p/a", "concat('foo', 'bar')") + ask("p/a"))
            + repeat("q", setvalue(_NEW, "q/a", "concat('bar', 'baz')") + ask("q/a")),
        ),
        (add("p"), add("q"), add("p")),
    ),
    Walk("a new row several at once", _NEW_ROW, (add(count=3), remove("r[2]"), add(count=2))),
    Walk(
        "a new row starts a calculation in it",
        xform(
            "<r><a/><c/></r>",
            {"r/c": 'calculate="../a * 2"'},
            repeat("r", setvalue(_NEW, "r/a", "position(..)") + ask("r/a")),
        ),
        (add(), add(), remove("r[1]")),
    ),
    Walk(
        "an outer row fills the row in it",
        xform(
            "<o><x/><i><y/></i></o>",
            {},
            repeat("o", ask("o/x", setvalue(_CHANGED, "o/i/y", "../../x")) + repeat("o/i", ask("o/i/y"))),
        ),
        (put("o[1]/x", "foo"), add("o"), put("o[2]/x", "bar")),
    ),
    Walk(
        "a row of the form was never new",
        xform("<r><a/></r>", {}, repeat("r", setvalue(_NEW, "r/a", None, "new") + ask("r/a"))),
        (add(),),
    ),
    Walk(
        "a new row in a row",
        xform(
            "<o><i><y/></i></o>",
            {},
            repeat(
                "o",
                repeat("o/i", setvalue(_NEW, "o/i/y", "concat(position(../..), '.', position(..))") + ask("o/i/y")),
            ),
        ),
        (add("o[1]/i"), add("o"), add("o[2]/i")),
    ),
]
WALKS = [*_kinds(), *_formulas(), *_preloads(), *_MORE]
