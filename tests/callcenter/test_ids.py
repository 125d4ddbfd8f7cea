from __future__ import annotations

import uuid
from datetime import UTC, datetime, timedelta

from callcenter.ids import moment_of, new_id

_NOON = datetime(2026, 6, 30, 12, tzinfo=UTC)


def test_an_id_is_a_uuid_of_version_seven() -> None:
    made = uuid.UUID(new_id(_NOON))
    assert (made.version, made.variant) == (7, uuid.RFC_4122)


def test_a_later_id_sorts_after_an_earlier_one() -> None:
    assert new_id(_NOON) < new_id(_NOON + timedelta(milliseconds=1))


def test_two_ids_of_one_moment_differ() -> None:
    assert len({new_id(_NOON) for _ in range(1000)}) == 1000


def test_an_id_tells_its_moment_to_the_millisecond() -> None:
    assert moment_of(new_id(_NOON + timedelta(microseconds=5_900))) == _NOON + timedelta(milliseconds=5)
