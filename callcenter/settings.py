"""Where the program keeps its files, and the few settings of this laptop."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path

from callcenter.errors import CallcenterError
from callcenter.text import LANGUAGES, N_


class SettingsUnreadable(CallcenterError):
    """settings.toml is no TOML, or holds a value of the wrong kind."""

    code = "SET-01"
    what = N_("The settings file {path} cannot be read.")
    advice = N_("Mend or remove this file. Without it the program starts with its own settings.")


@dataclass(frozen=True)
class Folders:
    """All folders of one installation."""

    root: Path

    @property
    def people(self) -> Path:
        """Return where each person's encrypted store lies."""
        return self.root / "people"

    @property
    def central(self) -> Path:
        """Return where the embedded central lies."""
        return self.root / "central"

    @property
    def enrolments(self) -> Path:
        """Return where enrolment files wait for their person."""
        return self.root / "enrolments"

    @property
    def reports(self) -> Path:
        """Return where reports are written unless the user says otherwise."""
        return self.root / "reports"

    @property
    def logs(self) -> Path:
        """Return where the log without names or numbers lies."""
        return self.root / "logs"


@dataclass(frozen=True)
class ProgramSettings:
    """Settings of this laptop; `dialling` is off, softphone (tel:), phone (QR) or both.

    `own_events_days`: so long an agent's own events stay, encrypted, after a backup of central holds them.
    """

    language: str = "nl"
    theme: str = "light"
    scale: float = 1.0
    dialling: str = "both"
    own_events_days: int = 14


def folders(root: Path | None = None) -> Folders:
    """Return the folders under a root, or under the system's place for this user's data."""
    if root is not None:
        return Folders(root)
    from platformdirs import user_data_path  # only needed when no folder is handed in

    return Folders(user_data_path("callcenter", appauthor=False))


_FILE = "settings.toml"


def read_settings(where: Folders) -> ProgramSettings:
    """Return the settings of this laptop; defaults where the file or a value is missing."""
    path = where.root / _FILE
    if not path.exists():
        return ProgramSettings()
    try:
        found = tomllib.loads(path.read_text("utf-8"))
        language = str(found.get("language", "nl"))
        return ProgramSettings(
            language=language if language in LANGUAGES else "nl",
            theme="dark" if found.get("theme") == "dark" else "light",
            scale=float(found.get("scale", 1.0)),
            dialling=str(found.get("dialling", "both")),
            own_events_days=max(0, int(found.get("own_events_days", 14))),
        )
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, TypeError, ValueError) as error:
        raise SettingsUnreadable(path=path) from error


def write_settings(where: Folders, settings: ProgramSettings) -> None:
    """Keep the settings of this laptop; the old file stays whole until the new one is."""
    lines = [
        f'language = "{settings.language}"',
        f'theme = "{settings.theme}"',
        f"scale = {settings.scale}",
        f'dialling = "{settings.dialling}"',
        f"own_events_days = {settings.own_events_days}",
    ]
    where.root.mkdir(parents=True, exist_ok=True)
    fresh = where.root / (_FILE + ".new")
    fresh.write_text("\n".join(lines) + "\n", "utf-8")
    fresh.replace(where.root / _FILE)
