"""The help's page of questions and functions is what the engine's tables say."""

from __future__ import annotations

from callcenter.forms.xpath.library import FUNCTIONS
from tests.house.supported import PAGE, page


def test_the_page_is_what_the_tables_say():
    assert PAGE.read_text("utf-8") == page(), "write it again: python -m tests.house.supported"


def test_every_function_stands_on_the_page():
    assert [name for name in FUNCTIONS if f"`{name}`" not in page()] == []
