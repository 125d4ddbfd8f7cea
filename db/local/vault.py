"""The keys of a store: a random data key in a file that opens with the pass phrase, and in one for the office."""

from __future__ import annotations

import contextlib
import hashlib
import json
import secrets
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any, Final

from callcenter.domain.codec import canonical
from callcenter.errors import CallcenterError
from callcenter.text import N_
from db.cipher import KEY_BYTES, PASSPHRASE, RANDOM_SECRET, CannotOpen, Cost, fsync, read_small, tuned, write_small
from db.errors import StoreUnopened, translated
from db.local.spoken import plain

_DATA_KEY: Final = "data_key"
_BESIDE: Final = "vault.json"
_RECOVERY: Final = "recovery"


class WrongPassphrase(CallcenterError):
    """The vault is whole and does not open."""

    code = "STORE-09"
    what = N_("That is not your pass phrase.")
    advice = N_("Check the capitals and the keyboard, and try again. Your supervisor can help if you forgot it.")


class WrongRecoverySecret(CallcenterError):
    """The recovery file is whole and does not open with this secret."""

    code = "STORE-10"
    what = N_("This recovery code does not belong to this laptop.")
    advice = N_("Check it letter by letter. Your supervisor finds it under Laptops, at your name.")


class VaultDamaged(CallcenterError):
    """The file that the pass phrase opens is damaged or gone; what it locks is not."""

    code = "STORE-14"
    what = N_("The lock of your data is damaged. Your data are still there.")
    advice = N_("Choose Forgot your pass phrase: with the recovery code of your supervisor it gets a new lock.")


class RecoveryDamaged(CallcenterError):
    """The file that the recovery secret opens is damaged or gone."""

    code = "STORE-15"
    what = N_("The recovery of this laptop is damaged.")
    advice = N_("Your pass phrase still opens it. Without it, do not delete anything and tell your supervisor.")


def new_vault(folder: Path, passphrase: str, recovery: str) -> bytes:
    """Make a data key and the two files that hold it; return the key."""
    key = secrets.token_bytes(KEY_BYTES)
    with translated():
        write_small(folder / _RECOVERY, plain(recovery), RANDOM_SECRET, {_DATA_KEY: key.hex()})
        _write_vault(folder, passphrase, key)
    return key


def open_vault(folder: Path, passphrase: str) -> bytes:
    """Return the data key; WrongPassphrase when only the phrase is wrong, VaultDamaged when the vault is."""
    try:
        beside = _read_beside(folder)
        vault, cost = folder / str(beside["file"]), Cost(**beside["cost"])
        whole = _hash(vault) == beside["sha256"]
    except PermissionError as error:
        raise StoreUnopened() from error
    except (OSError, KeyError, TypeError, ValueError) as error:
        raise VaultDamaged() from error
    if not whole:
        raise VaultDamaged()
    try:
        return _key_in(vault, passphrase, cost)
    except CannotOpen as error:
        raise WrongPassphrase() from error


def change_passphrase(folder: Path, old: str, new: str) -> None:
    """Replace the pass phrase; the data key stays, so does the store. Any interruption leaves one that works."""
    key = open_vault(folder, old)
    with translated():
        _write_vault(folder, new, key)


def open_with_recovery(folder: Path, secret: str) -> bytes:
    """Return the data key; WrongRecoverySecret when only the secret is wrong, RecoveryDamaged when its file is."""
    path = folder / _RECOVERY
    try:
        found = _hash(path)
    except OSError as error:
        raise RecoveryDamaged() from error
    try:
        return _key_in(path, plain(secret), RANDOM_SECRET)
    except CannotOpen as error:
        known = _known_recovery(folder)
        raise (RecoveryDamaged() if known and known != found else WrongRecoverySecret()) from error


def recover(folder: Path, secret: str, new: str) -> bytes:
    """Give the store a new pass phrase with the recovery secret of the office, and return the data key."""
    key = open_with_recovery(folder, secret)
    with translated():
        _write_vault(folder, new, key)
    return key


def _known_recovery(folder: Path) -> str:
    try:
        return str(_read_beside(folder)["recovery"])
    except (OSError, KeyError, TypeError, ValueError):
        return ""


def _read_beside(folder: Path) -> Mapping[str, Any]:
    """Return what lies beside the vault; ValueError when it was changed: a wrong cost looks like a wrong phrase."""
    told: dict[str, Any] = json.loads((folder / _BESIDE).read_text("utf-8"))
    if told.pop("check") != _check(told):
        raise ValueError("changed")
    return told


def _check(told: Mapping[str, Any]) -> str:
    return hashlib.sha256(canonical(told).encode()).hexdigest()


def _key_in(path: Path, secret: str, cost: Cost) -> bytes:
    return bytes.fromhex(read_small(path, secret, cost)[_DATA_KEY])


def _write_vault(folder: Path, passphrase: str, key: bytes) -> None:
    """Write a new vault beside the old one, then switch by one rename, then remove the old one."""
    vault, cost = folder / f"vault-{secrets.token_hex(4)}", tuned(PASSPHRASE)
    write_small(vault, passphrase, cost, {_DATA_KEY: key.hex()})
    hashes = {"sha256": _hash(vault), "recovery": _hash(folder / _RECOVERY)}
    beside: dict[str, Any] = {"file": vault.name, "cost": asdict(cost), **hashes}
    coming = folder / f"{_BESIDE}.new"
    coming.write_text(json.dumps({**beside, "check": _check(beside)}), "utf-8")
    fsync(coming)
    coming.replace(folder / _BESIDE)
    fsync(folder / _BESIDE)
    for old in folder.glob("vault-*"):
        if not old.name.startswith(vault.name):
            # Removing is tidiness: the old file holds the same key under the old phrase.
            with contextlib.suppress(OSError):
                old.unlink()


def _hash(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
