"""`callcenter form preview FILE`: a form in a window, read again whenever its file changes."""

from __future__ import annotations

import re
from pathlib import Path

from callcenter.app.front import dressed
from callcenter.clock import Clock, now
from callcenter.errors import CallcenterError
from callcenter.forms import xlsform
from callcenter.forms.session import FormDefinition, load
from callcenter.settings import folders, read_settings
from callcenter.text import N_
from ui.background import Lanes
from ui.preview import PreviewActions, PreviewPresenter, PreviewWindow

_KINDS = (".xlsx", ".md", ".xml")
_ATTACHED = re.compile(r"jr://[\w-]+/([^\"'/<>]+\.csv)")
_MOST = 5_000_000  # the engine's own cap on a form


class FormFileUnreadable(CallcenterError):
    """The file of a form is not there, or may not be read."""

    code = "PREVIEW-01"
    what = N_("The file {file} cannot be read.")
    advice = N_("Look whether it is still there and whether you may open it.")


class NotAFormFile(CallcenterError):
    """A file of a kind that holds no form."""

    code = "PREVIEW-02"
    what = N_("The file {file} is not a form.")
    advice = N_("Take an .xlsx workbook, a .md questionnaire or an .xml form.")


def read_form(file: Path) -> FormDefinition:
    """Load a form from an XLSForm workbook (.xlsx), its reviewable text (.md) or an XForm (.xml).

    CSV files that it names are looked for beside it. About a second for a workbook: run it in the free lane.
    Raises FormFileUnreadable, NotAFormFile, or a FormError that says what its author must mend.
    """
    try:
        xml = _xml_of(file)
        return load(xml, _attachments(file.parent, xml))
    except (OSError, UnicodeDecodeError) as error:
        raise FormFileUnreadable(file=file.name) from error


def _xml_of(file: Path) -> str:
    match file.suffix.lower():
        case ".xlsx":
            if not file.is_file():
                raise FormFileUnreadable(file=file.name)
            return xlsform.convert(xlsform.read_xlsx(file)).xml
        case ".md":
            return xlsform.convert(xlsform.read_markdown(file.read_text("utf-8-sig"))).xml
        case ".xml":
            return file.read_bytes()[: _MOST + 1].decode("utf-8-sig")
    raise NotAFormFile(file=file.name)


def _attachments(folder: Path, xml: str) -> dict[str, str]:
    """Return the CSV files that a form names and that lie beside it, by name."""
    names = sorted(set(_ATTACHED.findall(xml)))
    files = [folder / Path(name).name for name in names]
    return {
        file.name: file.read_text("utf-8-sig") for file in files if file.is_file() and file.stat().st_size <= _MOST
    }


def opened(file: Path, clock: Clock, lanes: Lanes) -> tuple[PreviewWindow, PreviewPresenter]:
    """Return the window over a file, reading it."""
    window = PreviewWindow()
    presenter = PreviewPresenter(window, PreviewActions(file, lambda: read_form(file), clock), lanes)
    presenter.read()
    return window, presenter


def run(words: list[str]) -> int:
    """Show the form of the file `words[0]` until the window is closed; NotAFormFile and FormFileUnreadable before."""
    file = Path(words[0])
    if file.suffix.lower() not in _KINDS:
        raise NotAFormFile(file=file.name)
    if not file.is_file():
        raise FormFileUnreadable(file=file.name)
    application = dressed(read_settings(folders()))
    lanes = Lanes()
    window, _presenter = opened(file, now, lanes)
    window.show()
    try:
        return application.exec()
    finally:
        lanes.finish()
