"""`callcenter form preview FILE`: a form in a window, read again whenever its file changes."""

from __future__ import annotations

import re
from pathlib import Path

from callcenter.app.front import dressed
from callcenter.clock import Clock, now
from callcenter.errors import CallcenterError
from callcenter.forms.checking import Checked, check_form, check_workbook
from callcenter.forms.checks.finding import Finding
from callcenter.forms.definition.source import LARGEST
from callcenter.forms.errors import FormError
from callcenter.forms.session import FormDefinition, load
from callcenter.forms.workbooks import read_workbook
from callcenter.forms.xlsform import Workbook, convert
from callcenter.settings import folders, read_settings
from callcenter.text import N_, Translator
from ui.background import Lanes
from ui.preview import PreviewActions, PreviewPresenter, PreviewWindow

_KINDS = (".xlsx", ".xlsm", ".xls", ".md", ".xml")
_ATTACHED = re.compile(r"jr://[\w-]+/([^\"'/<>]+\.csv)")
_LISTED = 3
"""Mistakes that the window names; `form check` lists all."""


class FormFileUnreadable(CallcenterError):
    """The file of a form is not there, or may not be read."""

    code = "PREVIEW-01"
    what = N_("The file {file} cannot be read.")
    advice = N_("Look whether it is still there and whether you may open it.")


class NotAFormFile(CallcenterError):
    """A file of a kind that holds no form."""

    code = "PREVIEW-02"
    what = N_("The file {file} is not a form.")
    advice = N_("Take a workbook (.xlsx or .xls), a .md questionnaire or an .xml form.")


class FormHasErrors(CallcenterError):
    """A form that cannot be shown before its author mends it; the first mistakes with their places."""

    code = "PREVIEW-03"
    what = N_("The form cannot be shown yet.")
    advice = N_("Change it and save the file: it is read again at once.")

    def __init__(self, errors: tuple[Finding, ...]) -> None:
        self.errors = errors
        super().__init__(n=len(errors))

    def explain(self, say: Translator) -> tuple[str, str]:
        """Return how many things are wrong with the first of them, one a line, and what to do."""
        count = say.plural(
            "The form cannot be shown yet: {n} thing must be changed.",
            "The form cannot be shown yet: {n} things must be changed.",
            len(self.errors),
        )
        more = ["…"] if len(self.errors) > _LISTED else []
        return "\n".join((count, *(f"• {one.line(say)}" for one in self.errors[:_LISTED]), *more)), say(self.advice)


def read_form(file: Path) -> FormDefinition:
    """Load a form from an XLSForm workbook (.xlsx, .xls), its reviewable text (.md) or an XForm (.xml).

    CSV files that it names are looked for beside it. About a second for a workbook: run it in the free lane.
    Raises FormFileUnreadable, NotAFormFile, FormHasErrors, or a FormError for a file that cannot be read as a form.
    """
    try:
        if file.suffix.lower() == ".xml":
            return _loaded_xml(file, file.read_bytes())
        if file.suffix.lower() not in _KINDS:
            raise NotAFormFile(file=file.name)
        if not file.is_file():
            raise FormFileUnreadable(file=file.name)
        return _loaded_workbook(file, read_workbook(file))
    except (OSError, UnicodeDecodeError) as error:
        raise FormFileUnreadable(file=file.name) from error


def _loaded_xml(file: Path, xml: bytes) -> FormDefinition:
    attached = _attachments(file.parent, xml[:LARGEST].decode("utf-8"))
    try:
        return load(xml, attached)
    except FormError as error:
        raise _with_places(error, check_form(xml)) from error


def _loaded_workbook(file: Path, workbook: Workbook) -> FormDefinition:
    try:
        xml = convert(workbook).xml
        return load(xml, _attachments(file.parent, xml))
    except FormError as error:
        raise _with_places(error, check_workbook(workbook)) from error


def _with_places(error: FormError, checked: Checked) -> CallcenterError:
    """Return all mistakes with sheet, row and column; the error itself where the checks know no better."""
    return FormHasErrors(checked.errors) if checked.errors else error


def _attachments(folder: Path, xml: str) -> dict[str, str]:
    """Return the CSV files that a form names and that lie beside it, by name."""
    names = sorted(set(_ATTACHED.findall(xml)))
    files = [folder / Path(name).name for name in names]
    return {
        file.name: file.read_text("utf-8-sig") for file in files if file.is_file() and file.stat().st_size <= LARGEST
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
