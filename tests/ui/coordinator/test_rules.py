from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QMessageBox
from pytestqt.qtbot import QtBot

from callcenter.domain.agent import Role
from callcenter.usecases import campaigning
from tests.office import Office, an_office
from tests.ui.conftest import wear
from tests.ui.offices import a_busy_office, coordinator_actions, coordinator_face
from tests.ui.seen import cut, nameless, settle
from ui.background import Lanes
from ui.coordinator.rules.pairs import pairs_read, pairs_written, routing_read, routing_written
from ui.coordinator.window import RULES, CoordinatorWindow
from ui.widgets import IconButton, KeyButton


@pytest.fixture
def show(qtbot: QtBot, lanes: Lanes, tmp_path: Path) -> Callable[..., CoordinatorWindow]:
    def build(office: Office, size: tuple[int, int] = (1366, 728)) -> CoordinatorWindow:
        window = coordinator_face(coordinator_actions(office, tmp_path), lanes)
        qtbot.addWidget(window)
        window.resize(*size)
        window.show()
        window.open_page(RULES)
        lanes.finish()
        settle()
        return window

    return build


def _save(lanes: Lanes, window: CoordinatorWindow) -> None:
    button = window.findChild(KeyButton, "save-rules")
    assert button is not None
    assert button.isEnabled()
    button.click()
    lanes.finish()
    lanes.finish()
    settle()


def _type(window: CoordinatorWindow, name: str, text: str) -> None:
    field = window.rules.findChild(QLineEdit, name)
    assert field is not None
    field.setText(text)
    field.textEdited.emit(text)


def _settings(office: Office) -> campaigning.CampaignSettings:
    with office.store.work() as work:
        return campaigning.campaign_view(work, office.campaign).settings


def test_what_is_shown_and_saved_untouched_stays_the_same(
    lanes: Lanes, show: Callable[..., CoordinatorWindow]
) -> None:
    office = an_office()
    window = show(office)
    assert window.rules.form.settings() == _settings(office)


def test_limits_hours_and_waits_are_changed_and_kept(lanes: Lanes, show: Callable[..., CoordinatorWindow]) -> None:
    office = an_office()
    window = show(office)
    _type(window, "max_attempts", "6")
    hours = window.rules.findChild(QLineEdit, "until")
    assert hours is not None
    hours.setText("19:45")
    hours.textEdited.emit("19:45")
    _save(lanes, window)
    kept = _settings(office)
    assert kept.max_attempts == 6
    assert f"{kept.hours['subject'][0].end:%H:%M}" == "19:45"


def test_rules_that_cannot_hold_are_named_while_typing_and_not_kept(
    lanes: Lanes, show: Callable[..., CoordinatorWindow]
) -> None:
    office = an_office()
    window = show(office)
    _type(window, "max_attempts", "2")
    settle()
    told = [part.text() for part in window.rules.findChildren(QLabel) if part.isVisible()]
    assert any("2" in text and "4" in text for text in told)
    _save(lanes, window)
    assert window.rules.trouble.isVisible()
    assert _settings(office).max_attempts == 8


def test_an_earlier_version_comes_back_after_a_question(lanes: Lanes, show: Callable[..., CoordinatorWindow]) -> None:
    office = an_office()
    window = show(office)
    _type(window, "max_attempts", "6")
    _save(lanes, window)
    back = window.findChild(KeyButton, "restore-1")
    assert back is not None
    back.click()
    settle()
    box = window.findChild(QMessageBox)
    assert box is not None
    next(b for b in box.buttons() if box.buttonRole(b) is QMessageBox.ButtonRole.AcceptRole).click()
    lanes.finish()
    lanes.finish()
    settle()
    assert _settings(office).max_attempts == 8


def test_the_belgian_calendar_is_filled_in_and_judged_before_it_is_kept(
    lanes: Lanes, show: Callable[..., CoordinatorWindow]
) -> None:
    office = an_office()
    window = show(office)
    fill = window.findChild(KeyButton, "fill-calendar")
    assert fill is not None
    fill.click()
    lanes.finish()
    settle()
    assert len(window.rules.form.settings().holidays) == 13
    assert _settings(office).holidays != window.rules.form.settings().holidays
    _save(lanes, window)
    assert len(_settings(office).holidays) == 13


def test_hours_are_added_and_taken_out(lanes: Lanes, show: Callable[..., CoordinatorWindow]) -> None:
    office = an_office()
    window = show(office)
    gone = [b for b in window.rules.findChildren(IconButton) if b.isVisible()]
    gone[0].click()
    settle()
    assert len(window.rules.form.settings().hours["subject"]) == 1


def test_lines_of_pairs_and_languages_are_read_as_they_are_written() -> None:
    pairs = (("a7", "2024-113"), ("a9", "2023-004"))
    assert tuple(pairs_read(pairs_written(pairs))) == pairs
    assert pairs_read("a7 ; b \n\nalone") == [("a7", "b"), ("alone", "")]
    assert routing_read(routing_written({"tr": ("nl", "fr")})) == {"tr": ["nl", "fr"]}


@pytest.mark.parametrize("language", ["nl", "en", "fr"])
@pytest.mark.parametrize("scale", [1.0, 1.3])
def test_every_word_has_room_and_every_field_a_name(
    qapp: QApplication, show: Callable[..., CoordinatorWindow], language: str, scale: float
) -> None:
    wear(qapp, language, scale=scale)
    window = show(a_busy_office(Role.COORDINATOR, ""))
    assert cut(window) == []
    assert nameless(window) == []
