"""Choices: what is on offer, what is stored, what is dropped, and how it is called."""

from __future__ import annotations

from collections.abc import Iterator

from tests.scenario.ladder.walks import Step, Walk, ask, attribute, items, pick, put, puts, rows
from tests.scenario.xform import inputs, select, xform

_PLACES = rows(
    "p",
    {"name": "gent", "label": "Gent", "region": "east", "size": "3", "old": "yes"},
    {"name": "aalst", "label": "Aalst", "region": "east", "size": "2", "old": ""},
    {"name": "brugge", "label": "Brugge", "region": "west", "size": "2", "old": "yes"},
    {"name": "ieper", "label": "Ieper", "region": "west", "size": "1", "old": "yes"},
    {"name": "namur", "label": "Namur", "region": "south", "size": "2", "old": ""},
)
_FILTERS = {
    "equality with an answer": "[region = /data/f]",
    "equality the other way round": "[/data/f = region]",
    "inequality": "[region != /data/f]",
    "starts-with": "[starts-with(name, /data/f)]",
    "contains": "[contains(label, /data/f)]",
    "a number as text": "[size = /data/f]",
    "a number compared": "[size > /data/f]",
    "two conditions with and": "[region = /data/f and size > 1]",
    "two conditions with or": "[region = /data/f or size = 1]",
    "two predicates": "[region = /data/f][old = 'yes']",
    "selected in a list": "[selected(/data/f, region)]",
    "not selected in a list": "[not(selected(/data/f, region))]",
    "an empty filter lets all through": "[/data/f = '' or region = /data/f]",
    "a place": "[position() <= /data/f]",
    "the last": "[last()]",
    "an empty cell": "[old = '']",
    "true() everywhere": "[true()]",
    "false() everywhere": "[false()]",
    "count of characters": "[string-length(name) > /data/f]",
    "a regex": "[regex(name, /data/f)]",
    "if in a filter": "[region = if(/data/f = 'east', 'west', 'east')]",
    "current() in a filter": "[region = current()/../f]",
    "coalesce": "[region = coalesce(/data/f, 'south')]",
}
_TRIED = ("east", "west", "2", "e", "east south", "")


def _filters() -> Iterator[Walk]:
    for name, told in _FILTERS.items():
        form = xform("<f/><s/>", {}, ask("f") + pick("s", f"instance('p')/root/item{told}"), model=_PLACES)
        steps: list[Step] = [put("s", "gent")]
        for value in _TRIED:
            steps += [put("f", value)]
        yield Walk(f"filter by {name}", form, (*steps, put("s", "brugge"), put("f", "west")))


def _kinds() -> Iterator[Walk]:
    fixed = f'<NAME ref="/data/s"><label>s</label>{items("abcd")}</NAME>'
    listed = pick("s", "instance('l')/root/item", "NAME")
    model = rows("l", *({"name": value, "label": value.upper()} for value in "abcd"))
    tried = {
        "select1": ("a", "d", "z", "", "a b", " a", "A"),
        "select": ("a", "d a", "z", "a z b", "a a", "", " b  a ", "a,b", "d c b a"),
        "odk:rank": ("a b c d", "d c b a", "a b", "a b c z", "a a b c", "", "b a d c "),
    }
    for name, values in tried.items():
        for place, body in (("written in the question", fixed), ("from a list", listed)):
            if name == "odk:rank" and body == fixed:
                continue
            form = xform(
                "<s/>", {"s": f"type='{name}'"} if name == "odk:rank" else {}, body.replace("NAME", name), model=model
            )
            for value in values:
                yield Walk(f"{name} {place} takes {value!r}", form, (put("s", "b"), put("s", value)))


_CASCADE = xform(
    "<a/><b/><c/><n/>",
    {"n": "calculate=\"concat(/data/a, '/', /data/b, '/', /data/c)\""},
    pick("a", "instance('a')/root/item")
    + pick("b", "instance('b')/root/item[a = /data/a]")
    + pick("c", "instance('c')/root/item[b = /data/b]"),
    model=rows("a", {"name": "1", "label": "One"}, {"name": "2", "label": "Two"})
    + rows("b", *({"name": n, "label": f"L{n}", "a": n[0]} for n in ("11", "12", "21")))
    + rows("c", *({"name": n, "label": f"L{n}", "b": n[:2]} for n in ("111", "112", "121", "211"))),
)
_MULTIPLE = xform(
    "<a/><b/><c/>",
    {},
    pick("a", "instance('a')/root/item", "select")
    + pick("b", "instance('a')/root/item[selected(/data/a, name)]", "select")
    + pick("c", "instance('a')/root/item[selected(/data/b, name)]"),
    model=rows("a", *({"name": n, "label": n.upper()} for n in "wxyz")),
)
_RULED = xform(
    "<go/><s/><m/>",
    {
        "s": "relevant=\"/data/go != 'n'\" required=\"true()\" constraint=\". != 'b'\" jr:constraintMsg='not b'",
        "m": "readonly=\"/data/go = 'r'\" constraint=\"count-selected(.) &lt; 3\" jr:constraintMsg='two at most'",
    },
    ask("go") + select("s", "a b c") + select("m", "a b c d", "select"),
)


def _names() -> Iterator[Walk]:
    told = {
        "of a choice": "jr:choice-name(/data/s, '/data/s')",
        "of the second of several": "jr:choice-name(selected-at(/data/m, 1), '/data/m')",
        "of a value that was not chosen": "jr:choice-name('c', '/data/s')",
        "of no choice": "jr:choice-name('q', '/data/s')",
        "in a longer text": "concat('You said ', jr:choice-name(/data/s, '/data/s'), '!')",
        "with spaces around the reference": "jr:choice-name(/data/s, ' /data/s ')",
    }
    for name, formula in told.items():
        for kind, body in (
            ("written in the question", select("s", "a b c") + select("m", "a b c", "select")),
            ("of a list", pick("s", "instance('l')/root/item") + pick("m", "instance('l')/root/item", "select")),
        ):
            model = rows("l", *({"name": value, "label": value.upper()} for value in "abc"))
            form = xform("<s/><m/><n/>", {"n": f'calculate="{attribute(formula)}"'}, body, model=model)
            yield Walk(
                f"name {name}, {kind}", form, (put("s", "a"), put("m", "c b"), put("s", "b"), put("s"), put("m"))
            )


def _read() -> Iterator[Walk]:
    told = {
        "selected": "selected(/data/m, 'a')",
        "selected of a part of a word": "selected(/data/m, 'a ')",
        "count-selected": "count-selected(/data/m)",
        "selected-at the first": "selected-at(/data/m, 0)",
        "selected-at past the end": "selected-at(/data/m, 5)",
        "selected-at before the start": "selected-at(/data/m, -1)",
        "equality": "/data/m = 'a'",
        "length": "string-length(/data/m)",
        "both of two": "selected(/data/m, 'a') and selected(/data/m, 'c')",
        "checklist": "checklist(2, 3, selected(/data/m, 'a'), selected(/data/m, 'b'), selected(/data/m, 'c'))",
        "weighted-checklist": "weighted-checklist(3, 9, selected(/data/m, 'a'), 2, selected(/data/m, 'b'), 1)",
        "label by look-up": "instance('l')/root/item[name = selected-at(/data/m, 0)]/label",
        "count by look-up": "count(instance('l')/root/item[selected(/data/m, name)])",
        "join by look-up": "join(', ', instance('l')/root/item[selected(/data/m, name)]/label)",
    }
    model = rows("l", *({"name": value, "label": value.upper()} for value in "abc"))
    for name, formula in told.items():
        body = pick("m", "instance('l')/root/item", "select")
        form = xform("<m/><n/>", {"n": f'calculate="{attribute(formula)}"'}, body, model=model)
        yield Walk(
            f"a multiple choice read by {name}", form, (put("m", "a"), put("m", "c a"), put("m", "b"), put("m"))
        )


def _ranges() -> Iterator[Walk]:
    for kind, low, high, step in (
        ("int", "1", "5", "1"),
        ("decimal", "0", "1", "0.25"),
        ("int", "10", "0", "2"),
        ("int", "-3", "3", "3"),
    ):
        body = f'<range ref="/data/x" start="{low}" end="{high}" step="{step}"><label>x</label></range>'
        form = xform("<x/>", {"x": f"type='{kind}'"}, body)
        for value in ("1", "3", "0.5", "6", "-1", "abc", "0", "10"):
            yield Walk(
                f"a {kind} range from {low} to {high} by {step} takes {value}", form, (put("x", value), put("x"))
            )


def _orders() -> Iterator[Walk]:
    model = rows("l", *({"name": value, "label": value.upper()} for value in "abcdefgh"))
    for seed in ("0", "1", "42", "-7", "1.5", "123456789", "2147483647"):
        body = pick("s", f"randomize(instance('l')/root/item, {seed})")
        yield Walk(f"choices in the order of seed {seed}", xform("<s/>", {}, body, model=model), (put("s", "c"),))
    body = ask("k") + pick("s", "randomize(instance('l')/root/item, /data/k)", "select")
    steps = (put("k", "3"), put("s", "a b c"), put("k", "4"), put("k", "abc"))
    yield Walk(
        "choices in the order of an answered seed",
        xform("<k>2</k><s/>", {"k": "type='string'"}, body, model=model),
        steps,
    )


WALKS = [
    *_filters(),
    *_kinds(),
    *_names(),
    *_read(),
    *_ranges(),
    *_orders(),
    Walk(
        "three lists that hang on each other",
        _CASCADE,
        (
            *puts(a="1", b="11", c="112"),
            put("a", "2"),
            put("a", "1"),
            put("b", "12"),
            put("b", "11"),
            put("c"),
            put("a", "2"),
            *puts(b="21", c="211"),
            put("a", ""),
        ),
    ),
    Walk(
        "several choices that hang on each other",
        _MULTIPLE,
        (
            put("a", "w x y"),
            put("b", "x y"),
            put("c", "y"),
            put("a", "w x"),
            put("a", "w x y z"),
            put("b", "x"),
            put("a", ""),
        ),
    ),
    Walk(
        "rules over choices",
        _RULED,
        (
            put("s", "b"),
            put("s", "a"),
            put("m", "a b c"),
            put("m", "a b"),
            put("go", "n"),
            put("go", "r"),
            put("m", "c"),
            put("go", "y"),
            put("s", ""),
        ),
    ),
    Walk("a default on the list stands", xform("<s>b</s>", {}, select("s", "a b")), (put("s", "a"),)),
    Walk("a default off the list", xform("<s>q</s>", {}, select("s", "a b")), (put("s", "a"),)),
    Walk("defaults of several", xform("<s>b q a</s>", {}, select("s", "a b", "select")), (put("s", "b"),)),
    Walk(
        "a default off its filtered list",
        xform(
            "<f/><s>gent</s>",
            {},
            inputs("<f/>") + pick("s", "instance('p')/root/item[region = /data/f]"),
            model=_PLACES,
        ),
        (put("f", "east"), put("f", "west")),
    ),
    Walk(
        "a choice by calculation",
        xform("<f/><s/>", {"s": 'calculate="/data/f"'}, inputs("<f/>") + select("s", "a b")),
        (put("f", "a"), put("f", "q"), put("f", "b")),
    ),
    Walk(
        "two choices with one value",
        xform(
            "<s/>",
            {},
            pick("s", "instance('d')/root/item"),
            model=rows(
                "d", {"name": "1", "label": "one"}, {"name": "1", "label": "uno"}, {"name": "2", "label": "two"}
            ),
        ),
        (put("s", "1"), put("s", "2")),
    ),
    Walk(
        "other is a choice with a question",
        xform("<s/><o/>", {"o": "relevant=\"selected(/data/s, 'other')\""}, select("s", "a other") + inputs("<o/>")),
        (put("s", "other"), put("o", "mine"), put("s", "a"), put("s", "other")),
    ),
    Walk(
        "a trigger takes OK only",
        xform("<t/>", {}, "<trigger ref='/data/t'><label>t</label></trigger>"),
        (put("t", "OK"), put("t", "ok"), put("t", "OK"), put("t", "")),
    ),
]
