"""The sealed file for the office: what central has not confirmed, taken along on a stick when the network is closed.

It opens with a code that the laptop's screen shows, or, at the office that handed the laptop out, by itself: the
laptop's enrolment and the office's stock hold one recovery secret. A file confirms nothing, so the laptop goes on
offering its events until central itself says that it holds them.
"""

from __future__ import annotations

import shutil
import tempfile
import zipfile
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Final

from sqlalchemy import Connection

from callcenter.domain.codec import canonical, from_json, parse
from callcenter.domain.envelope import sha256
from callcenter.errors import CallcenterError
from callcenter.ids import Id
from callcenter.ports import Outgoing, Sealed
from callcenter.text import N_
from db.cipher import PASSPHRASE, RANDOM_SECRET, SALT_BYTES, CannotOpen, derive_key, fsync, read_small, write_small
from db.errors import translated
from db.local import state
from db.local.spoken import new_code, plain
from db.types import Enrolment

_ABOUT, _KEY, _EVENTS = "about.json", "key", "events"
_FORMAT: Final = 1
# Far more than a laptop records in a year; a file that unpacks to more is no file of ours.
_LARGEST: Final = 2**30


class NoSealedFile(CallcenterError):
    """The file is no sealed file, was cut short, or a newer program made it."""

    code = "SEAL-01"
    what = N_("This is no file of a laptop, or only a part of it.")
    advice = N_("Copy it from the laptop again. On the laptop nothing is lost.")


class SealClosed(CallcenterError):
    """Neither a secret of this office nor the code opens it."""

    code = "SEAL-02"
    what = N_("This file does not open.")
    advice = N_("Type the code that the laptop shows beside the file. A new file there brings a new code.")


def seal_secret(recovery: str, enrolment: Id) -> str:
    """Return the secret that a laptop and the office that handed it out both know."""
    salt = bytes.fromhex(sha256(enrolment))[:SALT_BYTES]
    return derive_key(plain(recovery), salt, RANDOM_SECRET).hex()


def keep_seal(connection: Connection, enrolment: Enrolment) -> None:
    """Keep in a new store what seals its files."""
    secret = seal_secret(enrolment.recovery, enrolment.enrolment)
    state.write(connection, **{state.SEAL: secret, state.ENROLMENT: enrolment.enrolment})


def write_sealed(path: Path, told: Sealed, enrolment: Id, secret: str) -> str:
    """Write the file and return the code that opens it; an earlier file of this name is whole until the new one is.

    Without a secret, on a laptop that was enrolled by an older program, only the code opens it.
    """
    code = new_code()
    items = {f"{each.seq:012}": canonical(asdict(each)) for each in told.events}
    head = {"": canonical({name: value for name, value in asdict(told).items() if name != "events"})}
    with translated(), tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_small(folder / _EVENTS, plain(code), PASSPHRASE, head | items)
        (folder / _ABOUT).write_text(canonical({"format": _FORMAT, "enrolment": enrolment}), "utf-8")
        if secret:
            write_small(folder / _KEY, secret, RANDOM_SECRET, {"code": plain(code)})
        coming = path.with_name(f"{path.name}.new")
        path.parent.mkdir(parents=True, exist_ok=True)
        with zipfile.ZipFile(coming, "w", zipfile.ZIP_STORED) as packed:
            for part in sorted(folder.iterdir()):
                packed.write(part, part.name)
        fsync(coming)
        coming.replace(path)
        fsync(path)
    return code


def open_sealed(path: Path, code: str, secrets: Mapping[Id, str]) -> Sealed:
    """Return what a file holds, opened by a secret of its enrolment or by its code; NoSealedFile, SealClosed."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        enrolment = _unpacked(path, folder)
        keys = [found for found in (_key_by(folder, secrets.get(enrolment, "")), plain(code)) if found]
        for key in keys:
            try:
                return _told(read_small(folder / _EVENTS, key, PASSPHRASE))
            except CannotOpen:
                continue
            except (KeyError, TypeError, ValueError) as error:
                raise NoSealedFile() from error
    raise SealClosed()


def _unpacked(path: Path, folder: Path) -> Id:
    """Take the parts out, none of them by a name that the file chooses; return the enrolment it is of."""
    try:
        with zipfile.ZipFile(path) as packed:
            there = set(packed.namelist())
            if sum(info.file_size for info in packed.infolist()) > _LARGEST:
                raise NoSealedFile()
            for part in {_ABOUT, _EVENTS} | ({_KEY} & there):
                with packed.open(part) as source, (folder / part).open("wb") as target:
                    shutil.copyfileobj(source, target)
        about = parse((folder / _ABOUT).read_text("utf-8"))
        if about["format"] != _FORMAT:
            raise NoSealedFile()
        return str(about["enrolment"])
    except (OSError, EOFError, KeyError, TypeError, ValueError, zipfile.BadZipFile) as error:
        raise NoSealedFile() from error


def _key_by(folder: Path, secret: str) -> str:
    if not secret or not (folder / _KEY).exists():
        return ""
    try:
        return read_small(folder / _KEY, secret, RANDOM_SECRET).get("code", "")
    except CannotOpen:
        return ""


def _told(items: Mapping[str, str]) -> Sealed:
    head = parse(items[""])
    events = tuple(from_json(Outgoing, parse(text)) for number, text in sorted(items.items()) if number)
    return from_json(Sealed, {**head, "events": []}).holding(events)
