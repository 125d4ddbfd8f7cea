"""What an expression sees: a node, its place in a list, and the world around the form."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Protocol
from zoneinfo import ZoneInfo

from callcenter.forms.xpath.tree import Element, Fixed
from callcenter.forms.xpath.values import Value


class World(Protocol):
    """What the instance lends to its expressions."""

    @property
    def zone(self) -> ZoneInfo:
        """The local time zone."""

    @property
    def root(self) -> Element:
        """The root element of the answers."""

    @property
    def singles(self) -> Mapping[str, Element]:
        """Nodes outside repeats by their path."""

    @property
    def language(self) -> str:
        """The active language of the form."""

    def now(self) -> datetime:
        """Return the present moment, aware."""

    def random(self) -> float:
        """Return the next random number of this interview, 0 <= x < 1."""

    def uuid(self) -> str:
        """Return a new identity."""

    def seed(self) -> int:
        """Return the seed for shuffles that name none."""

    def table(self, name: str) -> Fixed | None:
        """Return the root element of a secondary instance."""

    def itext(self, identity: str, at: Element) -> str:
        """Return a text of the form in the active language."""

    def choice_label(self, value: str, ref: str, at: Element) -> str:
        """Return the label of a choice of the question named by ref."""

    @property
    def tired(self) -> set[tuple[str, str]]:
        """Patterns and texts for which regex() ran out of time."""

    def warn(self, message: str) -> None:
        """Note something that the author of the form should know."""


class Context:
    """The context of one evaluation."""

    __slots__ = ("current", "node", "position", "size", "world")

    def __init__(self, node: Element, world: World, current: Element, position: int = 1, size: int = 1) -> None:
        self.node = node
        self.world = world
        self.current = current
        self.position = position
        self.size = size


Closure = Callable[[Context], Value]
