from __future__ import annotations

import pytest

from callcenter.forms.errors import BadExpression, UnknownFunction
from tests.scenario.xform import value_of

TABLE = [
    ("1 + 2 * 3", "7"),
    ("(1 + 2) * 3", "9"),
    ("7 mod 3", "1"),
    ("-7 mod 3", "-1"),
    ("7 mod -3", "1"),
    ("1 div 0", "Infinity"),
    ("-1 div 0", "-Infinity"),
    ("0 div 0", ""),
    ("10 div 4", "2.5"),
    ("--2", "2"),
    ("2 - -2", "4"),
    ("3.0", "3"),
    ("0.1 + 0.2", "0.30000000000000004"),
    ("1 = 1 and 2 = 2", "true"),
    ("1 = 2 or 2 = 2", "true"),
    ("'a' = 'a'", "true"),
    ("1 = '1'", "true"),
    ("true() = 'x'", "true"),
    ("'' = false()", "true"),
    ("'' = 0", "false"),
    ("'' >= 0", "false"),
    ("'' < 0", "false"),
    ("'' + 1", ""),
    ("'abc' + 1", ""),
    ("'b' > 'a'", "false"),
    ("/data/one = 1", "true"),
    ("/data/one != 1", "false"),
    ("/data/empty = ''", "true"),
    ("/data/empty = 0", "false"),
    ("/data/empty >= 0", "false"),
    ("/data/one + 1", "2"),
    ("../one", "1"),
    ("../one[. = '1']", "1"),
    ("./../one", "1"),
    ("count(/data/one | /data/empty | /data/one)", "2"),
    ("count(/data/list/*)", "2"),
    ("count(//one)", "1"),
    ("/data/list/*[2]", "y"),
    ("/data/list/*[position() = last()]", "y"),
    ("name(/data/list/*[1])", "x"),
    ("/data/list/*[. = 'y']/../x", "X"),
    ("/data//y", "y"),
    ("/data/one/self::one", "1"),
    ("/data/empty/preceding-sibling::one", "1"),
    ("count(/data/list/x/following-sibling::*)", "1"),
    ("count(/data/one/ancestor::*)", "1"),
    ("current()/../one", "1"),
    ("div + mod", ""),
]


@pytest.mark.parametrize(("expression", "value"), TABLE)
def test_expressions_give_the_values_of_xpath_with_the_odk_exceptions(expression: str, value: str):
    assert value_of(expression, one="1", empty="", list="<x>X</x><y>y</y>") == value


def test_a_name_may_hold_a_dash_and_an_operator_needs_a_space():
    assert value_of("/data/a-b - /data/a", **{"a": "1", "a-b": "5"}) == "4"


def test_words_of_operators_are_names_where_a_name_stands():
    assert value_of("/data/div div /data/mod", **{"div": "8", "mod": "2"}) == "4"


def test_an_attribute_is_read_by_name():
    from tests.scenario.xform import Filled, xform

    filled = Filled(xform("<r/>", {"r": "calculate='/data/@version'"}, attributes="version='7'"))
    assert filled["r"] == "7"


@pytest.mark.parametrize(
    "expression", ["1 +", "(1", "a b", "1 + + ) 2", "/data/a ? 2", "concat('a'", "[1]", "", "'open"]
)
def test_what_does_not_parse_is_refused_with_its_place(expression: str):
    from callcenter.forms.definition.expression import expression as compile_expression

    with pytest.raises(BadExpression) as caught:
        compile_expression(expression, "/data/r")
    assert "/data/r" in str(caught.value)


@pytest.mark.parametrize("expression", ["nope()", "area(/data/one)", "if(1, 2)", "true(1)"])
def test_an_unknown_function_or_a_wrong_number_of_arguments_is_refused(expression: str):
    with pytest.raises(UnknownFunction):
        value_of(expression, one="1")


def test_brackets_may_nest_fifty_deep_and_no_deeper():
    assert value_of("(" * 50 + "1" + ")" * 50) == "1"
    with pytest.raises(BadExpression):
        value_of("(" * 51 + "1" + ")" * 51)


def test_a_long_row_of_conditions_is_no_deep_tree():
    row = " or ".join(f"/data/one = '{number}'" for number in range(400))
    assert value_of(row, one="399") == "true"


def test_an_endless_sum_is_refused():
    with pytest.raises(BadExpression):
        value_of("1" + "+1" * 4000)


def test_ten_thousand_characters_are_the_longest_expression():
    with pytest.raises(BadExpression):
        value_of("'" + "x" * 10_001 + "'")
