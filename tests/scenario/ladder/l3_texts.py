"""Languages, and texts that tell answers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from tests.scenario.ladder.walks import Walk, ask, attribute, pick, put, rows, speak
from tests.scenario.xform import inputs, xform

Texts = Mapping[str, str]


def _itext(*languages: tuple[str, Texts], default: str = "") -> str:
    told = "".join(
        f'<translation lang="{name}"'
        + (' default="true()"' if name == default else "")
        + ">"
        + "".join(f'<text id="{key}">{value}</text>' for key, value in texts.items())
        + "</translation>"
        for name, texts in languages
    )
    return f"<itext>{told}</itext>"


def _value(text: str, form: str = "") -> str:
    return f'<value form="{form}">{text}</value>' if form else f"<value>{text}</value>"


_NL = {
    "q": _value("Hoe heet je?"),
    "h": _value("voornaam"),
    "c": _value("moet"),
    "y": _value("ja"),
    "g": _value("Groep"),
}
_EN = {
    "q": _value("Your name?"),
    "h": _value("first name"),
    "c": _value("must"),
    "y": _value("yes"),
    "g": _value("Group"),
}
_ASKED = (
    "<group ref='/data/g'><label ref=\"jr:itext('g')\"/>"
    "<input ref='/data/g/a'><label ref=\"jr:itext('q')\"/><hint ref=\"jr:itext('h')\"/></input>"
    "<select1 ref='/data/g/s'><label>s</label>"
    "<item><label ref=\"jr:itext('y')\"/><value>y</value></item></select1></group>"
)
_BINDS = {
    "g/a": "required='true()' jr:requiredMsg=\"jr:itext('c')\" constraint=\"string-length(.) > 1\""
    " jr:constraintMsg=\"jr:itext('c')\"",
    "n": "calculate=\"jr:choice-name(/data/g/s, '/data/g/s')\"",
    "t": "calculate=\"jr:itext('q')\"",
}


def _spoken(itext: str) -> str:
    return xform("<g><a/><s/></g><n/><t/>", _BINDS, _ASKED, model=itext)


def _languages() -> Iterator[Walk]:
    steps = (
        put("g/s", "y"),
        speak("en"),
        put("g/a", "A"),
        speak("nl"),
        speak("fr"),
        put("g/a", "Aya"),
        speak("en"),
        speak(""),
    )
    yield Walk("the first language is the default", _spoken(_itext(("nl", _NL), ("en", _EN))), steps)
    yield Walk(
        "the language that says so is the default", _spoken(_itext(("nl", _NL), ("en", _EN), default="en")), steps
    )
    yield Walk("one language", _spoken(_itext(("nl", _NL))), steps)
    names = ("Nederlands (nl)", "English (en)")
    long = _spoken(_itext((names[0], _NL), (names[1], _EN)))
    yield Walk("a language is called by its whole name", long, (speak(names[1]), speak("en"), speak(names[0])))


_OUTPUTS = {
    "an answer": "/data/a",
    "a relative answer": "../a",
    "a calculation": "/data/c",
    "a formula": "concat(/data/a, '!')",
    "a number": "/data/n + 1",
    "a fraction": "/data/n div 4",
    "a division by nothing": "/data/n div 0",
    "a date": "format-date(/data/d, '%d/%m/%Y')",
    "a raw date": "/data/d",
    "a choice": "jr:choice-name(/data/s, '/data/s')",
    "a look-up": "instance('l')/root/item[name = /data/s]/label",
    "a condition": "if(/data/a = '', 'you', /data/a)",
    "a truth": "/data/a = 'Aya'",
    "what is not relevant": "/data/r",
    "a count": "count(/data/*)",
    "a choice raw": "/data/s",
    "nothing": "''",
}


def _outputs() -> Iterator[Walk]:
    binds = {
        "n": "type='int'",
        "d": "type='date'",
        "c": "calculate=\"concat('c', /data/n)\"",
        "r": 'relevant="/data/n = 2"',
        "q": "constraint=\". = 'ok'\" jr:constraintMsg=\"jr:itext('m')\"",
    }
    model = rows("l", {"name": "x", "label": "Ex"}, {"name": "y", "label": "Wy"})
    steps = (
        put("a", "Aya"),
        put("n", "2"),
        put("d", "2026-02-03"),
        put("s", "x"),
        put("n", "7"),
        put("a", ""),
        put("q", "no"),
    )
    for name, formula in _OUTPUTS.items():
        told = f'<output value="{attribute(formula)}"/>'
        itext = _itext(("nl", {"q": _value(f"Dag {told}, ok?"), "m": _value(f"fout: {told}")}))
        asked = inputs("<a/><n/><d/>") + pick("s", "instance('l')/root/item")
        body = asked + f"<input ref='/data/q'><label ref=\"jr:itext('q')\"/><hint>hint {told}</hint></input>"
        data = "<a/><n/><d/><s/><c/><r>kept</r><q/>"
        yield Walk(f"a text tells {name}", xform(data, binds, body, model=itext + model), steps)


def _lists() -> Iterator[Walk]:
    itext = _itext(
        ("nl", {"l-0": _value("Een"), "l-1": _value("Twee <output value='/data/a'/>")}),
        ("en", {"l-0": _value("One"), "l-1": _value("Two <output value='/data/a'/>")}),
    )
    model = itext + rows("l", {"name": "1", "itextId": "l-0"}, {"name": "2", "itextId": "l-1"})
    body = ask("a") + pick("s", "instance('l')/root/item", label="jr:itext(itextId)")
    form = xform("<a/><s/><n/>", {"n": "calculate=\"jr:choice-name(/data/s, '/data/s')\""}, body, model=model)
    steps = (put("s", "2"), put("a", "x"), speak("en"), put("a", "y"), put("s", "1"), speak("nl"))
    yield Walk("a list in languages, with answers in its labels", form, steps)
    plain = pick("s", "instance('l')/root/item")
    flat = rows("l", {"name": "1", "label": " spaced  label "}, {"name": "2", "label": ""})
    yield Walk(
        "labels of a list with spaces and without text", xform("<s/>", {}, plain, model=flat), (put("s", "2"),)
    )


_LABELS = {
    "plain": "<label>plain</label>",
    "of several lines": "<label>one\n   two</label>",
    "with an output in the middle": "<label>a <output value='/data/a'/> b</label>",
    "of two outputs": "<label><output value='/data/a'/><output value='/data/a'/></label>",
    "with marks": "<label>**bold** and _thin_ &lt;b&gt;</label>",
    "without text": "<label/>",
    "with only a hint": "<hint>hint</hint>",
    "with a hint of two lines": "<label>l</label><hint>one\ntwo</hint>",
    "with a missing text": "<label ref=\"jr:itext('none')\"/>",
    "by ref with a formula": "<label ref=\"concat('l', /data/a)\"/>",
    "with an output by ref": "<label>x <output ref='/data/a'/></label>",
}


def _labels() -> Iterator[Walk]:
    for name, told in _LABELS.items():
        itext = _itext(("nl", {"q": _value("x")}))
        body = ask("a") + f"<input ref='/data/q'>{told}</input>"
        yield Walk(f"a label {name}", xform("<a/><q/>", {}, body, model=itext), (put("a", "Aya"), put("a", "")))


def _dates() -> Iterator[Walk]:
    formats = ("%a %d %b %Y", "%e/%n/%y", "%B", "%A", "%H:%M", "%Y-%m-%d %3", "%W", "%%")
    for told in formats:
        binds = {"d": "type='dateTime'", "c": f"calculate=\"format-date-time(/data/d, '{told}')\""}
        itext = _itext(("English (en)", {"q": _value("x")}))
        form = xform("<d/><c/>", binds, ask("d"), model=itext)
        steps = (put("d", "2026-02-03T14:05:06.789+00:00"), put("d", "2026-12-31T23:59:00.000+00:00"), put("d"))
        yield Walk(f"a moment in the pattern {told}", form, steps)


WALKS = [*_languages(), *_outputs(), *_lists(), *_labels(), *_dates()]
