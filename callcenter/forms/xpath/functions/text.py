"""Functions on texts."""

from __future__ import annotations

import base64
import binascii
import hashlib
import math
from functools import lru_cache
from typing import Any

import regex

from callcenter.forms.xpath.functions.table import MANY, Register
from callcenter.forms.xpath.scope import Context
from callcenter.forms.xpath.values import Value, to_number, to_text

function = Register()
SECONDS = 0.05
"""Time for one regex(); a pattern that needs longer does not match."""

MOST_TIRED = 20
"""Time-outs after which regex() no longer matches anything in this interview."""


def _all(values: tuple[Value, ...]) -> list[str]:
    texts: list[str] = []
    for value in values:
        texts += [node.text for node in value] if isinstance(value, list) else [to_text(value)]
    return texts


@function("string", 0, 1)
def _string(at: Context, value: Value | None = None) -> str:
    return at.node.text if value is None else to_text(value)


@function("concat", 0, MANY)
def _concat(at: Context, *values: Value) -> str:
    return "".join(_all(values))


@function("join", 1, MANY)
def _join(at: Context, glue: Value, *values: Value) -> str:
    return to_text(glue).join(_all(values))


@function("contains", 2)
def _contains(at: Context, text: Value, part: Value) -> bool:
    return to_text(part) in to_text(text)


@function("starts-with", 2)
def _starts(at: Context, text: Value, part: Value) -> bool:
    return to_text(text).startswith(to_text(part))


@function("ends-with", 2)
def _ends(at: Context, text: Value, part: Value) -> bool:
    return to_text(text).endswith(to_text(part))


@function("substring-before", 2)
def _before(at: Context, text: Value, part: Value) -> str:
    whole, mark = to_text(text), to_text(part)
    return whole.partition(mark)[0] if mark and mark in whole else ""


@function("substring-after", 2)
def _after(at: Context, text: Value, part: Value) -> str:
    whole, mark = to_text(text), to_text(part)
    return whole.partition(mark)[2] if mark else whole


@function("substring", 2, 3)
def _substring(at: Context, text: Value, start: Value, length: Value | None = None) -> str:
    begin = _half_up(to_number(start, at.world.zone))
    end = math.inf if length is None else begin + _half_up(to_number(length, at.world.zone))
    return "".join(letter for place, letter in enumerate(to_text(text), 1) if begin <= place < end)


def _half_up(number: float) -> float:
    return number if math.isnan(number) or math.isinf(number) else math.floor(number + 0.5)


@function("substr", 2, 3)
def _substr(at: Context, text: Value, start: Value, end: Value | None = None) -> str:
    whole = to_text(text)
    begin = to_number(start, at.world.zone)
    if math.isnan(begin):
        return ""
    first = _place(begin, len(whole))
    last = len(whole) if end is None else _place(to_number(end, at.world.zone), len(whole))
    return whole[first:last]


def _place(number: float, length: int) -> int:
    if math.isnan(number):
        return 0
    whole = int(max(-1e9, min(1e9, number)))
    return min(max(whole + length if whole < 0 else whole, 0), length)


@function("string-length", 0, 1)
def _length(at: Context, value: Value | None = None) -> float:
    return float(len(at.node.text if value is None else to_text(value)))


@function("normalize-space", 0, 1)
def _squeezed(at: Context, value: Value | None = None) -> str:
    return " ".join((at.node.text if value is None else to_text(value)).split())


@function("translate", 3)
def _translate(at: Context, text: Value, old: Value, new: Value) -> str:
    from_letters, to_letters = to_text(old), to_text(new)
    table: dict[str, str] = {}
    for place, letter in enumerate(from_letters):
        table.setdefault(letter, to_letters[place] if place < len(to_letters) else "")
    return "".join(table.get(letter, letter) for letter in to_text(text))


@lru_cache(maxsize=256)
def _pattern(text: str) -> Any:
    try:
        # \w and \d are ASCII, as in the patterns of both other engines.
        return regex.compile(text, regex.ASCII)
    except regex.error:
        return None


def pattern_readable(text: str) -> bool:
    """Whether `regex()` can read a pattern; one that it cannot fits nothing."""
    return _pattern(text) is not None


@function("regex", 2)
def _regex(at: Context, value: Value, pattern: Value) -> bool:
    text = to_text(pattern)
    compiled = _pattern(text)
    if compiled is None:
        at.world.warn(f"regex cannot be read: {text}")
        return False
    asked = (text, to_text(value))
    if asked in at.world.tired or len(at.world.tired) >= MOST_TIRED:
        return False
    try:
        return compiled.search(asked[1], timeout=SECONDS) is not None
    except TimeoutError:
        at.world.tired.add(asked)
        at.world.warn(f"regex took too long: {text}")
        return False


@function("uuid", 0, 1, volatile=True)
def _uuid(at: Context, length: Value | None = None) -> str:
    text = at.world.uuid()
    if length is None:
        return text
    wanted = to_number(length, at.world.zone)
    wanted = 0 if math.isnan(wanted) else min(max(wanted, 0), 1000)
    while len(text) < wanted:
        text += at.world.uuid()
    return text[: int(wanted)]


_DIGESTS = {"MD5": "md5", "SHA-1": "sha1", "SHA-256": "sha256", "SHA-384": "sha384", "SHA-512": "sha512"}


@function("digest", 2, 3)
def _digest(at: Context, value: Value, algorithm: Value, encoding: Value = "base64") -> str:
    name = _DIGESTS.get(to_text(algorithm))
    if name is None:
        at.world.warn(f"digest does not know {to_text(algorithm)}")
        return ""
    found = hashlib.new(name, to_text(value).encode(), usedforsecurity=False).digest()
    return found.hex() if to_text(encoding) == "hex" else base64.b64encode(found).decode()


@function("base64-decode", 1)
def _decode(at: Context, value: Value) -> str:
    text = to_text(value)
    try:
        return base64.b64decode(text + "=" * (-len(text) % 4), validate=True).decode("utf-8", "replace")
    except (binascii.Error, ValueError):
        return ""


@function("pulldata", 4, MANY)
def _pulldata(at: Context, table: Value, column: Value, key: Value, value: Value) -> str:
    root = at.world.table(to_text(table))
    if root is None or not root.children:
        return ""
    found = root.where(root.children[0].name, to_text(key), to_text(value))
    texts = found[0].named(to_text(column)) if found else []
    return texts[0].text if texts else ""


@function("lang", 1)
def _lang(at: Context, wanted: Value) -> bool:
    active = at.world.language.lower()
    name = to_text(wanted).lower()
    return active == name or f"({name})" in active


@function("jr:itext", 1)
def _itext(at: Context, identity: Value) -> str:
    return at.world.itext(to_text(identity), at.current)
