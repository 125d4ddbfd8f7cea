"""A town whose laptops are those of the product: enrolled by `callcenter central enrol`, living by `rehearse`."""

from __future__ import annotations

import contextlib
import io
import json
from pathlib import Path
from typing import Any

from callcenter.app.operator import command as central
from callcenter.app.rehearsing import command as rehearsing
from callcenter.clock import now
from callcenter.ids import new_id
from db.central.open import init_postgres
from tests.sync.fleet import Laptop
from tests.sync.laptop import PHRASE
from tests.sync.town import Town

_PEOPLE = 60
_ENDLESS = 1_000_000


class RehearsedTown(Town):
    """The same office and tally; calls are of invented people, whom the operator's command leased."""

    def __init__(self, folder: Path, url: str, port: int) -> None:
        super().__init__(folder, init_postgres(url, new_id(now())), port)
        self._phrase = folder / "phrase"
        self._phrase.write_text(PHRASE, "utf-8")
        self._words: dict[str, list[str]] = {}

    def begin(self, *people: str, cases: int = _PEOPLE) -> list[Laptop]:
        """Enrol as an operator does, and let each laptop come to life over a line that may break already."""
        words = ["enrol", "--url", self.owner["url"], "--org", self.owner["org"], "--count", str(len(people))]
        words += ["--out", str(self.folder / "enrolments"), "--site", "Gent", "--address", f"127.0.0.1:{self._port}"]
        made = _said(central.run, [*words, "--invented", str(cases), "--json"])
        self.laptops = [self._laptop(*each) for each in zip(people, made, strict=True)]
        for laptop in self.laptops:
            rehearse(self.order(laptop, {"rounds": 0})["rehearse"])
        return self.laptops

    def _laptop(self, person: str, made: dict[str, Any]) -> Laptop:
        folder = self.folder / person
        witness = self.folder / f"{person}.witness"
        self._words[person] = ["--enrolment", made["file"], "--code", made["code"], "--folder", str(folder)]
        self._words[person] += ["--passphrase-file", str(self._phrase), "--witness", str(witness), "--json"]
        return Laptop(person, folder / "store", witness)

    def found(self) -> None:
        """Found no campaign: the operator's command invents one."""

    def lease(self, person: str, cases: int) -> None:
        """Lease nothing: the operator's command did."""

    def order(self, laptop: Laptop, order: dict[str, Any]) -> dict[str, Any]:
        """Return an order in the words of `rehearse`; until a kill it never comes to its end."""
        words = list(self._words[laptop.person])
        killed = {name: order[name] for name in ("kill_after", "kill_early") if name in order}
        words += ["--calls", str(_ENDLESS if killed else order["rounds"])]
        return {"rehearse": [*words, "--sync-every", str(order.get("sync_every", 1))], **killed}


def rehearse(words: list[str]) -> Any:
    """Run the command in this process and return what it told."""
    return _said(rehearsing.run, words)


def _said(run: Any, words: list[str]) -> Any:
    with contextlib.redirect_stdout(io.StringIO()) as out:
        status = run(words)
    text = out.getvalue()
    assert status < 2, text
    return json.loads(text)
