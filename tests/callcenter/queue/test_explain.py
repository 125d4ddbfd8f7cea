from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path

import pytest

from callcenter.queue import explain as explaining
from callcenter.queue.explain import count_line, explain
from callcenter.queue.reason import Reason
from callcenter.text import translator
from tests.callcenter.queue.making import NOON, brussels

_SAY = translator("en")
_UNTIL = brussels("06-23", "17:30")


@pytest.mark.parametrize(
    ("reason", "sentence"),
    [
        (Reason.of("wait", outcome="G", until=_UNTIL), "No answer last time: call again from 17:30."),
        (Reason.of("wait", outcome="?", until=_UNTIL), "Call again from 17:30."),
        (Reason.of("outside_hours", until=_UNTIL), "Outside calling hours: open again from 17:30."),
        (Reason.of("language", language="tr"), "Nobody on this shift speaks Turkish."),
        (Reason.of("language", language="xx"), "Nobody on this shift speaks xx."),
        (Reason.of("lease_of", agent="amina", until=_UNTIL), "Amina B. has this case until 17:30."),
        (Reason.of("lease_of", agent="divine", until=_UNTIL), "Another agent has this case until 17:30."),
        (Reason.of("tries", n=1), "Called 1 time before."),
        (Reason.of("tries", n=3), "Called 3 times before."),
        (Reason.of("new_slot", slot="av"), "Not yet tried in this part of the week: weekday evening."),
        (Reason.of("answered", n=2, of=3, slot="av"), "Answered at this time of the week (weekday evening): 2 of 3."),
        (Reason.of("last_dial", outcome="G", since=_UNTIL), "Last call, 17:30: no answer."),
        (Reason.of("last_dial", outcome="?", since=_UNTIL), "Last call, 17:30: without a result."),
        (Reason.of("better_later", n=34, slot="av"), "A better moment still comes: weekday evening, 34 %."),
        (Reason.of("all_full", agents=1), "The list of 1 agent is full."),
        (Reason.of("language_full", agents=2, language="tr"), "2 agents speak Turkish, and their lists are full."),
    ],
)
def test_a_reason_is_a_whole_sentence(reason: Reason, sentence: str) -> None:
    assert explain(reason, _SAY, {"amina": "Amina B."}, NOON) == sentence


def test_a_moment_of_another_day_tells_its_date() -> None:
    reason = Reason.of("appointment_later", until=_UNTIL)
    assert (
        explain(reason, translator("nl"), at=NOON - timedelta(days=1))
        == "Heeft een afspraak: bel vanaf di 23 jun, 17:30."
    )


def test_a_constraint_is_told_with_its_count() -> None:
    reason = Reason.of("language_full", agents=1, cases=212, language="tr")
    assert count_line(reason, translator("nl")) == "212 dossiers: 1 beller spreekt Turks, en die lijst is vol."


def _codes() -> set[str]:
    home = Path(explaining.__file__).parent
    texts = "".join(path.read_text("utf-8") for path in home.glob("*.py"))
    return set(re.findall(r'Reason\.of\(\s*"(\w+)"', texts)) | set(re.findall(r'code = "(\w+)" if', texts))


@pytest.mark.parametrize("language", ["nl", "en", "fr"])
@pytest.mark.parametrize("code", sorted(_codes() | {"wait", "cooling_off"}))
def test_every_code_has_a_sentence_in_every_language(code: str, language: str) -> None:
    facts = {
        "until": _UNTIL,
        "start": _UNTIL,
        "since": _UNTIL,
        "n": 2,
        "of": 3,
        "agents": 2,
        "cases": 2,
        "languages": "ar/tr",
        "agent": "a",
        "slot": "vm",
    }
    told = explain(Reason.of(code, language="tr", outcome="G", **facts), translator(language))
    assert told
    assert not re.search(r"[{}]", told)
