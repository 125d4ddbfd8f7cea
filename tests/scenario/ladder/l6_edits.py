"""Submissions that are opened again: what stays, what is worked out anew, and what is submitted then."""

from __future__ import annotations

from collections.abc import Iterator

from tests.scenario.ladder.walks import SUBMIT, Step, Walk, add, ask, attribute, put, remove, repeat, setvalue, speak
from tests.scenario.xform import select, xform

_OLD = "uuid:11111111-1111-4111-8111-111111111111"
_META = f"<meta><instanceID>{_OLD}</instanceID></meta>"
_UID = {"meta/instanceID": "jr:preload='uid'"}
_ORX = "http://openrosa.org/xforms"


def sent(inside: str, meta: str = _META) -> str:
    """Return a submission."""
    return f'<data id="t">{inside}{meta}</data>'


def _form(data: str, binds: dict[str, str], body: str, model: str = "") -> str:
    return xform(f"{data}<meta><instanceID/></meta>", _UID | binds, body, model=model)


def _edited(name: str, xml: str, inside: str, *steps: Step) -> Walk:
    """Open again, submit, and submit after every step."""
    taken = tuple(one for step in (None, *steps) for one in ((step, SUBMIT) if step else (SUBMIT,)))
    return Walk(name, xml, taken, edit=sent(inside))


_HEADS = {
    "that is preloaded": ("<a/><meta><instanceID/></meta>", _UID["meta/instanceID"], ""),
    "that nothing fills": ("<a/><meta><instanceID/></meta>", "", ""),
    "that is calculated": (
        "<a/><meta><instanceID/></meta>",
        "calculate=\"concat('uuid:', uuid())\"",
        "",
    ),
    "that the form leaves out": ("<a/>", "", ""),
    "beside a name": ("<a/><meta><instanceID/><instanceName/></meta>", _UID["meta/instanceID"], ""),
    "beside an older one": ("<a/><meta><instanceID/><deprecatedID/></meta>", _UID["meta/instanceID"], ""),
    "with a prefix": ("<a/><orx:meta><orx:instanceID/></orx:meta>", "", f"xmlns:orx='{_ORX}'"),
}


def _heads() -> Iterator[Walk]:
    for name, (data, bind, head) in _HEADS.items():
        form = xform(data, {"meta/instanceID": bind} if bind else {}, ask("a"), attributes=head)
        yield _edited(f"an identity {name} is edited", form, "<a>x</a>", put("a", "y"))
    form = _form("<a/>", {}, ask("a"))
    nameless = '<data id="t"><a>x</a></data>'
    yield Walk("a submission without an identity is edited", form, (SUBMIT, put("a", "y"), SUBMIT), edit=nameless)
    again = sent("<a>x</a>", f"<meta><instanceID>{_OLD}</instanceID><deprecatedID>uuid:0</deprecatedID></meta>")
    yield Walk("a submission that was edited before is edited", form, (SUBMIT, put("a", "y"), SUBMIT), edit=again)


def _values() -> Iterator[Walk]:
    told = {
        "string": ("x", " spaced ", "&lt;b&gt;", "\u00e9\u20ac", ""),
        "int": ("7", "007", "abc", ""),
        "decimal": ("7", "0.10", "x"),
        "date": ("2026-02-03", "2026-02-30", ""),
        "time": ("10:30:00.000+00:00", ""),
        "dateTime": ("2026-02-03T10:00:00.000+01:00", ""),
    }
    for kind, values in told.items():
        form = _form("<a>d</a>", {"a": f"type='{kind}'"}, ask("a"))
        for value in values:
            yield _edited(f"a {kind} of {value!r} is edited", form, f"<a>{value}</a>")
    choices = _form("<s>b</s><m/>", {}, select("s", "a b") + select("m", "a b c", "select"))
    for one, several in (("a", "a c"), ("q", "c q a"), ("", ""), ("a b", "b")):
        inside = f"<s>{one}</s><m>{several}</m>"
        yield _edited(f"choices {one!r} and {several!r} are edited", choices, inside, put("s", "b"), put("m", "c a"))


_HIDDEN = _form(
    "<a/><b>e</b><g><c>f</c><h><i/></h></g>",
    {"b": "relevant=\"/data/a = 'x'\"", "g": "relevant=\"/data/a != 'n'\"", "g/h": "relevant=\"../c = 'f'\""},
    ask("a") + ask("b") + ask("g/c") + ask("g/h/i"),
)
_COUNTED = _form("<n/><r><a/></r>", {"n": "type='int'"}, ask("n") + repeat("r", ask("r/a"), 'jr:count="/data/n"'))
_ROWS = _form("<r><a/></r><n/>", {"n": "calculate='count(/data/r)'"}, repeat("r", ask("r/a")))
_NESTED = _form("<o><x/><i><y/></i></o>", {}, repeat("o", ask("o/x") + repeat("o/i", ask("o/i/y"))))
_WITHIN = _form("<f/><g><r><a/></r></g>", {"g": "relevant=\"/data/f = 'y'\""}, ask("f") + repeat("g/r", ask("g/r/a")))
_TIMED = _form(
    "<s/><e/><d/><u/><a/>",
    {
        "s": "type='dateTime' jr:preload='timestamp' jr:preloadParams='start'",
        "e": "type='dateTime' jr:preload='timestamp' jr:preloadParams='end'",
        "d": "type='date' jr:preload='date' jr:preloadParams='today'",
        "u": "jr:preload='property' jr:preloadParams='username'",
    },
    ask("a"),
)
_SENT_TIMES = (
    "<s>2026-01-01T10:00:00.000+00:00</s><e>2026-01-01T11:00:00.000+00:00</e><d>2026-01-01</d><u>ann</u><a>x</a>"
)
_ACTED = _form(
    "<a/><b/><c/><d/>",
    {},
    ask("a", setvalue("xforms-value-changed", "b", "concat('now ', /data/a)")) + ask("b"),
    model=setvalue("odk-instance-first-load", "c", "'first'") + setvalue("odk-instance-load", "d", "'loaded'"),
)
_NEW_ROW = _form(
    "<r><a/></r>",
    {},
    '<group ref="/data/r"><repeat nodeset="/data/r">'
    + setvalue("odk-new-repeat", "r/a", "'new'")
    + ask("r/a")
    + "</repeat></group>",
)
_FORMULAS = {
    "of an answer": "concat(/data/a, '!')",
    "that happens once": "once(concat('x', /data/a))",
    "of the day": "today()",
    "of the time": "now()",
    "of itself as it was": "if(/data/a = 'z', 'changed', 'same')",
}
_RULED = _form(
    "<a/><b/><c/>",
    {"b": "required=\"/data/a = 'x'\" constraint=\". != 'no'\" jr:constraintMsg='not no'", "c": "readonly='true()'"},
    ask("a") + ask("b") + ask("c"),
)
_SPOKEN = _form(
    "<s/><n/>",
    {"n": "calculate=\"jr:choice-name(/data/s, '/data/s')\""},
    "<select1 ref='/data/s'><item><label ref=\"jr:itext('y')\"/><value>y</value></item></select1>",
    model="<itext><translation lang='nl'><text id='y'><value>ja</value></text></translation>"
    "<translation lang='en'><text id='y'><value>yes</value></text></translation></itext>",
)


def _calculated() -> Iterator[Walk]:
    for name, formula in _FORMULAS.items():
        form = _form("<a/><c/>", {"c": f'calculate="{attribute(formula)}"'}, ask("a"))
        yield _edited(f"a calculation {name} is edited", form, "<a>y</a><c>kept</c>", put("a", "z"))
    written = _form("<a/><c/>", {"c": "calculate=\"concat(/data/a, '!')\""}, ask("a") + ask("c"))
    yield _edited(
        "an answer over a calculation is edited", written, "<a>y</a><c>mine</c>", put("c", "my"), put("a", "z")
    )


_OTHERS = [
    _edited("what was hidden begins as the form has it", _HIDDEN, "<a>n</a>", put("a", "x"), put("g/c", "q")),
    _edited(
        "what was shown is as it was sent",
        _HIDDEN,
        "<a>x</a><b>sent</b><g><c>f</c><h><i>deep</i></h></g>",
        put("a", "n"),
        put("a", "x"),
    ),
    _edited("an answer that was emptied stays empty", _HIDDEN, "<a>x</a><b/><g><c/></g>", put("g/c", "f")),
    _edited("rows are as they were sent", _ROWS, "<r><a>1</a></r><r><a/></r><r/>", add(), remove("r[1]")),
    _edited("no rows were sent", _ROWS, "<n>0</n>", add()),
    _edited("rows under what was hidden are none", _WITHIN, "<f>n</f>", put("f", "y"), add("g/r")),
    _edited("counted rows are as they were sent", _COUNTED, "<n>2</n><r><a>1</a></r><r><a>2</a></r>", put("n", "3")),
    _edited("counted rows that were sent in part", _COUNTED, "<n>3</n><r><a>1</a></r>", put("n", "1")),
    _edited("more rows than are counted", _COUNTED, "<n>1</n><r><a>1</a></r><r><a>2</a></r>", put("n", "2")),
    _edited(
        "rows in rows are as they were sent",
        _NESTED,
        "<o><x>1</x><i><y>a</y></i><i><y>b</y></i></o><o><x>2</x></o>",
        add("o[2]/i"),
        remove("o[1]/i[1]"),
        remove("o[1]"),
    ),
    _edited("start and day stay, the end is stamped again", _TIMED, _SENT_TIMES, put("a", "y")),
    _edited("times that were not sent stay empty", _TIMED, "<s/><d/><a>x</a>", put("a", "y")),
    Walk(
        "who asks now is not written over who asked",
        _TIMED,
        (SUBMIT,),
        properties={"username": "bob"},
        edit=sent(_SENT_TIMES),
    ),
    _edited("actions of a first load do not run again", _ACTED, "<a>x</a><b/><c/><d/>", put("a", "y"), put("b", "")),
    _edited("an action that was sent stays", _ACTED, "<a>x</a><b>now x</b><c>first</c><d>old</d>", put("a", "x")),
    _edited("rows that were sent are not new", _NEW_ROW, "<r><a>1</a></r><r><a/></r>", add()),
    _edited("what the form does not know is left out", _ROWS, "<zz>1</zz><r><a>1</a><b>2</b></r>"),
    _edited(
        "rules hold for what was sent",
        _RULED,
        "<a>x</a><b>no</b><c>r</c>",
        put("b", ""),
        put("b", "ok"),
        put("c", "q"),
    ),
    _edited("names of choices are said again", _SPOKEN, "<s>y</s><n>oui</n>", speak("en"), put("s", "")),
]
WALKS = [*_heads(), *_values(), *_calculated(), *_OTHERS]
