"""The list: choose a file, see what was understood of it, bring it in."""

from __future__ import annotations

from collections import Counter
from datetime import date
from pathlib import Path

from PySide6.QtCore import QDate, Signal
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QStackedWidget, QVBoxLayout, QWidget

from callcenter.intake.alumni import SamplePreview
from callcenter.intake.findings import Finding, Sort
from callcenter.text import N_
from callcenter.usecases.importing import Imported
from ui.style import px
from ui.text import _, current, plural
from ui.trouble import Trouble
from ui.widgets import Column, EmptyState, KeyButton, Kind, PillCell, Table, TextCell, Tone, label
from ui.widgets.field import Field, PathField, Wanted, choice, day
from ui.widgets.figure import Figure
from ui.widgets.table_card import TableCard

_KINDS = "XLSX, CSV (*.xlsx *.csv *.txt)"
_SORTS: dict[Sort, tuple[str, Tone]] = {
    Sort.REJECTED: (N_("refused"), Tone.BAD),
    Sort.DUPLICATE: (N_("twice"), Tone.WARN),
    Sort.NUMBER: (N_("unusable number"), Tone.WARN),
    Sort.WARNING: (N_("doubtful"), Tone.WARN),
    Sort.REPAIRED: (N_("mended"), Tone.OK),
}


class ImportPage(QWidget):
    """Four steps in one place: choose, reading, judge, done."""

    preview_asked = Signal(Path, object)
    stop_asked = Signal()
    import_asked = Signal(object)
    findings_asked = Signal(object, Path)
    people_asked = Signal()

    def __init__(self, today: date) -> None:
        super().__init__()
        self._seen: SamplePreview | None = None
        self._steps = QStackedWidget()
        for step in (self._choose(today), self._reading(), self._judge(), self._done()):
            self._steps.addWidget(step)
        column = QVBoxLayout(self)
        column.setContentsMargins(px(16), px(14), px(16), px(14))
        column.setSpacing(px(12))
        self.trouble = Trouble()
        column.addWidget(self.trouble)
        column.addWidget(self._steps, 1)

    # --- the steps

    def _choose(self, today: date) -> QWidget:
        page = EmptyState(
            "upload",
            _("Which list do you want to bring in?"),
            _("XLSX or CSV. Nothing is written before you have seen what was understood of it."),
        )
        frame = QWidget()
        frame.setFixedWidth(px(560))
        column = QVBoxLayout(frame)
        column.setSpacing(px(12))
        self.file = PathField("list", Wanted.OPEN, _KINDS)
        self.file.chosen.connect(lambda _path: self.ask_preview())
        column.addWidget(Field(_("File"), self.file))
        self._as_of = day("as-of", QDate(today.year, today.month, today.day))
        column.addWidget(Field(_("Ages are counted on"), self._as_of))
        self.read = KeyButton(_("Read the list"), "Enter", icon="search", kind=Kind.PRIMARY)
        self.read.setObjectName("read-list")
        self.read.clicked.connect(self.ask_preview)
        column.addWidget(self.read)
        page.add(frame)
        return page

    def _reading(self) -> QWidget:
        page = EmptyState("search", _("Reading the list…"), _("You can go on with something else meanwhile."))
        frame = QWidget()
        frame.setFixedWidth(px(420))
        column = QVBoxLayout(frame)
        column.setSpacing(px(12))
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName(_("Reading the list…"))
        self._rows = label("", "small", ink="muted")
        stop = KeyButton(_("Stop"), icon="x", kind=Kind.QUIET)
        stop.setObjectName("stop-reading")
        stop.clicked.connect(self.stop_asked)
        for part in (self._bar, self._rows, stop):
            column.addWidget(part)
        page.add(frame)
        return page

    def _judge(self) -> QWidget:
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(12))
        self._source = label("", "small", ink="muted", wrap=True)
        column.addWidget(self._source)
        figures = QHBoxLayout()
        figures.setSpacing(px(14))
        self.accepted = Figure(_("People understood"), "preview-accepted")
        self.rejected = Figure(_("Refused rows"), "preview-rejected")
        self.twice = Figure(_("The same person twice"), "preview-twice")
        self.numbers = Figure(_("Numbers that can be called"), "preview-numbers")
        self.silent = Figure(_("Do not call"), "preview-dnc")
        for each in (self.accepted, self.rejected, self.twice, self.numbers, self.silent):
            figures.addWidget(each, 1)
        column.addLayout(figures)
        column.addWidget(self._findings(), 1)
        column.addLayout(self._judge_foot())
        return page

    def _findings(self) -> QWidget:
        self._sort = choice("finding-sort", {})
        self._sort.setAccessibleName(_("Which findings"))
        self._sort.setMinimumWidth(px(230))
        self._sort.currentIndexChanged.connect(self._filter)
        card = TableCard(_("What was found"), far=(self._sort,))
        say = current()
        self.findings = Table(
            (
                Column(_("What"), lambda f: PillCell(_(_SORTS[f.sort][0]), _SORTS[f.sort][1]), 140),
                Column(_("Sheet"), lambda f: f.sheet or "–", 110, order=lambda f: f.sheet),
                Column(_("Row"), lambda f: say.number(f.row), 70, right=True, order=lambda f: f.row),
                Column(_("Column"), lambda f: f.column, 170, order=lambda f: f.column),
                Column(_("In your list"), lambda f: TextCell(_one_line(f.old), tip=f.old[:400]), 190),
                Column(_("What we made of it"), self._meaning, 0),
            ),
            _("What was found"),
        )
        self.findings.setObjectName("findings")
        card.body.addWidget(self.findings, 1)
        return card

    def _meaning(self, finding: Finding) -> TextCell:
        words = finding.message(current())
        return TextCell(_one_line(words), ink="muted", tip=words)

    def _judge_foot(self) -> QHBoxLayout:
        foot = QHBoxLayout()
        foot.setSpacing(px(10))
        other = KeyButton(_("Another list"), icon="arrow-left", kind=Kind.QUIET)
        other.setObjectName("other-list")
        other.clicked.connect(self.show_choice)
        self._findings_path = PathField("findings-path", Wanted.SAVE, "XLSX (*.xlsx)")
        self._findings_path.setAccessibleName(_("Where the findings are saved"))
        keep = KeyButton(_("Save findings as XLSX"), icon="download")
        keep.setObjectName("save-findings")
        keep.clicked.connect(self._save_findings)
        self.bring_in = KeyButton("", "Ctrl+I", icon="check", kind=Kind.PRIMARY)
        self.bring_in.setObjectName("import")
        self.bring_in.clicked.connect(self.ask_import)
        foot.addWidget(other)
        foot.addWidget(self._findings_path, 1)
        foot.addWidget(keep)
        foot.addWidget(self.bring_in)
        return foot

    def _done(self) -> QWidget:
        page = QWidget()
        column = QVBoxLayout(page)
        self._done_state = EmptyState("circle-check", _("The list is in"))
        self._counts = label("", "body", ink="muted", wrap=True)
        self._done_state.add(self._counts)
        people = KeyButton(_("Go to the people"), icon="users", kind=Kind.PRIMARY)
        people.setObjectName("to-people")
        people.clicked.connect(self.people_asked)
        again = KeyButton(_("Bring in another list"), kind=Kind.QUIET)
        again.setObjectName("again")
        again.clicked.connect(self.show_choice)
        self._done_state.add(people)
        self._done_state.add(again)
        column.addWidget(self._done_state)
        return page

    # --- from step to step

    def show_choice(self) -> None:
        """Begin again."""
        self.trouble.tell(None)
        self._steps.setCurrentIndex(0)

    def ask_preview(self) -> None:
        """Read the chosen file."""
        if path := self.file.path():
            chosen = self._as_of.date()
            self.preview_asked.emit(path, date(chosen.year(), chosen.month(), chosen.day()))

    def show_reading(self) -> None:
        """Show that the list is being read."""
        self.trouble.tell(None)
        self._bar.setRange(0, 0)
        self._rows.clear()
        self._steps.setCurrentIndex(1)

    def show_progress(self, done: int, total: int) -> None:
        """Show how far the reading is."""
        say = current()
        self._bar.setRange(0, max(total, 1))
        self._bar.setValue(done)
        self._rows.setText(_("Row {done} of {total}", done=say.number(done), total=say.number(total)))

    def show_preview(self, seen: SamplePreview, encoding: str) -> None:
        """Show what was understood of a list."""
        self._seen = seen
        self._steps.setCurrentIndex(2)
        say = current()
        sorts = Counter(f.sort for f in seen.findings)
        self._source.setText(_source_of(seen, encoding))
        self.accepted.show_value(say.number(len(seen.accepted)), _("of {total}", total=say.number(seen.rows)))
        self.rejected.show_value(say.number(sorts[Sort.REJECTED]))
        self.twice.show_value(say.number(sorts[Sort.DUPLICATE]))
        usable = sum(len(row.phones) for row in seen.accepted)
        bad = plural("{n} unusable", "{n} unusable", sorts[Sort.NUMBER]) if sorts[Sort.NUMBER] else ""
        self.numbers.show_value(say.number(usable), bad)
        self.silent.show_value(say.number(sum(row.do_not_call for row in seen.accepted)))
        self.bring_in.setText(plural("Bring in {n} person", "Bring in {n} people", len(seen.accepted)))
        self.bring_in.setEnabled(bool(seen.accepted))
        self._sort.clear()
        self._sort.addItem(_("All findings ({n})", n=say.number(len(seen.findings))), "")
        for sort, (words, _tone) in _SORTS.items():
            if sorts[sort]:
                self._sort.addItem(f"{_(words)} ({say.number(sorts[sort])})", sort.value)
        self._filter()

    def _filter(self) -> None:
        if self._seen is not None:
            wanted = self._sort.currentData() or ""
            self.findings.show_rows([f for f in self._seen.findings if not wanted or f.sort.value == wanted])

    def ask_import(self) -> None:
        """Bring the list in."""
        if self._seen is not None and self.bring_in.isEnabled() and self._steps.currentIndex() == 2:
            self.bring_in.setEnabled(False)
            self.import_asked.emit(self._seen)

    def _save_findings(self) -> None:
        path = self._findings_path.path()
        if path is not None and self._seen is not None:
            self.findings_asked.emit(self._seen, path if path.suffix else path.with_suffix(".xlsx"))

    def suggest_findings(self, path: Path) -> None:
        """Fill in where the findings would be saved."""
        self._findings_path.show_path(path)

    def show_findings_saved(self, path: Path) -> None:
        """Say where the findings lie."""
        self.trouble.tell(None)
        self._source.setText(_("Saved as {path}", path=path))

    def show_imported(self, imported: Imported) -> None:
        """Say what the list changed."""
        self._steps.setCurrentIndex(3)
        lines = [
            plural("{n} new person", "{n} new people", imported.added),
            plural("{n} person changed", "{n} people changed", imported.merged),
            plural("{n} stayed the same", "{n} stayed the same", imported.unchanged),
        ]
        self._counts.setText(" · ".join(lines))


def _source_of(seen: SamplePreview, encoding: str) -> str:
    if seen.sheets_read is None:
        return _("{file}, a text table in {encoding}.", file=seen.file, encoding=encoding)
    words = _("{file}, sheets {sheets}.", file=seen.file, sheets=", ".join(seen.sheets_read))
    if seen.sheets_ignored:
        words += " " + _("Not read, because they hold no people: {sheets}.", sheets=", ".join(seen.sheets_ignored))
    return words


def _one_line(text: str) -> str:
    return " ".join(text.split())[:200]
