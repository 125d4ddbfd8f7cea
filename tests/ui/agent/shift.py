"""A desk on use cases that are played by a short list of values: what was asked is noted down."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path
from typing import Any

from callcenter.domain.outcome import Outcome
from callcenter.usecases.set_aside import AsideEntry
from callcenter.usecases.views import CaseCard, Changes, EmptyQueue, FileMade, InterviewView, ShiftEnd, SyncResult
from tests.ui import seen
from tests.ui.invented import CALLED, CARD, LINES, NOW, SCHOOL, STATUS, a_page, a_question, a_view
from ui.agent.actions import AsideActions, CallActions, DeskActions, OfficeFile, QueueActions
from ui.agent.desk import Desk
from ui.agent.presenter import DeskPresenter
from ui.background import Lanes

FIRST = replace(SCHOOL, value="")
LAST = a_question("end", label="Mogen we volgend jaar terugbellen?", choices=SCHOOL.choices[:2])


@dataclass
class Played:
    """Plays the use cases; `asked` holds their names with what they were given."""

    queue: list[CaseCard | EmptyQueue] = field(default_factory=lambda: [CARD, EmptyQueue(())])
    going_on: InterviewView | None = None
    refuse: BaseException | None = None
    down: BaseException | None = None
    end: ShiftEnd = ShiftEnd(2, 1, SyncResult(pushed=2, confirmed=2), 3, clean=True)
    aside: tuple[AsideEntry, ...] = ()
    asked: list[tuple[Any, ...]] = field(default_factory=list)
    dialled: list[str] = field(default_factory=list)
    values: dict[str, str] = field(default_factory=dict)
    place: int = 0

    def view(self, **more: object) -> InterviewView:
        page = (FIRST, LAST)[min(self.place, 1)]
        page = replace(page, value=self.values.get(page.ref, ""))
        facts: dict[str, object] = {"card": CALLED, "note": "", "finished": self.place > 1}
        if self.place > 1:
            facts["proposed"] = Outcome.COMPLETE
        shown = a_page(page, number=self.place + 1, first=self.place == 0, last=self.place > 0)
        return a_view(shown, **(facts | more))

    def note(self, *asked: object) -> None:
        self.asked.append(asked)
        if self.refuse is not None and asked[0] == "close":
            refuse, self.refuse = self.refuse, None
            raise refuse

    def next_case(self) -> CaseCard | EmptyQueue:
        self.note("next_case")
        return self.queue[0] if len(self.queue) == 1 else self.queue.pop(0)

    def open(self, case: str, number: str) -> InterviewView:
        self.note("open", case, number)
        return self.view()

    def answer(self, ref: str, value: str) -> InterviewView:
        self.note("answer", ref, value)
        self.values[ref] = value
        return self.view()

    def move(self, name: str, by: int) -> InterviewView:
        self.note(name)
        self.place = max(self.place + by, 0)
        return self.view()

    def kept(self, *asked: object) -> Changes:
        self.note(*asked)
        return Changes(frozenset({"c1"}))

    def show_number(self, case: str, number: str) -> CaseCard:
        self.note("show_number", case, number)
        lines = tuple(
            replace(n, digits="0486 00 00 40", dial="+32486000040") if n.id == number else n for n in CARD.numbers
        )
        return replace(CARD, numbers=lines)

    def end_shift(self, report) -> ShiftEnd:
        self.note("end_shift")
        if self.down is not None:
            raise self.down
        report(1, 2)
        return self.end

    def make_file(self, path, everything) -> FileMade:
        self.note("make_file", path.name, everything)
        return FileMade(path, "7KQ2 M0XD PA4R 9TNB", 7, 3)

    def names(self) -> list[object]:
        """Return the names of what was asked, without the reading of frame and queue."""
        return [asked[0] for asked in self.asked if asked[0] not in ("status", "next_case", "resume", "languages")]

    def actions(self) -> DeskActions:
        call = CallActions(
            resume=lambda: self.going_on,
            open=self.open,
            answer=self.answer,
            forward=lambda: self.move("forward", 1),
            backward=lambda: self.move("backward", -1),
            undo=lambda: self.move("undo", 0),
            go_to=lambda ref: self.move("go_to", 0),
            speak=lambda name: self.move("speak", 0),
            note=lambda text: (self.note("note", text), NOW + timedelta(seconds=5))[1],
            close=lambda outcome, detail, wish: self.kept("close", outcome, detail, wish),
            ask_help=lambda case, question, text: self.note("ask_help", case, question, text),
            tell_coordinator=lambda text: self.note("tell_coordinator", text),
        )
        queue = QueueActions(
            status=lambda: STATUS,
            next_case=self.next_case,
            card=lambda case: replace(CARD, case=case),
            lines=lambda: LINES,
            find=lambda part: tuple(line for line in LINES if part.lower() in line.name.lower()),
            show_number=self.show_number,
            skip=lambda case, why: self.kept("skip", case, why),
            know_person=lambda case: self.kept("know_person", case),
        )
        return DeskActions(
            call=call,
            queue=queue,
            end_shift=self.end_shift,
            now=lambda: NOW,
            dial=self.dialled.append,
            languages=lambda: ("Nederlands (nl)", "English (en)"),
            office_file=OfficeFile(lambda: Path("/media/stick/yasmina.kantoor"), self.make_file),
            aside=AsideActions(
                entries=lambda: self.aside,
                again=lambda events: self.note("again", events),
                leave=lambda events: self.note("leave", events),
            ),
        )


def begin(qtbot, lanes: Lanes, played: Played) -> Desk:
    """Open a desk, let it start, and show it."""
    desk = Desk()
    qtbot.addWidget(desk)
    desk.resize(1366, 728)
    presenter = DeskPresenter(desk, played.actions(), lanes)
    desk.presenter = presenter
    desk.show()
    desk.activateWindow()
    with qtbot.waitActive(desk):
        pass
    presenter.start()
    lanes.finish()
    return desk


def dialog(desk: Desk, kind: type[Any]) -> Any:
    """Return the question of a kind that stands before the desk."""
    seen.settle()
    open_ones = [d for d in desk.findChildren(kind) if d.isVisible()]
    return open_ones[-1] if open_ones else None
