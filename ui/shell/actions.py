"""What the shell needs from outside; the composition root hands it in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from PySide6.QtWidgets import QWidget

from callcenter.domain.agent import Role
from ui.background import Lanes


@dataclass(frozen=True)
class PersonEntry:
    """A person with a store on this laptop: all that is shown before the pass phrase.

    `aside`: old data that do not open any more and whose content the office does not have yet.
    """

    key: str
    name: str
    role: Role
    site: str = ""
    aside: bool = False


@dataclass(frozen=True)
class Saved:
    """What was saved of data that are not worked on any more: the file, its code, calls in it, steps not readable."""

    path: Path
    code: str
    calls: int
    lost: int = 0


class Opened(Protocol):
    """An unlocked store with its use cases; the shell only locks and closes it."""

    @property
    def name(self) -> str:
        """Return who is signed in."""

    def unlock(self, phrase: str) -> None:
        """Return when this is its pass phrase, and raise when it is not; run in the store lane, changes nothing."""

    def recovery_code(self) -> str:
        """Return the recovery code of its own laptop where it holds it, else nothing; run in the store lane."""

    def change_phrase(self, old: str, new: str) -> None:
        """Give it another pass phrase, and raise when the old one is wrong; run in the store lane."""

    def close(self) -> None:
        """Lock it again."""


@dataclass(frozen=True)
class ShellActions:
    """The doors, the faces and the settings.

    `people`, `found`, `sign_in`, `enrol`, `recover`, `rescue` are run in the store lane. `recover` takes a person's
    key, recovery code and new pass phrase; `rescue` key, pass phrase and where the file goes, as `rescue_file`
    proposes. `face` is called on the main thread and builds the window of the role. `change_look` keeps language,
    theme and text size on this laptop.
    """

    people: Callable[[], tuple[PersonEntry, ...]]
    enrolments: Callable[[], tuple[Path, ...]]
    found: Callable[[str, str, str], Opened]
    sign_in: Callable[[str, str], Opened]
    enrol: Callable[[Path, str, str], Opened]
    recover: Callable[[str, str, str], Opened]
    rescue: Callable[[str, str, Path], Saved]
    rescue_file: Callable[[str], Path]
    face: Callable[[Opened, Lanes], QWidget]
    change_look: Callable[[str, str, float], None]
