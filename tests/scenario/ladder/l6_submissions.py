"""What is submitted: the XML after answers, rows and hidden questions."""

from __future__ import annotations

from collections.abc import Iterator

from tests.scenario.ladder.walks import (
    SUBMIT,
    Step,
    Walk,
    add,
    ask,
    attribute,
    put,
    puts,
    remove,
    repeat,
    setvalue,
    speak,
)
from tests.scenario.xform import inputs, select, xform

_ORX = "http://openrosa.org/xforms"


def _with_submits(*steps: Step) -> tuple[Step, ...]:
    """Submit at the opening and after every step."""
    return tuple(one for step in (None, *steps) for one in ((step, SUBMIT) if step else (SUBMIT,)))


def _values() -> Iterator[Walk]:
    told = {
        "string": ("x", " spaced ", "<b>&amp;\"'</b>", "é€ \U0001f9db", "e\u0301", "a\nb", "\t", "", "]]>", "7.0"),
        "int": ("7", "7.9", "-0", "007", "abc", "99999999999", ""),
        "decimal": ("7", "0.10", "1e3", ".5", "-2.25", "x"),
        "date": ("2026-02-03", "2026-02-30", "2026-02-03T10:00:00.000+01:00", "3/2/2026"),
        "time": ("10:30:00.000+00:00", "10:30", "25:00"),
        "dateTime": ("2026-02-03T10:00:00.000+01:00", "2026-02-03", "x"),
        "boolean": ("true", "1", "no"),
        "barcode": ("123", ""),
    }
    for kind, values in told.items():
        form = xform("<a/>", {"a": f"type='{kind}'"}, ask("a"))
        for value in values:
            yield Walk(f"a {kind} of {value!r} is submitted", form, (put("a", value), SUBMIT))


def _defaults() -> Iterator[Walk]:
    told = {
        "a text": ("<a>one</a>", "", ask("a")),
        "a choice": ("<a>x</a>", "", select("a", "x y")),
        "two choices": ("<a>x y</a>", "", select("a", "x y", "select")),
        "a note": ("<a>read me</a>", "readonly='true()'", ask("a")),
        "a hidden value": ("<a>kept</a>", "", "<group/>"),
        "a whole number": ("<a>07</a>", "type='int'", ask("a")),
        "a decimal": ("<a>7</a>", "type='decimal'", ask("a")),
        "a date": ("<a>2026-02-03</a>", "type='date'", ask("a")),
        "no date": ("<a>soon</a>", "type='date'", ask("a")),
        "spaces around": ("<a> x </a>", "", ask("a")),
        "a composed letter": ("<a>e\u0301</a>", "", ask("a")),
        "marks": ("<a>&lt;&amp;&gt;</a>", "", ask("a")),
        "a trigger": ("<a>OK</a>", "", "<trigger ref='/data/a'/>"),
        "a calculation": ("<a>x</a>", "calculate='1 + 2'", "<group/>"),
        "a hidden question": ("<a>x</a>", "relevant='false()'", ask("a")),
    }
    for name, (data, bind, body) in told.items():
        yield Walk(f"a default of {name} is submitted", xform(data, {"a": bind}, body), (SUBMIT,))


_HIDDEN = xform(
    "<f/><g><a>d</a><h><b/></h></g><c/><t/>",
    {
        "g": "relevant=\"/data/f != 'n'\"",
        "g/h": "relevant=\"/data/f = 'h'\"",
        "c": "relevant=\"/data/g/a = 'd'\"",
        "t": "calculate=\"concat('[', /data/g/h/b, ']')\"",
    },
    ask("f") + ask("g/a") + ask("g/h/b") + ask("c"),
)
_VALID = {
    "what is required": "required='true()'",
    "a constraint": 'constraint=". &gt; 3"',
    "a constraint on a number": "type='int' constraint=\". &gt; 3 and . &lt; 9\"",
    "both": "required='true()' constraint=\"string-length(.) &lt; 3\"",
    "what is required sometimes": "required=\"/data/f = 'y'\"",
    "what is hidden sometimes": "required='true()' relevant=\"/data/f = 'y'\"",
    "what cannot be answered": "required='true()' readonly='true()'",
    "a constraint on another answer": "constraint=\"/data/f = 'y'\"",
}


def _valid() -> Iterator[Walk]:
    for name, bind in _VALID.items():
        form = xform("<f/><a/>", {"a": bind}, inputs("<f/><a/>"))
        steps = (put("a", "5"), put("a", "12"), put("f", "y"), put("a", ""), put("f", "n"))
        yield Walk(f"a submission is valid or not by {name}", form, _with_submits(*steps))


_HEADS = {
    "an id and a version": ("<a/>", "version='2026081401'"),
    "a version with marks": ("<a/>", "version='1&gt;&quot;x&quot;&amp;&lt;'"),
    "a prefixed attribute": ("<a/>", f"xmlns:orx='{_ORX}' orx:version='3'"),
    "an attribute of a node": ("<a note='x' xmlns:cc='https://callcenter.example/xforms' cc:more='y'/>", ""),
    "a namespace of its own": ("<a/>", "xmlns='http://example.org/form'"),
    "a meta of its own": ("<a/><meta><instanceID/><instanceName/></meta>", ""),
    "a prefixed meta": ("<a/><orx:meta><orx:instanceID/></orx:meta>", f"xmlns:orx='{_ORX}'"),
    "an identity of its own": ("<a/><meta><instanceID>uuid:mine</instanceID></meta>", ""),
    "a deprecated identity": ("<a/><meta><instanceID/><deprecatedID/></meta>", ""),
    "an audit": ("<a/><meta><audit/><instanceID/></meta>", ""),
    "groups without questions": ("<a/><g><h/></g><e/>", ""),
}


def _heads() -> Iterator[Walk]:
    for name, (data, attributes) in _HEADS.items():
        form = xform(data, {}, ask("a"), attributes=attributes)
        yield Walk(f"a form with {name} is submitted", form, _with_submits(put("a", "x")))
    named = {"meta/instanceName": "calculate=\"concat('Case of ', /data/a)\"", "meta/instanceID": "jr:preload='uid'"}
    form = xform("<a/><meta><instanceID/><instanceName/></meta>", named, ask("a"))
    yield Walk("a submission has its name", form, _with_submits(put("a", "Aya"), put("a", "")))


_ROWS = xform(
    "<n/><r jr:template=''><a>t</a><b/></r><t/>",
    {
        "r/b": "relevant=\"../a = 'y'\"",
        "t": "calculate=\"join(',', /data/r/a)\"",
        "r": "relevant=\"/data/n != 'none'\"",
    },
    ask("n") + repeat("r", ask("r/a") + ask("r/b")),
)
_NESTED = xform(
    "<o><x/><i><y/></i></o>",
    {"o/i": "relevant=\"../x != 'no'\""},
    repeat("o", ask("o/x") + repeat("o/i", ask("o/i/y"))),
)
_COUNTED = xform("<n/><r><a/></r>", {"n": "type='int'"}, ask("n") + repeat("r", ask("r/a"), 'jr:count="/data/n"'))
_SPOKEN = xform(
    "<a/><s/><n/>",
    {"n": "calculate=\"jr:choice-name(/data/s, '/data/s')\""},
    ask("a") + "<select1 ref='/data/s'><item><label ref=\"jr:itext('y')\"/><value>y</value></item></select1>",
    model="<itext><translation lang='nl'><text id='y'><value>ja</value></text></translation>"
    "<translation lang='en'><text id='y'><value>yes</value></text></translation></itext>",
)
_TIMED = xform(
    "<s/><e/><d/><a/><l/>",
    {
        "s": "type='dateTime' jr:preload='timestamp' jr:preloadParams='start'",
        "e": "type='dateTime' jr:preload='timestamp' jr:preloadParams='end'",
        "d": "type='date' jr:preload='date' jr:preloadParams='today'",
        "l": f'calculate="{attribute("string-length(/data/e)")}"',
    },
    ask("a"),
)
_ACTED = xform(
    "<a/><b/><c>1</c>",
    {"c": "relevant=\"/data/a != 'n'\""},
    ask("a", setvalue("xforms-value-changed", "b", "concat(/data/a, /data/c)")),
)
_OTHERS = [
    Walk(
        "hidden questions are left out and come back",
        _HIDDEN,
        _with_submits(
            put("g/h/b", "kept"),
            put("f", "h"),
            put("g/a", "e"),
            put("c", "x"),
            put("f", "n"),
            put("f", "h"),
            put("g/a", "d"),
        ),
    ),
    Walk(
        "rows are submitted in order",
        _ROWS,
        _with_submits(
            add(),
            put("r[1]/a", "y"),
            put("r[1]/b", "B"),
            add(),
            put("r[2]/b", "hidden"),
            put("n", "none"),
            put("n", "some"),
            remove("r[1]"),
            add(),
            remove("r[2]"),
            remove("r[1]"),
        ),
    ),
    Walk(
        "rows in rows are submitted",
        _NESTED,
        _with_submits(
            put("o[1]/i[1]/y", "a"),
            add("o[1]/i"),
            add("o"),
            put("o[2]/x", "no"),
            put("o[2]/i[1]/y", "h"),
            put("o[2]/x", "yes"),
            remove("o[1]/i[1]"),
            remove("o[1]"),
        ),
    ),
    Walk(
        "rows of a count are submitted",
        _COUNTED,
        _with_submits(put("n", "2"), put("r[2]/a", "x"), put("n", "3"), put("n", "1"), put("n", "2"), put("n", "")),
    ),
    Walk(
        "names of choices are submitted in the language spoken",
        _SPOKEN,
        _with_submits(put("s", "y"), speak("en"), speak("nl"), put("s", "")),
    ),
    *(
        Walk(f"times are submitted in {zone}", _TIMED, _with_submits(put("a", "x")), zone=zone)
        for zone in ("UTC", "Europe/Brussels", "America/St_Johns")
    ),
    Walk("what actions set is submitted", _ACTED, _with_submits(*puts(a="x"), put("a", "n"), put("a", ""))),
    Walk(
        "choices are submitted in the order of the list",
        xform("<m/><s/>", {}, select("m", "a b c", "select") + select("s", "a b")),
        _with_submits(put("m", "c a"), put("s", "b"), put("m", "b q"), put("s", "q")),
    ),
    Walk("two submissions are the same", xform("<a/>", {}, ask("a")), (put("a", "x"), SUBMIT, SUBMIT)),
]
WALKS = [*_values(), *_defaults(), *_valid(), *_heads(), *_OTHERS]
