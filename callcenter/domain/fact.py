"""What every event kind is: an immutable fact, with the rule of who gets it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar

from callcenter.ids import Id


class Route(StrEnum):
    """Who gets an event: offices of the site, the laptop with the live lease, the organisation, everybody."""

    OFFICE_AND_HOLDER = "office_and_holder"
    OFFICE = "office"
    ORGANISATION = "organisation"
    CAMPAIGN = "campaign"
    ADDRESSEE = "addressee"


@dataclass(frozen=True)
class Fact:
    """What an event says. `case` is empty for facts about a campaign or a person who works here."""

    ROUTE: ClassVar[Route] = Route.OFFICE
    VERSION: ClassVar[int] = 1

    @property
    def kind(self) -> str:
        """Return the name under which stores keep it."""
        return type(self).__name__

    @property
    def about(self) -> Id:
        """Return the case it is about, or an empty text."""
        return str(getattr(self, "case", ""))

    @property
    def addressee(self) -> Id:
        """Return the person to whose laptop it must go, or an empty text."""
        return str(getattr(self, "agent", "")) if self.ROUTE is Route.ADDRESSEE else ""
