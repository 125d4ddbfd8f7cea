"""The preview of the TAJO form, some pages on, for looking."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from callcenter.app.preview import FormHasErrors
from callcenter.forms.checking import check_workbook
from callcenter.forms.session import FormDefinition
from callcenter.forms.xlsform import read_markdown
from tests.scenario.tajo import FILE, PRESETS, tajo
from tests.scenario.xform import NOW
from ui.background import Lanes
from ui.preview import PreviewActions, PreviewPresenter, PreviewWindow


def _read() -> FormDefinition:
    return tajo()


def previewed(read=_read) -> tuple[PreviewWindow, PreviewPresenter]:
    lanes = Lanes()
    window = PreviewWindow()
    presenter = PreviewPresenter(window, PreviewActions(FILE, read, lambda: NOW), lanes)
    presenter.read()
    lanes.finish()
    window.panel.presets.fill(PRESETS)
    window.panel.presets.changed.emit()
    for value in ("1", "1", "", "1", "3"):
        question = window.form.blocks()[0].question
        if value:
            window.form.answered.emit(question.ref, value)
        window.form.next_asked.emit()
    return window, presenter


def in_the_middle() -> QWidget:
    return previewed()[0]


def presets() -> QWidget:
    window, _presenter = previewed()
    window.panel.open_page(window.panel.presets)
    return window


def broken() -> QWidget:
    window, presenter = previewed()
    text = (
        FILE.read_text("utf-8").replace("| select_one", "| choose_one", 2).replace("${prev_grade}", "${prev_grad}", 1)
    )
    presenter._refuse(FormHasErrors(check_workbook(read_markdown(text)).errors))
    return window


SCREENS = {"preview": in_the_middle, "preview-presets": presets, "preview-broken": broken}
