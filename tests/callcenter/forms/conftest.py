from __future__ import annotations

import pytest

from callcenter.forms.session import FormDefinition, Session, load
from tests.callcenter.forms.interview import FORM_XML
from tests.scenario.xform import NOW


@pytest.fixture(scope="session")
def form() -> FormDefinition:
    return load(FORM_XML)


@pytest.fixture
def session(form: FormDefinition) -> Session:
    return Session.open(form, presets={"name": "Aya"}, clock=lambda: NOW)
