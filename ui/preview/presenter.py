"""Runs the form in the window: answers, the way through it, other presets, and a file that changes meanwhile."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from callcenter.forms.carrying import carry
from callcenter.forms.session import FormDefinition, Session
from ui import messages
from ui.background import Lanes, Ticket
from ui.form import SaidDialog, steps_of
from ui.preview.actions import PreviewActions
from ui.preview.watching import FileWatch
from ui.preview.window import PreviewWindow
from ui.text import _, plural


class PreviewPresenter(QObject):
    """Keeps the last form that could be read, and an interview on it; nothing of it is stored.

    `loaded` comes when a form is on show, `refused` when the file is no form that works.
    """

    loaded = Signal()
    refused = Signal()

    def __init__(self, window: PreviewWindow, actions: PreviewActions, lanes: Lanes) -> None:
        super().__init__(window)
        self._window, self._actions, self._lanes = window, actions, lanes
        self._form: FormDefinition | None = None
        self._reading: Ticket | None = None
        self.session: Session | None = None
        self.watch = FileWatch(actions.file, self)
        self._language = ""
        self._here = ""
        self._connect()
        window.show_file("", actions.file.name)

    def _connect(self) -> None:
        window, form = self._window, self._window.form
        self.watch.changed.connect(self.read)
        window.reload_asked.connect(self.read)
        window.restart_asked.connect(self._restart)
        window.undo_asked.connect(self._undo)
        form.answered.connect(self._answer)
        form.next_asked.connect(self._next)
        form.back_asked.connect(self._back)
        form.language_asked.connect(self._speak)
        form.all_said_asked.connect(self._all_said)
        window.panel.whys.question_chosen.connect(self._go_to)
        window.panel.presets.changed.connect(self._presets_changed)

    # --- the file

    def read(self) -> None:
        """Read the file; a reading that is still going on is left."""
        if self._reading is not None:
            self._reading.cancel()
        self._reading = self._lanes.free.run(
            lambda _ticket: self._actions.read(), done=self._take, failed=self._refuse, initiator=self
        )

    def _take(self, form: FormDefinition) -> None:
        window = self._window
        self._form = form
        window.trouble.tell("")
        window.show_file(form.title or form.form_id, self._actions.file.name)
        window.panel.presets.offer(form.wanted)
        self._carry_on(form)
        window.show_form()
        self._show()
        self.loaded.emit()

    def _refuse(self, error: BaseException) -> None:
        told = messages.explain(error)
        stays = "" if self._form is None else _("Below is the last version that worked.")
        code = _("Code: {code}", code=told.code)
        first, _line, mistakes = told.what.partition("\n")
        last = " ".join(part for part in (told.advice, stays, code) if part)
        self._window.trouble.tell(first, "\n".join(part for part in (mistakes, last) if part))
        self.refused.emit()

    def _carry_on(self, form: FormDefinition) -> None:
        """Go on with the answers that still fit; say which do not."""
        presets = self._window.panel.presets.values()
        self._language = self._language if self._language in form.languages else form.default_language
        if self.session is None:
            self.session = Session.open(form, presets=presets, clock=self._actions.now, language=self._language)
            lost: tuple[str, ...] = ()
        else:
            carried = carry(self.session, form, presets, clock=self._actions.now, language=self._language)
            self.session, lost = carried.session, carried.lost
        self._window.form.offer_languages(form.languages, self._language)
        self._window.note.tell(
            plural("{n} answer does not fit any more", "{n} answers do not fit any more", len(lost)) if lost else "",
            ", ".join(lost),
        )

    # --- the interview

    def _answer(self, ref: str, value: str) -> None:
        if self.session is not None:
            self.session.answer(ref, value)
            self._show()

    def _next(self) -> None:
        if self.session is not None:
            self.session.next()
            self._show()

    def _back(self) -> None:
        if self.session is not None:
            self.session.back()
            self._show()

    def _undo(self) -> None:
        if self.session is not None:
            self.session.undo()
            self._show()
            self._window.form.focus_answer()

    def _go_to(self, ref: str) -> None:
        if self.session is not None and self.session.goto(ref):
            self._show()
            self._window.form.focus_answer()

    def _speak(self, language: str) -> None:
        if self.session is not None:
            self._language = language
            self.session.language(language)
            self._show()
            self._window.form.focus_answer()

    def _restart(self) -> None:
        if self._form is not None:
            self.session = None
            self._carry_on(self._form)
            self._show()
            self._window.form.focus_answer()

    def _presets_changed(self) -> None:
        if self._form is not None:
            self._carry_on(self._form)
            self._show()

    def _all_said(self) -> None:
        if self.session is not None:
            dialog = SaidDialog(self.session.said(), self._window)
            dialog.change_asked.connect(self._go_to)
            dialog.open()

    # --- what it shows

    def _show(self) -> None:
        session, window = self.session, self._window
        if session is None:
            return
        page = session.page()
        window.steps.show_steps(steps_of(page))
        window.form.show_page(page, session.said())
        here = page.questions[0].ref if page.questions else ""
        window.panel.whys.show_whys(session.whys(), here if here != self._here else "")
        self._here = here
        self._show_end(session)

    def _show_end(self, session: Session) -> None:
        if not session.finished():
            self._window.end.tell("")
            return
        sent = session.submission()
        done, asked = sent.keys.answered, sent.keys.relevant
        keys = _("{answered} of {relevant} key questions answered.", answered=done, relevant=asked) if asked else ""
        outcome = _("Outcome that the desk will propose: {outcome}.", outcome=sent.outcome) if sent.outcome else ""
        self._window.end.tell(_("This is the end of the form."), " ".join(part for part in (outcome, keys) if part))
