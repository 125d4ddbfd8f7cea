from __future__ import annotations

from pathlib import Path

import pytest

from callcenter.settings import ProgramSettings, SettingsUnreadable, folders, read_settings, write_settings


def test_a_new_laptop_speaks_dutch_in_the_light(tmp_path: Path) -> None:
    assert read_settings(folders(tmp_path)) == ProgramSettings("nl", "light", 1.0)


def test_settings_come_back_as_they_were_kept(tmp_path: Path) -> None:
    wanted = ProgramSettings("fr", "dark", 1.3, "phone", own_events_days=30)
    write_settings(folders(tmp_path), wanted)
    assert read_settings(folders(tmp_path)) == wanted


def test_a_broken_settings_file_is_named_and_left_alone(tmp_path: Path) -> None:
    (tmp_path / "settings.toml").write_text("language = ", "utf-8")
    with pytest.raises(SettingsUnreadable, match=r"settings\.toml"):
        read_settings(folders(tmp_path))
    assert (tmp_path / "settings.toml").read_text("utf-8") == "language = "


def test_a_language_that_is_not_spoken_here_becomes_dutch(tmp_path: Path) -> None:
    (tmp_path / "settings.toml").write_text('language = "de"', "utf-8")
    assert read_settings(folders(tmp_path)).language == "nl"


def test_without_a_folder_the_systems_own_place_is_used() -> None:
    assert folders().root.name == "callcenter"
