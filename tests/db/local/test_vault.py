from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest

from db.errors import StoreDamaged
from db.local.vault import (
    WrongPassphrase,
    WrongRecoverySecret,
    change_passphrase,
    new_vault,
    open_vault,
    recover,
)

_PHRASE = "vier woorden 'met' \"leestekens\" é"


def test_the_vault_gives_the_same_key_for_the_same_phrase(tmp_path: Path) -> None:
    key = new_vault(tmp_path, _PHRASE, "recovery")
    assert len(key) == 32
    assert open_vault(tmp_path, _PHRASE) == key


def test_an_accent_counts_the_same_however_it_is_typed(tmp_path: Path) -> None:
    key = new_vault(tmp_path, unicodedata.normalize("NFC", _PHRASE), "recovery")
    assert open_vault(tmp_path, unicodedata.normalize("NFD", _PHRASE)) == key


def test_a_wrong_phrase_is_called_so(tmp_path: Path) -> None:
    new_vault(tmp_path, _PHRASE, "recovery")
    with pytest.raises(WrongPassphrase):
        open_vault(tmp_path, _PHRASE.upper())


@pytest.mark.parametrize("harm", ["flip", "cut", "remove", "beside"])
def test_a_damaged_vault_is_not_called_a_wrong_phrase(tmp_path: Path, harm: str) -> None:
    new_vault(tmp_path, _PHRASE, "recovery")
    vault = next(tmp_path.glob("vault-*"))
    whole = vault.read_bytes()
    match harm:
        case "flip":
            vault.write_bytes(whole[:5000] + bytes([whole[5000] ^ 1]) + whole[5001:])
        case "cut":
            vault.write_bytes(whole[:10])
        case "remove":
            vault.unlink()
        case "beside":
            (tmp_path / "vault.json").write_text("{")
    with pytest.raises(StoreDamaged):
        open_vault(tmp_path, _PHRASE)


def test_a_new_phrase_opens_and_the_old_one_does_not(tmp_path: Path) -> None:
    key = new_vault(tmp_path, _PHRASE, "recovery")
    change_passphrase(tmp_path, _PHRASE, "een andere zin van vier")
    assert open_vault(tmp_path, "een andere zin van vier") == key
    with pytest.raises(WrongPassphrase):
        open_vault(tmp_path, _PHRASE)
    assert len(list(tmp_path.glob("vault-*"))) == 1


def test_an_interrupted_change_leaves_the_old_phrase_working(tmp_path: Path) -> None:
    key = new_vault(tmp_path, _PHRASE, "recovery")
    (tmp_path / "vault-00000000").write_bytes(b"half a vault")
    (tmp_path / "vault.json.new").write_text('{"file": "vault-00')
    assert open_vault(tmp_path, _PHRASE) == key


def test_the_office_gives_a_new_phrase_with_its_recovery_secret(tmp_path: Path) -> None:
    key = new_vault(tmp_path, _PHRASE, "recovery secret")
    with pytest.raises(WrongRecoverySecret):
        recover(tmp_path, "another secret", "nieuwe zin")
    recover(tmp_path, "recovery secret", "nieuwe zin")
    assert open_vault(tmp_path, "nieuwe zin") == key


def test_no_file_of_the_vault_is_plain(tmp_path: Path) -> None:
    key = new_vault(tmp_path, _PHRASE, "recovery")
    for path in tmp_path.iterdir():
        content = path.read_bytes()
        assert not content.startswith(b"SQLite format 3")
        assert key.hex().encode() not in content
        assert key not in content
