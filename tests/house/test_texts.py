"""The catalogue: every sentence of the code is there in Dutch and French, with the same fields, and nothing more."""

from __future__ import annotations

import io
import string
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

_HOME = Path(__file__).resolve().parents[2]
_KEYWORDS: dict[str, tuple[int, ...] | None] = {"_": None, "N_": None, "say": None, "plural": (1, 2)}


def _sentences() -> set[str]:
    found: set[str] = set()
    for top in ("callcenter", "ui", "db"):
        for _, _, message, _, _ in extract_from_dir(_HOME / top, [("**.py", "python")], keywords=_KEYWORDS):
            found.add(message[0] if isinstance(message, tuple) else message)
    return found - {""}


def _catalogue(language: str) -> Catalog:
    with (_HOME / f"resources/locale/{language}/LC_MESSAGES/callcenter.po").open("rb") as file:
        return read_po(file, locale=language)


def _known(catalogue: Catalog) -> dict[str, object]:
    return {(m.id[0] if isinstance(m.id, tuple) else m.id): m for m in catalogue if m.id}


def _fields(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


@pytest.mark.parametrize("language", ["nl", "fr"])
def test_every_sentence_of_the_code_is_in_the_catalogue(language: str) -> None:
    assert sorted(_sentences() - set(_known(_catalogue(language)))) == []


@pytest.mark.parametrize("language", ["nl", "fr"])
def test_the_catalogue_holds_no_sentence_that_the_code_lost(language: str) -> None:
    assert sorted(set(_known(_catalogue(language))) - _sentences()) == []


@pytest.mark.parametrize("language", ["nl", "fr"])
def test_every_translation_is_filled_and_keeps_the_fields(language: str) -> None:
    wrong = []
    for message in _catalogue(language):
        if not message.id:
            continue
        ids = message.id if isinstance(message.id, tuple) else (message.id,)
        texts = message.string if isinstance(message.string, tuple) else (message.string,)
        wanted = _fields(ids[-1])
        if not all(texts) or any(_fields(t) - wanted for t in texts) or _fields(texts[-1]) != wanted or message.fuzzy:
            wrong.append(ids[0])
    assert wrong == []


@pytest.mark.parametrize("language", ["nl", "fr"])
def test_the_compiled_catalogue_is_the_written_one(language: str) -> None:
    compiled = io.BytesIO()
    write_mo(compiled, _catalogue(language))
    path = _HOME / f"resources/locale/{language}/LC_MESSAGES/callcenter.mo"
    assert path.read_bytes() == compiled.getvalue()
