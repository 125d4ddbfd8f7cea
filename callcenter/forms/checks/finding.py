"""One thing that the author of a questionnaire should mend: where it stands, what is wrong, what to change."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from callcenter.text import N_, Translator


class Severity(StrEnum):
    """Errors refuse a questionnaire; warnings let it through."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True)
class Rule:
    """A kind of mistake; `{fields}` of both sentences are filled in by the finding."""

    code: str
    what: str
    advice: str
    severity: Severity = Severity.ERROR


@dataclass(frozen=True)
class Spot:
    """Where: a cell of a workbook (row 1 is the header, row 0 the whole sheet), or a node of an XForm."""

    sheet: str = ""
    row: int = 0
    column: str = ""
    node: str = ""

    def words(self, say: Translator) -> str:
        """Return the place as a reader looks for it."""
        if not self.sheet:
            return say(N_("Node {node}"), node=self.node) if self.node else say(N_("The whole form"))
        if not self.row:
            return say(N_("Sheet '{sheet}'"), sheet=self.sheet)
        if not self.column:
            return say(N_("Sheet '{sheet}', row {row}"), sheet=self.sheet, row=self.row)
        return say(
            N_("Sheet '{sheet}', row {row}, column '{column}'"), sheet=self.sheet, row=self.row, column=self.column
        )


@dataclass(frozen=True)
class Finding:
    """A mistake at its place; facts whose names are in `said` are sentences of the catalogue themselves."""

    rule: Rule
    spot: Spot
    facts: Mapping[str, object] = field(default_factory=dict)
    said: frozenset[str] = frozenset()

    @property
    def code(self) -> str:
        """The code of the kind of mistake, the same in all languages."""
        return self.rule.code

    @property
    def severity(self) -> Severity:
        """Whether the questionnaire is refused for it."""
        return self.rule.severity

    def message(self, say: Translator) -> str:
        """Return what is wrong."""
        return say(self.rule.what, **self._facts(say))

    def advice(self, say: Translator) -> str:
        """Return what to change."""
        return say(self.rule.advice, **self._facts(say))

    def line(self, say: Translator) -> str:
        """Return place, mistake and change in one line."""
        message = self.message(say)
        stop = "" if message.endswith((".", "!", "?")) else "."
        return f"{self.spot.words(say)}: {message}{stop} {self.advice(say)}"

    def _facts(self, say: Translator) -> dict[str, object]:
        return {name: say(str(fact)) if name in self.said else fact for name, fact in self.facts.items()}
