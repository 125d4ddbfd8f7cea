from __future__ import annotations

import pytest

from tests.ui.conftest import wear
from ui.widgets import KeyButton, Kind


def test_a_screen_reader_hears_words_and_key(qtbot):
    button = KeyButton("Volgende", "Enter", kind=Kind.PRIMARY)
    qtbot.addWidget(button)
    assert button.accessibleName() == "Volgende, Enter"
    button.setText("Klaar")
    assert button.accessibleName() == "Klaar, Enter"


def test_words_and_key_keep_their_room_and_the_icon_goes_first(qtbot):
    with_icon, without = KeyButton("Weigert", "F6", icon="ban"), KeyButton("Weigert", "F6")
    for button in (with_icon, without):
        qtbot.addWidget(button)
    assert with_icon.minimumSizeHint().width() == without.sizeHint().width()
    assert with_icon.sizeHint().width() > with_icon.minimumSizeHint().width()


@pytest.mark.parametrize("scale", [1.0, 1.3, 1.5])
def test_it_grows_with_the_text(qtbot, qapp, scale):
    wear(qapp, scale=scale)
    button = KeyButton("Ophangen", "F9")
    qtbot.addWidget(button)
    assert button.sizeHint().height() == round(40 * scale)
