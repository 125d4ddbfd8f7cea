"""What the supervisor reads about a plan."""

from __future__ import annotations

import pytest

from callcenter.queue.certificate import Certificate
from callcenter.queue.reason import Reason
from callcenter.usecases.dealing import Moved
from ui import text
from ui.supervisor.plan_words import move_line, proof_line


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
