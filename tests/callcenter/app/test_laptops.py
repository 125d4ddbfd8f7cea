from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from callcenter.app.installation import Installation, Opened
from callcenter.app.laptops import SPENT, Laptops, NeedsOperator, StockEmpty, StockFilesMissing
from callcenter.app.line import Line
from callcenter.clock import now
from callcenter.domain.agent import Agent, Role
from callcenter.domain.event import RosterChanged
from callcenter.settings import Folders
from db.errors import DeviceRevoked
from db.local.stock_file import StockClosed
from tests.callcenter.app.operator.conftest import Operator, operator, postgres_url, quick

__all__ = ["operator", "postgres_url", "quick"]
_PHRASE = "vier paarse paarden dansen"
_AYA = Agent("aya", "Aya Peeters", Role.AGENT, "Gent")


@pytest.fixture
def office(operator: Operator, tmp_path: Path) -> Iterator[Opened]:
    """A coordinator on a PostgreSQL central, with Aya in the roster."""
    place = ("--role", "coordinator", "--name", "Nele Claes", "--site", "")
    (made,) = operator.enrol(tmp_path / "chief", 1, *place)
    opened = _installation(tmp_path / "office").enrol(Path(made["file"]), made["code"], _PHRASE)
    with opened.store.work() as work:
        work.events.append(RosterChanged((_AYA,)))
    yield opened
    opened.close()


def _installation(root: Path) -> Installation:
    return Installation(Folders(root), now, dialling=False)


def _laptops(office: Opened) -> Laptops:
    return Laptops(_installation(office.folder.parents[1]), office)


def test_stock_is_opened_handed_out_and_works_on_a_laptop(operator: Operator, office: Opened, tmp_path: Path) -> None:
    made = operator.enrol(tmp_path / "out", 2)
    laptops = _laptops(office)
    assert laptops.add_stock(Path(made[0]["stock"]), made[0]["stock_code"]) == 2
    assert list((tmp_path / "out").iterdir()) == []
    file, code = laptops.prepare(_AYA)
    assert (file.name, code) == ("aya-peeters.enrol", made[0]["code"])
    there = _installation(tmp_path / "laptop")
    aya = there.enrol(file, code, "andere woorden voor aya hier")
    assert (aya.name, aya.store.device.person, aya.store.device.mailboxes) == ("Aya Peeters", "aya", ("agent:aya",))
    assert Line(there, aya).exchange() is not None
    aya.close()
    (kept,) = [entry for entry in laptops.entries() if entry.person == "aya"]
    again = there.recover("aya-peeters", kept.recovery, "nog eens andere woorden hier")
    again.close()


def test_stock_stays_closed_with_another_code_and_asks_for_missing_files(
    operator: Operator, office: Opened, tmp_path: Path
) -> None:
    made = operator.enrol(tmp_path / "out", 2)
    laptops, stock = _laptops(office), Path(made[0]["stock"])
    with pytest.raises(StockClosed):
        laptops.add_stock(stock, "7KQ2 M0XD PA4R 9TNB")
    Path(made[1]["file"]).rename(tmp_path / "elsewhere")
    with pytest.raises(StockFilesMissing, match=r"laptop-02\.enrol"):
        laptops.add_stock(stock, made[0]["stock_code"])
    assert laptops.entries() == ()


def test_a_file_that_central_hands_out_no_more_is_passed_over(
    operator: Operator, office: Opened, tmp_path: Path
) -> None:
    made = operator.enrol(tmp_path / "out", 2)
    laptops = _laptops(office)
    laptops.add_stock(Path(made[0]["stock"]), made[0]["stock_code"])
    operator.run("revoke", "--enrolment", made[0]["enrolment"])
    assert laptops.prepare(_AYA)[1] == made[1]["code"]
    assert [entry.person for entry in laptops.entries()] == [SPENT, "aya"]
    with pytest.raises(StockEmpty):
        laptops.prepare(_AYA)


def test_only_the_operator_cuts_a_laptop_of_postgres_off(operator: Operator, office: Opened) -> None:
    laptops = _laptops(office)
    with pytest.raises(NeedsOperator):
        laptops.cut_off("e1")
    line = laptops.command("e1")
    assert line.startswith('callcenter central revoke --url "postgresql://USER@')
    assert line.endswith(f'--org "{operator.org}" --enrolment e1')


def test_the_own_central_needs_no_stock_and_cuts_off_at_once(quick: None, tmp_path: Path) -> None:
    installation = _installation(tmp_path)
    chief = installation.found("TAJO", "Nele Claes", _PHRASE)
    laptops = Laptops(installation, chief)
    assert laptops.own
    file, code = laptops.prepare(_AYA)
    aya = installation.enrol(file, code, "andere woorden voor aya hier")
    (entry,) = [e for e in laptops.entries() if e.person == "aya"]
    laptops.cut_off(entry.enrolment)
    with pytest.raises(DeviceRevoked):
        Line(installation, aya).exchange()
    aya.close()
    chief.close()
