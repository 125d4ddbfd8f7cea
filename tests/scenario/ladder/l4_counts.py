"""Repeats whose number of instances a formula gives."""

from __future__ import annotations

from tests.scenario.ladder.walks import Walk, add, ask, attribute, put, puts, remove, repeat
from tests.scenario.xform import inputs, xform


def _counted(count: str, kind: str = "int", more: str = "") -> str:
    return xform(
        f"<n/><m/><r><a/><p/></r><t/>{more}",
        {"n": f"type='{kind}'", "r/p": 'calculate="position(..)"', "t": 'calculate="count(/data/r)"'},
        inputs("<n/><m/>") + repeat("r", ask("r/a"), f'jr:count="{attribute(count)}"'),
    )


_FIXED = xform("<n>3</n><r><a/></r>", {"n": "type='int'"}, repeat("r", ask("r/a"), 'jr:count="/data/n"'))
_NESTED = xform(
    "<n/><o><k/><i><y/><z/></i></o><t/>",
    {
        "n": "type='int'",
        "o/k": "type='int'",
        "o/i/z": 'calculate="position(..)"',
        "t": 'calculate="count(/data/o/i)"',
    },
    ask("n") + repeat("o", ask("o/k") + repeat("o/i", ask("o/i/y"), 'jr:count="../k"'), 'jr:count="/data/n"'),
)
_SELECTED = xform(
    "<s/><r><v/><a/></r>",
    {"r/v": 'calculate="selected-at(/data/s, position(..) - 1)"'},
    '<select ref="/data/s">'
    + "".join(f"<item><label>{v}</label><value>{v}</value></item>" for v in "abc")
    + "</select>"
    + repeat("r", ask("r/a"), 'jr:count="count-selected(/data/s)"'),
)
_RELEVANT = xform(
    "<n/><go/><r><a/></r><t/>",
    {"n": "type='int'", "r": "relevant=\"/data/go = 'y'\"", "t": "calculate=\"join(',', /data/r/a)\""},
    inputs("<n/><go/>") + repeat("r", ask("r/a"), 'jr:count="/data/n"'),
)

WALKS = [
    Walk(
        "a count makes the rows and keeps their order",
        _counted("/data/n"),
        (put("n", "3"), put("r[1]/a", "x"), put("r[3]/a", "z"), put("n", "1"), put("n", "2")),
    ),
    *(
        Walk(
            f"a count of {value or 'nothing'!r} after two rows",
            _counted("/data/n", "string"),
            (put("n", "2"), put("r[2]/a", "x"), put("n", value)),
        )
        for value in ("0", "", "1.7", "2.2", "-1", "abc", "4", "03", " 3 ", "1e0")
    ),
    *(
        Walk(f"a count from the formula {count}", _counted(count), (put("n", "2"), put("m", "1"), put("n", "4")))
        for count in (
            "/data/n + 1",
            "/data/n * 2",
            "if(/data/n > 3, 3, /data/n)",
            "3",
            "number(/data/n) + number(/data/m)",
            "string-length(/data/m)",
            "min(/data/n, 3)",
            "coalesce(/data/m, /data/n)",
            "round(/data/n div 3)",
        )
    ),
    Walk(
        "rows of a count cannot be added or removed",
        _FIXED,
        (add(), remove("r[1]"), put("r[3]/a", "x"), remove("r[4]")),
    ),
    Walk(
        "what may not be added or removed says so",
        xform("<r><a/></r>", {}, repeat("r", ask("r/a"), 'jr:noAddRemove="true()"')),
        (add(), remove("r[1]"), put("r[1]/a", "x")),
    ),
    Walk(
        "a count in each row",
        _NESTED,
        (
            put("n", "2"),
            put("o[1]/k", "2"),
            put("o[2]/k", "1"),
            put("o[1]/i[2]/y", "u"),
            put("o[1]/k", "1"),
            put("o[1]/k", "3"),
            put("n", "1"),
            put("n", "3"),
        ),
    ),
    Walk(
        "a row for each choice",
        _SELECTED,
        (put("s", "a c"), put("r[2]/a", "about c"), put("s", "a b c"), put("s", ""), put("s", "b")),
    ),
    Walk(
        "a hidden repeat has its rows when it comes back",
        _RELEVANT,
        (put("n", "2"), put("go", "y"), put("r[1]/a", "x"), put("go", "n"), put("n", "3"), put("go", "y")),
    ),
    Walk(
        "a count by a calculation",
        xform(
            "<n/><c/><r><a/></r>",
            {"n": "type='int'", "c": 'type="int" calculate="/data/n * 2"'},
            ask("n") + repeat("r", ask("r/a"), 'jr:count="/data/c"'),
        ),
        puts(n="1") + puts(n="2") + puts(n="") + puts(n="0"),  # type: ignore[arg-type]
    ),
    Walk(
        "a count by another repeat",
        xform(
            "<p><a/></p><q><b/></q>",
            {},
            repeat("p", ask("p/a")) + repeat("q", ask("q/b"), 'jr:count="count(/data/p)"'),
        ),
        (add("p"), put("q[2]/b", "x"), remove("p[1]"), add("p", 2)),
    ),
    Walk(
        "a count with relevance in the rows",
        xform(
            "<n/><r><a/><b/></r>",
            {"n": "type='int'", "r/b": 'relevant="position(..) &lt; /data/n"'},
            ask("n") + repeat("r", ask("r/a") + ask("r/b"), 'jr:count="/data/n"'),
        ),
        (put("n", "1"), put("n", "3"), put("r[2]/b", "x"), put("n", "2")),
    ),
    Walk(
        "a count that hangs on what its rows say",
        xform(
            "<n/><rows/><r><more/></r>",
            {
                "rows": 'calculate="count(/data/r)"',
                "n": "calculate=\"if(/data/rows = 0 or indexed-repeat(/data/r/more, /data/r, /data/rows) = 'y', "
                '/data/rows + 1, /data/rows)"',
            },
            repeat("r", ask("r/more"), 'jr:count="/data/n"'),
        ),
        (put("r[1]/more", "y"), put("r[2]/more", "y"), put("r[3]/more", "n"), put("r[1]/more", "n")),
    ),
]
