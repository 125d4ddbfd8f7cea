from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from callcenter.ports import Outgoing, Sealed
from db import cipher
from db.local import sealed
from db.local.open import create_store
from db.local.sealed import NoSealedFile, SealClosed, open_sealed, seal_secret, write_sealed
from tests.db.laptops import MONDAY, a_clock, an_enrolment


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sealed, "PASSPHRASE", cipher.RANDOM_SECRET)


def _told(count: int = 3) -> Sealed:
    events = tuple(Outgoing(n, f"e{n}", f'{{"n":{n},"name":"Noor"}}', f"sha{n}") for n in range(1, count + 1))
    return Sealed("org-1", "d1", "epoch", "p1", "Yasmina B", "Gent", MONDAY, events)


def test_a_file_opens_with_the_code_that_the_laptop_shows(tmp_path: Path) -> None:
    path = tmp_path / "laptop.seal"
    code = write_sealed(path, _told(), "enr-1", "")
    assert open_sealed(path, code.lower().replace(" ", "-"), {}) == _told()


def test_an_office_that_handed_out_the_laptop_needs_no_code(tmp_path: Path) -> None:
    path = tmp_path / "laptop.seal"
    secret = seal_secret("ABCD EFGH", "enr-1")
    write_sealed(path, _told(), "enr-1", secret)
    assert open_sealed(path, "", {"enr-1": seal_secret("abcd-efgh", "enr-1"), "enr-2": "x"}) == _told()


def test_the_laptop_and_the_office_make_the_same_secret_of_one_enrolment(tmp_path: Path) -> None:
    enrolment = an_enrolment("yasmina")
    store = create_store(tmp_path / "y", enrolment, "vier woorden is genoeg", a_clock())
    assert store.seal() == (enrolment.enrolment, seal_secret(enrolment.recovery, enrolment.enrolment))
    store.close()


@pytest.mark.parametrize(("code", "secrets"), [("", {}), ("7KQ2 M0XD PA4R 9TNB", {}), ("", {"enr-1": "wrong"})])
def test_a_file_does_not_open_with_anything_else(tmp_path: Path, code: str, secrets: dict[str, str]) -> None:
    path = tmp_path / "laptop.seal"
    write_sealed(path, _told(), "enr-1", "right")
    with pytest.raises(SealClosed):
        open_sealed(path, code, secrets)


def test_nothing_of_a_person_is_readable_in_the_file(tmp_path: Path) -> None:
    path = tmp_path / "laptop.seal"
    write_sealed(path, _told(), "enr-1", "secret")
    seen = path.read_bytes()
    assert not any(word in seen for word in (b"Noor", b"Yasmina", b"SQLite format 3", b"epoch", b'd1"'))


@pytest.mark.parametrize("keep", [0, 10, 1000, -1])
def test_a_part_of_a_file_is_no_file(tmp_path: Path, keep: int) -> None:
    path = tmp_path / "laptop.seal"
    code = write_sealed(path, _told(), "enr-1", "")
    path.write_bytes(path.read_bytes()[:keep])
    with pytest.raises(NoSealedFile):
        open_sealed(path, code, {})


def test_another_archive_is_no_file_of_a_laptop(tmp_path: Path) -> None:
    path = tmp_path / "other.zip"
    with zipfile.ZipFile(path, "w") as packed:
        packed.writestr("../../etc/passwd", "x")
    with pytest.raises(NoSealedFile):
        open_sealed(path, "", {})


def test_a_changed_byte_is_noticed(tmp_path: Path) -> None:
    path = tmp_path / "laptop.seal"
    code = write_sealed(path, _told(), "enr-1", "")
    whole = bytearray(path.read_bytes())
    whole[len(whole) // 2] ^= 1
    path.write_bytes(whole)
    with pytest.raises((NoSealedFile, SealClosed)):
        open_sealed(path, code, {})


def test_a_second_file_replaces_the_first_and_has_a_code_of_its_own(tmp_path: Path) -> None:
    path = tmp_path / "laptop.seal"
    first = write_sealed(path, _told(), "enr-1", "")
    second = write_sealed(path, _told(5), "enr-1", "")
    assert len(open_sealed(path, second, {}).events) == 5
    with pytest.raises(SealClosed):
        open_sealed(path, first, {})
