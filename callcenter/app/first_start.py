"""The first start of a laptop: its enrolment is bound at central, which tells whose it is; then its store is made."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from callcenter.app.mailboxes import mailboxes_of
from callcenter.clock import Clock
from callcenter.ports import Device, Greeting
from callcenter.usecases.syncing import APP, PROTOCOL, SCHEMA
from db.central.open import open_central
from db.local.aside import is_refused
from db.local.binding import Binding, binding_in
from db.local.enrolment import open_enrolment
from db.local.open import StoreThere, create_store
from db.local.store import LocalStore
from db.types import Enrolment


def start_first(
    file: Path, code: str, phrase: str, clock: Clock, place: Callable[[Enrolment], Path]
) -> tuple[LocalStore, Path]:
    """Open an enrolment file, bind it, and make the store of its person in the folder that `place` returns.

    A start that was cut off goes on with the same file. Raises WrongCode, what central has against it (EnrolmentUsed,
    EnrolmentExpired, DeviceRevoked, EnrolmentNotHanded, CentralUnproven, CentralUnreachable), and StoreThere.
    """
    enrolment = open_enrolment(file, code)
    _refuse_second(place(enrolment), enrolment.name)
    beside = place(enrolment).parent / f".{enrolment.enrolment}.binding"
    binding = binding_in(beside, code, clock())
    theirs = _told(enrolment, binding, clock)
    folder = place(theirs)
    _refuse_second(folder, theirs.name)
    store = create_store(folder, theirs, phrase, clock, binding)
    beside.unlink(missing_ok=True)
    return store, folder


def _refuse_second(folder: Path, name: str) -> None:
    """Raise StoreThere for somebody who works here already, before the enrolment is spent where that is known."""
    if folder.exists() and not is_refused(folder):
        raise StoreThere(name=name)


def _told(enrolment: Enrolment, binding: Binding, clock: Clock) -> Enrolment:
    """Say hello for the first time and return the enrolment of the person that central names."""
    device = Device(
        enrolment.org,
        binding.device,
        enrolment.person,
        enrolment.name,
        enrolment.role,
        enrolment.site,
        binding.db_epoch,
        enrolment.mailboxes,
    )
    box = open_central(enrolment.central, device, clock)
    try:
        welcome = box.hello(Greeting(APP, PROTOCOL, SCHEMA, binding.device, binding.db_epoch, {}))
    finally:
        box.close()
    person = welcome.person or enrolment.person
    boxes = enrolment.mailboxes
    if person != enrolment.person:
        boxes = mailboxes_of(enrolment.role, person, enrolment.site)
    return replace(enrolment, person=person, name=welcome.name or enrolment.name, mailboxes=boxes)
