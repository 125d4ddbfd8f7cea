"""The words of `callcenter central`, read and judged before anything is done."""

from __future__ import annotations

import argparse
import re
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

from callcenter.domain.agent import Role
from callcenter.errors import CallcenterError
from callcenter.text import LANGUAGES, N_
from db.central.trust import Trust
from db.errors import CentralUnverifiable

_PLACE = re.compile(r"\[?([^\[\]\s]+?)\]?:(\d{1,5})")


class WordsWrong(CallcenterError):
    """A word of the command is missing or makes no sense."""

    code = "OPERATOR-01"
    what = N_("This command was not understood: {reason}.")
    advice = N_("Run callcenter central --help to see its words.")


class AddressWrong(CallcenterError):
    """--address is no HOST:PORT."""

    code = "OPERATOR-02"
    what = N_("'{address}' is no address for laptops.")
    advice = N_("Write host and port, as in --address central.example.org:5432.")


class AuthorityUnreadable(CallcenterError):
    """--ca cannot be read, or holds no certificate."""

    code = "OPERATOR-03"
    what = N_("The file {file} holds no certificate.")
    advice = N_("Give the PEM file of the authority that signed the server's certificate.")


class AuthorityMissing(CallcenterError):
    """Laptops speak to a server on another machine only when they can prove that it is the right one."""

    code = "OPERATOR-09"
    what = N_("Laptops cannot trust {host} without its authority.")
    advice = N_("Give the PEM file of the authority that signed the server's certificate with --ca.")


class FolderUnwritable(CallcenterError):
    """--out cannot be written."""

    code = "OPERATOR-04"
    what = N_("Nothing can be written in {folder}.")
    advice = N_("Choose another folder with --out, or give yourself the right to write there.")


class OrganisationUnclear(CallcenterError):
    """The database holds no organisation, another one, or several."""

    code = "OPERATOR-05"
    what = N_("Which organisation? This database holds: {names}.")
    advice = N_("Name one with --org. A new one is added by callcenter central init.")


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        raise WordsWrong(reason=message)


def _count(text: str) -> int:
    number = int(text)
    if not 1 <= number <= 10_000:
        raise ValueError(text)
    return number


def _role(text: str) -> Role:
    return Role(text)


# What argparse says of a word that does not fit.
_count.__name__, _role.__name__ = "number from 1 to 10000", "role"


def asked(words: list[str]) -> argparse.Namespace:
    """Return the words of a command; WordsWrong when they are not understood. --help prints and leaves."""
    parser = _Parser(prog="callcenter central", description="The central database on PostgreSQL, for its operator.")
    commands = parser.add_subparsers(dest="command", required=True)
    common = _Parser(add_help=False)
    common.add_argument("--url", required=True, help="postgresql://user:password@host:5432/database, as its owner")
    common.add_argument("--language", choices=LANGUAGES, default="nl", help="of what is printed (default nl)")
    common.add_argument("--json", action="store_true", help="print JSON instead of sentences")
    common.add_argument("--org", help="the organisation; may be left out where there is one")

    def command(name: str, helped: str) -> argparse.ArgumentParser:
        return commands.add_parser(name, help=helped, description=helped, parents=[common])

    command("init", "install central in an empty database and add an organisation (--org NAME)")
    command("upgrade", "bring an installed central to this program")
    _enrol_words(command("enrol", "make enrolment files, and a stock for the office"))
    command("revoke", "cut a laptop off, also in the middle of a call").add_argument("--enrolment", required=True)
    command("status", "organisations, enrolments, mailboxes")
    command("doctor", "look whether central is whole and closed; exit status 1 when it is not")
    command("events", "what central holds: id, sha256, device, numbers; --json: one object a line")
    backup = command("backup", "tell that a backup or replica holds all that was recorded until a moment")
    backup.add_argument("--at", help="when the backup began, 2026-06-01T20:00+02:00 (default now)")
    durable = command("durability", "what makes an event durable: a backup that was told, or each commit")
    durable.add_argument("--by", choices=("backup", "commit"), required=True)
    command("record", "what was done to enrolments, leases and history, oldest first")
    command("watch", "end calls of laptops that take over 30 seconds; for a timer that runs every half minute")
    command("restored", "tell that a backup was put back: laptops offer their events again")
    return parser.parse_args(words)


def _enrol_words(parser: argparse.ArgumentParser) -> None:
    add = parser.add_argument
    add("--count", type=_count, required=True, help="how many files")
    add("--out", type=Path, required=True, help="folder for the files; it is made when it is not there")
    add("--site", default="", help="site of the laptops; a coordinator has none")
    add("--address", required=True, help="HOST:PORT under which laptops reach the server")
    add("--ca", type=Path, help="PEM file of the authority of the server; without it only a server on this machine")
    add("--role", type=_role, default=Role.AGENT, help="agent, supervisor or coordinator (default agent)")
    add("--valid-days", type=_count, default=30, help="after so many days an unused file does not work (default 30)")
    add("--name", default="", help="who it is for, with --count 1: such a file needs nobody to hand it out")
    add("--invented", type=_count, metavar="M", help="lease M invented people to each, for a rehearsal")


@dataclass(frozen=True)
class Door:
    """How laptops reach the server: host, port and the PEM text of its authority."""

    host: str
    port: int
    ca: str = ""


def door_of(address: str, ca: Path | None) -> Door:
    """Return the door that an operator named; AddressWrong, AuthorityUnreadable, AuthorityMissing."""
    found = _PLACE.fullmatch(address)
    if found is None or not 0 < int(found[2]) < 65_536:
        raise AddressWrong(address=address)
    door = Door(found[1], int(found[2]), _authority(ca) if ca else "")
    try:
        Trust(door.host, door.ca).close()
    except CentralUnverifiable as error:
        raise AuthorityMissing(host=door.host) from error
    return door


def _authority(file: Path) -> str:
    try:
        text = file.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise AuthorityUnreadable(file=file) from error
    if "-----BEGIN CERTIFICATE-----" not in text:
        raise AuthorityUnreadable(file=file)
    return text
