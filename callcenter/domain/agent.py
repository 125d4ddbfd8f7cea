"""Agent, supervisor, coordinator: who works here, for which sites, in which languages, and when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from callcenter.ids import Id


class Role(StrEnum):
    """What a person may do: call, supervise a site, or own the campaign."""

    AGENT = "agent"
    SUPERVISOR = "supervisor"
    COORDINATOR = "coordinator"


@dataclass(frozen=True)
class Shift:
    """A rostered block of work, `start` <= t < `end`, both aware."""

    start: datetime
    end: datetime

    def holds(self, at: datetime) -> bool:
        """Tell whether a moment lies in this block."""
        return self.start <= at < self.end


@dataclass(frozen=True)
class Agent:
    """A person who works in the organisation; agents are alumni, hence cohort and school for recusal.

    `reference` is their own number in the list of alumni, `code` the organisation's code in its list of people.
    """

    id: Id
    name: str
    role: Role
    site: str = ""
    languages: tuple[str, ...] = ("nl",)
    reference: str = ""
    family_name: str = ""
    start_year: str = ""
    schools: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()
    converter: bool = False
    shifts: tuple[Shift, ...] = ()
    code: str = ""

    def short_name(self) -> str:
        """Return first name and initial, `Yasmina B.`."""
        first, _, rest = self.name.partition(" ")
        return f"{first} {rest[:1]}." if rest else first

    def may_see(self, site: str) -> bool:
        """Tell whether this person's own role covers a site; a coordinator covers all."""
        return self.role is Role.COORDINATOR or self.site == site

    def may_correct(self, site: str) -> bool:
        """Tell whether this person may correct outcomes of a site: never an agent."""
        return self.role is not Role.AGENT and self.may_see(site)
