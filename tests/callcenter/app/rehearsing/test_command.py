from __future__ import annotations

import json
import signal
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from callcenter.app.rehearsing import command
from tests.callcenter.app.operator.conftest import Operator

_WITHOUT_QT = """
import sys
sys.argv[0] = "callcenter"
from callcenter.__main__ import main
status = main()
assert not any(name.startswith("PySide6") for name in sys.modules), "Qt was loaded"
sys.exit(status)
"""


@dataclass
class Laptop:
    """A folder in which calls are rehearsed on an enrolment."""

    root: Path
    file: str
    code: str

    def words(self, calls: int, *more: str) -> list[str]:
        phrase = self.root / "phrase"
        phrase.write_text("vier paarse paarden dansen\n", "utf-8")
        return [
            *("--enrolment", self.file, "--code", self.code, "--passphrase-file", str(phrase)),
            *("--folder", str(self.root / "folder"), "--witness", str(self.root / "witness")),
            *("--calls", str(calls), "--json", *more),
        ]

    def witnessed(self) -> list[tuple[str, str]]:
        lines = (self.root / "witness").read_text("ascii").splitlines()
        return [(line.split()[0], line.split()[1]) for line in lines]

    def process(self, calls: int, *more: str) -> subprocess.Popen[str]:
        words = [sys.executable, "-c", _WITHOUT_QT, "rehearse", *self.words(calls, *more)]
        return subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


@pytest.fixture
def laptop(operator: Operator, tmp_path: Path) -> Laptop:
    (made,) = operator.enrol(tmp_path / "out", 1, "--invented", "6")
    return Laptop(tmp_path, made["file"], made["code"])


def _play(laptop: Laptop, capsys: pytest.CaptureFixture[str], calls: int, *more: str) -> dict[str, Any]:
    status = command.run(laptop.words(calls, *more))
    told: dict[str, Any] = json.loads(capsys.readouterr().out)
    return {**told, "status": status}


def _held(operator: Operator) -> set[tuple[str, str]]:
    operator.run("events", "--json")
    return {(each["id"], each["sha256"]) for each in map(json.loads, operator.told.splitlines())}


def test_calls_are_played_witnessed_and_confirmed(
    laptop: Laptop, operator: Operator, capsys: pytest.CaptureFixture[str]
) -> None:
    told = _play(laptop, capsys, 8, "--sync-every", "3")
    assert (told["status"], told["calls"], told["confirmed"]) == (0, 8, True)
    witnessed = laptop.witnessed()
    assert len(witnessed) == len(set(witnessed)) == told["events"] >= 16
    assert set(witnessed) <= _held(operator)


def test_it_goes_on_in_an_existing_folder_also_without_the_enrolment_file(
    laptop: Laptop, capsys: pytest.CaptureFixture[str]
) -> None:
    _play(laptop, capsys, 2)
    before = laptop.witnessed()
    Path(laptop.file).unlink()
    assert _play(laptop, capsys, 2)["calls"] == 2
    after = laptop.witnessed()
    assert after[: len(before)] == before
    assert len(set(after)) == len(after) > len(before)


def test_a_rehearsal_is_longer_than_its_people_last(laptop: Laptop, capsys: pytest.CaptureFixture[str]) -> None:
    told = _play(laptop, capsys, 30, "--seed", "5")
    assert (told["calls"], told["ended_early"]) == (30, False)


def test_half_a_line_of_the_witness_is_written_again(laptop: Laptop, capsys: pytest.CaptureFixture[str]) -> None:
    _play(laptop, capsys, 2)
    witness = laptop.root / "witness"
    whole = witness.read_bytes()
    witness.write_bytes(whole[:-30])
    _play(laptop, capsys, 0)
    assert witness.read_bytes() == whole


def test_a_killed_rehearsal_loses_nothing_that_it_witnessed(
    laptop: Laptop, operator: Operator, capsys: pytest.CaptureFixture[str]
) -> None:
    _play(laptop, capsys, 0)
    process = laptop.process(10_000, "--sync-every", "4")
    witness = laptop.root / "witness"
    limit = time.monotonic() + 60
    while not (witness.exists() and witness.stat().st_size > 2_000) and time.monotonic() < limit:
        assert process.poll() is None, process.communicate()
        time.sleep(0.01)
    process.send_signal(signal.SIGKILL)
    process.communicate()
    seen = [line for line in witness.read_text("ascii").splitlines(keepends=True) if line.endswith("\n")]
    told = _play(laptop, capsys, 1)
    assert told["confirmed"] is True
    assert {(line.split()[0], line.split()[1]) for line in seen} <= _held(operator)


def test_no_window_is_loaded(laptop: Laptop, capsys: pytest.CaptureFixture[str]) -> None:
    _play(laptop, capsys, 0)
    out, err = (process := laptop.process(1)).communicate()
    assert (process.returncode, err) == (0, "")
    assert json.loads(out)["confirmed"] is True


def test_a_full_disk_has_its_sentence_and_loses_nothing(
    laptop: Laptop, operator: Operator, capsys: pytest.CaptureFixture[str]
) -> None:
    _play(laptop, capsys, 1)
    size = (laptop.root / "folder/store/store.db").stat().st_size // 1024 + 40
    words = [sys.executable, "-m", "callcenter", "rehearse", *laptop.words(10_000)]
    done = subprocess.run(
        ["bash", "-c", f'ulimit -f {size}; exec "$@"', "-", *words], capture_output=True, text=True, check=False
    )
    assert (done.returncode, "STORE-01" in done.stderr, "Traceback" in done.stderr) == (2, True, False), done.stderr
    assert _play(laptop, capsys, 0)["confirmed"] is True
    assert set(laptop.witnessed()) <= _held(operator)


def test_a_line_that_broke_is_told_and_tried_again(
    laptop: Laptop, operator: Operator, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    _play(laptop, capsys, 1)
    monkeypatch.setattr("callcenter.app.rehearsing.playing._PAUSES", ())
    (revoked,) = [e for e in _enrolments(operator) if e["role"] == "agent"]
    operator.run("revoke", "--enrolment", revoked["enrolment"])
    status = command.run(laptop.words(3, "--sync-every", "1"))
    out, err = capsys.readouterr()
    told = json.loads(out)
    assert (status, told["calls"], told["confirmed"]) == (1, 3, False)
    assert told["broken"] == 4
    assert "SYNC-23" in err


def _enrolments(operator: Operator) -> list[dict[str, Any]]:
    operator.run("status", "--json")
    return [e for e in json.loads(operator.told)["enrolments"] if e["org"] == operator.org]


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"--code": "7KQ2 M0XD PA4R 9TNB"}, "STORE-11"),
        ({"--enrolment": "/nope"}, "STORE-11"),
        ({"--passphrase-file": "/nope"}, "REHEARSE-04"),
        ({"--folder": "/dev/null/x"}, "REHEARSE-05"),
        ({"--calls": "many"}, "REHEARSE-03"),
    ],
)
def test_what_is_wrong_has_its_sentence(
    laptop: Laptop, capsys: pytest.CaptureFixture[str], change: dict[str, str], code: str
) -> None:
    words = laptop.words(1)
    for word, value in change.items():
        words[words.index(word) + 1] = value
    assert command.run(words) == 2
    assert code in capsys.readouterr().err


def test_a_used_enrolment_is_no_second_laptop(laptop: Laptop, capsys: pytest.CaptureFixture[str]) -> None:
    _play(laptop, capsys, 1)
    words = laptop.words(1)
    words[words.index("--folder") + 1] = str(laptop.root / "elsewhere")
    assert command.run(words) == 2
    assert "SYNC-21" in capsys.readouterr().err
