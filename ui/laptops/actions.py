"""What the page of the laptops may ask for; the composition root hands it in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from callcenter.domain.agent import Agent
from callcenter.ids import Id
from callcenter.ports import StockEntry


@dataclass(frozen=True)
class LaptopActions:
    """Laptops of one office; all run in the store lane, `prepare` in the free one because it may ask central.

    `own` when the central is a file of this organisation: then there is no stock and no operator. `add_stock` takes
    the operator's file and code and returns how many enrolments are new. `prepare` returns the file for a laptop and
    the code to read out. `cut_off` takes an enrolment; `command` returns the line with which an operator does it.
    """

    own: bool
    people: Callable[[], tuple[Agent, ...]]
    entries: Callable[[], tuple[StockEntry, ...]]
    add_stock: Callable[[Path, str], int]
    prepare: Callable[[Agent], tuple[Path, str]]
    cut_off: Callable[[Id], None]
    command: Callable[[Id], str]
