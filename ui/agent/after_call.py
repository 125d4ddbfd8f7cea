"""After hanging up: what happened, and when to call again; every way leads back to the call until it is confirmed."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QDate

from callcenter.clock import Clock
from callcenter.domain.outcome import MEANING, Outcome
from callcenter.queue.picker import Picker
from callcenter.text import LOCAL_ZONE
from callcenter.usecases.views import AppointmentWish
from ui.agent.appointment_dialog import AppointmentDialog
from ui.agent.desk import Desk
from ui.agent.outcome_dialog import OutcomeDialog
from ui.messages import explain, tell

_REFUSALS = (Outcome.SOFT_REFUSAL, Outcome.REFUSAL, Outcome.OTHER_REFUSES)
# After these a moment is asked for, but none is needed.
_MOMENT_WELCOME = (Outcome.PARTIAL, Outcome.THIRD_PARTY)
_DROPPED = "dropped"

Close = Callable[[Outcome, str, AppointmentWish | None], None]


class AfterCall:
    """Asks the outcome and, where it belongs, the moment; calls `close` once both are known."""

    def __init__(self, desk: Desk, now: Clock, close: Close) -> None:
        self._desk, self._now, self._close = desk, now, close
        self.voicemail = ""
        self._picker: Picker | None = None

    def set_picker(self, picker: Picker | None) -> None:
        """Take which moments can be promised in this call."""
        self._picker = picker

    def ask(self, proposed: Outcome | None = None) -> None:
        """Stop the timer and ask what happened; Escape returns to the call."""
        self._open(OutcomeDialog(self._desk, today=self._today(), proposed=proposed, voicemail=self.voicemail))

    def ask_refusal(self) -> None:
        """Ask which refusal it is."""
        self._open(OutcomeDialog(self._desk, today=self._today(), proposed=Outcome.SOFT_REFUSAL, only=_REFUSALS))

    def _open(self, dialog: OutcomeDialog) -> None:
        self._desk.bar.show_ended(self._now())
        dialog.outcome_chosen.connect(self._chosen)
        dialog.rejected.connect(self._desk.back_to_call)
        dialog.open()

    def _chosen(self, outcome: Outcome, detail: str) -> None:
        if MEANING[outcome].needs_appointment or outcome in _MOMENT_WELCOME:
            self.ask_moment(outcome, detail)
        else:
            self._close(outcome, detail, None)

    def ask_moment(self, outcome: Outcome, detail: str) -> AppointmentDialog:
        """Ask when to call again; Escape returns to the call."""
        optional = not MEANING[outcome].needs_appointment
        soft = outcome is Outcome.THIRD_PARTY
        name = self._desk.name.split(" ")[0]
        dialog = AppointmentDialog(name, self._now(), self._desk, soft=soft, optional=optional, picker=self._picker)
        dialog.agreed.connect(lambda wish: self._close(outcome, detail, wish))
        dialog.declined.connect(lambda: self._close(outcome, detail, None))
        dialog.rejected.connect(self._desk.back_to_call)
        dialog.open()
        return dialog

    def lose_line(self) -> None:
        """The line dropped and nobody answers any more: somebody was there, so it is called again soon."""
        self.ask_moment(Outcome.THIRD_PARTY, _DROPPED)

    def refused(self, error: BaseException, outcome: Outcome, detail: str) -> None:
        """The use case said no: say why, where it can be mended."""
        if MEANING[outcome].needs_appointment or outcome in _MOMENT_WELCOME:
            self.ask_moment(outcome, detail).show_trouble(explain(error))
            return
        tell(self._desk, error).finished.connect(self._desk.back_to_call)

    def _today(self) -> QDate:
        local = self._now().astimezone(LOCAL_ZONE)
        return QDate(local.year, local.month, local.day)
