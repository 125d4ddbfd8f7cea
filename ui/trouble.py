"""What went wrong, inside the page or the dialog where it happened."""

from __future__ import annotations

from ui.messages import Explained
from ui.style import SEMIBOLD
from ui.widgets import Card, label


class Trouble(Card):
    """Hidden until something goes wrong; says what happened, what to do, and the code."""

    def __init__(self) -> None:
        super().__init__("bad", margin=12, gap=4)
        self.setObjectName("trouble")
        self._what = label("", "body", weight=SEMIBOLD, ink="bad_text", wrap=True)
        self._advice = label("", "small", ink="bad_text", wrap=True)
        self.body.addWidget(self._what)
        self.body.addWidget(self._advice)
        self.hide()

    def tell(self, explained: Explained | None) -> None:
        """Show what went wrong, or nothing."""
        self.setVisible(explained is not None)
        if explained is not None:
            self._what.setText(explained.what)
            self._advice.setText(f"{explained.advice} ({explained.code})")
