from __future__ import annotations

from dataclasses import replace
from datetime import date, time
from typing import Any

import pytest

from callcenter.domain.calling_rules import AppointmentRules, Leases, PupilHours, Recusal, Retry, Slot, Window
from callcenter.domain.campaign import CampaignSettings
from callcenter.domain.template import read_template
from callcenter.queue.calling_hours import Calendar
from callcenter.queue.contradictions import contradictions
from callcenter.text import translator

TAJO = read_template("tajo").settings


def _found(**changes: Any) -> list[tuple[str, bool]]:
    return [(one.setting, one.blocking) for one in contradictions(replace(TAJO, **changes))]


def test_the_rules_of_the_template_fit_each_other() -> None:
    assert contradictions(TAJO) == ()


@pytest.mark.parametrize(
    ("changes", "setting", "blocking"),
    [
        ({"hours": {"subject": (Window(time(10), time(18), (7,)),), "parent": TAJO.hours["parent"]}}, "hours", True),
        ({"holidays": ()}, "holidays", False),
        ({"slots": (*TAJO.slots, Slot(time(11), time(13), (2,), "x"))}, "slots", True),
        ({"slots": (*TAJO.slots, Slot(time(21), time(22), (2,), "laat"))}, "slots", False),
        ({"slots": TAJO.slots[:4]}, "slots", False),
        ({"hours": {**TAJO.hours, "subject": (Window(time(7), time(20, 30)),)}}, "hours", False),
        ({"max_attempts": 3}, "least_slots", True),
        ({"min_age_direct": 17}, "min_age_direct", False),
        ({"roles": ("subject",)}, "roles", False),
        ({"retry": {**TAJO.retry, "Z": Retry(40 * 24 * 60)}}, "retry", False),
        ({"retry": {**TAJO.retry, "G": Retry(13 * 60)}}, "attempts_per_day", False),
        ({"leases": Leases(grace_minutes=0)}, "leases", True),
        ({"leases": Leases(after_shift_minutes=3000)}, "leases", False),
        ({"leases": Leases(limit=400)}, "leases", False),
        ({"appointments": AppointmentRules(soft_length=300)}, "appointments", True),
        ({"appointments": AppointmentRules(gap=5)}, "appointments", False),
        ({"ref_next": date(2026, 5, 1)}, "ref_next", True),
        ({"ref_week": date(2026, 8, 31)}, "ref_week", False),
        ({"recusal": Recusal(pairs=(("a1", "a1"),))}, "recusal", True),
        (
            {"pupils": PupilHours(exams=TAJO.pupils.exams, exam_start=time(20, 30), exam_end=time(21))},
            "pupils",
            False,
        ),
    ],
)
def test_rules_that_do_not_fit_are_named_by_their_setting(
    changes: dict[str, Any], setting: str, *, blocking: bool
) -> None:
    assert (setting, blocking) in _found(**changes)


def test_what_blocks_stands_in_front() -> None:
    found = _found(holidays=(), max_attempts=2)
    assert [blocking for _, blocking in found] == sorted((b for _, b in found), reverse=True)


def test_every_sentence_can_be_said_in_every_language() -> None:
    broken: CampaignSettings = replace(
        TAJO, holidays=(), max_attempts=2, leases=Leases(3000, 0, 400), min_age_direct=18, roles=("subject",)
    )
    for language in ("nl", "en", "fr"):
        say = translator(language)
        told = [say(one.what, **dict(one.facts)) for one in contradictions(broken)]
        assert len(told) >= 5
        assert not any("{" in sentence for sentence in told)


def test_in_quiet_hours_nobody_is_called() -> None:
    quiet = replace(TAJO, quiet=(Window(time(12), time(13), (1, 2, 3, 4, 5)),))
    told = Calendar(quiet).hours_on(date(2026, 7, 6), "parent")
    assert told == ((time(9), time(12)), (time(13), time(20, 30)))
