"""Reports: the figures as they stand, the waterval on the screen, and PDF and XLSX in a chosen language."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from callcenter.indicators.suppression import Shown
from callcenter.reports.figures import CampaignFigures
from callcenter.reports.rate_table import RateLine
from callcenter.reports.wording import RATES, SCALES, Wording
from callcenter.usecases.reporting import Chart, Exported
from ui.style import SEMIBOLD, px
from ui.text import _, current, plural
from ui.trouble import Trouble
from ui.widgets import BarCell, Card, ChartView, Column, EmptyState, KeyButton, Kind, Table, TextCell, label
from ui.widgets.field import Field, PathField, Wanted, choice
from ui.widgets.figure import Figure
from ui.widgets.side_column import SideColumn
from ui.widgets.table_card import TableCard
from ui.widgets.themed import themed

_LANGUAGE_WORDS = {"nl": "Nederlands", "fr": "Français", "en": "English"}


class ReportPage(QWidget):
    """Figures on the left, the report on the right."""

    scale_chosen = Signal(str)
    export_asked = Signal(Path, str, bool)
    open_asked = Signal(Path)

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self._made: Exported | None = None
        self._wording: Wording | None = None
        self._pages = QStackedWidget()
        self._pages.addWidget(
            EmptyState("chart-column", _("No figures yet"), _("Make a campaign and bring in its list first."))
        )
        self._pages.addWidget(self._whole(folder))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._pages)

    def _whole(self, folder: Path) -> QWidget:
        whole = QWidget()
        row = QHBoxLayout(whole)
        row.setContentsMargins(px(16), px(14), px(16), px(14))
        row.setSpacing(px(14))
        left = QVBoxLayout()
        left.setSpacing(px(14))
        left.addLayout(self._totals())
        left.addWidget(self._rates(), 3)
        left.addWidget(self._flow(), 4)
        row.addLayout(left, 1)
        row.addWidget(self._right(folder))
        return whole

    def _totals(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(px(14))
        self.interviews = Figure(_("Complete interviews"), "report-interviews")
        self.partials = Figure(_("Partial interviews"), "report-partials")
        self.open_cases = Figure(_("Still open"), "report-open")
        self.left_school = Figure(_("Left school"), "report-left")
        for each in (self.interviews, self.partials, self.open_cases, self.left_school):
            row.addWidget(each, 1)
        return row

    def _rates(self) -> Card:
        card = TableCard(_("Rates of the whole list"), below=2)
        self.rates = Table(
            (
                Column(_("Rate"), lambda r: TextCell(r.name, strong=True, tip=_("AAPOR, 9th edition")), 80),
                Column("", lambda r: _(RATES.get(r.name, r.name)), 0),
                Column(_("Share"), self._share, 170),
                Column(_("Counted"), self._counted, 96, right=True),
                Column(_("95 % interval"), self._interval, 130, right=True),
            ),
            _("Rates of the whole list"),
        )
        self.rates.setObjectName("rates")
        self.rates.setMinimumHeight(px(104))  # at 130 % the page still fits on a borrowed laptop
        self.rates.verticalHeader().setDefaultSectionSize(px(36))
        card.body.addWidget(self.rates, 1)
        return card

    def _share(self, rate: RateLine) -> BarCell:
        words = self._wording.share(rate.share, rate.shown) if self._wording else ""
        return BarCell((rate.share or 0.0) if rate.shown is not Shown.HIDDEN else 0.0, words)

    def _counted(self, rate: RateLine) -> TextCell:
        if rate.shown is not Shown.FULL or rate.denominator is None:
            return TextCell("–", ink="muted")
        say = current()
        return TextCell(f"{say.number(rate.numerator)} / {say.number(rate.denominator)}", ink="muted")

    def _interval(self, rate: RateLine) -> TextCell:
        words = self._wording.span((rate.low, rate.high), rate.shown) if self._wording else ""
        return TextCell(words, ink="muted")

    def _flow(self) -> Card:
        card = Card(gap=6)
        head = QHBoxLayout()
        head.addWidget(label(_("Waterval so far"), "title", weight=SEMIBOLD))
        head.addStretch(1)
        self._scale = choice("scale", {key: _(SCALES[key]) for key in ("F", "V", "S")})
        self._scale.setAccessibleName(_("Which scale"))
        self._scale.setMinimumWidth(px(250))
        self._scale.currentIndexChanged.connect(lambda: self.scale_chosen.emit(self.scale()))
        head.addWidget(self._scale)
        card.body.addLayout(head)
        self._flow_words = label("", "small", ink="muted", wrap=True)
        self.flow = ChartView(height=230)
        self.flow.setMinimumHeight(px(96))
        card.body.addWidget(self._flow_words)
        card.body.addWidget(self.flow, 1)
        return card

    def _right(self, folder: Path) -> QWidget:
        self.trouble = Trouble()
        card = Card(gap=12)
        card.body.addWidget(label(_("Make a report"), "title", weight=SEMIBOLD))
        self._language = choice("report-language", _LANGUAGE_WORDS, current().language)
        card.body.addWidget(Field(_("Language of the report"), self._language))
        self._folder = PathField("report-folder", Wanted.FOLDER, text=str(folder))
        card.body.addWidget(Field(_("Folder"), self._folder))
        self._internal = QCheckBox(_("Show small numbers too"))
        self._internal.setObjectName("internal")
        card.body.addWidget(self._internal)
        warning = _("Such a report may not leave the organisation: people could be recognised in it.")
        card.body.addWidget(label(warning, "caption", ink="muted", wrap=True))
        self.export = KeyButton(_("Make PDF and XLSX"), "Ctrl+P", icon="file-text", kind=Kind.PRIMARY)
        self.export.setObjectName("export")
        self.export.clicked.connect(self.ask_export)
        card.body.addWidget(self.export)
        return SideColumn(340, self.trouble, card, self._result())

    def _result(self) -> Card:
        self.result = Card("ok", margin=12)
        self.result.setObjectName("report-made")
        self.result.body.addWidget(label(_("The report is made"), "body", weight=SEMIBOLD, ink="ok_text"))
        self._where = label("", "small", ink="ok_text", wrap=True)
        self.result.body.addWidget(self._where)
        for name, words, icon in (
            ("open-pdf", _("Open the PDF"), "file-text"),
            ("open-xlsx", _("Open the workbook"), "list-checks"),
            ("open-folder", _("Open the folder"), "search"),
        ):
            button = KeyButton(words, icon=icon)
            button.setObjectName(name)
            button.clicked.connect(lambda _checked=False, part=name: self._open(part))
            self.result.body.addWidget(button)
        self.result.hide()
        return self.result

    # --- values

    def scale(self) -> str:
        """Return the chosen scale."""
        return str(self._scale.currentData())

    def show_figures(self, found: CampaignFigures | None) -> None:
        """Show the figures as they stand; None while there is no campaign."""
        self._pages.setCurrentIndex(0 if found is None else 1)
        if found is None:
            return
        say = current()
        self._wording = Wording(found, say)
        listed = _("of {total}", total=self._wording.count(found.list_size))
        self.interviews.show_value(self._wording.count(found.interviews), listed)
        self.partials.show_value(self._wording.count(found.partials))
        attempts = sum(count for _outcome, count in found.attempts)
        self.open_cases.show_value(self._wording.count(found.open_cases), plural("{n} call", "{n} calls", attempts))
        self.left_school.show_value(self._wording.count(found.left_school))
        self.rates.show_rows(found.rates)

    def show_flow(self, chart: Chart) -> None:
        """Show the waterval on the chosen scale."""
        self._flow_words.setText(chart.description)
        self.flow.show_svg(themed(chart.svg), chart.description)

    def ask_export(self) -> None:
        """Make the report."""
        path = self._folder.path()
        if path is not None and self.export.isEnabled():
            self.export.setEnabled(False)
            self.export.setText(_("Making the report…"))
            self.export_asked.emit(path, str(self._language.currentData()), self._internal.isChecked())

    def show_made(self, made: Exported | None) -> None:
        """Say where the report lies; None when it could not be made."""
        self.export.setEnabled(True)
        self.export.setText(_("Make PDF and XLSX"))
        self._made = made
        self.result.setVisible(made is not None)
        if made is not None:
            self.trouble.tell(None)
            self._where.setText(f"{made.pdf.name}\n{made.xlsx.name}\n{made.pdf.parent}")

    def _open(self, part: str) -> None:
        if self._made is not None:
            paths = {"open-pdf": self._made.pdf, "open-xlsx": self._made.xlsx, "open-folder": self._made.pdf.parent}
            self.open_asked.emit(paths[part])
