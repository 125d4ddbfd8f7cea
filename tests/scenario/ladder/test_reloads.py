"""The ladder L6: a form that is saved and opened again before every step is still the oracle's."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from callcenter.forms.definition.loader import load_form
from callcenter.forms.instance.editing import reopened
from callcenter.forms.instance.instance import Instance
from callcenter.forms.walk import _Walk
from tests.scenario.ladder.replayed import Case, apart, families, folded, recorded, short, walks
from tests.scenario.ladder.test_walks import named
from tests.scenario.ladder.walks import NOW, Walk

MOMENT = datetime.fromisoformat(NOW).astimezone(UTC)
WALKS = [(level, family, walk) for level, family in families() for walk in walks(level, family) if walk.steps]


def opened(walk: Walk, before: Instance | None = None) -> Instance:
    """The form as it opens, or as it was saved, through the text of a file."""
    form = before.form if before else load_form(walk.xml.encode(), walk.files)
    sent = reopened(form, walk.edit) if walk.edit and before is None else None
    instance = Instance(form, lambda: MOMENT, ZoneInfo(walk.zone), 0, walk.properties, sent)
    if before is None:
        instance.begin() if sent is None else instance.edit()
        return instance
    saved = json.loads(json.dumps([before.raws(), before.sizes(), before.world.language, before.world.drawn]))
    instance.world.language, instance.world.drawn = saved[2], saved[3]
    instance.load(saved[0], saved[1])
    return instance


@pytest.mark.parametrize(
    ("level", "family", "walk"), WALKS, ids=[f"{one[0]} {one[1]}: {one[2].name}" for one in WALKS]
)
def test_a_form_that_is_saved_and_reloaded_before_every_step_goes_on_as_the_oracle(
    level: str, family: str, walk: Walk
):
    instance = opened(walk)
    states = [_Walk(instance, "each").start()]
    for number, step in enumerate(walk.steps, 1):
        instance = opened(walk, instance)
        states.append(_Walk(instance, "each").take(number, step, last=False))
    theirs = folded(recorded(level, family)[walk.name]["states"])
    ours = short({"states": states})
    for number, (want, got) in enumerate(zip(theirs, ours, strict=True)):
        case = Case(level, family, walk, number)
        assert [line for line in apart(want, got) if not named(case, line)] == [], number
