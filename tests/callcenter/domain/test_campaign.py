from __future__ import annotations

import dataclasses
import json
from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from callcenter.domain.calling_rules import Retry, Slot, Span
from callcenter.domain.campaign import CampaignSettings, SettingMissing, SettingWrong
from callcenter.domain.disposition import Class
from callcenter.domain.template import (
    ScriptIncomplete,
    TemplateUnknown,
    parse_script,
    read_template,
    templates,
)

_TAJO = read_template("tajo").settings


def _told(**changes: Any) -> dict[str, Any]:
    return {**_TAJO.to_json(), **changes}


def test_settings_come_back_exactly_from_their_json_text() -> None:
    assert CampaignSettings.from_json(json.loads(json.dumps(_TAJO.to_json()))) == _TAJO


@given(
    attempts=st.integers(1, 50),
    complete=st.floats(0.5, 1.0),
    waits=st.dictionaries(st.sampled_from("GBMLTIZN"), st.builds(Retry, minutes=st.integers(0, 99999))),
    free=st.lists(st.dates(), max_size=5).map(tuple),
    decided=st.none() | st.dates(),
)
def test_any_settings_come_back_from_their_json_text(
    attempts: int, complete: float, waits: dict[str, Retry], free: tuple[date, ...], decided: date | None
) -> None:
    settings = dataclasses.replace(
        _TAJO, max_attempts=attempts, complete_share=complete, retry=waits, holidays=free, legal_basis_on=decided
    )
    assert CampaignSettings.from_json(json.loads(json.dumps(settings.to_json()))) == settings


def test_settings_of_an_older_program_take_the_defaults_of_what_it_did_not_know() -> None:
    told = _told()
    del told["leases"], told["unit_limit"]
    told["pupils"] = {"under": 16}
    told["something_of_tomorrow"] = 3
    settings = CampaignSettings.from_json(told)
    assert (settings.leases.limit, settings.unit_limit, settings.pupils.under) == (60, 6, 16)
    assert settings.pupils.from_time.hour == 16


@pytest.mark.parametrize("name", ["name", "organisation", "purpose", "period_end", "ref_week"])
def test_a_missing_setting_is_named(name: str) -> None:
    told = _told()
    del told[name]
    with pytest.raises(SettingMissing) as refused:
        CampaignSettings.from_json(told)
    assert refused.value.facts["field"] == name


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("name", {"en": "Update"}),
        ("organisation", " "),
        ("purpose", "fun"),
        ("legal_basis", ""),
        ("sites", "Gent"),
        ("sites", []),
        ("sites", ["Gent", "Gent"]),
        ("period_start", "22/06/2026"),
        ("period_end", "2026-06-01"),
        ("mop_up", {"start": "2026-07-01", "end": "2026-07-02"}),
        ("mop_up", {"start": "2026-08-24"}),
        ("school_year", "2025-2027"),
        ("school_year", "2025"),
        ("previous_school_year", "2023-2024"),
        ("ref_week", "2026-05-26"),
        ("max_attempts", 0),
        ("max_attempts", "8"),
        ("max_attempts", True),
        ("complete_share", 1.2),
        ("complete_share", "0.8"),
        ("partial_share", 0.9),
        ("parent_consent_under", 40),
        ("languages", ["nl", "tr"]),
        ("roles", ["teacher"]),
        ("slots", [{"code": "vm", "start": "12:00:00", "end": "09:00:00", "days": [1]}]),
        ("slots", [{"code": "vm", "start": "09:00:00", "end": "12:00:00", "days": [8]}]),
        ("hours", {"subject": [{"start": "9 uur", "end": "12:00:00"}], "parent": []}),
        ("retry", {"G": {"minutes": -1}}),
        ("retry", {"Y": {"minutes": 1}}),
        ("leases", {"limit": 0}),
        ("unlocated_class", "NE"),
        ("eligibility", 2),
        ("suppression_threshold", 2),
        ("sensitive_threshold", 4),
        ("retention", {"contact_months": -1}),
        ("holidays", ["2026-02-30"]),
    ],
)
def test_a_setting_that_makes_no_sense_is_refused_by_name(name: str, value: Any) -> None:
    with pytest.raises(SettingWrong) as refused:
        CampaignSettings.from_json(_told(**{name: value}))
    assert refused.value.facts["field"] == name


def test_calling_may_not_start_before_the_legal_basis_has_author_and_date() -> None:
    assert _TAJO.missing_to_start() == ("legal_basis_by", "legal_basis_on")
    decided = dataclasses.replace(_TAJO, legal_basis_by="Els", legal_basis_on=date(2026, 6, 1))
    assert decided.missing_to_start() == ()


def test_the_cut_offs_of_dispositions_come_from_the_settings() -> None:
    strict = dataclasses.replace(_TAJO, complete_share=0.9, unlocated_class="NC")
    assert (strict.cutoffs.complete_share, strict.cutoffs.unlocated_class) == (0.9, Class.NON_CONTACT)


def test_the_name_falls_back_to_dutch() -> None:
    assert (_TAJO.title("fr"), _TAJO.title("tr")) == ("Mise à jour annuelle 2026", "Jaarlijkse update 2026")


def _slot(code: str) -> Slot:
    return next(slot for slot in _TAJO.slots if slot.code == code)


def test_a_slot_holds_its_start_and_not_its_end_in_local_time() -> None:
    monday_eight_brussels_summer = datetime(2026, 6, 22, 7, 0, tzinfo=UTC)
    assert _slot("vm").holds(monday_eight_brussels_summer)
    assert not _slot("vm").holds(datetime(2026, 6, 22, 10, 0, tzinfo=UTC))
    assert _slot("nm").holds(datetime(2026, 6, 22, 10, 0, tzinfo=UTC))
    assert _slot("vm").holds(datetime(2026, 1, 5, 8, 0, tzinfo=UTC))
    assert not _slot("vm").holds(datetime(2026, 1, 5, 7, 0, tzinfo=UTC))
    assert _slot("za").holds(datetime(2026, 6, 27, 15, 59, tzinfo=UTC))


def test_a_span_holds_its_first_and_its_last_day() -> None:
    span = Span(date(2026, 6, 8), date(2026, 6, 26))
    assert span.holds(date(2026, 6, 8))
    assert span.holds(date(2026, 6, 26))
    assert not span.holds(date(2026, 6, 27))


def test_an_unknown_template_is_refused() -> None:
    assert "tajo" in templates()
    with pytest.raises(TemplateUnknown):
        read_template("../tajo")


_SCRIPT = """# Script
## opening
Hallo, met {agent}.

## third party
Het is persoonlijk.

## voicemail
Spreek niets in.

## voicemail text
Ik bel later terug.

## cards
### "Ik heb nu geen tijd"
Stel een uur voor,
maak een afspraak

Wanneer past het wel?

- vandaag
### Iemand zit in de problemen {confidential}
Luister

Vraag of het veilig is.
"""


def test_a_script_has_an_opening_a_voicemail_rule_and_cards() -> None:
    script = parse_script(_SCRIPT)
    assert (script.opening, script.third_party) == ("Hallo, met {agent}.", "Het is persoonlijk.")
    assert (script.voicemail, script.voicemail_text) == ("Spreek niets in.", "Ik bel later terug.")
    assert [card.title for card in script.cards] == ['"Ik heb nu geen tijd"', "Iemand zit in de problemen"]
    assert [card.confidential for card in script.cards] == [False, True]
    assert script.cards[0].summary == "Stel een uur voor, maak een afspraak"
    assert script.cards[0].text == "Wanneer past het wel?\n\n- vandaag"


@pytest.mark.parametrize("part", ["opening", "third party", "voicemail", "voicemail text", "cards"])
def test_a_script_without_one_of_its_parts_is_refused_by_name(part: str) -> None:
    with pytest.raises(ScriptIncomplete) as refused:
        parse_script(_SCRIPT.replace(f"## {part}\n", ""))
    assert refused.value.facts["part"] == part
