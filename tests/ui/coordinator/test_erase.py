from __future__ import annotations

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from callcenter.domain.agent import Role
from callcenter.domain.event import PurgeDone
from tests.office import Office
from tests.ui.offices import a_busy_office, coordinator_actions, coordinator_face
from tests.ui.seen import settle
from ui.background import Lanes
from ui.coordinator.erase_dialog import ErasePersonDialog
from ui.coordinator.window import REVIEW, CoordinatorWindow
from ui.widgets import KeyButton, OptionRow


@pytest.fixture
def office() -> Office:
    return a_busy_office(Role.COORDINATOR, "")


@pytest.fixture
def window(qtbot: QtBot, lanes: Lanes, office: Office, tmp_path) -> CoordinatorWindow:
    made = coordinator_face(coordinator_actions(office, tmp_path), lanes)
    qtbot.addWidget(made)
    made.open_page(REVIEW)
    made.show()
    lanes.finish()
    return made


def _dialog(window: CoordinatorWindow, lanes: Lanes) -> ErasePersonDialog:
    window.review.erase.click()
    lanes.finish()
    settle()
    found = window.findChild(ErasePersonDialog)
    assert found is not None
    return found


def _search(dialog: ErasePersonDialog, lanes: Lanes, text: str) -> None:
    dialog._text.setText(text)
    dialog.findChild(KeyButton, "erase-find").click()
    lanes.finish()


def _said(dialog: ErasePersonDialog) -> str:
    settle()
    return " ".join(part.text() for part in dialog.findChildren(QLabel) if not part.isHidden())


def test_a_person_is_erased_once_the_name_is_typed(window: CoordinatorWindow, lanes: Lanes, office: Office) -> None:
    dialog = _dialog(window, lanes)
    _search(dialog, lanes, "aya el idrissi")
    button = dialog.findChild(KeyButton, "erase-for-ever")
    dialog.findChild(OptionRow, "erase-0").click()
    assert "Dit verdwijnt: 2 nummers" in _said(dialog)
    for typed, allowed in (("Aya", False), ("aya el idrissi", True)):
        dialog._typed.setText(typed)
        assert button.isEnabled() is allowed
    button.click()
    lanes.finish()
    assert "Hier gewist." in _said(dialog)
    assert office.case("G-0001").erased
    _search(dialog, lanes, "aya el idrissi")
    assert "Niemand gevonden." in _said(dialog)


def test_the_laptops_that_have_not_answered_are_named_until_they_do(
    window: CoordinatorWindow, lanes: Lanes, office: Office
) -> None:
    dialog = _dialog(window, lanes)
    _search(dialog, lanes, "aya el idrissi")
    dialog.findChild(OptionRow, "erase-0").click()
    dialog._typed.setText("Aya El Idrissi")
    case, agents = office.case("G-0001").id, dialog.chosen().agents
    dialog.findChild(KeyButton, "erase-for-ever").click()
    lanes.finish()
    assert agents
    assert f"nog geen antwoord van de laptop van {', '.join(agents)}" in _said(dialog)
    assert window.review.erase.text().endswith("(1)")
    dialog.reject()
    code = next(code for code, agent in office.agents.items() if agent.short_name() == agents[0])
    office.hear(code, PurgeDone(case=case))
    window.open_page(REVIEW)
    lanes.finish()
    assert not window.review.erase.text().endswith("(1)")


def test_nothing_is_chosen_before_somebody_chooses(window: CoordinatorWindow, lanes: Lanes) -> None:
    dialog = _dialog(window, lanes)
    _search(dialog, lanes, "claes")
    assert dialog.chosen() is None
    assert not dialog.findChild(KeyButton, "erase-for-ever").isEnabled()
