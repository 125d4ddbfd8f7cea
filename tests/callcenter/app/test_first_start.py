from __future__ import annotations

from pathlib import Path

import pytest

from callcenter.app.first_start import start_first
from callcenter.app.mailboxes import slug
from callcenter.clock import now
from db.errors import EnrolmentUsed
from db.local.open import StoreThere
from db.types import Enrolment
from tests.callcenter.app.operator.conftest import Operator, operator, postgres_url, quick

__all__ = ["operator", "postgres_url", "quick"]
_PHRASE = "vier paarse paarden dansen"


class Cut(Exception):
    """The program was killed."""


class Place:
    """Names the folder of a person; stops the program once central told whose the enrolment is, if it shall."""

    def __init__(self, people: Path, *, cut: bool = False) -> None:
        self._people, self._cut, self._asked = people, cut, 0

    def __call__(self, enrolment: Enrolment) -> Path:
        self._asked += 1
        if self._cut and self._asked == 3:
            raise Cut()
        return self._people / slug(enrolment.name)


def test_a_start_that_was_cut_off_after_it_was_bound_goes_on(operator: Operator, tmp_path: Path) -> None:
    (made,) = operator.enrol(tmp_path, 1, "--invented", "1")
    people = tmp_path / "people"
    with pytest.raises(Cut):
        start_first(Path(made["file"]), made["code"], _PHRASE, now, Place(people, cut=True))
    store, folder = start_first(Path(made["file"]), made["code"], _PHRASE, now, Place(people))
    assert (folder.name, store.device.person) == ("oefenbeller-01", made["person"])
    store.close()
    assert list(people.glob(".*.binding")) == []


def test_on_another_laptop_the_same_file_is_used(operator: Operator, tmp_path: Path) -> None:
    (made,) = operator.enrol(tmp_path, 1, "--invented", "1")
    store, _folder = start_first(Path(made["file"]), made["code"], _PHRASE, now, Place(tmp_path / "one"))
    store.close()
    with pytest.raises(EnrolmentUsed):
        start_first(Path(made["file"]), made["code"], _PHRASE, now, Place(tmp_path / "two"))
    assert not (tmp_path / "two" / "oefenbeller-01").exists()


def test_who_works_here_already_does_not_spend_an_enrolment(operator: Operator, tmp_path: Path) -> None:
    (made,) = operator.enrol(tmp_path, 1, "--invented", "1")
    (tmp_path / "people" / "oefenbeller-01").mkdir(parents=True)
    with pytest.raises(StoreThere):
        start_first(Path(made["file"]), made["code"], _PHRASE, now, Place(tmp_path / "people"))
    store, _folder = start_first(Path(made["file"]), made["code"], _PHRASE, now, Place(tmp_path / "else"))
    store.close()
