"""The desk and its questions with invented values, for looking."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QDate
from PySide6.QtWidgets import QWidget

from callcenter.domain.appointment import Firmness
from callcenter.domain.outcome import Outcome
from callcenter.usecases.set_aside import AsideEntry
from callcenter.usecases.views import AppointmentLine, FileMade, LineState, ShiftEnd, SyncResult
from db.errors import CentralUnreachable
from tests.ui.invented import CALLED, CARD, CARDS, EMPTY, LINES, NOW, STATUS, a_view
from ui.agent.appointment_dialog import AppointmentDialog
from ui.agent.aside_dialog import AsideDialog
from ui.agent.desk import Desk
from ui.agent.number_row import CodeDialog
from ui.agent.outcome_dialog import OutcomeDialog
from ui.agent.queue_panel import QueuePanel
from ui.agent.shift_end import ShiftEndDialog
from ui.agent.small_dialogs import CardDialog, HelpDialog, KeysDialog, LineDroppedDialog, SkipDialog
from ui.messages import explain


def a_desk() -> Desk:
    desk = Desk()
    desk.resize(1440, 900)
    desk.show_status(STATUS, NOW)
    desk.top.show_connection(online=False)
    return desk


def in_call() -> QWidget:
    desk = a_desk()
    desk.show_call(a_view(), NOW)
    return desk


def identity() -> QWidget:
    desk = a_desk()
    desk.show_call(a_view(card=CALLED), NOW)
    return desk


def ready() -> QWidget:
    desk = a_desk()
    promised = replace(CARD, appointment=AppointmentLine("c1", "Aya E.", NOW, Firmness.FIRM))
    desk.show_ready(promised, STATUS, NOW)
    return desk


def empty() -> QWidget:
    desk = a_desk()
    desk.show_empty(EMPTY)
    return desk


def pause() -> QWidget:
    desk = a_desk()
    desk.show_pause()
    return desk


def resume() -> QWidget:
    desk = a_desk()
    desk.show_resume(a_view(), NOW)
    return desk


def outcome() -> QWidget:
    return OutcomeDialog(None, today=QDate(2026, 6, 24), proposed=Outcome.COMPLETE)


def outcome_unable() -> QWidget:
    return OutcomeDialog(None, today=QDate(2026, 6, 24), proposed=Outcome.UNABLE)


def queue() -> QWidget:
    panel = QueuePanel(NOW)
    panel.show_lines(LINES)
    return panel


def shift_end() -> QWidget:
    dialog = ShiftEndDialog(3)
    dialog.show_result(ShiftEnd(18, 11, SyncResult(pushed=31, confirmed=31), 18, clean=True))
    return dialog


def shift_end_offline() -> QWidget:
    dialog = ShiftEndDialog(3)
    dialog.show_trouble(explain(CentralUnreachable(host="callcenter.voorbeeld.be")))
    dialog.file.propose(Path("/media/stick/yasmina-2026-06-24.kantoor"))
    dialog.file.open.click()
    return dialog


def shift_end_file() -> QWidget:
    dialog = ShiftEndDialog(3)
    dialog.show_result(ShiftEnd(18, 11, SyncResult(sane=False, skew_seconds=720), 0, clean=False))
    dialog.file.show_made(FileMade(Path("/media/stick/yasmina-2026-06-24.kantoor"), "7KQ2 M0XD PA4R 9TNB", 41, 18))
    return dialog


def aside() -> QWidget:
    return AsideDialog(
        (
            AsideEntry("e1", "AttemptClosed", "Aya E.", NOW, "case"),
            AsideEntry("e2", "ResponseRecorded", "Aya E.", NOW, "case"),
            AsideEntry("e3", "NoteAdded", "", NOW, "mismatch", left=True),
        )
    )


def warned(state: LineState) -> QWidget:
    desk = a_desk()
    desk.show_call(a_view(), NOW)
    desk.notice.show_state(state)
    return desk


SCREENS = {
    "shift-end-offline": shift_end_offline,
    "shift-end-file": shift_end_file,
    "aside": aside,
    "desk-clock": lambda: warned(LineState(online=True, skew_seconds=720)),
    "desk-insane": lambda: warned(LineState(online=True, sane=False)),
    "desk": in_call,
    "desk-identity": identity,
    "desk-ready": ready,
    "desk-empty": empty,
    "desk-pause": pause,
    "desk-resume": resume,
    "outcome": outcome,
    "outcome-unable": outcome_unable,
    "appointment": lambda: AppointmentDialog("Aya", NOW, optional=True),
    "line-dropped": lambda: LineDroppedDialog("Aya"),
    "skip": lambda: SkipDialog("Aya"),
    "help": lambda: HelpDialog("Sofie Maes", "5"),
    "card": lambda: CardDialog(CARDS[3], in_call=True),
    "keys": KeysDialog,
    "queue": queue,
    "shift-end": shift_end,
    "code": lambda: CodeDialog(CALLED.numbers[0]),
}
