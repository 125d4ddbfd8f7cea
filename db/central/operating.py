"""What can go wrong when an operator works on a PostgreSQL central, each with its own sentence."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError

from callcenter.errors import CallcenterError
from callcenter.text import N_
from db.central.enrol import owner_of
from db.central.postgres import host_of


class UrlWrong(CallcenterError):
    """The address is none of a PostgreSQL database."""

    code = "CENTRAL-01"
    what = N_("This is no address of a PostgreSQL database.")
    advice = N_("Write it as postgresql://user:password@host:5432/database, and try again.")


class ServerUnreachable(CallcenterError):
    """Nobody answers at the address."""

    code = "CENTRAL-02"
    what = N_("No PostgreSQL answers at {host}.")
    advice = N_("Check host and port of the address, and that the server runs and lets this machine in.")


class LoginRefused(CallcenterError):
    """The server knows no such user, or the password is another one."""

    code = "CENTRAL-03"
    what = N_("The server at {host} does not let this user in.")
    advice = N_("Check user and password of the address, and the rules in pg_hba.conf.")


class DatabaseMissing(CallcenterError):
    """The server has no database of this name."""

    code = "CENTRAL-04"
    what = N_("The server at {host} has no database of this name.")
    advice = N_("Make it first, for example with createdb callcenter.")


class RightMissing(CallcenterError):
    """The user may not do what this command does."""

    code = "CENTRAL-05"
    what = N_("The user of this address may not do this: {said}.")
    advice = N_("Use a superuser, or the owner of the database with the right CREATEROLE.")


class NotInstalled(CallcenterError):
    """The tables of central are not there, or those of an older program."""

    code = "CENTRAL-06"
    what = N_("This database is no central of this program yet.")
    advice = N_("Run callcenter central init, or callcenter central upgrade after a new version.")


class ServerRefused(CallcenterError):
    """The server refused for another reason."""

    code = "CENTRAL-07"
    what = N_("The server did not do it: {said}.")
    advice = N_("Nothing was changed. Mend what the server names, then run the command again.")


def server_of(owner: Mapping[str, Any]) -> tuple[str, int]:
    """Return host (or the folder of a socket) and port by which the owner's address reached the server."""
    with owner_of(owner) as connection:
        driver: Any = connection.connection.dbapi_connection
        return driver.info.host, driver.info.port


_STATES: tuple[tuple[tuple[str, ...], type[CallcenterError]], ...] = (
    (("42501",), RightMissing),
    (("42P01", "3F000", "42883", "42704", "42703"), NotInstalled),
    (("28",), LoginRefused),
    (("3D000",), DatabaseMissing),
    (("08", "57P"), ServerUnreachable),
)
# The driver gives no state when the connection could not be made.
_WORDS: tuple[tuple[tuple[str, ...], type[CallcenterError]], ...] = (
    (("password", "authentication", "pg_hba", "role "), LoginRefused),
    (("database ",), DatabaseMissing),
)


@contextmanager
def operating(url: str) -> Iterator[None]:
    """Turn what the server or its driver says in the block into a sentence for an operator."""
    try:
        host = host_of(url)
        if not url.startswith(("postgresql:", "postgres:", "postgresql+")):
            raise UrlWrong()
    except (ArgumentError, ValueError) as error:
        raise UrlWrong() from error
    try:
        yield
    except CallcenterError as error:
        # What a laptop would be told is no help here.
        if isinstance(error.__cause__, DBAPIError):
            raise _told(error.__cause__, host) from error
        raise
    except DBAPIError as error:
        raise _told(error, host) from error
    except NoSuchModuleError as error:
        raise UrlWrong() from error


def _told(error: DBAPIError, host: str) -> CallcenterError:
    said = str(error.orig).strip().split("\n")[0].rstrip(".")
    state: str | None = getattr(error.orig, "sqlstate", None)
    if state is None:
        # Only what the server itself said: a host may be called `database`.
        reason = said.rpartition("FATAL:")[2] if "FATAL:" in said else ""
        for words, kind in _WORDS:
            if any(word in reason for word in words):
                return kind(host=host, said=said)
        return ServerUnreachable(host=host)
    for states, kind in _STATES:
        if state.startswith(states):
            return kind(host=host, said=said)
    return ServerRefused(said=said)
