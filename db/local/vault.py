"""The keys of a store: a random data key in a file that opens with the pass phrase, and in one for the office."""

from __future__ import annotations

import contextlib
import hashlib
import json
import secrets
from dataclasses import asdict
from pathlib import Path
from typing import Final

from callcenter.errors import CallcenterError
from callcenter.text import N_
from db.cipher import KEY_BYTES, PASSPHRASE, RANDOM_SECRET, CannotOpen, Cost, fsync, read_small, write_small
from db.errors import StoreDamaged, translated

_DATA_KEY: Final = "data_key"
_BESIDE: Final = "vault.json"
_RECOVERY: Final = "recovery"


class WrongPassphrase(CallcenterError):
    """The vault is whole and does not open."""

    code = "STORE-09"
    what = N_("That is not your pass phrase.")
    advice = N_("Check the capitals and the keyboard, and try again. Your supervisor can help if you forgot it.")


class WrongRecoverySecret(CallcenterError):
    """The recovery file does not open with this secret."""

    code = "STORE-10"
    what = N_("That recovery secret does not belong to this laptop.")
    advice = N_("Look it up again in the list of enrolments.")


def new_vault(folder: Path, passphrase: str, recovery: str) -> bytes:
    """Make a data key and the two files that hold it; return the key."""
    key = secrets.token_bytes(KEY_BYTES)
    with translated():
        _write_vault(folder, passphrase, key)
        write_small(folder / _RECOVERY, recovery, RANDOM_SECRET, {_DATA_KEY: key.hex()})
    return key


def open_vault(folder: Path, passphrase: str) -> bytes:
    """Return the data key; WrongPassphrase when only the phrase is wrong, StoreDamaged when the vault is."""
    try:
        beside = json.loads((folder / _BESIDE).read_text("utf-8"))
        vault, cost = folder / str(beside["file"]), Cost(**beside["cost"])
        whole = _hash(vault) == beside["sha256"]
    except (OSError, KeyError, TypeError, ValueError) as error:
        raise StoreDamaged() from error
    if not whole:
        raise StoreDamaged()
    try:
        return _key_in(vault, passphrase, cost)
    except CannotOpen as error:
        raise WrongPassphrase() from error


def change_passphrase(folder: Path, old: str, new: str) -> None:
    """Replace the pass phrase; the data key stays, so does the store. Any interruption leaves one that works."""
    key = open_vault(folder, old)
    with translated():
        _write_vault(folder, new, key)


def recover(folder: Path, secret: str, new: str) -> None:
    """Give the store a new pass phrase with the recovery secret of the office."""
    try:
        key = _key_in(folder / _RECOVERY, secret, RANDOM_SECRET)
    except CannotOpen as error:
        raise WrongRecoverySecret() from error
    except OSError as error:
        raise StoreDamaged() from error
    with translated():
        _write_vault(folder, new, key)


def _key_in(path: Path, secret: str, cost: Cost) -> bytes:
    return bytes.fromhex(read_small(path, secret, cost)[_DATA_KEY])


def _write_vault(folder: Path, passphrase: str, key: bytes) -> None:
    """Write a new vault beside the old one, then switch by one rename, then remove the old one."""
    vault = folder / f"vault-{secrets.token_hex(4)}"
    write_small(vault, passphrase, PASSPHRASE, {_DATA_KEY: key.hex()})
    beside = {"file": vault.name, "cost": asdict(PASSPHRASE), "sha256": _hash(vault)}
    coming = folder / f"{_BESIDE}.new"
    coming.write_text(json.dumps(beside), "utf-8")
    fsync(coming)
    coming.replace(folder / _BESIDE)
    fsync(folder / _BESIDE)
    for old in folder.glob("vault-*"):
        if old.name != vault.name:
            # Removing is tidiness: the old file holds the same key under the old phrase.
            with contextlib.suppress(OSError):
                old.unlink()


def _hash(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
