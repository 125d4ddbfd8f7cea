"""A disk that is full, a folder that may not be written: said in a sentence, and nothing is left half."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from db.local.open import create_store, open_store
from db.local.vault import change_passphrase, open_vault
from tests.db.laptops import a_clock, an_enrolment

_OLD, _NEW = "de oude zin van vier", "de nieuwe zin van vier"
_HOME = Path(__file__).resolve().parents[3]
# Runs one act with little room on the disk, or as somebody who may not write there, and tells the code of the error.
_RUNNER = """
import json, os, signal, sys
from pathlib import Path
from callcenter.errors import CallcenterError
from db import cipher
from db.local import vault
from db.local.open import create_store, open_store
from tests.db.laptops import a_clock, an_enrolment
vault.PASSPHRASE = cipher.RANDOM_SECRET
folder, act, room, stranger = json.loads(sys.argv[1])
acts = {
    "create": lambda: create_store(Path(folder), an_enrolment("jef"), "OLD", a_clock()).close(),
    "open": lambda: open_store(Path(folder), "OLD", a_clock()).close(),
    "change": lambda: vault.change_passphrase(Path(folder), "OLD", "NEW"),
    "recover": lambda: vault.recover(Path(folder), "secret", "NEW"),
}
if room:
    import resource
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (room, room))
if stranger:
    os.setuid(stranger)
try:
    acts[act]()
    print("done")
except CallcenterError as error:
    print(error.code)
""".replace("OLD", _OLD).replace("NEW", _NEW)

pytestmark = pytest.mark.skipif(not hasattr(os, "setuid"), reason="these faults need a Unix process")


def _run(folder: Path, act: str, room: int = 0, stranger: int = 0) -> str:
    order = json.dumps([str(folder), act, room, stranger])
    done = subprocess.run(
        [sys.executable, "-c", _RUNNER, order], cwd=_HOME, capture_output=True, text=True, check=False, timeout=60
    )
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    return done.stdout.strip()


@pytest.mark.parametrize("room", [1, 100, 5000, 50_000])
def test_no_room_for_a_new_store_is_said_and_leaves_none(tmp_path: Path, room: int) -> None:
    assert _run(tmp_path / "jef", "create", room) == "STORE-01"
    assert not (tmp_path / "jef").exists()
    create_store(tmp_path / "jef", an_enrolment("jef"), _OLD, a_clock()).close()


@pytest.mark.parametrize("room", [1, 300, 5000])
def test_no_room_for_a_new_lock_leaves_the_old_one(tmp_path: Path, room: int) -> None:
    store = create_store(tmp_path / "jef", an_enrolment("jef"), _OLD, a_clock())
    store.close()
    key = open_vault(tmp_path / "jef", _OLD)
    assert _run(tmp_path / "jef", "change", room) == "STORE-01"
    assert open_vault(tmp_path / "jef", _OLD) == key
    change_passphrase(tmp_path / "jef", _OLD, _NEW)
    assert open_vault(tmp_path / "jef", _NEW) == key


_NOBODY = 65_534


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root may become somebody else")
@pytest.mark.parametrize("act", ["create", "open", "change"])
def test_a_folder_that_may_not_be_written_is_said_and_nothing_changes(tmp_path: Path, act: str) -> None:
    for above in (tmp_path, *list(tmp_path.parents)[:3]):
        above.chmod(0o755)
    if act != "create":
        create_store(tmp_path / "jef", an_enrolment("jef"), _OLD, a_clock()).close()
        for path in (tmp_path / "jef").iterdir():
            path.chmod(0o644)
    before = {path.name: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    assert _run(tmp_path / "jef", act, stranger=_NOBODY) == "STORE-04"
    assert {path.name: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()} == before
    if act != "create":
        open_store(tmp_path / "jef", _OLD, a_clock()).close()
