from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from callcenter.app.preview import FormFileUnreadable, FormHasErrors, NotAFormFile, opened, read_form
from callcenter.forms import xlsform
from callcenter.forms.errors import FormError
from callcenter.forms.session import Session
from tests.scenario.tajo import FILE, tajo
from tests.scenario.xform import NOW, xform
from ui import text
from ui.background import Lanes

_TEXT = """## survey

| type | name | label |
|---|---|---|
| text | a | {label} |

## settings

| form_id |
|---|
| small |
"""


def _small(path: Path, label: str = "Wat?") -> Path:
    path.write_text(_TEXT.format(label=label), "utf-8")
    return path


def test_the_same_form_is_read_from_text_workbook_and_xform(tmp_path: Path):
    book = tmp_path / "tajo.xlsx"
    xlsform.write_xlsx(xlsform.read_markdown(FILE.read_text("utf-8")), book)
    names = [described.name for described in tajo().questions()]
    assert [described.name for described in read_form(FILE).questions()] == names
    assert [described.name for described in read_form(book).questions()] == names
    xml = tmp_path / "small.xml"
    xml.write_text(xform("<a/>"), "utf-8")
    assert [described.name for described in read_form(xml).questions()] == ["a"]


def test_a_list_beside_the_form_is_read(tmp_path: Path):
    (tmp_path / "schools.csv").write_text("name,label\ng,Gent\n", "utf-8-sig")
    file = tmp_path / "form.xml"
    model = "<instance id='s' src='jr://file-csv/schools.csv'/>"
    calculated = "calculate=\"instance('s')/root/item[name = 'g']/label\""
    file.write_text(xform("<a/><b/>", {"b": calculated}, "<input ref='/data/a'/>", model=model), "utf-8")
    form = read_form(file)
    assert Session.open(form, presets={}, clock=lambda: NOW).value("b") == "Gent"


@pytest.mark.parametrize(
    ("name", "content", "error"),
    [
        ("form.docx", b"x", NotAFormFile),
        ("gone.md", None, FormFileUnreadable),
        ("gone.xlsx", None, FormFileUnreadable),
        ("latin.md", b"\xff\xfe\xfa", FormError),
        ("broken.xlsx", b"no zip", FormError),
        ("broken.xml", b"<a", FormHasErrors),
        ("wrong.md", _TEXT.format(label="${gone}").encode(), FormHasErrors),
    ],
)
def test_a_file_that_holds_no_form_is_refused_with_its_reason(
    tmp_path: Path, name: str, content: bytes | None, error: type[Exception]
):
    if content is not None:
        (tmp_path / name).write_bytes(content)
    with pytest.raises(error):
        read_form(tmp_path / name)


def test_a_real_file_is_shown_and_read_again_when_it_is_saved(qapp, qtbot, tmp_path: Path):
    text.use("nl")
    lanes = Lanes()
    file = _small(tmp_path / "form.md")
    window, presenter = opened(file, lambda: NOW, lanes)
    qtbot.addWidget(window)
    window.show()
    with qtbot.waitSignal(presenter.loaded):
        pass
    window.form.answered.emit("/data/a", "dit")
    with qtbot.waitSignal(presenter.loaded):
        _small(file, "En nu?")
    question = window.form.blocks()[0].question
    assert (question.text, question.value) == ("En nu?", "dit")
    with qtbot.waitSignal(presenter.refused):
        file.write_text(_TEXT.format(label="En nu?").replace("text | a", "vreemd | a"), "utf-8")
    told = window.trouble.text()
    assert told.startswith("Het formulier kan nog niet getoond worden: 1 ding moet anders.")
    assert "Tabblad 'survey', rij 2" in told
    assert "vreemd" in told
    assert told.endswith("Code: PREVIEW-03")
    assert window.form.blocks()[0].question.value == "dit"
    lanes.finish()


@pytest.mark.parametrize("words", [["preview"], ["preview", "a.md", "b.md"]])
def test_the_command_wants_one_file(words: list[str]):
    done = subprocess.run(
        [sys.executable, "-m", "callcenter", "form", *words], capture_output=True, text=True, check=False
    )
    assert done.returncode == 2
    assert "form preview FILE" in done.stderr


def test_the_command_says_what_is_wrong_with_the_file():
    done = subprocess.run(
        [sys.executable, "-m", "callcenter", "form", "preview", "gone.md"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 2
    assert "PREVIEW-01" in done.stderr
