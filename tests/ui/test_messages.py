from __future__ import annotations

import logging

from PySide6.QtWidgets import QMessageBox, QWidget

from callcenter.errors import CallcenterError
from ui import messages


class _Closed(CallcenterError):
    code = "TEST-01"
    what = "The door of {room} is closed."
    advice = "Knock."


def test_a_known_error_says_what_and_what_to_do():
    assert messages.explain(_Closed(room="Gent")) == messages.Explained(
        "The door of Gent is closed.", "Knock.", "TEST-01"
    )


def test_a_bug_is_calm_on_the_screen_and_whole_in_the_log(caplog):
    try:
        {}["missing"]
    except KeyError as error:
        with caplog.at_level(logging.ERROR, "callcenter.ui"):
            explained = messages.explain(error)
    assert explained.code.startswith("BUG-")
    assert "KeyError" not in explained.what + explained.advice
    assert explained.code in caplog.text
    assert "Traceback" in caplog.text


def test_the_same_bug_has_the_same_code():
    def fail():
        raise RuntimeError("at work")

    codes = set()
    for _ in range(2):
        try:
            fail()
        except RuntimeError as error:
            codes.add(messages.explain(error).code)
    assert len(codes) == 1


def test_telling_does_not_stop_the_program(qtbot):
    window = QWidget()
    qtbot.addWidget(window)
    box = messages.tell(window, _Closed(room="Gent"))
    assert "TEST-01" in box.informativeText()
    box.close()


def test_the_careful_answer_is_the_default(qtbot):
    window = QWidget()
    qtbot.addWidget(window)
    agreed = []
    box = messages.ask(window, "Stop the shift?", "", "Stop", lambda: agreed.append("stop"))
    box.defaultButton().click()
    assert agreed == []
    box = messages.ask(window, "Stop the shift?", "", "Stop", lambda: agreed.append("stop"))
    next(b for b in box.buttons() if b.text() == "Stop").click()
    assert agreed == ["stop"]
    assert box.buttonRole(box.defaultButton()) is QMessageBox.ButtonRole.RejectRole
