from __future__ import annotations

import time

import pytest

from callcenter.forms.checking import check_workbook
from callcenter.forms.checks.guessing import meant
from callcenter.forms.xlsform import read_markdown

MANY = [f"question_{number}" for number in range(2_000)]


@pytest.mark.parametrize(("word", "found"), [("scool", "school"), ("shcool", "school"), ("zzz", None), ("", None)])
def test_among_few_names_the_one_that_looks_most_like_it_is_meant(word: str, found: str | None) -> None:
    assert meant(word, ["age", "school"]) == found


@pytest.mark.parametrize("word", ["scool", "schhool", "shcool", "sxhool"])
def test_among_many_names_one_that_is_a_letter_away_is_meant(word: str) -> None:
    assert meant(word, [*MANY, "school"]) == "school"
    assert meant(word, MANY) is None
    assert meant("x" * 70, MANY) is None


@pytest.mark.parametrize("count", [95, 4_900])
def test_a_questionnaire_full_of_misspelt_names_is_judged_within_seconds(count: int) -> None:
    rows = "".join(f"| text | question_{n} | Q | ${{questoin_{n}}} = 1 |\n" for n in range(count))
    workbook = read_markdown(f"## survey\n| type | name | label | relevant |\n|---|---|---|---|\n{rows}")
    began = time.process_time()
    checked = check_workbook(workbook)
    assert time.process_time() - began < 10
    assert len(checked.findings) == min(count, 500)
    assert {one.code for one in checked.findings} == {"CHECK-07"}
