"""Makes pictures of the screens with invented values, for looking.

python -m tests.ui.grab desk --out DIR --dark --scale 1.3 --language nl --size 1366x768
Without a name it makes all of them. A face adds its own in tests/ui/<face>/pictures.py as SCREENS.
"""

from __future__ import annotations

import argparse
import importlib
import importlib.util
import os
from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QApplication, QWidget

from ui import style, text

Maker = Callable[[], QWidget]
PARTS = ("widgets", "form", "agent", "supervisor", "coordinator", "preview", "shell")


def screens() -> dict[str, Maker]:
    """Return every screen that has invented values, by name."""
    found: dict[str, Maker] = {}
    for part in PARTS:
        name = f"tests.ui.{part}.pictures"
        if importlib.util.find_spec(f"tests.ui.{part}") and importlib.util.find_spec(name):
            found |= importlib.import_module(name).SCREENS
    return found


def settle(widget: QWidget) -> None:
    """Let layouts and the show event do their work."""
    for _ in range(4):
        QApplication.sendPostedEvents()
        QApplication.processEvents()
    widget.repaint()


def grab(maker: Maker, file: Path, size: tuple[int, int] | None) -> None:
    """Write one picture."""
    widget = maker()
    if size:
        widget.resize(*size)
    else:
        widget.resize(widget.sizeHint())
    widget.show()
    settle(widget)
    widget.grab().save(str(file))
    print(file, f"{widget.width()}x{widget.height()}", "least", widget.minimumSizeHint().toTuple())
    widget.close()
    widget.deleteLater()


def main() -> None:
    """Read the words and make the pictures."""
    parser = argparse.ArgumentParser(description="pictures of the screens")
    parser.add_argument("names", nargs="*")
    parser.add_argument("--out", type=Path, default=Path("demo-out/pictures"))
    parser.add_argument("--dark", action="store_true")
    parser.add_argument("--scale", type=float, default=1.0)
    parser.add_argument("--language", default="nl")
    parser.add_argument("--size", default="", help="1440x900; empty takes each screen's own size")
    words = parser.parse_args()
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    app = QApplication([])
    text.use(words.language)
    style.apply(app, style.Theme.DARK if words.dark else style.Theme.LIGHT, words.scale)
    words.out.mkdir(parents=True, exist_ok=True)
    size = tuple(int(n) for n in words.size.split("x")) if words.size else None
    kind = f"{'dark' if words.dark else 'light'}-{words.scale:g}-{words.language}"
    every = screens()
    for name in words.names or every:
        grab(every[name], words.out / f"{name}-{kind}.png", size)


if __name__ == "__main__":
    main()
