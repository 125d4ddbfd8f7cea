"""The main window: door or face, and the menu that every face shares."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QDateTime, QEvent
from PySide6.QtGui import QActionGroup, QCloseEvent
from PySide6.QtWidgets import QApplication, QMainWindow, QMenu, QWidget

from callcenter.domain.agent import Role
from ui import style
from ui.background import Lanes, Ticket
from ui.messages import Explained, explain, tell
from ui.shell.actions import Opened, PersonEntry, Saved, ShellActions
from ui.shell.door import DoorPage, EnrolPage, FirstStartPage, SignInPage
from ui.shell.help import HelpWindow
from ui.shell.idle import IdleWatch
from ui.shell.locking import DeskLock
from ui.shell.mending import BEYOND, RecoveryPage, RescuePage, SavedPage
from ui.shell.own_phrase import NameMissing, ask_for_phrase, show_code, weakness
from ui.text import _, current, use

_IDLE = 5 * 60 * 1000  # ms without a key or mouse after which the desk locks
_LANGUAGE_NAMES = {"nl": "Nederlands", "en": "English", "fr": "Français"}


class ShellWindow(QMainWindow):
    """Shows the door until someone signs in, then the face of the person's role."""

    def __init__(
        self,
        actions: ShellActions,
        lanes: Lanes,
        *,
        idle: int = _IDLE,
        clock: Callable[[], int] = QDateTime.currentMSecsSinceEpoch,
    ) -> None:
        """`idle` and `clock` are in ms; without a key or mouse for so long the window locks."""
        super().__init__()
        self._actions, self._lanes = actions, lanes
        self._opened: Opened | None = None
        self._last_person = ""
        self._lock = DeskLock(self, lanes)
        self._watch = IdleWatch(idle, clock, self)
        self._watch.idle.connect(self.lock)
        self._lock.released.connect(self._watch.begin)
        self.setWindowTitle(_("Call desk"))
        self.setMinimumSize(1024, 640)
        self.resize(1366, 728)
        self.show_door()

    # --- the door

    def show_door(self) -> None:
        """Show the door: the first start when nobody has a store here, else who are you."""
        people = self._actions.people()
        page: DoorPage
        if people:
            signing = SignInPage(people, self._last_person)
            signing.sign_in_asked.connect(self._sign_in)
            signing.recovery_asked.connect(self._show_recovery)
            signing.enrol_page_asked.connect(self._show_enrolment)
            page = signing
        else:
            first = FirstStartPage()
            first.found_asked.connect(self._found)
            first.enrol_page_asked.connect(self._show_enrolment)
            page = first
        self._show_page(page)

    def _show_page(self, page: DoorPage) -> None:
        page.menu_wanted.connect(self._show_menu)
        page.help_wanted.connect(self.show_help)
        self.setCentralWidget(page)

    def _show_enrolment(self) -> None:
        page = EnrolPage(self._actions.enrolments())
        page.enrol_asked.connect(self._enrol)
        page.back_asked.connect(self.show_door)
        self._show_page(page)

    def _show_recovery(self, key: str) -> None:
        if (person := self._person(key)) is None:
            return
        self._last_person = key
        page = RecoveryPage(person)
        page.recover_asked.connect(lambda secret, phrase, again: self._recover(person, secret, phrase, again))
        page.back_asked.connect(self.show_door)
        self._show_page(page)

    def _show_rescue(self, key: str, why: Explained) -> None:
        if (person := self._person(key)) is None:
            return
        page = RescuePage(person, why, self._actions.rescue_file(key))
        page.rescue_asked.connect(lambda phrase, path: self._rescue(key, phrase, path))
        page.back_asked.connect(self.show_door)
        self._show_page(page)

    def _show_saved(self, saved: Saved) -> None:
        page = SavedPage(saved)
        page.enrol_page_asked.connect(self._show_enrolment)
        page.back_asked.connect(self.show_door)
        self._show_page(page)

    def _person(self, key: str) -> PersonEntry | None:
        return next((person for person in self._actions.people() if person.key == key), None)

    def _sign_in(self, key: str, phrase: str) -> None:
        self._last_person = key
        self._unlock(lambda _ticket: self._actions.sign_in(key, phrase), failed=self._not_opened)

    def _not_opened(self, error: BaseException) -> None:
        """Say why a store does not open; one that never will again is saved for the office."""
        why = explain(error)
        if why.code in BEYOND:
            self._show_rescue(self._last_person, why)
        else:
            self._trouble(error)

    def _recover(self, person: PersonEntry, secret: str, phrase: str, again: str) -> None:
        if self._good(phrase, again, person.name, person.site):
            work = partial(self._actions.recover, person.key, secret, phrase)
            self._unlock(lambda _ticket: work(), failed=self._not_opened)

    def _rescue(self, key: str, phrase: str, path: Path) -> None:
        if page := self._page():
            page.setEnabled(False)
        work = partial(self._actions.rescue, key, phrase, path)
        self._lanes.store.run(lambda _ticket: work(), done=self._show_saved, failed=self._trouble)

    def _found(self, organisation: str, name: str, phrase: str, again: str) -> None:
        if not (organisation and name):
            self._trouble(NameMissing())
        elif self._good(phrase, again, name, organisation):
            self._unlock(lambda _ticket: self._actions.found(organisation, name, phrase))

    def _enrol(self, path: object, code: str, phrase: str, again: str) -> None:
        if self._good(phrase, again):
            self._unlock(lambda _ticket: self._actions.enrol(path, code, phrase))  # type: ignore[arg-type]

    def _good(self, phrase: str, again: str, *names: str) -> bool:
        weak = weakness(phrase, again, names)
        if weak is not None:
            self._trouble(weak)
        return weak is None

    def _unlock(
        self, work: Callable[[Ticket], Opened], failed: Callable[[BaseException], object] | None = None
    ) -> None:
        if page := self._page():
            page.setEnabled(False)
        self._lanes.store.run(work, done=self.enter, failed=failed or self._trouble)

    def _page(self) -> DoorPage | None:
        page = self.centralWidget()
        return page if isinstance(page, DoorPage) else None

    def _trouble(self, error: BaseException) -> None:
        page = self._page()
        if page is not None:
            page.setEnabled(True)
            page.show_trouble(explain(error))
        else:
            tell(self, error)

    # --- the face

    def enter(self, opened: Opened) -> None:
        """Show the face of an unlocked store."""
        self._opened = opened
        self._show_face(opened)
        self._watch.begin()

    def lock(self) -> None:
        """Cover the face until the pass phrase is typed again; nothing that is open is lost."""
        if (opened := self._opened) is not None:
            self._watch.end()
            self._lock.lock(opened.name, opened.unlock)

    def _show_face(self, opened: Opened) -> None:
        face = self._actions.face(opened, self._lanes)
        wish = getattr(face, "menu_wanted", None)
        if wish is not None:
            wish.connect(self._show_menu)
        self.setCentralWidget(face)
        face.setFocus()

    def switch_person(self) -> None:
        """Lock the store and go back to the door; what was going on is kept."""
        self._close_store()
        self.show_door()

    def _close_store(self) -> None:
        opened, self._opened = self._opened, None
        self._lock.release()
        self._watch.end()
        if opened is not None:
            face = self.takeCentralWidget()
            self._lanes.finish()
            if face is not None:
                # Now, not at the next turn of the event loop: nothing of this face may reach a store that is closed.
                face.deleteLater()
                QCoreApplication.sendPostedEvents(face, QEvent.Type.DeferredDelete.value)
            self._lanes.store.run(lambda _ticket: opened.close())
            self._lanes.finish()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Finish what is being written before the window goes."""
        self._close_store()
        super().closeEvent(event)

    # --- the menu

    def menu(self) -> QMenu:
        """Return the menu of language, theme, text size and person."""
        menu = QMenu(self)
        self._add_choices(menu.addMenu(_("Language")), _LANGUAGE_NAMES, current().language, self._speak)
        themes = {"light": _("Light"), "dark": _("Dark")}
        self._add_choices(menu.addMenu(_("Theme")), themes, str(style.look().theme), self._wear)
        sizes = {str(s): f"{round(s * 100)} %" for s in style.SCALES}
        self._add_choices(menu.addMenu(_("Text size")), sizes, str(style.look().scale), self._size)
        menu.addSeparator()
        menu.addAction(_("Help")).triggered.connect(self.show_help)
        if self._opened is None:
            return menu
        menu.addSeparator()
        menu.addAction(_("Lock the desk")).triggered.connect(self.lock)
        change = menu.addAction(_("Change pass phrase"))
        change.setObjectName("change-phrase")
        change.triggered.connect(self.change_phrase)
        if self._role() is Role.COORDINATOR:
            recovery = menu.addAction(_("Show recovery code"))
            recovery.setObjectName("recovery-code")
            recovery.triggered.connect(self.show_recovery_code)
        switch = menu.addAction(_("Switch person"))
        switch.setObjectName("switch-person")
        switch.triggered.connect(self.switch_person)
        return menu

    def change_phrase(self) -> None:
        """Ask for another pass phrase for who is signed in."""
        if self._opened is not None:
            ask_for_phrase(self, self._opened, self._lanes)

    def show_recovery_code(self) -> None:
        """Show the code with which a coordinator who forgot the pass phrase comes in again."""
        if self._opened is not None:
            show_code(self, self._opened, self._lanes)

    def show_help(self) -> None:
        """Open the help at the page of who is signed in; the agents' one at the door."""
        HelpWindow(self._role().value, self).show()

    def _role(self) -> Role:
        """Return the role of who is signed in; at the door that of most people."""
        roles = {person.name: person.role for person in self._actions.people()}
        return roles.get(self._opened.name, Role.AGENT) if self._opened is not None else Role.AGENT

    def _add_choices(self, menu: QMenu, choices: dict[str, str], now: str, chosen: Callable[[str], None]) -> None:
        group = QActionGroup(menu)
        for value, words in choices.items():
            action = menu.addAction(words)
            action.setCheckable(True)
            action.setChecked(value == now)
            action.triggered.connect(lambda _checked=False, v=value: chosen(v))
            group.addAction(action)

    def _show_menu(self, anchor: QWidget) -> None:
        self.menu().popup(anchor.mapToGlobal(anchor.rect().bottomLeft()))

    def _speak(self, language: str) -> None:
        use(language)
        self._rebuild()

    def _wear(self, theme: str) -> None:
        style.apply(_application(), style.Theme(theme), style.look().scale)
        self._rebuild()

    def _size(self, scale: str) -> None:
        style.apply(_application(), style.look().theme, float(scale))
        self._rebuild()

    def _rebuild(self) -> None:
        look = style.look()
        self._actions.change_look(current().language, str(look.theme), look.scale)
        self.setWindowTitle(_("Call desk"))
        if self._opened is None:
            self.show_door()
        else:
            self._show_face(self._opened)


def _application() -> QApplication:
    application = QApplication.instance()
    assert isinstance(application, QApplication)  # noqa: S101 - a window cannot exist without it
    return application
