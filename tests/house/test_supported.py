"""The help's page of questions and functions is what the engine's tables say, in every language."""

from __future__ import annotations

from callcenter.forms.xpath.library import FUNCTIONS
from callcenter.text import LANGUAGES
from tests.house.supported import page, pages
from tests.house.supported_words import KINDS, WORDS


def test_the_pages_are_what_the_tables_say():
    assert [file for file, told in pages() if file.read_text("utf-8") != told] == [], (
        "write them again: python -m tests.house.supported"
    )


def test_every_function_stands_on_every_page():
    for language in LANGUAGES:
        told = page(language)
        assert [name for name in FUNCTIONS if f"`{name}`" not in told] == []


def test_every_language_has_the_same_sentences():
    assert set(WORDS) == set(KINDS) == set(LANGUAGES)
    assert len({frozenset(words) for words in WORDS.values()}) == 1
