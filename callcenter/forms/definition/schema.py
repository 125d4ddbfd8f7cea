"""The nodes of a form as written: one per place in the primary instance, with its bind and its control."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from callcenter.forms.definition.expression import Expression
from callcenter.forms.definition.words import Words
from callcenter.forms.xpath.tree import Element


@dataclass(slots=True)
class Bind:
    """What a bind says about its node."""

    type: str = "string"
    relevant: Expression | None = None
    calculate: Expression | None = None
    required: Expression | None = None
    readonly: Expression | None = None
    constraint: Expression | None = None
    required_message: Words | None = None
    constraint_message: Words | None = None
    preload: str = ""
    preload_params: str = ""
    foreign: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Item:
    """A choice that is written in the question itself."""

    value: str
    label: Words | None


@dataclass(frozen=True, slots=True)
class Itemset:
    """Choices taken from nodes: which, their value and their label."""

    nodes: Expression
    value: Expression
    label: Words | None


ControlName = Literal["input", "select1", "select", "rank", "range", "trigger", "upload"]


@dataclass(frozen=True, slots=True)
class Control:
    """A question as it stands in the body."""

    name: str
    node: Schema
    label: Words | None
    hint: Words | None
    appearance: frozenset[str]
    items: tuple[Item, ...] = ()
    itemset: Itemset | None = None
    bounds: tuple[str, str, str] = ("", "", "")
    """Start, end and step of a range."""
    media: str = ""


@dataclass(slots=True)
class Group:
    """A group or repeat of the body, in the order of the body."""

    node: Schema | None
    label: Words | None
    hint: Words | None = None
    appearance: frozenset[str] = frozenset()
    repeat: bool = False
    members: list[Group | Control] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Action:
    """A setvalue: on which events, which node, and its value."""

    events: frozenset[str]
    target: Schema
    value: Expression | None
    literal: str
    trigger: Schema | None = None


@dataclass(slots=True, eq=False)
class Schema:
    """A place in the primary instance; all instances of a repeat share it."""

    name: str
    path: str
    parent: Schema | None
    index: int
    by_name: dict[str, Schema] = field(default_factory=dict)
    """The children, in order."""
    bind: Bind = field(default_factory=Bind)
    control: Control | None = None
    group: Group | None = None
    repeat: bool = False
    template: Element | None = None
    defaults: list[Element] = field(default_factory=list)
    """The instances of a repeat as the form gives them, in order; for repeats that stand in no other."""
    count: Expression | None = None
    fixed_count: bool = False
    """No instance may be added or removed by hand."""
    repeats: tuple[Schema, ...] = ()
    """The repeats around this place, itself included, outermost first."""

    @property
    def children(self) -> list[Schema]:
        """The child places in order."""
        return list(self.by_name.values())

    @property
    def leaf(self) -> bool:
        """Whether it holds a value."""
        return not self.by_name and not self.repeat

    def child(self, name: str) -> Schema | None:
        """Return the child place of that name."""
        return self.by_name.get(name)
