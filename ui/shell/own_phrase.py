"""The pass phrase of who comes in: what is wrong with a new one, changing it, and the code for who forgot it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from callcenter.errors import CallcenterError
from callcenter.passphrase import check_passphrase
from callcenter.text import N_
from ui.background import Lanes
from ui.messages import explain, say, tell
from ui.shell.actions import Opened
from ui.shell.phrase_dialog import PhraseDialog
from ui.text import _


class PassphrasesDiffer(CallcenterError):
    """The second pass phrase is not the first."""

    code = "DOOR-02"
    what = N_("The two pass phrases are not the same.")
    advice = N_("Type the same pass phrase twice.")


class NameMissing(CallcenterError):
    """A field that must not be empty is."""

    code = "DOOR-03"
    what = N_("A name is missing.")
    advice = N_("Fill in the organisation and your own name.")


def weakness(phrase: str, again: str, names: Sequence[str]) -> CallcenterError | None:
    """Return what is wrong with a new pass phrase, or None."""
    try:
        check_passphrase(phrase, names)
    except CallcenterError as weak:
        return weak
    return None if phrase == again else PassphrasesDiffer()


def ask_for_phrase(window: QWidget, opened: Opened, lanes: Lanes) -> PhraseDialog:
    """Ask for another pass phrase for an open store; returns the open dialog."""
    dialog = PhraseDialog(window)

    def done(_nothing: object) -> None:
        dialog.accept()
        say(window, _("Your pass phrase was changed."), _("Use the new one from now on, also to unlock the desk."))

    def failed(error: BaseException) -> None:
        dialog.show_trouble(explain(error))

    def ask(old: str, new: str, again: str) -> None:
        weak = weakness(new, again, (opened.name,))
        if weak is not None:
            failed(weak)
            return
        lanes.store.run(lambda _ticket: opened.change_phrase(old, new), done=done, failed=failed)

    dialog.change_asked.connect(ask)
    dialog.open()
    return dialog


def show_code(window: QWidget, opened: Opened, lanes: Lanes) -> None:
    """Show the recovery code of an open store, or who keeps it."""

    def show(code: str) -> None:
        if code:
            words = _("Write it down and keep it away from this laptop. Whoever has both can read everything.")
            say(window, _("Your recovery code: {code}", code=code), words)
        else:
            words = _("Who prepared this laptop keeps its recovery code.")
            say(window, _("The recovery code is not on this laptop."), words)

    def failed(error: BaseException) -> None:
        tell(window, error)

    lanes.store.run(lambda _ticket: opened.recovery_code(), done=show, failed=failed)
