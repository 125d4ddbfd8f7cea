"""What the supervisor reads about a plan."""

from __future__ import annotations

import pytest

from callcenter.queue.certificate import Certificate
from callcenter.queue.plan import Split
from callcenter.queue.reason import Reason
from callcenter.usecases.dealing import Choice, Moved
from ui import text
from ui.supervisor.plan_words import choice_lines, move_line, proof_line


@pytest.fixture(autouse=True)
def _dutch() -> None:
    text.use("nl")


def test_a_plan_says_how_near_the_best_it_is() -> None:
    assert proof_line(Certificate(1000, 1000)) == "Een betere verdeling bestaat niet: bewezen."
    assert proof_line(Certificate(99_990, 100_000)) == "Hoogstens 0,010 % onder de best mogelijke verdeling: bewezen."
    assert proof_line(Certificate(0, 0)) == ""


def test_a_move_names_who_gives_and_who_takes() -> None:
    move = Moved("c", "Noor P.", "Amina B.", "", Reason.of("moved_stopped"))
    assert move_line(move, "Wil niet.") == "Noor P.: van Amina B. naar nu niemand – Wil niet."
    gone = Moved("c", "Noor P.", "", "Bilal K.", Reason.of("moved_gone", agent="x"))
    assert move_line(gone, "Weg.") == "Noor P.: van iemand die weg is naar Bilal K. – Weg."


def test_why_this_agent_is_told_in_words_and_numbers() -> None:
    split = Split(base=3000, value=340, continuity=80, site=60, price=132, runner_up="b", difference=45)
    chosen = (Reason.of("agent_last_year", n=80), Reason.of("agent_before", agent="b", n=45))
    who, why = choice_lines(Choice(3, "Noor P.", False, (), chosen, split), {"b": "Bilal K."})
    assert who == "3. Noor P."
    assert why == (
        "Sprak vorig jaar met deze persoon (+80). De volgende is Bilal K.: 45 punten minder. "
        "Waard: 340, voor deze beller +140; de tijd van deze beller kost 132."
    )
    pinned = Choice(1, "Noor P.", True, (), (Reason.of("agent_pinned"),), None)
    assert choice_lines(pinned, {})[0] == "1. Noor P. (reserve)"
