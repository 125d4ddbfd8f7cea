#!/usr/bin/env python3
"""The one entry point for people who build: set up, demo, test, lint, bench, soak, bundle, lock.

Standard library only. It makes .venv from the hashed lock, looks for the system libraries that Qt needs,
and uses Qt's offscreen platform where there is no display.
"""

from __future__ import annotations

import argparse
import ctypes
import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path

HOME = Path(__file__).resolve().parent
VENV = HOME / ".venv"
BIN = VENV / ("Scripts" if os.name == "nt" else "bin")
LOCK = HOME / "requirements.lock"
TEST_PART = "# --- test and bundle ---"

# Shared library that Qt opens -> the Debian package that holds it.
QT_NEEDS = {
    "libGL.so.1": "libgl1",
    "libEGL.so.1": "libegl1",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
}
# Only a real X11 window needs these.
WINDOW_NEEDS = {
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
}
# What only tests start: Debian's package -> what it brings.
TEST_NEEDS = {"postgresql": "/usr/lib/postgresql", "openssl": "openssl", "strace": "strace"}
INSTALL = ("apt-get", "install", "-y", "--no-install-recommends")

COMPILE = """
import sys, pathlib
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
po = pathlib.Path(sys.argv[1])
with po.open("rb") as read, po.with_suffix(".mo").open("wb") as write:
    write_mo(write, read_po(read))
"""


def say(text: str) -> None:
    print(f"do.py: {text}", flush=True)


def run(*words: str | Path, env: dict[str, str] | None = None) -> None:
    """Run a command in this folder; stop with its exit status when it fails."""
    done = subprocess.run([str(w) for w in words], cwd=HOME, env={**os.environ, **(env or {})})
    if done.returncode:
        sys.exit(done.returncode)


def has_display() -> bool:
    if sys.platform != "linux":
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def offscreen() -> dict[str, str]:
    return {} if has_display() else {"QT_QPA_PLATFORM": "offscreen"}


def opens(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def missing_packages() -> list[str]:
    if sys.platform != "linux":
        return []
    needs = QT_NEEDS | (WINDOW_NEEDS if os.environ.get("DISPLAY") else {})
    missing = [package for library, package in needs.items() if not opens(library)]
    if importlib.util.find_spec("ensurepip") is None:
        missing.append(f"python3.{sys.version_info.minor}-venv")
    return missing


def ensure_system() -> None:
    """Install the missing system packages as root on Debian, else print the exact line and stop."""
    missing = missing_packages()
    if not missing:
        return
    if may_install():
        install(missing)
        return
    sys.exit("do.py: these system packages are missing. Please run:\n  sudo " + " ".join([*INSTALL, *missing]))


def ensure_servers() -> None:
    """Install what only tests start, as root on Debian; without it those tests are skipped and say why."""
    missing = [package for package, found in TEST_NEEDS.items() if not is_there(found)]
    if not missing or sys.platform != "linux":
        return
    if may_install():
        install(missing)
    else:
        say("some tests will be skipped; for them: sudo " + " ".join([*INSTALL, *missing]))


def is_there(name: str) -> bool:
    return Path(name).exists() if name.startswith("/") else shutil.which(name) is not None


def may_install() -> bool:
    return sys.platform == "linux" and os.geteuid() == 0 and shutil.which("apt-get") is not None


def install(packages: list[str]) -> None:
    say("installing system packages: " + " ".join(packages))
    run("apt-get", "update", "-qq")
    run(*INSTALL, *packages, env={"DEBIAN_FRONTEND": "noninteractive"})


def lock_parts() -> tuple[str, str]:
    base, _, test = LOCK.read_text("utf-8").partition(TEST_PART)
    return base, test


def ensure_python(*, with_tests: bool) -> None:
    """Make .venv and install the lock's base part, and its test part when asked."""
    if sys.version_info < (3, 11):  # noqa: UP036 - this file must tell an older Python so
        sys.exit("do.py: Python 3.11 or newer is needed; this is " + sys.version.split()[0])
    base, test = lock_parts()
    wanted = [("base", base)] + ([("test", base + test)] if with_tests else [])
    for name, text in wanted:
        stamp = VENV / f"installed-{name}"
        mark = hashlib.sha256((text + sys.version + str(HOME)).encode()).hexdigest()
        if stamp.exists() and stamp.read_text() == mark:
            continue
        if not (BIN / "python").exists() and not (BIN / "python.exe").exists():
            say(f"making {VENV.name} with Python {sys.version.split()[0]}")
            run(sys.executable, "-m", "venv", VENV)
        say(f"installing the {name} packages from {LOCK.name} (some minutes the first time)")
        part = VENV / f"{name}.lock"
        part.write_text(text, "utf-8")
        run(BIN / "python", "-m", "pip", "install", "-q", "--require-hashes", "-r", part)
        run(BIN / "python", "-m", "pip", "install", "-q", "--no-deps", "--no-build-isolation", "-e", HOME)
        stamp.write_text(mark)


def set_up(*, with_tests: bool = True) -> None:
    ensure_system()
    ensure_python(with_tests=with_tests)


def setup(words: list[str]) -> None:
    """Make .venv from the lock."""
    set_up()
    say("ready: " + str(BIN / "callcenter"))


def demo(words: list[str]) -> None:
    """Walk a whole campaign with invented people (--headless --out DIR: without a window)."""
    set_up(with_tests=False)
    run(BIN / "python", "-m", "callcenter", "demo", *words, env=offscreen())


def test(words: list[str]) -> None:
    """Run the test suite (words go to pytest)."""
    set_up()
    ensure_servers()
    workers = [] if any(w.startswith("-n") for w in words) else ["-n", str(min(os.cpu_count() or 1, 8))]
    # Windows under test are never shown on a developer's screen.
    run(BIN / "python", "-m", "pytest", *workers, *words, env={"QT_QPA_PLATFORM": "offscreen"})


def lint(words: list[str]) -> None:
    """Check format and rules (ruff), types (mypy) and import contracts."""
    set_up()
    run(BIN / "ruff", "format", "--check", ".")
    run(BIN / "ruff", "check", ".")
    run(BIN / "mypy")
    run(BIN / "lint-imports")


def bench(words: list[str]) -> None:
    """Measure: bench start | intake | answer | forms | store | sync | queue | queue-order | queue-size."""
    set_up()
    run(BIN / "python", "-m", "tests.bench", *words, env=offscreen())


def soak(words: list[str]) -> None:
    """Run for long: soak forms | sync."""
    set_up()
    run(BIN / "python", "-m", "tests.soak", *words, env=offscreen())


def bundle(words: list[str]) -> None:
    """Make the one-folder program with PyInstaller and run its selftest."""
    set_up()
    run(BIN / "pyinstaller", "--noconfirm", "--log-level", "WARN", "build.spec")
    program = HOME / "dist" / "callcenter" / ("callcenter.exe" if os.name == "nt" else "callcenter")
    run(program, "--selftest", env={"QT_QPA_PLATFORM": "offscreen"})


def texts(words: list[str]) -> None:
    """Bring the catalogues up to the code: new sentences come in empty, lost ones go; then fill in and run again."""
    set_up()
    pot = VENV / "callcenter.pot"
    found = ["-k", "N_", "-k", "say", "-k", "plural:1,2", "--no-location", "--sort-output"]
    run(BIN / "pybabel", "-q", "extract", *found, "-o", pot, "callcenter", "ui", "db")
    for language in ("nl", "fr"):
        po = HOME / "resources" / "locale" / language / "LC_MESSAGES" / "callcenter.po"
        kept = ["--ignore-obsolete", "--no-fuzzy-matching", "-w", "110"]
        run(BIN / "pybabel", "-q", "update", "-l", language, "-i", pot, "-o", po, *kept)
        # Not `pybabel compile`: it takes a per cent sign in a sentence for a printf format.
        run(BIN / "python", "-c", COMPILE, po)


def lock(words: list[str]) -> None:
    """Write requirements.lock anew from pyproject.toml (needs uv)."""
    compile_lock = [
        "uv",
        "pip",
        "compile",
        "-q",
        "--universal",
        "--python-version",
        "3.11",
        "--generate-hashes",
    ]
    compile_lock += ["--no-header", "--no-annotate"]

    def compiled(*extra: str) -> list[str]:
        words = [*compile_lock, "pyproject.toml", "-", *extra]
        out = subprocess.run(words, cwd=HOME, input="setuptools>=77\n", text=True, check=True, capture_output=True)
        return out.stdout.replace(" \\\n", " \\\0").splitlines()

    base = compiled()
    rest = [line for line in compiled("--extra", "test") if line not in base]
    text = "\n".join([*base, TEST_PART, *rest, ""])
    LOCK.write_text(text.replace("\0", "\n"), "utf-8")


COMMANDS = {f.__name__: f for f in (setup, demo, test, lint, bench, soak, bundle, texts, lock)}


def main() -> None:
    parser = argparse.ArgumentParser(prog="do.py", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("command", choices=COMMANDS, help="; ".join(f"{n}: {f.__doc__}" for n, f in COMMANDS.items()))
    parser.add_argument("words", nargs=argparse.REMAINDER, help="passed on")
    asked = parser.parse_args()
    COMMANDS[asked.command](asked.words)


if __name__ == "__main__":
    main()
