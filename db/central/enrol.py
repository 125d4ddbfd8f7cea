"""What the owner of a central does with enrolments: make and revoke them, on both kinds of central."""

from __future__ import annotations

import dataclasses
import secrets
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Connection, select, text, update

from callcenter.clock import now
from callcenter.domain.agent import Role
from callcenter.ids import Id
from db.central import routing
from db.central.deliveries import open_mailbox
from db.central.logins import cut_off, end_sessions, login_of, make_login
from db.central.postgres import host_of, open_owner
from db.central.record import note
from db.central.schema import login, organisation, principal
from db.central.sqlite_box import open_file
from db.errors import EnrolmentUsed, translated
from db.types import Enrolment

# Events and bytes that one laptop may add in a day: an agent says some hundreds, an office may import a whole list.
_DAILY: Final = {Role.AGENT: (100_000, 100_000_000)}
_DAILY_OFFICE: Final = (2_000_000, 4_000_000_000)


def enrol_mailbox(central: Mapping[str, Any], enrolment: Enrolment) -> Enrolment:
    """Make an enrolment known to the embedded central and its mailboxes ready; saying it twice changes nothing.

    Returns it with the address that names it.
    """
    with owner_of(central) as connection:
        _enrol(connection, enrolment)
    return dataclasses.replace(enrolment, central={**central, "enrolment": enrolment.enrolment})


def enrol_laptop(owner: Mapping[str, Any], enrolment: Enrolment, host: str, port: int, ca: str = "") -> Enrolment:
    """Make an enrolment known to a PostgreSQL central with a login of its own; return it with its address.

    Host and port are those under which laptops reach the server, `ca` is the PEM text of the authority that signed
    the server's certificate. Saying it again before a laptop uses it gives another password; EnrolmentUsed after.
    """
    name, password = login_of(enrolment.enrolment), secrets.token_hex(32)
    with owner_of(owner) as connection:
        _enrol(connection, enrolment)
        mine = (principal.c.org_id == enrolment.org) & (principal.c.enrolment == enrolment.enrolment)
        if connection.execute(select(principal.c.device).where(mine)).scalar_one():
            raise EnrolmentUsed()
        make_login(connection, name, password)
        known = (login.c.org_id == enrolment.org) & (login.c.login == name)
        if connection.execute(select(login.c.login).where(known)).first() is None:
            row = {"org_id": enrolment.org, "login": name, "enrolment": enrolment.enrolment}
            connection.execute(login.insert().values(row))
        database = connection.execute(text("SELECT current_database()")).scalar_one()
    address = {
        "kind": "postgres",
        "host": host,
        "port": port,
        "database": database,
        "user": name,
        "password": password,
        "ca": ca,
        "org": enrolment.org,
    }
    return dataclasses.replace(enrolment, central=address)


def revoke(central: Mapping[str, Any], enrolment: Id, at: datetime) -> None:
    """Refuse an enrolment's device from its next call on; on PostgreSQL its login and live sessions end too."""
    mine = (principal.c.org_id == central["org"]) & (principal.c.enrolment == enrolment)
    name = login_of(enrolment)
    with owner_of(central) as connection:
        connection.execute(update(principal).where(mine).values(revoked_at=at))
        note(connection, central["org"], at, "revoked", "operator", enrolment)
        known = (login.c.org_id == central["org"]) & (login.c.login == name)
        has_login = connection.execute(select(login.c.login).where(known)).first() is not None
        if has_login:
            cut_off(connection, name)
    if has_login:
        # After the commit: a session that ends before it could come back.
        with owner_of(central) as connection:
            end_sessions(connection, name)


@contextmanager
def owner_of(central: Mapping[str, Any]) -> Iterator[Connection]:
    """Open one transaction on a central's tables."""
    embedded = central["kind"] == "sqlite"
    engine = open_file(central) if embedded else open_owner(central)
    try:
        with translated("central" if embedded else host_of(central["url"])), engine.begin() as connection:
            yield connection
    finally:
        engine.dispose()


def _enrol(connection: Connection, enrolment: Enrolment) -> None:
    org = enrolment.org
    # Pushes hold the same row for sharing, so none slips between the look back and the new mailbox.
    connection.execute(select(organisation.c.org_id).where(organisation.c.org_id == org).with_for_update())
    mine = (principal.c.org_id == org) & (principal.c.enrolment == enrolment.enrolment)
    if connection.execute(select(principal.c.person).where(mine)).first() is None:
        connection.execute(principal.insert().values(_principal(enrolment)))
        note(
            connection, org, now(), "enrolled", "operator", enrolment.enrolment, f"{enrolment.role} {enrolment.site}"
        )
    for name in enrolment.mailboxes:
        # The mailbox of a stock enrolment's person would only gather dust if it is handed to somebody else.
        if enrolment.name or routing.is_office(name):
            open_mailbox(connection, org, name)


def _principal(enrolment: Enrolment) -> dict[str, Any]:
    events, size = _DAILY.get(enrolment.role, _DAILY_OFFICE)
    return {
        "org_id": enrolment.org,
        "enrolment": enrolment.enrolment,
        "person": enrolment.person,
        "name": enrolment.name,
        "role": str(enrolment.role),
        "site": enrolment.site,
        "mailboxes": list(enrolment.mailboxes),
        "expires_at": enrolment.expires_at,
        "device": "",
        "db_epoch": "",
        "app": "",
        "daily_events": events,
        "daily_bytes": size,
        "checked_count": 0,
        "checked_rolling": "",
    }
