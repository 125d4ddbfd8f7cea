from __future__ import annotations

from collections import Counter

import pytest

from tests.callcenter.forms.laws import Walker, forms

WALKS, LEAST = 240, 200


def test_random_interviews_keep_the_laws():
    found = forms()
    checks: Counter[str] = Counter()
    for seed in range(WALKS):
        name, form = found[seed * 37 % len(found)]
        checks += Walker(name, form, seed).walk()
    assert set(checks) == {
        "incremental equals full",
        "save and load equals before",
        "set and undo equals before",
        "order of independent answers",
    }
    assert min(checks.values()) >= LEAST


def test_a_broken_law_is_seen():
    walker = Walker(*forms()[0], 1)
    instance = walker.session._instance
    node = instance.tree.find("/data/name")
    assert node is not None
    node.raw = "moved behind the back"
    with pytest.raises(AssertionError, match="seed 1"):
        walker._same("set and undo equals before", {"/data/name": ("",)}, {"/data/name": (node.raw,)})
