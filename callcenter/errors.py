"""The one base of errors that a user can act on: a code, what happened, what to do."""

from __future__ import annotations

from typing import ClassVar

from callcenter.text import N_, Translator


class CallcenterError(Exception):
    """Something the user can understand and mend; facts fill the `{fields}` of both sentences.

    A subclass lives beside the code that raises it. `code` is unique (a house test checks it). Facts never hold names
    or telephone numbers that would then reach a log.
    """

    code: ClassVar[str] = "CC-00"
    what: ClassVar[str] = N_("Something went wrong.")
    advice: ClassVar[str] = N_("Try again. If it stays, tell your supervisor the code.")

    def __init__(self, **facts: object) -> None:
        self.facts = facts
        super().__init__(f"{self.code}: {self.what.format(**facts)}")

    def explain(self, say: Translator) -> tuple[str, str]:
        """Return what happened and what to do, in the translator's language."""
        return say(self.what, **self.facts), say(self.advice, **self.facts)
