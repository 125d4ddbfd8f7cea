from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest

from db import cipher
from db.local.vault import (
    RecoveryDamaged,
    VaultDamaged,
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
    with pytest.raises(VaultDamaged):
        open_vault(tmp_path, _PHRASE)
    if harm != "remove":
        with pytest.raises(VaultDamaged):
            change_passphrase(tmp_path, _PHRASE, "nieuwe zin")


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


def test_the_recovery_secret_is_read_whatever_its_spaces_and_capitals(tmp_path: Path) -> None:
    secret = "O1L0 7KQ2 M0XD PA4R 9TNB 8F0C Q1"
    key = new_vault(tmp_path, _PHRASE, secret)
    for typed in (secret.lower(), secret.replace(" ", "-"), "0110 7kq2 moxd pa4r 9tnb 8foc qi"):
        assert recover(tmp_path, typed, "nieuwe zin van vier") == key


def test_a_damaged_recovery_is_not_called_a_wrong_secret_and_a_damaged_vault_gets_a_new_lock(tmp_path: Path) -> None:
    key = new_vault(tmp_path, _PHRASE, "secret")
    (tmp_path / "vault.json").write_text("{")
    recover(tmp_path, "secret", "nieuwe zin")
    assert open_vault(tmp_path, "nieuwe zin") == key
    whole = (tmp_path / "recovery").read_bytes()
    (tmp_path / "recovery").write_bytes(whole[:600] + bytes([whole[600] ^ 1]) + whole[601:])
    with pytest.raises(RecoveryDamaged):
        recover(tmp_path, "secret", "nog een zin")
    (tmp_path / "recovery").unlink()
    with pytest.raises(RecoveryDamaged):
        recover(tmp_path, "secret", "nog een zin")
    assert open_vault(tmp_path, "nieuwe zin") == key


def test_a_changed_cost_is_not_called_a_wrong_phrase(tmp_path: Path) -> None:
    new_vault(tmp_path, _PHRASE, "secret")
    beside = (tmp_path / "vault.json").read_text()
    (tmp_path / "vault.json").write_text(beside.replace('"memory_kib": 8192', '"memory_kib": 8193'))
    with pytest.raises(VaultDamaged):
        open_vault(tmp_path, _PHRASE)


def test_a_guess_takes_some_tenths_of_a_second_on_this_machine_and_never_less_than_the_least() -> None:
    least = cipher.PASSPHRASE
    made = cipher.tuned(least)
    assert made.memory_kib == least.memory_kib
    assert least.rounds <= made.rounds <= 8 * least.rounds
    slow = cipher.Cost(rounds=40, memory_kib=65_536)
    assert cipher.tuned(slow).rounds == 40
