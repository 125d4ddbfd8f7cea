"""Every screen test speaks Dutch in the light theme at 100 % unless it says otherwise."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication

from ui import style, text
from ui.background import Lanes

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")


@pytest.fixture(autouse=True)
def dressed(qapp: QApplication) -> Iterator[None]:
    wear(qapp)
    yield
    # Closed windows go at once: a style sheet is worked out anew for every widget that is still there.
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


def wear(app: QApplication, language: str = "nl", theme: style.Theme = style.Theme.LIGHT, scale: float = 1.0) -> None:
    """Dress the application only when it wears something else: a style sheet costs a tenth of a second."""
    text.use(language)
    if app.property("worn") != (theme.value, scale):
        style.apply(app, theme, scale)
        app.setProperty("worn", (theme.value, scale))


@pytest.fixture
def lanes() -> Iterator[Lanes]:
    made = Lanes()
    yield made
    made.finish()
