"""The one place that turns what database drivers raise into something the user can understand."""

from __future__ import annotations

import contextlib
import errno
from collections.abc import Iterator

import sqlcipher3
from sqlalchemy.exc import DBAPIError

from callcenter.errors import CallcenterError
from callcenter.text import N_


class DiskFull(CallcenterError):
    """The disk has no room, or refuses to write."""

    code = "STORE-01"
    what = N_("The disk of this laptop cannot be written: it is full or broken.")
    advice = N_("What was saved before is safe. Make room on the disk and try again.")


class StoreBusy(CallcenterError):
    """Another process holds the write lock for too long."""

    code = "STORE-02"
    what = N_("Another program is using this data.")
    advice = N_("Close the other window of this program, wait a moment and try again.")


class StoreDamaged(CallcenterError):
    """The file does not open with the right key, or its pages do not fit their checks."""

    code = "STORE-03"
    what = N_("The data on this laptop is damaged and cannot be read.")
    advice = N_("Do not delete anything. Tell your supervisor: the file can be set aside and sent in.")


class StoreUnopened(CallcenterError):
    """The folder or file is not there, or may not be written."""

    code = "STORE-04"
    what = N_("The file with the data cannot be opened.")
    advice = N_("Check that the folder is there and that you may write in it.")


class CentralUnreachable(CallcenterError):
    """Nobody answers at the address, or the line broke."""

    code = "SYNC-01"
    what = N_("The central database at {host} does not answer.")
    advice = N_("Your calls are safe on this laptop. Check the network, or try again at the end of your shift.")


class CentralBusy(CallcenterError):
    """Central ended the call because it took too long."""

    code = "SYNC-03"
    what = N_("The central database at {host} is too busy.")
    advice = N_("Your calls are safe on this laptop. Try again in a few minutes.")


class DeviceRefused(CallcenterError):
    """Central does not know this device, has revoked it, or another laptop uses its enrolment."""

    code = "SYNC-04"
    what = N_("The central database does not accept this laptop.")
    advice = N_("Your calls are safe on this laptop. Ask your supervisor: a new enrolment file may be needed.")


class EnrolmentUsed(DeviceRefused):
    """Another laptop, or another copy of this store, uses the enrolment."""

    code = "SYNC-21"
    what = N_("This enrolment is in use on another laptop, or this is a copy of a store.")
    advice = N_("Your calls are safe on this laptop. Ask your supervisor for a new enrolment file.")


class EnrolmentExpired(DeviceRefused):
    """Nobody used the enrolment before its day."""

    code = "SYNC-22"
    what = N_("This enrolment was not used in time: it has expired.")
    advice = N_("Ask your supervisor for a new enrolment file.")


class DeviceRevoked(DeviceRefused):
    """The organisation cut this laptop off."""

    code = "SYNC-23"
    what = N_("This laptop was cut off from the central database.")
    advice = N_("Give it to your supervisor. What was recorded on it can still be handed in.")


class OverQuota(CallcenterError):
    """This laptop sent more today than central takes from one laptop."""

    code = "SYNC-24"
    what = N_("This laptop sent more today than the central database takes in one day.")
    advice = N_("Your calls are safe on this laptop and go tomorrow. Tell your supervisor the code.")


class EnrolmentUnknown(CallcenterError):
    """Central has no such enrolment that this office may hand out."""

    code = "SYNC-25"
    what = N_("The central database knows no such enrolment for your office.")
    advice = N_("Take another one from your stock, or ask the operator for new ones.")


class CentralTooOld(CallcenterError):
    """Central does not have the calls of this program."""

    code = "SYNC-26"
    what = N_("The central database at {host} is older than this program.")
    advice = N_("Your calls are safe on this laptop. Tell the operator: the central database must be upgraded.")


class CentralUnproven(CallcenterError):
    """The server's certificate is not that of the enrolment's authority, or of another host."""

    code = "SYNC-27"
    what = N_("The server at {host} cannot prove that it is your central database.")
    advice = N_("Nothing was sent. Try another network; if it stays, tell your supervisor the code.")


class CentralUnverifiable(CallcenterError):
    """The address has no certificate authority, and the server is not on this machine."""

    code = "SYNC-28"
    what = N_("The enrolment holds no certificate for the server at {host}.")
    advice = N_("Ask your supervisor for a new enrolment file.")


class EnrolmentNotHanded(DeviceRefused):
    """The enrolment lies in the stock of an office: nobody knows yet whose it is."""

    code = "SYNC-29"
    what = N_("This enrolment file was not handed out to anybody yet.")
    advice = N_(
        "Ask your supervisor to choose your name under Laptops and to make this laptop ready. Then try again."
    )


# What our functions on central raise, see central/sql.
_SAID: dict[str, type[CallcenterError]] = {
    "CC001": DeviceRefused,
    "CC002": EnrolmentUsed,
    "CC003": EnrolmentExpired,
    "CC004": DeviceRevoked,
    "CC005": OverQuota,
    "CC006": EnrolmentUnknown,
    "CC007": EnrolmentNotHanded,
}
# No such function, schema or right on it: a central from before this program.
_MISSING_STATES = ("42883", "3F000", "42501")
# What the driver says when the connection could not be made; there is no state then.
_AT_THE_DOOR: tuple[tuple[str, type[CallcenterError]], ...] = (
    ("is not permitted to log in", DeviceRevoked),
    ("password authentication failed", DeviceRefused),
    ("certificate verify failed", CentralUnproven),
    ("does not match host name", CentralUnproven),
    ("root certificate file", CentralUnproven),
    ("channel binding", CentralUnproven),
    ("does not support SSL", CentralUnproven),
)
_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO)
_FORBIDDEN = (errno.EACCES, errno.EPERM, errno.EROFS)
_LOCAL: tuple[tuple[str, type[CallcenterError]], ...] = (
    ("database or disk is full", DiskFull),
    ("disk I/O error", DiskFull),
    ("readonly database", StoreUnopened),
    ("database is locked", StoreBusy),
    ("unable to open", StoreUnopened),
    ("malformed", StoreDamaged),
    ("not a database", StoreDamaged),
)
# SQLSTATE classes and codes: statement cancelled, lock not available, deadlock, serialisation.
_BUSY_STATES = ("57014", "55P03", "40P01", "40001")
# Connection lost, refused login, no room for another connection, server going down, no state at all.
_LOST_STATES = ("08", "28", "3D", "53", "57P")


@contextlib.contextmanager
def translated(host: str = "") -> Iterator[None]:
    """Turn driver exceptions of the block into CallcenterErrors; what is not known passes through as a bug."""
    try:
        yield
    except (DBAPIError, sqlcipher3.dbapi2.Error, OSError) as error:
        known = _translate(error, host)
        if known is None:
            raise
        raise known from error


def _translate(error: Exception, host: str) -> CallcenterError | None:
    if isinstance(error, OSError):
        if error.errno in _FORBIDDEN:
            return StoreUnopened()
        return DiskFull() if error.errno in _FULL else None
    cause = error.orig if isinstance(error, DBAPIError) else error
    if cause is None:
        return None
    if type(cause).__module__.startswith("psycopg"):
        return _of_central(cause, host)
    text = str(cause)
    return next((kind() for part, kind in _LOCAL if part in text), None)


def _of_central(cause: BaseException, host: str) -> CallcenterError | None:
    state: str | None = getattr(cause, "sqlstate", None)
    if state in _SAID:
        return _SAID[state]()
    if state in _MISSING_STATES:
        return CentralTooOld(host=host)
    if state in _BUSY_STATES:
        return CentralBusy(host=host)
    told = str(cause)
    for part, kind in _AT_THE_DOOR if state is None else ():
        if part in told:
            return kind(host=host)
    no_answer = state is None and type(cause).__name__ in ("OperationalError", "ConnectionTimeout")
    if no_answer or (state is not None and state.startswith(_LOST_STATES)):
        return CentralUnreachable(host=host)
    return None
