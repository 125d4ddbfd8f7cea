"""Makes, finds and opens the stores on this laptop."""

from __future__ import annotations

import secrets
import shutil
from collections.abc import Mapping
from datetime import datetime, timedelta
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
from db.local import schema, state, wal
from db.local.aside import is_refused, note_opened, note_refused, set_aside
from db.local.binding import Binding
from db.local.file import SMALL, StoreFile, copy_before, drop_copies
from db.local.labels import LABEL
from db.local.learning import learn_kinds
from db.local.mark import Mark, read_mark, write_mark
from db.local.sealed import keep_seal
from db.local.store import LocalStore, new_file
from db.local.vault import new_vault, open_vault, recover
from db.types import Enrolment

_FILE: Final = "store.db"
_EPOCH: Final = "epoch"
_SCRIPTS: Final = Path(__file__).parent / "migrations"
_COPIES_STAY: Final = timedelta(days=7)


class NewerStore(CallcenterError):
    """A newer program has used this store."""

    code = "STORE-06"
    what = N_("A newer version of this program has used this data.")
    advice = N_("Start the newer version, or ask your supervisor to install it.")


class StoreCopied(CallcenterError):
    """The file was put here from elsewhere, a backup or another laptop."""

    code = "STORE-07"
    what = N_("This data was copied here from another place.")
    advice = N_("Save what is in it for your supervisor, and ask for a new enrolment file. Nothing is deleted.")


class StoreOlder(StoreCopied):
    """An older copy was put back: it has forgotten events that central may hold."""

    code = "STORE-13"
    what = N_("An older copy of your data was put back on this laptop.")


class StoreThere(CallcenterError):
    """There is a store in this folder already."""

    code = "STORE-08"
    what = N_("This person already has a place on this laptop.")
    advice = N_("Choose the name in the list and type the pass phrase.")


def create_store(
    folder: Path, enrolment: Enrolment, passphrase: str, clock: Clock, binding: Binding | None = None
) -> LocalStore:
    """Make one person's store in a new folder and open it, as the device that was bound already if there is one.

    All files are made beside and moved into place, so an interruption leaves no half store. One that could not be
    opened any more is set aside whole; StoreThere when the folder holds one that can.
    """
    if folder.exists() and not is_refused(folder):
        raise StoreThere()
    coming = folder.with_name(f".{folder.name}.new")
    shutil.rmtree(coming, ignore_errors=True)
    with translated():
        coming.mkdir(parents=True)
        key, epoch = _fill(coming, enrolment, passphrase, binding or Binding(new_id(clock()), secrets.token_hex(16)))
        if folder.exists():
            set_aside(folder, clock())
        write_mark(folder, Mark(epoch))
        coming.rename(folder)
    return LocalStore(_opened(folder, key, clock()), clock)


def open_store(folder: Path, passphrase: str, clock: Clock) -> LocalStore:
    """Open a store.

    WrongPassphrase, VaultDamaged, StoreDamaged, NewerStore, StoreCopied or StoreOlder say apart why it does not open.
    """
    if not (folder / _FILE).exists():
        raise StoreUnopened()
    return _opened_or_refused(folder, open_vault(folder, passphrase), clock)


def recover_store(folder: Path, secret: str, new: str, clock: Clock) -> LocalStore:
    """Open a store with the recovery secret of the office, and lock it with a new pass phrase.

    WrongRecoverySecret and RecoveryDamaged tell what was wrong; else as open_store.
    """
    if not (folder / _FILE).exists():
        raise StoreUnopened()
    return _opened_or_refused(folder, recover(folder, secret, new), clock)


def _opened_or_refused(folder: Path, key: bytes, clock: Clock) -> LocalStore:
    """Open a store, and note beside it when it can never be worked on again: a new enrolment may take its place."""
    try:
        store = LocalStore(_opened(folder, key, clock()), clock)
    except (StoreDamaged, StoreCopied) as error:
        note_refused(folder, error.code)
        raise
    note_opened(folder)
    return store


def _fill(folder: Path, enrolment: Enrolment, passphrase: str, binding: Binding) -> tuple[bytes, str]:
    device = Device(
        org=enrolment.org,
        device=binding.device,
        person=enrolment.person,
        name=enrolment.name,
        role=enrolment.role,
        site=enrolment.site,
        db_epoch=binding.db_epoch,
        mailboxes=enrolment.mailboxes,
    )
    key = new_vault(folder, passphrase, enrolment.recovery)
    file = new_file(folder / _FILE, key, device, enrolment.central)
    with file.begin() as connection:
        keep_seal(connection, enrolment)
        state.write(connection, **{state.MARKED: True})
    file.close()
    label = {"name": enrolment.name, "role": enrolment.role, "site": enrolment.site, "org": enrolment.org}
    with translated():
        for name, text in ((LABEL, canonical(label)), (_EPOCH, device.db_epoch)):
            (folder / name).write_text(text, "utf-8")
            cipher.fsync(folder / name)
    return key, device.db_epoch


def _opened(folder: Path, key: bytes, at: datetime) -> StoreFile:
    """Open the file with its data key and make sure that this program may work on it."""
    path = folder / _FILE
    if not wal.is_whole(folder / f"{_FILE}-wal"):
        raise StoreDamaged()
    try:
        with translated():
            file = StoreFile(cipher.engine(path, key), path)
    except cipher.CannotOpen as error:
        raise StoreDamaged() from error
    try:
        # Before anything is believed; a large office reads its file beside the work.
        if path.stat().st_size <= SMALL:
            file.check()
        else:
            file.checkpoint()  # what a stop left there may hold what was erased
        with file.begin() as connection:
            _bring_up_to_date(connection, path, key)
            _refuse_copy(connection, folder)
            learn_kinds(connection, file.cache)
        file.mark = read_mark(folder)
    except BaseException:
        file.close()
        raise
    drop_copies(path, (at - _COPIES_STAY).timestamp())
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
    aside = copy_before(path, version)
    aside.unlink(missing_ok=True)
    source, target = cipher.connect(path, key), cipher.connect(aside, key)
    try:
        source.backup(target)
    finally:
        source.close()
        target.close()


def _refuse_copy(connection: Connection, folder: Path) -> None:
    """Raise StoreCopied when the file or its folder came from elsewhere, StoreOlder when it was put back."""
    device: Mapping[str, Any] = state.read(connection, state.DEVICE)
    beside = folder / _EPOCH
    if not beside.exists() or beside.read_bytes().strip() != device["db_epoch"].encode():
        raise StoreCopied()
    if not state.read(connection, state.MARKED):
        # Made by a program that knew no marks.
        write_mark(folder, Mark(device["db_epoch"]))
        state.write(connection, **{state.MARKED: True})
        return
    mark = read_mark(folder)
    if mark is None or mark.epoch != device["db_epoch"]:
        raise StoreCopied()
    if mark.offered > int(state.read(connection, state.LAST_SEQ, 0)):
        raise StoreOlder()
