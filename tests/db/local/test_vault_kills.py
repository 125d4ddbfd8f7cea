"""Killed at any step, a change of pass phrase leaves one that works, and the making of a store leaves one or none."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from db.local.labels import stores_in
from db.local.open import create_store, open_store
from db.local.vault import WrongPassphrase, change_passphrase, new_vault, open_vault, recover
from tests.db.laptops import a_clock, an_enrolment

_HOME = Path(__file__).resolve().parents[3]
_OLD, _NEW = "de oude zin van vier", "de nieuwe zin van vier"
# For each folder a process that kills itself before the n-th time that it opens, renames, removes or waits for a file
# of the folder; tells how each of them ended and how many steps it had seen.
_RUNNER = """
import os, signal, sys
from pathlib import Path
from db import cipher
from db.local import vault
from db.local.open import create_store
from tests.db.laptops import a_clock, an_enrolment
vault.PASSPHRASE, vault.tuned = cipher.RANDOM_SECRET, lambda cost: cost
seen, step, folder = 0, 0, ""
def at(event, args):
    global seen
    if folder and event in ("open", "os.rename", "os.remove", "sqlite3.connect") and folder in str(args[0]):
        seen += 1
        if seen == step:
            os.kill(os.getpid(), signal.SIGKILL)
sys.addaudithook(at)
real = os.fsync
def fsync(number):
    at("open", (folder,))
    real(number)
os.fsync = fsync
for line in sys.stdin.read().splitlines():
    child = os.fork()
    if not child:
        number, name = line.split(" ", 1)
        step, folder = int(number), name
        {act}
        os._exit(min(seen, 100))
    ended = os.waitpid(child, 0)[1]
    print("killed" if os.WIFSIGNALED(ended) else os.WEXITSTATUS(ended))
"""
_ACTS = {
    "change": f"vault.change_passphrase(Path(folder), {_OLD!r}, {_NEW!r})",
    "create": f"create_store(Path(folder) / 'jef', an_enrolment('jef'), {_OLD!r}, a_clock()).close()",
    "recover": f"vault.recover(Path(folder), 'secret', {_NEW!r})",
}


def _run(act: str, steps: dict[int, Path]) -> list[str]:
    code = _RUNNER.replace("{act}", _ACTS[act])
    told = "\n".join(f"{step} {folder}" for step, folder in steps.items())
    done = subprocess.run(  # noqa: S603 - our own program
        [sys.executable, "-c", code], cwd=_HOME, input=told, capture_output=True, text=True, check=False, timeout=60
    )
    assert done.stderr == ""
    return done.stdout.split()


def _opens(folder: Path, phrase: str) -> bytes | None:
    try:
        return open_vault(folder, phrase)
    except WrongPassphrase:
        return None


def _made(folder: Path) -> bytes:
    folder.mkdir()
    return new_vault(folder, _OLD, "secret")


@pytest.mark.skipif(not hasattr(os, "fork"), reason="the processes are forked")
@pytest.mark.parametrize("act", ["change", "recover"])
def test_killed_at_any_step_exactly_one_phrase_works(tmp_path: Path, act: str) -> None:
    _made(tmp_path / "count")
    count = int(_run(act, {0: tmp_path / "count"})[0])
    assert 8 < count < 100
    folders = {step: tmp_path / f"at-{step}" for step in range(1, count + 1)}
    keys = {step: _made(folder) for step, folder in folders.items()}
    assert _run(act, folders) == ["killed"] * count
    outcomes = []
    for step, folder in folders.items():
        found = [_opens(folder, _OLD), _opens(folder, _NEW)]
        assert sorted(f == keys[step] for f in found) == [False, True], step
        outcomes.append(found[1] is not None)
        # Whatever lies there half does not stand in the way of the next change, nor of the office.
        change_passphrase(folder, _NEW if found[1] else _OLD, "een derde zin van vier")
        assert open_vault(folder, "een derde zin van vier") == keys[step]
        assert recover(folder, "secret", _OLD) == keys[step]
        assert len([p for p in folder.glob("vault-*") if not p.name.endswith("-journal")]) == 1
    # First the old phrase works, from one step on the new one, and never again the old.
    assert outcomes == sorted(outcomes)
    assert set(outcomes) == {False, True}


@pytest.mark.skipif(not hasattr(os, "fork"), reason="the processes are forked")
def test_a_store_whose_making_is_killed_at_any_step_is_there_whole_or_not_at_all(tmp_path: Path) -> None:
    (tmp_path / "count").mkdir()
    count = int(_run("create", {0: tmp_path / "count"})[0])
    assert 15 < count < 100
    folders = {step: tmp_path / f"at-{step}" for step in range(1, count + 1, 2)}
    for folder in folders.values():
        folder.mkdir()
    assert _run("create", folders) == ["killed"] * len(folders)
    whole = []
    for folder in folders.values():
        there = (folder / "jef").exists()
        assert [label.name for label in stores_in(folder)] == (["Jef B"] if there else [])
        make = open_store if there else create_store
        words = (_OLD,) if there else (an_enrolment("jef"), _OLD)
        store = make(folder / "jef", *words, a_clock())
        assert store.log.counts().total == 0
        store.close()
        whole.append(there)
    assert whole == sorted(whole)
    assert set(whole) == {False, True}
