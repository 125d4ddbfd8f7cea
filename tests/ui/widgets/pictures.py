"""A wall of every widget, for looking."""

from __future__ import annotations

from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QLineEdit, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from ui.style import SEMIBOLD
from ui.widgets import (
    Bar,
    BarCell,
    Card,
    Column,
    EmptyState,
    IconButton,
    IconLabel,
    KeyButton,
    Kind,
    OptionRow,
    OptionToggle,
    PhoneLabel,
    Pill,
    PillCell,
    QrCode,
    Step,
    StepBar,
    Table,
    TextCell,
    Tone,
    label,
)
from ui.widgets.step_bar import Where


def _row(*parts: QWidget) -> QHBoxLayout:
    row = QHBoxLayout()
    for part in parts:
        row.addWidget(part)
    row.addStretch(1)
    return row


def wall() -> QWidget:
    window = QWidget()
    window.setObjectName("window")
    window.resize(1100, 900)
    column = QVBoxLayout(window)
    column.addWidget(
        StepBar([Step("Begin", Where.DONE), Step("School", Where.NOW), Step("Plannen"), Step("Activiteiten")])
    )
    column.addLayout(
        _row(
            KeyButton("Volgende", "Enter", icon="arrow-right", kind=Kind.PRIMARY, icon_after=True),
            KeyButton("Vorige", "Alt ←", icon="arrow-left"),
            KeyButton("Weet het niet", "W", kind=Kind.QUIET),
            KeyButton("Bel nu", "Enter", icon="phone", kind=Kind.CALL),
            KeyButton("Ophangen", "F9", icon="phone-off", kind=Kind.DANGER),
            QPushButton("Gewoon"),
        )
    )
    column.addLayout(_row(*(Pill(tone.value, tone) for tone in Tone), Bar(0.6), IconLabel("cloud-off")))
    card = Card()
    group = QButtonGroup(card)
    for number, words in enumerate(("Ja, zelfde richting", "Andere richting, zelfde school", "Gestopt"), 1):
        option = OptionRow(words, str(number), aside="we vragen door" if number == 3 else "")
        option.setChecked(number == 2)
        group.addButton(option)
        card.body.addWidget(option)
    card.body.addWidget(OptionToggle("Sport", "1"))
    card.body.addLayout(
        _row(PhoneLabel("0470 •• •• 12"), IconButton("eye", "Toon"), IconButton("qr-code", "QR"), QLineEdit("Tekst"))
    )
    column.addWidget(card)
    table = Table(
        [
            Column("Agent", lambda r: TextCell(r[0], strong=True), order=lambda r: r[0]),
            Column("Toestand", lambda r: PillCell(r[1], Tone.OK), 120),
            Column("Vandaag", lambda r: BarCell(r[2] / 18, f"{r[2]} van 18"), 300),
            Column("Volledig", lambda r: str(r[3]), 90, right=True),
        ]
    )
    table.show_rows([("Yasmina B.", "belt", 11, 7), ("Ilias O.", "belt", 9, 5)])
    column.addWidget(table)
    column.addLayout(_row(QrCode("TEL:+32470123412", "QR"), EmptyState("inbox", "Niemand", "Om 16:00 weer")))
    column.addWidget(QPlainTextEdit("Notitie"))
    column.addWidget(label("Vorig schooljaar zat je in het", "script", weight=SEMIBOLD, ink="fill"))
    return window


SCREENS = {"widgets": wall}
