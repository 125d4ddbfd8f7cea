from __future__ import annotations

from datetime import time

import pytest

from callcenter.domain.calling_rules import Window
from callcenter.text import translator
from callcenter.usecases.campaigning import campaign_view
from callcenter.usecases.ruling import RulesContradict, calendar_of, change_rules, judge_rules, rules_versions
from tests.office import an_office

NL = translator("nl")


def test_rules_that_make_calling_impossible_are_refused_and_nothing_changes() -> None:
    office = an_office()
    sunday = {"hours": {role: [Window(time(10), time(12), (7,))] for role in ("subject", "parent")}}
    with office.store.work() as work, pytest.raises(RulesContradict):
        change_rules(work, office.campaign, sunday, NL)
    with office.store.work() as work:
        assert len(rules_versions(work, office.campaign)) == 1


def test_every_change_is_a_version_that_can_come_back() -> None:
    office = an_office()
    with office.store.work() as work:
        before = campaign_view(work, office.campaign).settings
        change_rules(work, office.campaign, {"max_attempts": 6, "redials": 1}, NL)
        change_rules(work, office.campaign, {"max_attempts": 5}, NL)
    with office.store.work() as work:
        newest, second, first = rules_versions(work, office.campaign)
        assert (newest.number, newest.changed) == (3, ("max_attempts",))
        assert set(second.changed) == {"max_attempts", "redials"}
        change_rules(work, office.campaign, first.settings.to_json(), NL)
    with office.store.work() as work:
        assert campaign_view(work, office.campaign).settings == before
        assert len(rules_versions(work, office.campaign)) == 4


def test_rules_are_judged_while_they_are_typed() -> None:
    office = an_office()
    with office.store.work() as work:
        settings = campaign_view(work, office.campaign).settings
    assert judge_rules(settings, {}) == ()
    assert [one.setting for one in judge_rules(settings, {"max_attempts": 2})] == ["least_slots"]


def test_the_calendar_of_another_community_has_other_school_holidays() -> None:
    flemish, french = calendar_of(2026, 2026, "Flemish"), calendar_of(2026, 2026, "French")
    assert flemish[0] != french[0]
    assert flemish[1] != french[1]
