"""Instances that are added and removed, alone, nested and side by side."""

from __future__ import annotations

from tests.scenario.ladder.walks import Walk, add, ask, attribute, items, pick, put, puts, remove, repeat, rows
from tests.scenario.xform import inputs, xform

_PLAIN = xform("<n/><r><a/></r>", {}, ask("n") + repeat("r", ask("r/a")))
_TEMPLATE = xform(
    "<r jr:template=''><a>t</a><b/></r>", {"r/b": "calculate=\"concat(../a, '!')\""}, repeat("r", ask("r/a"))
)
_NESTED = xform(
    "<o><x/><i><y/><z/></i></o><t/>",
    {
        "o/i/z": "calculate=\"concat(position(../..), '.', position(..), ':', ../../x)\"",
        "t": 'calculate="count(/data/o/i)"',
    },
    repeat("o", ask("o/x") + repeat("o/i", ask("o/i/y"))),
)
_SIDE = xform(
    "<p><a/><c/></p><q><b/><d/></q>",
    {
        "p/c": 'calculate="indexed-repeat(/data/q/b, /data/q, position(..))"',
        "q/d": 'calculate="/data/p[position() = position(current()/..)]/a"',
    },
    repeat("p", ask("p/a")) + repeat("q", ask("q/b")),
)
_RELEVANT = xform(
    "<go/><r><a/><b/><c/></r><t/>",
    {
        "r": "relevant=\"/data/go != 'no'\"",
        "r/b": "relevant=\"../a = 'y'\"",
        "r/c": "calculate=\"concat('[', ../b, ']')\"",
        "t": "calculate=\"join(',', /data/r/a)\"",
    },
    ask("go") + repeat("r", ask("r/a") + ask("r/b")),
)
_RULES = xform(
    "<r><a/><b/></r>",
    {
        "r/a": "type='int' required=\"position(..) > 1\" constraint=\". > count(../../r)\" jr:constraintMsg='low'",
        "r/b": 'readonly="../a = 9"',
    },
    repeat("r", ask("r/a") + ask("r/b")),
)
_LABELS = xform(
    "<n/><r><a/><b/></r>",
    {},
    ask("n")
    + repeat(
        "r",
        '<input ref="/data/r/a"><label>Name <output value="position(..)"/> of <output value="count(../../r)"/>'
        "</label></input>"
        '<input ref="/data/r/b"><label>About <output value="../a"/> and <output value="/data/n"/></label></input>',
    ),
)
_CHOICES = xform(
    "<kind/><r><k/><s/></r><best/>",
    {},
    ask("kind")
    + repeat("r", ask("r/k") + pick("r/s", "instance('l')/root/item[kind = current()/../k]"))
    + pick("best", "/data/r[k != '']", value="k", label="k"),
    model=rows(
        "l",
        {"name": "a1", "label": "A one", "kind": "a"},
        {"name": "a2", "label": "A two", "kind": "a"},
        {"name": "b1", "label": "B one", "kind": "b"},
    ),
)
_FILLED = (put("r[1]/a", "one"), add(), put("r[2]/a", "two"), add(), put("r[3]/a", "three"))
_RELEVANT_PLACES = xform(
    "<n/><r><a/><b/></r>",
    {"n": "type='int'", "r/b": 'relevant="position(..) = /data/n"'},
    ask("n") + repeat("r", ask("r/a") + ask("r/b")),
)


def _several(count: int) -> str:
    return xform(
        "".join(f"<r><a>{n}</a></r>" for n in range(count)) + "<t/>",
        {"t": 'calculate="count(/data/r)"'},
        repeat("r", ask("r/a")),
    )


def _group_in_row() -> str:
    binds = {
        "r/g": "relevant=\"../a = 'y'\"",
        "r/g/c": 'calculate="position(../..)"',
        "t": 'calculate="sum(/data/r/g/c)"',
    }
    return xform(
        "<r><a/><g><b/><c/></g></r><t/>",
        binds,
        repeat("r", ask("r/a") + f'<group ref="/data/r/g"><label>g</label>{ask("r/g/b")}</group>'),
    )


WALKS = [
    *(
        Walk(f"row {k} of three goes, the others keep order", _PLAIN, (*_FILLED, remove(f"r[{k}]")))
        for k in (1, 2, 3)
    ),
    Walk(
        "all rows may go and come back empty",
        _PLAIN,
        (*_FILLED, remove("r[3]"), remove("r[2]"), remove("r[1]"), add()),
    ),
    Walk("several rows come at once", _PLAIN, (add(count=3), put("r[4]/a", "x"), remove("r[2]"), add(count=2))),
    Walk(
        "what is no row cannot be added or removed",
        _PLAIN,
        (
            {"add": "/data/n"},
            {"add": "/data/r[1]"},
            {"remove": "/data/r"},
            remove("r[2]"),
            remove("r[0]"),
            put("r/a", "x"),
            put("r[2]/a", "x"),
            put("r[1]", "x"),
            put("r", "x"),
        ),
    ),
    Walk("a template is no row", _TEMPLATE, (add(), put("r[1]/a", "u"), add(), remove("r[1]"), remove("r[1]"))),
    *(Walk(f"{n} rows in the form are there at once", _several(n), (add(), remove("r[1]"))) for n in (1, 2, 5)),
    Walk(
        "rows in rows",
        _NESTED,
        (
            put("o[1]/x", "p"),
            add("o[1]/i"),
            put("o[1]/i[2]/y", "u"),
            add("o"),
            put("o[2]/x", "q"),
            add("o[2]/i", 2),
            remove("o[2]/i[1]"),
            put("o[2]/i[2]/y", "v"),
            remove("o[1]/i[1]"),
            remove("o[1]"),
            add("o[2]/i"),
        ),
    ),
    Walk(
        "rows side by side look at each other",
        _SIDE,
        (
            put("p[1]/a", "A1"),
            put("q[1]/b", "B1"),
            add("p"),
            put("p[2]/a", "A2"),
            add("q"),
            put("q[2]/b", "B2"),
            remove("p[1]"),
            remove("q[1]"),
            put("q[1]/b", "B"),
        ),
    ),
    Walk(
        "relevance in and of rows",
        _RELEVANT,
        (
            put("r[1]/a", "y"),
            put("r[1]/b", "kept"),
            add(),
            put("r[2]/a", "n"),
            put("r[2]/b", "hidden"),
            put("go", "no"),
            put("go", "yes"),
            put("r[2]/a", "y"),
            remove("r[1]"),
            put("r[1]/a", "n"),
        ),
    ),
    Walk(
        "relevance by place follows when rows move",
        _RELEVANT_PLACES,
        (
            put("n", "1"),
            put("r[1]/b", "first"),
            add(),
            put("n", "2"),
            put("r[2]/b", "second"),
            remove("r[1]"),
            put("n", "1"),
        ),
    ),
    Walk(
        "a hidden row still takes rows and answers",
        _RELEVANT,
        (put("go", "no"), put("r[1]/a", "y"), add(), put("r[2]/a", "y"), put("go", "yes"), remove("r[1]")),
    ),
    Walk(
        "rules in rows look at place and count",
        _RULES,
        (
            put("r[1]/a", "2"),
            add(),
            put("r[2]/a", "2"),
            put("r[2]/a", "9"),
            put("r[2]/b", "x"),
            add(),
            remove("r[1]"),
            remove("r[1]"),
        ),
    ),
    Walk(
        "labels in rows tell place, count and answers",
        _LABELS,
        (put("r[1]/a", "Aya"), add(), put("r[2]/a", "Bo"), put("n", "x"), remove("r[1]"), add()),
    ),
    Walk(
        "a list in a row is filtered by that row",
        _CHOICES,
        (
            put("r[1]/k", "a"),
            put("r[1]/s", "a2"),
            add(),
            put("r[2]/k", "b"),
            put("r[2]/s", "b1"),
            put("best", "b"),
            put("r[1]/k", "b"),
            put("r[2]/k", "a"),
            remove("r[2]"),
        ),
    ),
    Walk(
        "a group in a row hides with that row's answer",
        _group_in_row(),
        (put("r[1]/a", "y"), add(), put("r[2]/g/b", "x"), put("r[2]/a", "y"), remove("r[1]"), put("r[1]/a", "")),
    ),
    Walk(
        "a total that rows read in turn",
        xform(
            "<t/><r><a/><p/></r>",
            {"t": 'calculate="sum(/data/r/a)"', "r/p": 'calculate="../a div /data/t"', "r/a": "type='int'"},
            repeat("r", ask("r/a")),
        ),
        (put("r[1]/a", "1"), add(), put("r[2]/a", "3"), put("r[1]/a", "5"), remove("r[2]")),
    ),
    Walk(
        "a chain inside each row",
        xform(
            "<r><a/><b/><c/></r>",
            {"r/b": 'calculate="2 * ../a"', "r/c": 'calculate="2 * ../b"'},
            repeat("r", ask("r/a")),
        ),
        (put("r[1]/a", "0"), add(), put("r[2]/a", "1"), put("r[1]/a", "3"), remove("r[1]")),
    ),
    Walk(
        "a choice of a fixed list in a row",
        xform(
            "<r><s/></r><n/>",
            {"n": "calculate=\"count(/data/r[s = 'a'])\""},
            repeat("r", f'<select1 ref="/data/r/s">{items("ab")}</select1>'),
        ),
        (put("r[1]/s", "a"), add(), put("r[2]/s", "z"), put("r[2]/s", "a"), remove("r[1]"), put("r[1]/s", "")),
    ),
    Walk(
        "a count inside a row of the rows inside it",
        xform(
            "<o><n/><i><y/></i></o><t/>",
            {"o/n": 'calculate="count(../i)"', "t": 'calculate="sum(/data/o/n)"'},
            repeat("o", repeat("o/i", ask("o/i/y"))),
        ),
        (add("o[1]/i"), add("o"), add("o[2]/i", 2), remove("o[1]/i[1]"), remove("o[1]")),
    ),
    Walk(
        "indexed-repeat through two levels",
        xform(
            "<x/><y/><o><i><v/></i></o><c/>",
            {
                "x": "type='int'",
                "y": "type='int'",
                "c": f'calculate="{attribute("indexed-repeat(/data/o/i/v, /data/o, /data/x, /data/o/i, /data/y)")}"',
            },
            inputs("<x/><y/>") + repeat("o", repeat("o/i", ask("o/i/v"))),
        ),
        (
            *puts(x="1", y="1"),
            put("o[1]/i[1]/v", "11"),
            add("o[1]/i"),
            put("o[1]/i[2]/v", "12"),
            put("y", "2"),
            add("o"),
            put("o[2]/i[1]/v", "21"),
            *puts(x="2", y="1"),
            remove("o[1]"),
            put("x", "1"),
        ),
    ),
]
