"""The counts of the two shared lists, as they were kept while their cells were written."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest

from callcenter.intake.alumni import SamplePreview, read_list
from callcenter.intake.check import SCHEMA, check_report
from callcenter.text import translator
from tests.shared import shared

_LISTS = ("alumni-2026.xlsx", "alumni-2026-cp1252.csv")


@pytest.fixture(scope="module", params=_LISTS)
def judged(request: pytest.FixtureRequest) -> SamplePreview:
    return read_list(shared(f"lists/{request.param}"), date(2026, 6, 15))


def _without_zeros(counts: Any) -> Any:
    if not isinstance(counts, dict):
        return counts
    return {key: _without_zeros(value) for key, value in counts.items() if value != 0}


def test_every_count_of_a_shared_list_is_the_truth(judged: SamplePreview) -> None:
    truth = json.loads(shared("lists/truth.json").read_text("utf-8"))[judged.file]
    told = check_report(judged)
    about = ("schema", "file", "as_of", "sheets")
    assert _without_zeros({key: value for key, value in told.items() if key not in about}) == _without_zeros(truth)


def test_the_counts_add_up_and_say_what_was_read(judged: SamplePreview) -> None:
    told = check_report(judged)
    assert told["rows"] == told["accepted"] + told["rejected"]["total"] + sum(told["duplicates"].values())
    assert (told["schema"], told["file"], told["as_of"]) == (SCHEMA, judged.file, "2026-06-15")
    in_workbook = {"read": ["Gent", "Kortrijk", "Antwerpen"], "ignored": ["Lees mij", "Legende"]}
    assert told["sheets"] == (in_workbook if judged.file.endswith(".xlsx") else None)


def test_every_finding_says_where_it_stands_and_what_to_do(judged: SamplePreview) -> None:
    for language in ("nl", "fr", "en"):
        say = translator(language)
        for finding in judged.findings:
            assert finding.row > 1
            assert finding.message(say)
    placed = [f for f in judged.findings if f.code != "site_from_sheet"]
    assert all(finding.column for finding in placed)


def test_columns_that_mean_nothing_are_kept_beside_their_person() -> None:
    judged = read_list(shared("lists/alumni-2026.xlsx"), date(2026, 6, 15))
    aside = {header for row in judged.accepted for header in row.aside}
    assert aside == {"Intern", "Kleurcode"}
