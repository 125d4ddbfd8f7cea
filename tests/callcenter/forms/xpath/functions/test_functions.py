from __future__ import annotations

import time
from random import Random
from zoneinfo import ZoneInfo

import pytest

from callcenter.forms.definition.loader import load_form
from callcenter.forms.instance.codec import stored
from callcenter.forms.instance.instance import Instance
from callcenter.forms.xpath.compiler import compiled
from callcenter.forms.xpath.library import FUNCTIONS
from callcenter.forms.xpath.moments import from_text
from callcenter.forms.xpath.parser import parse
from callcenter.forms.xpath.scope import Context
from tests.scenario.xform import NOW, Filled, value_of, xform

TEXTS = [
    ("string(12.50)", "12.5"),
    ("concat('a', 1, true())", "a1true"),
    ("join('-', 'a', 'b', 3)", "a-b-3"),
    ("substr('hello', 1)", "ello"),
    ("substr('hello', 1, 3)", "el"),
    ("substr('hello', -3)", "llo"),
    ("substr('hello', 0, -1)", "hell"),
    ("substring('12345', 2, 3)", "234"),
    ("substring('12345', 1.5, 2.6)", "234"),
    ("substring('12345', 0)", "12345"),
    ("substring-before('1999/04', '/')", "1999"),
    ("substring-after('1999/04', '/')", "04"),
    ("translate('bar', 'abc', 'AB')", "BAr"),
    ("string-length('abc')", "3"),
    ("normalize-space('  a   b ')", "a b"),
    ("contains('abc', 'bc')", "true"),
    ("starts-with('abc', 'ab')", "true"),
    ("ends-with('abc', 'bc')", "true"),
    ("regex('0470123456', '^04[0-9]{8}$')", "true"),
    ("regex('abc', '(')", "false"),
    ("string-length(uuid())", "36"),
    ("string-length(uuid(8))", "8"),
    ("digest('abc', 'MD5', 'hex')", "900150983cd24fb0d6963f7d28e17f72"),
    ("digest('abc', 'SHA-1')", "qZk+NkcGgWq6PiVxeFDCbJzQ2J0="),
    ("base64-decode('aGk=')", "hi"),
    ("base64-decode('?')", ""),
]
LOGIC = [
    ("not(false())", "true"),
    ("boolean('x')", "true"),
    ("boolean(0)", "false"),
    ("boolean-from-string('1')", "true"),
    ("boolean-from-string('yes')", "false"),
    ("if(1 > 2, 'a', 'b')", "b"),
    ("coalesce('', 'b')", "b"),
    ("coalesce('a', 'b')", "a"),
    ("checklist(1, 2, true(), true(), false())", "true"),
    ("checklist(3, -1, true(), true(), false())", "false"),
    ("weighted-checklist(3, 5, true(), 2, true(), 2)", "true"),
    ("weighted-checklist(5, -1, true(), 2, true(), 2)", "false"),
]
NUMBERS = [
    ("int('7.9')", "7"),
    ("int(-7.9)", "-7"),
    ("int('x')", ""),
    ("round(2.5)", "3"),
    ("round(-2.5)", "-3"),
    ("round(1.25, 1)", "1.3"),
    ("round(14.29123, 3)", "14.291"),
    ("round(1234.56, -2)", "1200"),
    ("round(1.5, 400)", "1.5"),
    ("round(123, 307)", "123"),
    ("round(1.5, -400)", "0"),
    ("round(1.5, 1 div 0)", ""),
    ("floor(-1.5)", "-2"),
    ("ceiling(-1.5)", "-1"),
    ("abs(-3)", "3"),
    ("pow(2, 10)", "1024"),
    ("sqrt(9)", "3"),
    ("sqrt(-1)", ""),
    ("exp(0)", "1"),
    ("exp10(2)", "100"),
    ("log10(1000)", "3"),
    ("log(0)", "-Infinity"),
    ("pow(10, 400)", "Infinity"),
    ("round(pi(), 2)", "3.14"),
    ("round(atan2(1, 1), 4)", "0.7854"),
    ("number('12')", "12"),
    ("min(3, 1, 2)", "1"),
    ("max(3, 1, 2)", "3"),
    ("min('', 1)", ""),
]
DATES = [
    ("today()", "2026-08-14"),
    ("date('2026-01-02') + 1 = date('2026-01-03')", "true"),
    ("date('2026-03-30') - date('2026-03-28')", "2"),
    ("today() > '2026-08-13'", "true"),
    ("date(1)", "1970-01-02"),
    ("date('x')", ""),
    ("date('')", ""),
    ("date('2026-1-5')", "2026-01-05"),
    ("date('2026-02-30')", ""),
    ("number('1970-01-02')", "1"),
    ("decimal-date-time('1970-01-02T12:00:00Z')", "1.5"),
    ("decimal-time('06:00:00.000')", "0.25"),
    ("decimal-time('x')", ""),
    ("format-date('2026-08-04', '%Y-%m-%d %n %e %y %b %a')", "2026-08-04 8 4 26 Aug Tue"),
    ("format-date('', '%Y')", ""),
    ("format-date-time('2026-08-04T09:05:07.123', '%H:%M:%S.%3 %h')", "09:05:07.123 9"),
    ("format-date('2026-08-04', '%H')", "00"),
]
CHOICES = [
    ("selected('a b', 'a')", "true"),
    ("selected('ab c', 'a')", "false"),
    ("selected('', '')", "true"),
    ("selected-at('a b c', 1)", "b"),
    ("selected-at('a b c', 3)", ""),
    ("count-selected('a b c')", "3"),
]


@pytest.mark.parametrize(("expression", "value"), TEXTS + LOGIC + NUMBERS + DATES + CHOICES)
def test_functions_give_what_the_odk_specification_says(expression: str, value: str):
    assert value_of(expression) == value


def test_now_carries_the_offset_of_the_local_zone():
    assert value_of("now()", zone="Europe/Brussels") == "2026-08-14T11:00:00.000+02:00"
    assert value_of("now()") == "2026-08-14T09:00:00.000+00:00"


def test_a_date_with_an_offset_is_the_day_of_the_local_zone():
    moment = "2026-08-14T23:30:00.000Z"
    assert value_of(f"format-date('{moment}', '%d')", zone="Europe/Brussels") == "15"
    assert value_of(f"format-date('{moment}', '%d')") == "14"


def test_days_count_whole_over_summer_time():
    assert value_of("date('2026-03-30') - date('2026-03-28')", zone="Europe/Brussels") == "2"
    assert value_of("decimal-time('10:00:00.000Z')", zone="Europe/Brussels")[:6] == "0.4583"


def test_months_and_days_are_named_in_the_language_of_the_form():
    texts = "<itext><translation lang='Nederlands (nl)'><text id='x'><value>x</value></text></translation></itext>"
    form = xform("<r/>", {"r": "calculate=\"format-date('2026-03-02', '%b %a')\""}, model=texts)
    assert Filled(form)["r"] == "mrt ma"


def test_a_pattern_that_backtracks_without_end_is_false_in_time_and_tells_the_author():
    filled = Filled(xform(f"<a>{'a' * 60}!</a><r/>", {"r": "calculate=\"regex(/data/a, '^(a|aa)+$')\""}))
    began = time.monotonic()
    assert filled["r"] == "false"
    assert time.monotonic() - began < 2
    assert any("too long" in warning for warning in filled.instance.world.warnings)


def test_sum_and_count_leave_out_what_is_not_relevant():
    data = "<r><x>1</x></r><r><x>2</x></r><r><x>3</x></r><sum/><n/>"
    binds = {
        "r": 'relevant="position(.) != 2"',
        "sum": 'calculate="sum(/data/r/x)"',
        "n": 'calculate="count(/data/r)"',
    }
    body = '<group ref="/data/r"><repeat nodeset="/data/r"><input ref="/data/r/x"/></repeat></group>'
    filled = Filled(xform(data, binds, body))
    assert (filled["sum"], filled["n"]) == ("4", "2")


def test_sum_over_an_unanswered_number_is_blank():
    data = "<r><x>1</x></r><r><x/></r><sum/>"
    body = '<repeat nodeset="/data/r"><input ref="/data/r/x"/></repeat>'
    assert Filled(xform(data, {"r/x": "type='int'", "sum": 'calculate="sum(/data/r/x)"'}, body))["sum"] == ""


def test_once_keeps_its_first_value():
    filled = Filled(xform("<a/><r/>", {"r": 'calculate="once(concat(uuid(), /data/a))"'}))
    first = filled["r"]
    assert first
    assert filled.answer(a="x")["r"] == first


def test_randomize_with_a_seed_is_the_shuffle_of_the_specification():
    items = "".join(f"<item><name>{letter}</name></item>" for letter in "abcdef")
    model = f"<instance id='l'><root>{items}</root></instance>"
    body = (
        "<select1 ref='/data/a'><itemset nodeset=\"randomize(instance('l')/root/item, 42)\">"
        "<value ref='name'/><label ref='name'/></itemset></select1>"
    )
    first = Filled(xform("<a/>", {}, body, model=model), seed=1).offers("a")
    assert first == Filled(xform("<a/>", {}, body, model=model), seed=2).offers("a")
    assert sorted(first) == list("abcdef") != first


def test_a_shuffle_without_a_seed_stays_within_an_interview():
    items = "".join(f"<item><name>{letter}</name></item>" for letter in "abcdefgh")
    model = f"<instance id='l'><root>{items}</root></instance>"
    body = (
        "<select1 ref='/data/a'><itemset nodeset=\"randomize(instance('l')/root/item)\">"
        "<value ref='name'/><label ref='name'/></itemset></select1>"
    )
    form = xform("<a/>", {}, body, model=model)
    assert Filled(form, seed=5).offers("a") == Filled(form, seed=5).offers("a")
    assert len({tuple(Filled(form, seed=seed).offers("a")) for seed in range(6)}) > 1


HARD = (
    "''", "'x'", "1 div 0", "-1 div 0", "0 div 0", "400", "-400", "99999999999999999999999999", "'2026-02-30'",
    "'2026-03-29T02:30:00.000+02:00'", "'0001-01-01'", "'9999-12-31T23:59:59'", "'10:30'", "/data/r/x", "/data/r",
    "'%Y%e%%%q'", "'((('", "now()", "'\U0001f600'",
)  # fmt: skip


@pytest.mark.parametrize("zone", ["UTC", "Europe/Brussels", "America/New_York"])
@pytest.mark.parametrize("name", sorted(FUNCTIONS))
def test_no_value_makes_a_function_fail(name: str, zone: str):
    body = "<group ref='/data/r'><repeat nodeset='/data/r'/></group>"
    form = load_form(xform("<a/><r><x>1</x></r><r><x>2</x></r>", {}, body))
    instance = Instance(form, lambda: NOW, ZoneInfo(zone))
    instance.begin()
    here, function, chance = instance.tree.root.children[0], FUNCTIONS[name], Random(1)  # noqa: S311 - the same values every time
    for count in range(function.least, min(function.most, 4) + 1):
        for _ in range(60):
            formula = f"{name}({', '.join(chance.choice(HARD) for _ in range(count))})"
            value = compiled(parse(formula))(Context(here, instance.world, here))
            for kind in ("string", "int", "decimal", "date", "dateTime", "time"):
                assert isinstance(stored(value, kind, ZoneInfo(zone)), str), formula


@pytest.mark.parametrize(
    ("text", "zone", "want"),
    [
        ("0001-01-01", "Europe/Brussels", "0001-01-01T00:00:00.000+00:17"),
        ("9999-12-31", "America/New_York", "9999-12-31T00:00:00.000-05:00"),
        ("0850-06-01", "UTC", "0850-06-01T00:00:00.000+00:00"),
        ("1850-01-01", "America/New_York", "1850-01-01T00:00:00.000-04:57"),
    ],
)
def test_a_moment_far_away_keeps_its_day_and_its_form(text: str, zone: str, want: str):
    assert stored(text, "dateTime", ZoneInfo(zone)) == want
    again = from_text(want, ZoneInfo(zone))
    assert again is None or again.local.date().isoformat() == text
