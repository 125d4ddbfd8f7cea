"""Frozen dataclasses to plain JSON values and back, by their type hints."""

from __future__ import annotations

import dataclasses
import json
import types
import typing
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, time
from enum import Enum
from functools import cache
from typing import Any, TypeVar, cast

T = TypeVar("T")


def to_json(value: object) -> Any:
    """Return the plain JSON form: dataclasses as objects, moments as ISO text in UTC, enums by value."""
    if isinstance(value, Enum):
        return value.value
    if value is None or isinstance(value, (str, bool, int, float)):
        return value
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    if isinstance(value, (date, time)):
        return value.isoformat()
    if dataclasses.is_dataclass(value):
        return {f.name: to_json(getattr(value, f.name)) for f in dataclasses.fields(value)}
    if isinstance(value, Mapping):
        return {str(to_json(k)): to_json(v) for k, v in value.items()}
    if isinstance(value, (frozenset, Sequence)):
        return _rows(value)
    raise TypeError(f"no JSON form for {type(value).__name__}")


def _rows(values: frozenset[object] | Sequence[object]) -> list[Any]:
    rows = [to_json(v) for v in values]
    return sorted(rows) if isinstance(values, frozenset) else rows


@cache
def _fields(cls: type[Any]) -> dict[str, Any]:
    hints = typing.get_type_hints(cls)
    return {f.name: hints[f.name] for f in dataclasses.fields(cls) if f.init}


def from_json(kind: type[T], value: Any) -> T:
    """Return the dataclass of this JSON form; unknown keys are ignored, missing ones take their default."""
    known = _fields(cast(Any, kind))
    return kind(**{name: read(hint, value[name]) for name, hint in known.items() if name in value})


def read(hint: Any, value: Any) -> Any:
    """Return the value of a type hint's kind of this JSON form."""
    origin = typing.get_origin(hint)
    if origin in (typing.Union, types.UnionType):
        if value is None:
            return None
        inner = next(a for a in typing.get_args(hint) if a is not type(None))
        return read(inner, value)
    if origin is not None:
        return _read_collection(origin, typing.get_args(hint), value)
    return _read_plain(hint, value)


def _read_collection(origin: Any, inner: tuple[Any, ...], value: Any) -> Any:
    if origin is tuple and len(inner) == 2 and inner[1] is not Ellipsis:
        return tuple(read(h, v) for h, v in zip(inner, value, strict=True))
    if origin is tuple:
        return tuple(read(inner[0], v) for v in value)
    if origin is frozenset:
        return frozenset(read(inner[0], v) for v in value)
    if issubclass(origin, Mapping):
        return {read(inner[0], k): read(inner[1], v) for k, v in value.items()}
    return value


def _read_plain(hint: Any, value: Any) -> Any:
    if hint is datetime:
        return datetime.fromisoformat(value)
    if hint in (date, time):
        return hint.fromisoformat(value)
    if isinstance(hint, type) and issubclass(hint, Enum):
        return hint(value)
    if isinstance(hint, type) and dataclasses.is_dataclass(hint):
        return from_json(hint, value)
    if hint is int and isinstance(value, str):
        return int(value)  # a JSON object's keys are always text
    return value


def canonical(value: object) -> str:
    """Return the one JSON text of a value: sorted keys, no blanks, no escapes; hashes are made over it."""
    return json.dumps(to_json(value), sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def parse(text: str) -> dict[str, Any]:
    """Return the object of a JSON text."""
    return cast(dict[str, Any], json.loads(text))
