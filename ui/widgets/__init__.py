"""The widgets that every face is built from; they know words, colours and keys, and nothing of calls."""

from __future__ import annotations

from ui.widgets.bar import Bar
from ui.widgets.card import Card, Line, Scroll
from ui.widgets.chart_view import ChartView
from ui.widgets.elided import Elided
from ui.widgets.empty_state import EmptyState
from ui.widgets.icon import IconButton, IconLabel
from ui.widgets.key_button import KeyButton, KeyCap, Kind
from ui.widgets.label import label
from ui.widgets.option_row import OptionRow, OptionToggle
from ui.widgets.paint import Tone
from ui.widgets.phone_label import PhoneLabel
from ui.widgets.pill import Pill
from ui.widgets.qr_code import QrCode
from ui.widgets.step_bar import Step, StepBar
from ui.widgets.table import BarCell, Column, PillCell, Table, TextCell

__all__ = [
    "Bar",
    "BarCell",
    "Card",
    "ChartView",
    "Column",
    "Elided",
    "EmptyState",
    "IconButton",
    "IconLabel",
    "KeyButton",
    "KeyCap",
    "Kind",
    "Line",
    "OptionRow",
    "OptionToggle",
    "PhoneLabel",
    "Pill",
    "PillCell",
    "QrCode",
    "Scroll",
    "Step",
    "StepBar",
    "Table",
    "TextCell",
    "Tone",
    "label",
]
