"""Where a function of a group registers its name and how many arguments it takes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from callcenter.forms.xpath.scope import Closure
from callcenter.forms.xpath.values import Value

MANY = 1_000_000


@dataclass(frozen=True, slots=True)
class Function:
    """A function: its least and most arguments, whether it takes closures, and whether it changes by itself."""

    name: str
    least: int
    most: int
    run: Callable[..., Value]
    lazy: bool = False
    volatile: bool = False

    def bind(self, arguments: tuple[Closure, ...]) -> Closure:
        """Return the closure of a call with these arguments."""
        run = self.run
        if self.lazy:
            return lambda at: run(at, *arguments)
        if not arguments:
            return lambda at: run(at)
        if len(arguments) == 1:
            (only,) = arguments
            return lambda at: run(at, only(at))
        return lambda at: run(at, *[argument(at) for argument in arguments])


Group = dict[str, Function]
Run = TypeVar("Run", bound=Callable[..., Value])


class Register:
    """Collects the functions of one group."""

    def __init__(self) -> None:
        self.group: Group = {}

    def __call__(
        self, name: str, least: int, most: int | None = None, *, lazy: bool = False, volatile: bool = False
    ) -> Callable[[Run], Run]:
        """Register the decorated function, which takes the context and then its arguments."""

        def take(run: Run) -> Run:
            self.group[name] = Function(name, least, least if most is None else most, run, lazy, volatile)
            return run

        return take
