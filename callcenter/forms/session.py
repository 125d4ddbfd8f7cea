"""The border of the questionnaire engine: one interview, asked page by page."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any, Self
from zoneinfo import ZoneInfo

from callcenter.clock import Clock
from callcenter.forms import telling
from callcenter.forms.definition.form import Described, FormDefinition
from callcenter.forms.definition.kind import Kind
from callcenter.forms.definition.loader import load_form, publishable
from callcenter.forms.errors import FormNotComplete, NoSuchQuestion, SnapshotUnreadable
from callcenter.forms.instance.editing import reopened
from callcenter.forms.instance.explaining import Why, explain
from callcenter.forms.instance.instance import Instance
from callcenter.forms.instance.node import Node
from callcenter.forms.instance.wording import Run
from callcenter.forms.screens import Screen, screens, sections
from callcenter.forms.shown import Choice, KeyItems, Page, Question, Said, Section, Submission
from callcenter.text import LOCAL_ZONE

__all__ = [
    "Choice",
    "Described",
    "FormDefinition",
    "KeyItems",
    "Kind",
    "Page",
    "Question",
    "Run",
    "Said",
    "Section",
    "Session",
    "Submission",
    "Why",
    "load",
]

_KEPT = 30
"""Answers that can be taken back after a restart."""
_COMMA = re.compile(r"\s*-?\d+,\d+\s*\Z")


def load(xml: str | bytes, attachments: Mapping[str, str] | None = None) -> FormDefinition:
    """Load a form for use by telephone; a FormError says what its author must mend."""
    return publishable(load_form(xml, attachments))


class Session:  # noqa: PLR0904 - the whole border of the engine is this one noun
    """An interview on a form: a pure function of form, presets, answers, clock, zone and seed."""

    def __init__(self, instance: Instance, presets: Mapping[str, str], seed: int) -> None:
        """For `open` and `restore`, which fill the instance."""
        self._instance = instance
        self._presets = dict(presets)
        self._seed = seed
        self._at = ""
        self._place = 0
        self._passed = False
        self._checked = False
        self._visited: dict[str, None] = {}
        self._answered: dict[str, None] = {}
        self._unreadable: set[str] = set()
        self._history: list[dict[str, Any]] = []
        self._screens: tuple[int, list[Screen]] = (-1, [])

    @classmethod
    def open(
        cls,
        form: FormDefinition,
        *,
        presets: Mapping[str, str],
        clock: Clock,
        seed: int = 0,
        language: str | None = None,
        zone: ZoneInfo = LOCAL_ZONE,
    ) -> Self:
        """Start an interview on what is known of a case.

        `presets` fill the hidden nodes that `form.presets` names, and are the one row of the list `case`, which
        formulas read as `instance('case')/root/item/NAME` or `pulldata('case', 'NAME', 'key', 'case')`.
        """
        instance = Instance(form, clock, zone, seed)
        if language in form.languages:
            instance.world.language = str(language)
        instance.begin(presets)
        session = cls(instance, presets, seed)
        session._move(0)
        return session

    @classmethod
    def edit(
        cls,
        form: FormDefinition,
        submitted: str | bytes,
        *,
        presets: Mapping[str, str],
        clock: Clock,
        seed: int = 0,
        zone: ZoneInfo = LOCAL_ZONE,
    ) -> Self:
        """Open the XML of a submission again, to change it; SubmissionUnreadable for that of another form.

        It keeps its start and all that was filled in at first, so `presets` are only the row of the list `case`. It
        gets a new identity, and names the old one. It speaks the form's own language.
        """
        instance = Instance(form, clock, zone, seed, sent=reopened(form, submitted))
        instance.know(presets)
        instance.edit()
        session = cls(instance, presets, seed)
        asked = (node for node in instance.tree.root.nodes() if node.schema.control is not None)
        session._answered = dict.fromkeys(node.ref for node in asked if node.raw)
        session._move(0)
        return session

    @classmethod
    def restore(cls, form: FormDefinition, snapshot: str, *, clock: Clock, zone: ZoneInfo = LOCAL_ZONE) -> Self:
        """Go on with a saved interview, the same page and words and all; SnapshotUnreadable for any other text."""
        try:
            told = json.loads(snapshot)
            instance = Instance(form, clock, zone, int(told["seed"]))
            instance.world.language = told["language"]
            instance.world.drawn = told["drawn"]
            instance.know(told["presets"])
            instance.load(told["values"], told["sizes"])
            session = cls(instance, told["presets"], told["seed"])
            session._at, session._place, session._passed = told["at"], told["place"], told["passed"]
            session._visited = dict.fromkeys(told["visited"])
            session._answered = dict.fromkeys(told["answered"])
            session._history = told["history"]
            # Interviews that were saved before these were kept have none.
            session._checked = bool(told.get("checked"))
            session._unreadable = set(told.get("unreadable", ()))
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise SnapshotUnreadable() from error
        return session

    def snapshot(self) -> str:
        """Return all that `restore` needs, as JSON text."""
        told = {
            "seed": self._seed,
            "drawn": self._instance.world.drawn,
            "language": self._instance.world.language,
            "presets": self._presets,
            "values": self._values(),
            "sizes": self._instance.sizes(),
            "at": self._at,
            "place": self._place,
            "passed": self._passed,
            "checked": self._checked,
            "unreadable": sorted(self._unreadable),
            "visited": list(self._visited),
            "answered": list(self._answered),
            "history": self._history[-_KEPT:],
        }
        return json.dumps(told, ensure_ascii=False, separators=(",", ":"))

    def _values(self) -> dict[str, str]:
        return {ref: raw for ref, raw in self._instance.raws().items() if raw}

    # --- pages ---

    def _all(self) -> list[Screen]:
        revision = self._instance.engine.revision
        if self._screens[0] != revision:
            self._screens = (revision, screens(self._instance))
        return self._screens[1]

    def _relevant(self) -> list[int]:
        return [place for place, screen in enumerate(self._all()) if screen.asked]

    def _here(self) -> int | None:
        """Return the place of the page on show: the next relevant one when its own is relevant no more."""
        found = self._all()
        place = next((at for at, screen in enumerate(found) if screen.key == self._at), min(self._place, len(found)))
        asked = self._relevant()
        ahead = [at for at in asked if at >= place]
        return ahead[0] if ahead else (asked[-1] if asked else None)

    def _move(self, place: int) -> None:
        found = self._all()
        if place < len(found):
            self._at, self._place = found[place].key, place
        self._passed = self._checked = False

    def page(self) -> Page:
        """Return what is asked now."""
        here, asked = self._here(), self._relevant()
        if here is None:
            return Page(self._sections(-1), (), 0, 0, first=True, last=True)
        nodes = self._all()[here].asked
        questions = tuple(self._question(node) for node in nodes)
        number = asked.index(here) + 1
        about = len(asked)
        return Page(self._sections(here), questions, number, about, first=number == 1, last=number == about)

    def _question(self, node: Node) -> Question:
        return telling.question(self._instance, node, checked=self._checked, unreadable=node.ref in self._unreadable)

    def _sections(self, here: int) -> tuple[Section, ...]:
        return sections(self._instance, self._all(), here, passed=self._passed)

    def next(self) -> bool:
        """Go to the next page; False when something on this page is missing or refused, or at the end."""
        here = self._here()
        if here is None:
            self._passed = True
            return False
        screen = self._all()[here]
        if any(self._blocks(node) for node in screen.asked):
            self._checked = True
            return False
        self._visited[screen.key] = None
        ahead = [at for at in self._relevant() if at > here]
        if not ahead:
            self._move(here)
            self._passed = True
            return False
        self._move(ahead[0])
        return True

    def _blocks(self, node: Node) -> bool:
        judge = self._instance.judge
        return judge.missing(node) or judge.refused(node) or node.ref in self._unreadable

    def back(self) -> bool:
        """Go to the page before; False on the first."""
        if self._passed:
            self._passed = False
            return True
        here = self._here()
        before = [at for at in self._relevant() if here is not None and at < here]
        if not before:
            return False
        self._move(before[-1])
        return True

    def goto(self, ref: str) -> bool:
        """Show the page of a question; False when it is not asked now."""
        for place, screen in enumerate(self._all()):
            if any(node.ref == ref for node in screen.asked):
                self._move(place)
                return True
        return False

    def finished(self) -> bool:
        """Whether the last page was passed, or nothing is left to ask."""
        return self._passed or not self._relevant()

    # --- answers ---

    def answer(self, ref: str, value: str) -> Question:
        """Store an answer, also one that the form refuses; the message of the returned question says why."""
        node = self._find(ref)
        if self._instance.judge.readonly(node):
            return self._question(node)
        before, sizes = self._values(), self._instance.sizes()
        if telling.kind_of_node(node) is Kind.DECIMAL and _COMMA.match(value):
            value = value.replace(",", ".")
        self._instance.store(node, value)
        self._remember(ref, before, sizes)
        self._unreadable.discard(ref)
        if value.strip() and not node.raw:
            self._unreadable.add(ref)
        self._answered[ref] = None
        self._passed = False
        return self._question(node)

    def _find(self, ref: str) -> Node:
        node = self._instance.tree.find(ref)
        if node is None or node.schema.control is None:
            raise NoSuchQuestion(ref=ref)
        return node

    def _remember(self, ref: str, before: dict[str, str], sizes: dict[str, int]) -> None:
        after = self._values()
        changed = {
            one: before.get(one, "") for one in before.keys() | after.keys() if before.get(one) != after.get(one)
        }
        self._history.append({"at": self._at, "place": self._place, "ref": ref, "values": changed, "sizes": sizes})

    def undo(self) -> bool:
        """Take back the last answer, added or removed instance, and show its page; False when there is none."""
        if not self._history:
            return False
        last = self._history.pop()
        values = self._values() | last["values"]
        self._instance.load(values, last["sizes"])
        # What was said in another language then is said in the language of now.
        self._instance.speak(self._instance.world.language)
        self._unreadable.discard(last["ref"])
        if not self._instance.raws().get(last["ref"]):
            self._answered.pop(last["ref"], None)
        self._at, self._place, self._passed, self._checked = last["at"], last["place"], False, False
        return True

    def add(self, ref: str) -> bool:
        """Append an instance to the repeat `/data/rep`; False when its number is fixed by the form."""
        holder_ref, _, name = ref.rpartition("/")
        holder = self._instance.tree.find(holder_ref)
        schema = holder.schema.by_name.get(name) if holder else None
        if holder is None or schema is None or not schema.repeat or schema.fixed_count:
            return False
        before, sizes = self._values(), self._instance.sizes()
        if self._instance.add(holder, name) is None:
            return False
        self._remember(ref, before, sizes)
        return True

    def remove(self, ref: str) -> bool:
        """Remove the repeat instance `/data/rep[2]`, until it is taken back; False when the form fixes its number."""
        node = self._instance.tree.find(ref)
        if node is None or not node.schema.repeat or node.schema.fixed_count:
            return False
        before, sizes = self._values(), self._instance.sizes()
        self._instance.remove(node)
        self._remember(ref, before, sizes)
        return True

    def language(self, name: str) -> None:
        """Ask on in another language of the form; an unknown one changes nothing."""
        if name in self._instance.form.languages:
            self._instance.speak(name)

    # --- what was said ---

    def said(self) -> tuple[Said, ...]:
        """Return the answers given so far, in words, in the order of the form."""
        found = []
        for screen in self._all():
            for node in screen.asked:
                given = node.ref in self._answered or screen.key in self._visited
                if given and node.text and telling.kind_of_node(node) is not Kind.NOTE:
                    found.append(telling.said(self._instance, node))
        return tuple(found)

    def value(self, name: str) -> str:
        """Return the effective value of a node by name, empty when not relevant or not there."""
        return telling.value(self._instance, name)

    def keys(self) -> KeyItems:
        """Return how many key items are relevant and answered."""
        return telling.key_items(self._instance)

    def facts(self) -> Mapping[str, str]:
        """Return the values that the form marks with cc:fact, non-empty only."""
        return telling.facts(self._instance)

    def submission(self) -> Submission:
        """Return the answers as they are now, complete or not."""
        return telling.submission(self._instance)

    def finish(self) -> Submission:
        """Stamp the end and return the answers; FormNotComplete shows the first page that lacks something."""
        lacking = [
            (place, node) for place in self._relevant() for node in self._all()[place].asked if self._blocks(node)
        ]
        if lacking:
            self._move(lacking[0][0])
            self._checked = True
            raise FormNotComplete(n=len(lacking))
        self._instance.actions.stamp_end()
        return self.submission()

    def explain(self, ref: str) -> Why:
        """Return why a question is hidden, required or refused now."""
        node = self._instance.tree.find(ref)
        if node is None:
            raise NoSuchQuestion(ref=ref)
        return self._why(node)

    def whys(self) -> tuple[Why, ...]:
        """Return the same for every question, preset and calculation, in the order of the form."""
        return tuple(self._why(node) for node in telling.members(self._instance))

    def _why(self, node: Node) -> Why:
        return explain(self._instance, node, unreadable=node.ref in self._unreadable)

    def given(self) -> Mapping[str, str]:
        """Return what was answered by reference, the first answer first, also where it does not count now."""
        raws = self._instance.raws()
        return {ref: raws[ref] for ref in self._answered if raws.get(ref)}

    def sizes(self) -> Mapping[str, int]:
        """Return how many instances each repeat has, by its reference."""
        return self._instance.sizes()
