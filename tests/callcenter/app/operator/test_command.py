from __future__ import annotations

import json
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from callcenter.app.operator import command
from callcenter.domain.event import CampaignChanged
from callcenter.ports import Device, PostBox
from callcenter.usecases.syncing import sync
from db.central.open import open_central
from db.errors import DeviceRevoked, EnrolmentNotHanded
from db.local.enrolment import open_enrolment
from db.local.stock_file import open_stock
from db.local.store import LocalStore, memory_store
from tests.callcenter.app.operator.conftest import Operator
from tests.db.laptops import a_clock, a_greeting


def _laptop(made: dict[str, str]) -> tuple[Device, LocalStore, PostBox]:
    told = open_enrolment(Path(made["file"]), made["code"])
    device = Device(
        told.org, f"dev-{told.enrolment}", told.person, told.name, told.role, told.site, "e1", told.mailboxes
    )
    return device, memory_store(device, a_clock()), open_central(told.central, device)


def test_files_are_for_their_owner_alone_and_open_with_their_codes(operator: Operator, tmp_path: Path) -> None:
    made = operator.enrol(tmp_path / "out", 3)
    assert [Path(each["file"]).name for each in made] == ["laptop-01.enrol", "laptop-02.enrol", "laptop-03.enrol"]
    for each in made:
        assert stat.S_IMODE(Path(each["file"]).stat().st_mode) == 0o600
        told = open_enrolment(Path(each["file"]), each["code"])
        assert (told.enrolment, told.recovery, told.site) == (each["enrolment"], each["recovery"], "Gent")


def test_the_stock_holds_every_code_under_its_own(operator: Operator, tmp_path: Path) -> None:
    made = operator.enrol(tmp_path, 2)
    entries = open_stock(Path(made[0]["stock"]), made[0]["stock_code"])
    assert [(e.enrolment, e.code, e.recovery) for e in entries] == [
        (each["enrolment"], each["code"], each["recovery"]) for each in made
    ]


def test_more_files_in_the_same_folder_write_over_none(operator: Operator, tmp_path: Path) -> None:
    first, second = operator.enrol(tmp_path, 2), operator.enrol(tmp_path, 1)
    assert Path(second[0]["file"]).name == "laptop-03.enrol"
    assert Path(second[0]["stock"]).name == "office-2.stock"
    assert open_enrolment(Path(first[0]["file"]), first[0]["code"]).org == operator.org


def test_stock_that_nobody_was_given_binds_no_laptop(operator: Operator, tmp_path: Path) -> None:
    (made,) = operator.enrol(tmp_path, 1)
    device, _store, box = _laptop(made)
    with pytest.raises(EnrolmentNotHanded):
        box.hello(a_greeting(device))
    box.close()
    operator.run("status", "--json")
    assert {e["state"] for e in json.loads(operator.told)["enrolments"] if e["org"] == operator.org} == {"unbound"}


def test_who_is_named_needs_nobody_to_hand_the_file_out(operator: Operator, tmp_path: Path) -> None:
    (made,) = operator.enrol(tmp_path, 1, "--role", "coordinator", "--name", "Nele Claes", "--site", "")
    assert made["stock"] == ""
    device, _store, box = _laptop(made)
    assert box.hello(a_greeting(device)).name == "Nele Claes"
    box.close()


def test_invented_people_reach_a_laptop_with_campaign_questionnaire_and_packs(
    operator: Operator, tmp_path: Path
) -> None:
    made = operator.enrol(tmp_path, 2, "--invented", "3")
    assert [each["cases"] for each in made] == [3, 3]
    _device, store, box = _laptop(made[0])
    assert sync(store.log, box, a_clock()).pulled == 6
    box.close()
    with store.work() as work:
        (record,) = work.campaigns.all()
        assert record.settings["invented"] is True
        assert work.campaigns.form(record.id) is not None
        cases = work.cases.leased_to(made[0]["person"])
    assert len(cases) == 3
    assert all(case.pack is not None and case.pack.numbers for case in cases)


def test_a_second_rehearsal_joins_the_first(operator: Operator, tmp_path: Path) -> None:
    operator.enrol(tmp_path, 1, "--invented", "1")
    (made,) = operator.enrol(tmp_path, 1, "--invented", "2")
    _device, store, box = _laptop(made)
    sync(store.log, box, a_clock())
    box.close()
    with store.work() as work:
        assert len(work.campaigns.all()) == 1


def test_invented_people_never_stand_among_real_ones(operator: Operator, tmp_path: Path) -> None:
    (chief,) = operator.enrol(tmp_path / "a", 1, "--role", "coordinator", "--name", "Nele", "--site", "")
    _device, store, box = _laptop(chief)
    with store.work() as work:
        work.events.append(CampaignChanged("c1", {"name": {"nl": "Echt"}}, "draft"))
    sync(store.log, box, a_clock())
    box.close()
    place = ("--out", str(tmp_path / "b"), "--address", operator.address, "--site", "Gent")
    assert operator.run("enrol", "--count", "1", *place, "--invented", "1") == 2
    assert "OPERATOR-06" in operator.told


def test_events_are_told_one_a_line_with_their_numbers(operator: Operator, tmp_path: Path) -> None:
    operator.enrol(tmp_path, 1, "--invented", "2")
    assert operator.run("events", "--json") == 0
    events = [json.loads(line) for line in operator.told.splitlines()]
    assert events
    assert {tuple(sorted(each)) for each in events} == {("device", "id", "mailboxes", "seq", "sha256")}
    office = [place["n"] for each in events for place in each["mailboxes"] if place["mailbox"] == "org"]
    assert sorted(office) == list(range(1, len(events) + 1))


def test_a_revoked_laptop_hears_nothing_more(operator: Operator, tmp_path: Path) -> None:
    (made,) = operator.enrol(tmp_path, 1, "--invented", "1")
    device, _store, box = _laptop(made)
    box.hello(a_greeting(device))
    box.close()
    assert operator.run("revoke", "--enrolment", made["enrolment"]) == 0
    _device, _store, box = _laptop(made)
    with pytest.raises(DeviceRevoked):
        box.hello(a_greeting(device))
    box.close()


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("revoke", "--enrolment", "nobody"), "OPERATOR-08"),
        (("enrol", "--count", "0", "--out", "x", "--address", "a:1"), "OPERATOR-01"),
        (("enrol", "--count", "1", "--out", "x", "--address", "localhost:1"), "OPERATOR-01"),
        (("enrol", "--count", "1", "--out", "x", "--site", "Gent", "--address", "no-port"), "OPERATOR-02"),
        (("enrol", "--count", "1", "--out", "x", "--site", "G", "--address", "a:1", "--ca", "nope"), "OPERATOR-03"),
        (("enrol", "--count", "1", "--out", "x", "--site", "Gent", "--address", "central.test:1"), "OPERATOR-09"),
        (("enrol", "--count", "1", "--out", "/dev/null/x", "--site", "G", "--address", "localhost:1"), "OPERATOR-04"),
    ],
)
def test_what_is_wrong_has_its_sentence(operator: Operator, words: tuple[str, ...], code: str) -> None:
    assert operator.run(*words) == 2
    assert code in operator.told
    assert "Traceback" not in operator.told


@pytest.mark.parametrize(
    ("url", "code"),
    [
        ("mysql://root@localhost/x", "CENTRAL-01"),
        ("nonsense", "CENTRAL-01"),
        ("postgresql://postgres@127.0.0.1:1/x", "CENTRAL-02"),
    ],
)
def test_an_address_that_cannot_be_right_says_so(url: str, code: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert command.run(["status", "--url", url]) == 2
    assert code in capsys.readouterr().err


def test_a_database_without_central_says_what_to_do(
    postgres_url: str, operator: Operator, capsys: pytest.CaptureFixture[str]
) -> None:
    url = postgres_url.replace("/postgres?", "/template1?")
    assert command.run(["status", "--url", url, "--language", "en"]) == 2
    assert "callcenter central init" in capsys.readouterr().err


def test_what_was_done_is_on_record(operator: Operator, tmp_path: Path) -> None:
    (made,) = operator.enrol(tmp_path, 1)
    operator.run("durability", "--by", "commit")
    operator.run("record", "--json")
    acts = [(each["act"], each["subject"]) for each in map(json.loads, operator.told.splitlines())]
    assert acts == [("enrolled", made["enrolment"]), ("durability", "")]


def test_when_no_call_takes_long_none_is_ended(operator: Operator) -> None:
    assert operator.run("watch", "--json") == 0
    assert json.loads(operator.told) == {"ended": 0}


def test_an_organisation_that_is_not_there_is_named(operator: Operator) -> None:
    operator.org = "nobody"
    assert operator.run("events") == 2
    assert "OPERATOR-05" in operator.told


def test_the_commands_run_without_a_trace_of_python_in_a_process_of_their_own() -> None:
    words = [sys.executable, "-m", "callcenter", "central", "status", "--url", "postgresql://x@127.0.0.1:1/x"]
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (2, "")
    assert len(done.stderr.splitlines()) == 2
