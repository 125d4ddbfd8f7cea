"""Makes, finds and opens the stores on this laptop."""

from __future__ import annotations

import secrets
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Connection

from callcenter.clock import Clock
from callcenter.domain.codec import canonical
from callcenter.errors import CallcenterError
from callcenter.ids import new_id
from callcenter.ports import Device
from callcenter.text import N_
from db import cipher, migrate
from db.errors import StoreDamaged, StoreUnopened, translated
from db.local import schema, state
from db.local.file import StoreFile
from db.local.labels import LABEL
from db.local.sealed import keep_seal
from db.local.store import LocalStore, new_file
from db.local.vault import new_vault, open_vault
from db.types import Enrolment

_FILE: Final = "store.db"
_EPOCH: Final = "epoch"
_SCRIPTS: Final = Path(__file__).parent / "migrations"


class NewerStore(CallcenterError):
    """A newer program has used this store."""

    code = "STORE-06"
    what = N_("A newer version of this program has used this data.")
    advice = N_("Start the newer version, or ask your supervisor to install it.")


class StoreCopied(CallcenterError):
    """The file was put here from elsewhere, a backup or another laptop."""

    code = "STORE-07"
    what = N_("This data was copied here from another place.")
    advice = N_("Ask your supervisor for a new enrolment file. Do not delete the old data before they have looked.")


class StoreThere(CallcenterError):
    """There is a store in this folder already."""

    code = "STORE-08"
    what = N_("This person already has a place on this laptop.")
    advice = N_("Choose the name in the list and type the pass phrase.")


def create_store(folder: Path, enrolment: Enrolment, passphrase: str, clock: Clock) -> LocalStore:
    """Make one person's store in a new folder and open it.

    All files are made beside and moved into place, so an interruption leaves no half store. StoreThere when the
    folder holds one.
    """
    if folder.exists():
        raise StoreThere()
    coming = folder.with_name(f".{folder.name}.new")
    shutil.rmtree(coming, ignore_errors=True)
    with translated():
        coming.mkdir(parents=True)
    key = _fill(coming, enrolment, passphrase, clock)
    coming.rename(folder)
    return LocalStore(_opened(folder, key), clock)


def open_store(folder: Path, passphrase: str, clock: Clock) -> LocalStore:
    """Open a store.

    WrongPassphrase, StoreDamaged, NewerStore or StoreCopied say apart why it does not open.
    """
    if not (folder / _FILE).exists():
        raise StoreUnopened()
    key = open_vault(folder, passphrase)
    return LocalStore(_opened(folder, key), clock)


def _fill(folder: Path, enrolment: Enrolment, passphrase: str, clock: Clock) -> bytes:
    device = Device(
        org=enrolment.org,
        device=new_id(clock()),
        person=enrolment.person,
        name=enrolment.name,
        role=enrolment.role,
        site=enrolment.site,
        db_epoch=secrets.token_hex(16),
        mailboxes=enrolment.mailboxes,
    )
    key = new_vault(folder, passphrase, enrolment.recovery)
    file = new_file(folder / _FILE, key, device, enrolment.central)
    with file.begin() as connection:
        keep_seal(connection, enrolment)
    file.close()
    label = {"name": enrolment.name, "role": enrolment.role, "site": enrolment.site}
    with translated():
        for name, text in ((LABEL, canonical(label)), (_EPOCH, device.db_epoch)):
            (folder / name).write_text(text, "utf-8")
            cipher.fsync(folder / name)
    return key


def _opened(folder: Path, key: bytes) -> StoreFile:
    """Open the file with its data key and make sure that this program may work on it."""
    path = folder / _FILE
    try:
        with translated():
            file = StoreFile(cipher.engine(path, key))
    except cipher.CannotOpen as error:
        raise StoreDamaged() from error
    try:
        with file.begin() as connection:
            _bring_up_to_date(connection, path, key)
            _refuse_copy(connection, folder)
    except BaseException:
        file.close()
        raise
    return file


def _bring_up_to_date(connection: Connection, path: Path, key: bytes) -> None:
    version = migrate.version(connection)
    if version > schema.HEAD:
        raise NewerStore()
    if version < schema.HEAD:
        _set_copy_aside(path, key, version)
        migrate.migrate(connection, _SCRIPTS, schema.HEAD)


def _set_copy_aside(path: Path, key: bytes, version: int) -> None:
    """Keep the file as it was before a migration, equally encrypted."""
    aside = path.with_name(f"{path.name}.v{version}")
    aside.unlink(missing_ok=True)
    source, target = cipher.connect(path, key), cipher.connect(aside, key)
    try:
        source.backup(target)
    finally:
        source.close()
        target.close()


def _refuse_copy(connection: Connection, folder: Path) -> None:
    device: Mapping[str, Any] = state.read(connection, state.DEVICE)
    beside = folder / _EPOCH
    if not beside.exists() or beside.read_text("utf-8").strip() != device["db_epoch"]:
        raise StoreCopied()
