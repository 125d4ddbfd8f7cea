"""Cuts, kills and restarts at random moments while laptops work: shortly in the suite, for long in the soak."""

from __future__ import annotations

import contextlib
import random
import shutil
import tempfile
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor, wait
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

from callcenter.errors import CallcenterError
from callcenter.usecases.syncing import sync
from db.central.open import open_central
from db.errors import CentralBusy, CentralUnreachable
from db.local.store import LocalStore
from tests.sync.fleet import Laptop, Nursery
from tests.sync.line import Fault, Line
from tests.sync.rehearsed import RehearsedTown
from tests.sync.server import Server
from tests.sync.tally import Tally, wrongly_acknowledged
from tests.sync.town import on_postgres, quick_phrases, with_store

_PEOPLE = ("ann", "bob", "cor", "dia")
_LOOKS = 20
_BYTES = {"up": 5_000, "down": 3_200}
"""How much goes each way in an ordinary sync; some cuts come much later."""


@dataclass(frozen=True)
class Weather:
    """How bad it is, in shares of one; and the most seconds that a laptop lives before it is killed.

    What a laptop believes of central is audited after a share of its lives; `planted` breaks its program.
    """

    cut: float = 0.9
    killed: float = 0.3
    backend: float = 0.05
    postmaster: float = 0.01
    lives: float = 0.25
    audited: float = 0.1
    planted: str = ""


class Storm:
    """A server, a line that breaks, and laptops on it; each laptop has a process that brings it back to life.

    Laptops are small programs of the tests, or with `rehearsed` the product's own command.
    """

    def __init__(self, weather: Weather, seed: int, laptops: int = 2, *, rehearsed: bool = False) -> None:
        quick_phrases()
        self.weather = weather
        self.seed = seed
        self.kills = 0
        self.wrongly: set[str] = set()
        self.lost: set[str] = set()
        self._chance = random.Random(seed)  # noqa: S311 - the same storm in every run of a seed
        self._turn = threading.Lock()
        self._folder = Path(tempfile.mkdtemp(prefix="storm-"))
        self.server = Server()
        self.server.start()
        self.line = Line(self.server.port)
        town = RehearsedTown if rehearsed else on_postgres
        self.town = town(self._folder, self.server.url, self.line.port)
        self._nurseries = [Nursery() for _ in range(laptops)]
        self._laptops = self.town.begin(*_PEOPLE[:laptops])
        self.line.plan = self._fault

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        for nursery in self._nurseries:
            nursery.close()
        self.line.close()
        self.server.stop()
        shutil.rmtree(self._folder)

    @property
    def cuts(self) -> int:
        """Return how many connections were cut."""
        return self.line.cuts

    def rage(self, over: Callable[[Storm], bool]) -> None:
        """Let it rage until it is over, asked after each life of a laptop; what goes wrong in a life is raised."""
        with ThreadPoolExecutor(len(self._laptops)) as pool:
            pairs = zip(self._nurseries, self._laptops, strict=True)
            lives = [pool.submit(self._lives, nursery, laptop, over) for nursery, laptop in pairs]
            while wait(lives, timeout=0.2).not_done:
                self._at_the_office()
        for life in lives:
            life.result()

    def calm(self) -> Tally:
        """End all faults, let everyone sync, and count."""
        self.line.plan = lambda: None
        self.server.wait()
        tally = self.town.end()
        tally.wrongly |= self.wrongly
        tally.lost |= self.lost
        return tally

    def _lives(self, nursery: Nursery, laptop: Laptop, over: Callable[[Storm], bool]) -> None:
        while not over(self):
            told = nursery.live(laptop, planted=self.weather.planted, **self.town.order(laptop, self._order()))
            if told["killed"]:
                with self._turn:
                    self.kills += 1
            assert told["killed"] or told["status"] == 0, told
            self._audit(laptop)

    def _order(self) -> dict[str, Any]:
        with self._turn:
            chance = self._chance
            order = {"sync_every": chance.choice((1, 1, 1, 3)), "rounds": chance.randrange(2, 12)}
            if chance.random() < self.weather.killed:
                when = chance.choice(("kill_after", "kill_after", "kill_after", "kill_early"))
                order |= {"rounds": 0, when: chance.uniform(0.001, self.weather.lives)}
            return order

    def _audit(self, laptop: Laptop) -> None:
        """See what the laptop believes: a later sync would notice a central that holds too little, and mend that."""
        with self._turn:
            spared = self._chance.random() > self.weather.audited
        if not spared:
            self.wrongly |= self._seen(laptop, lambda store: wrongly_acknowledged(self.town.owner, store))
            self.lost |= self._seen(laptop, self.town.unread)

    def _seen(self, laptop: Laptop, look: Callable[[LocalStore], set[str]]) -> set[str]:
        """Look into a store and into central; when the server is killed meanwhile, look again."""
        for _ in range(_LOOKS):
            self.server.wait()
            with contextlib.suppress(CentralUnreachable, CentralBusy):
                return with_store(laptop, self.town.clock, look)
        raise CentralUnreachable(host="the server of this storm")

    def _fault(self) -> Fault | None:
        with self._turn:
            chance = self._chance
            if chance.random() > self.weather.cut:
                return None
            way = chance.choice(("up", "down"))
            most = _BYTES[way] * chance.choice((1, 1, 1, 6))
            return Fault(way, chance.randrange(most))

    def _at_the_office(self) -> None:
        """Let the office sync over the same line, and hurt the server now and then."""
        with self._turn:
            drawn = self._chance.random()
            person = self._chance.choice(self._laptops).person
        self.town.lease(person, 1)
        if drawn < self.weather.postmaster:
            self.server.kill()
            self.kills += 1
        elif drawn < self.weather.postmaster + self.weather.backend:
            self.kills += self.server.kill_backend()
            self.server.wait()
        box = open_central(self.town.address, self.town.office.device)
        try:
            sync(self.town.office.log, box, self.town.clock)
        except CallcenterError:
            pass  # the next round goes on where this one stopped
        finally:
            box.close()
