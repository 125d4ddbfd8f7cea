"""A pass phrase change that is killed at any step leaves one phrase that works, and the data key as it was."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from db.local.vault import WrongPassphrase, change_passphrase, new_vault, open_vault, recover

_OLD, _NEW = "de oude zin van vier", "de nieuwe zin van vier"
# Kills itself before the n-th time that it opens, renames, removes or waits for a file of the folder.
_CHILD = """
import os, signal, sys
from db import cipher
from db.local import vault
vault.PASSPHRASE = cipher.RANDOM_SECRET
folder, step = sys.argv[1], int(sys.argv[2])
seen = 0
def at(event, args):
    global seen
    if event in ("open", "os.rename", "os.remove", "sqlite3.connect") and folder in str(args[0]):
        seen += 1
        if seen == step:
            os.kill(os.getpid(), signal.SIGKILL)
sys.addaudithook(at)
real = os.fsync
def fsync(number):
    at("open", (folder,))
    real(number)
os.fsync = fsync
from pathlib import Path
{act}
print(seen)
"""
_ACTS = {
    "change": f"vault.change_passphrase(Path(folder), {_OLD!r}, {_NEW!r})",
    "recover": f"vault.recover(Path(folder), 'secret', {_NEW!r})",
}


def _run(folder: Path, act: str, step: int) -> str:
    code = _CHILD.replace("{act}", _ACTS[act])
    done = subprocess.run(  # noqa: S603 - our own program
        [sys.executable, "-c", code, str(folder), str(step)], capture_output=True, text=True, check=False, timeout=60
    )
    assert done.returncode in (0, -9), done.stderr
    return done.stdout.strip()


def _opens(folder: Path, phrase: str) -> bytes | None:
    try:
        return open_vault(folder, phrase)
    except WrongPassphrase:
        return None


@pytest.mark.parametrize("act", list(_ACTS))
def test_killed_at_any_step_exactly_one_phrase_works(tmp_path: Path, act: str) -> None:
    key = new_vault(tmp_path / "count", _OLD, "secret") if (tmp_path / "count").mkdir() is None else b""
    steps = int(_run(tmp_path / "count", act, 0))
    assert steps > 8
    outcomes = []
    for step in range(1, steps + 1):
        folder = tmp_path / f"at-{step}"
        folder.mkdir()
        key = new_vault(folder, _OLD, "secret")
        assert _run(folder, act, step) == ""
        found = [_opens(folder, _OLD), _opens(folder, _NEW)]
        assert sorted(f == key for f in found) == [False, True], step
        outcomes.append(found[1] is not None)
        # Whatever lies there half does not stand in the way of the next change, nor of the office.
        change_passphrase(folder, _NEW if found[1] else _OLD, "een derde zin van vier")
        assert open_vault(folder, "een derde zin van vier") == key
        assert recover(folder, "secret", _OLD) == key
        assert len([p for p in folder.glob("vault-*") if not p.name.endswith("-journal")]) == 1
    # First the old phrase works, from one step on the new one, and never again the old.
    assert outcomes == sorted(outcomes)
    assert set(outcomes) == {False, True}
