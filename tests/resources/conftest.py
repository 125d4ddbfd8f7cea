from __future__ import annotations

import pytest

from callcenter.forms.session import FormDefinition, load
from callcenter.forms.xlsform import Workbook, convert, read_markdown
from tests.resources.walks import TEMPLATE


@pytest.fixture(scope="session")
def book() -> Workbook:
    return read_markdown(TEMPLATE.questionnaire.read_text("utf-8"))


@pytest.fixture(scope="session")
def form(book: Workbook) -> FormDefinition:
    return load(convert(book).xml)
