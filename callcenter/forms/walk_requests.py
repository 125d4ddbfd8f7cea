"""Reads the requests of the walk contract, and says in one sentence what is wrong with a line that is none."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from callcenter.clock import Clock, now
from callcenter.forms.definition.source import LARGEST

Request = Mapping[str, Any]
_DUMPS = ("each", "delta", "last", "none")
HALF = re.compile("[\ud800-\udfff]")
"""Half a letter of two, which neither UTF-8 nor XML can hold."""
_MEMBERS: Mapping[str, tuple[type, str]] = {
    "form": (str, "a path"),
    "xml": (str, "a text"),
    "edit": (str, "a text"),
    "attachments": (dict, "an object of paths by name"),
    "properties": (dict, "an object of texts by name"),
    "now": (str, "a text"),
    "seed": (int, "a whole number"),
    "steps": (list, "a list"),
}
"""Members of a request that must be of a kind when they are there; others are not looked at."""


class RequestRefused(Exception):
    """A line that is no walk request; the text says what is wrong with it, for whoever wrote it."""


def read_request(line: str) -> Request:
    """Return a line as an object; its members are not looked at yet."""
    if HALF.search(line):
        raise RequestRefused("the line is not UTF-8")
    try:
        request = json.loads(line.removeprefix("\ufeff"), parse_constant=_no_number)
    except ValueError as error:
        raise RequestRefused(f"the line is not JSON: {error}") from error
    if not isinstance(request, dict):
        raise RequestRefused("a request is a JSON object")
    return request


def judge_request(request: Request) -> None:
    """Raise RequestRefused for the first member that is not as the contract has it."""
    for key, (kind, words) in _MEMBERS.items():
        if request.get(key) is not None and not isinstance(request[key], kind):
            raise RequestRefused(f"'{key}' must be {words}")
    for key in ("attachments", "properties"):
        if not all(isinstance(value, str) for value in (request.get(key) or {}).values()):
            raise RequestRefused(f"every value of '{key}' must be a text")
    if request.get("dump") not in (None, *_DUMPS):
        raise RequestRefused(f"'dump' must be one of {', '.join(_DUMPS)}")
    if request.get("xml") is None and request.get("form") is None:
        raise RequestRefused("a request needs 'form', the path of an XForm, or 'xml', its text")


def _no_number(text: str) -> float:
    raise ValueError(f"{text} is no number of JSON")


def xml_of(request: Request) -> bytes:
    """Return the form of a request, and no more of it than what is judged too large."""
    return _file(request["form"]) if request.get("xml") is None else _bytes(request["xml"])


def _file(path: str) -> bytes:
    with Path(path).open("rb") as file:
        # One more than is taken in: enough to be refused for its size, also where a file never ends.
        return file.read(LARGEST + 1)


def _bytes(xml: str) -> bytes:
    try:
        return xml.encode()
    except UnicodeEncodeError as error:
        raise RequestRefused("'xml' holds half a letter of two, which XML cannot") from error


def zone_of_process() -> ZoneInfo:
    """Return the time zone that `TZ` names, UTC without it."""
    name = os.environ.get("TZ") or "UTC"
    try:
        # A colon before the name is the old way to write it.
        return ZoneInfo(name.removeprefix(":"))
    except (ValueError, KeyError, OSError) as error:
        raise RequestRefused(f"TZ={name} is no time zone that is known here, such as Europe/Brussels") from error


def clock_of(request: Request) -> Clock:
    """Return the clock that stands still at `now`, the true one without it."""
    if not request.get("now"):
        return now
    try:
        moment = datetime.fromisoformat(request["now"]).astimezone(UTC)
    except (ValueError, OverflowError) as error:
        raise RequestRefused(
            f"'now' must be an ISO instant, such as 2026-08-14T09:00:00Z: {request['now']}"
        ) from error
    return lambda: moment


def attachments_of(request: Request) -> dict[str, str]:
    """Return the texts of the attached files by the names under which forms look for them."""
    files = request.get("attachments") or {}
    try:
        return {name: Path(path).read_text(encoding="utf-8") for name, path in files.items()}
    except ValueError as error:
        raise RequestRefused(f"an attachment is not UTF-8: {error}") from error
