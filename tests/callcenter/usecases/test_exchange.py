from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from callcenter.domain.envelope import UnknownFact
from callcenter.domain.event import AttemptOpened, ClockMeasured, EventSetAside, NoteAdded
from callcenter.ports import Outgoing, Verdict
from callcenter.usecases.exchange import exchange
from callcenter.usecases.views import SyncResult
from tests.callcenter.usecases.town import Line, Town, a_town


class Refusing(Line):
    """A line to a central that refuses events of some cases."""

    reason = "case"
    cases: frozenset[str] = frozenset()

    def push(self, batch):
        taken = [o for o in batch if not self._bad(o)]
        verdicts = {v.event_id: v for v in (super().push(taken) if taken else ())}
        return [verdicts.get(o.event_id) or Verdict(o.event_id, "refused", reason=self.reason) for o in batch]

    def _bad(self, sent: Outgoing) -> bool:
        return any(f'"case":"{case}"' in sent.wire for case in self.cases)


def _exchange(town: Town, line: Line | None = None, *, retry: bool = False) -> SyncResult:
    used = line or town.line(town.yasmina)
    try:
        return exchange(town.yasmina, used, town.clock, retry=retry)
    finally:
        used.close()


def _refusing(town: Town, *cases: str) -> Refusing:
    line = Refusing(town.line(town.yasmina)._box)
    line.cases = frozenset(cases)
    return line


def test_a_refused_event_is_set_aside_and_the_rest_goes_through(tmp_path: Path) -> None:
    town = a_town(tmp_path)
    town.call("c0")
    town.call("c1")
    result = _exchange(town, _refusing(town, "c0"))
    assert (result.waiting, result.set_aside, result.sane) == (0, 2, True)
    with town.yasmina.work() as work:
        assert work.cases.get("c0").attempts == ()
        assert [each.why for each in work.outbox.aside()] == ["case", "case"]


def test_the_office_hears_what_was_set_aside_without_its_content_and_only_once(tmp_path: Path) -> None:
    town = a_town(tmp_path)
    town.call("c0")
    for _ in range(2):
        _exchange(town, _refusing(town, "c0"))
    town.sync(town.boss)
    with town.boss.work() as work:
        told = [e.fact for e in work.events.of_kind("EventSetAside")]
    assert [(f.said, f.of_case, f.why) for f in told if isinstance(f, EventSetAside)] == [
        ("AttemptOpened", "c0", "case"),
        ("AttemptClosed", "c0", "case"),
    ]


def test_what_was_refused_is_offered_once_more_at_the_end_of_a_shift_and_counts_again(tmp_path: Path) -> None:
    town = a_town(tmp_path)
    town.call("c0")
    _exchange(town, _refusing(town, "c0"))
    result = _exchange(town, retry=True)
    assert (result.set_aside, result.waiting) == (0, 0)
    with town.yasmina.work() as work:
        assert len(work.cases.get("c0").attempts) == 1


def test_what_a_person_left_aside_is_not_offered_again_and_counts_no_longer_as_open(tmp_path: Path) -> None:
    town = a_town(tmp_path)
    town.call("c0")
    _exchange(town, _refusing(town, "c0"))
    with town.yasmina.work() as work:
        work.outbox.leave([each.sent.event_id for each in work.outbox.aside()])
    result = _exchange(town, retry=True)
    assert result.set_aside == 0
    assert town.held(town.yasmina) == 2 + 2  # what was told of the two, twice
    with town.yasmina.work() as work:
        assert [each.left for each in work.outbox.aside()] == [True, True]


def test_after_a_restored_server_refused_events_are_offered_again(tmp_path: Path) -> None:
    town = a_town(tmp_path)
    town.call("c0")
    _exchange(town, _refusing(town, "c0"))
    town.back_up()
    town.restore(told=True)
    assert _exchange(town).set_aside == 0


def test_an_event_whose_place_is_taken_is_said_anew_and_nothing_is_lost(tmp_path: Path) -> None:
    town = a_town(tmp_path)
    town.call("c0")
    with town.yasmina.work() as work:
        (first, _) = work.outbox.unconfirmed()
    town.yasmina.log.settle([Verdict(first.event_id, "mismatch", "another")])
    assert _exchange(town).set_aside == 1
    with town.yasmina.work() as work:
        assert work.outbox.again([first.event_id]) == 1
    result = _exchange(town)
    assert (result.set_aside, result.waiting, result.sane) == (0, 0, True)
    town.sync(town.boss)
    with town.boss.work() as work:
        (attempt,) = work.cases.get("c0").attempts
        assert attempt.opened_at == town.clock()
    with town.yasmina.work() as work:
        assert len(work.cases.get("c0").attempts) == 1


def test_a_wrong_clock_is_told_to_the_office_and_again_when_it_is_right(tmp_path: Path) -> None:
    town = a_town(tmp_path)
    for minutes in (12, 12, 0, 0):
        line = town.line(town.yasmina)
        line.welcome = lambda welcome, m=minutes: replace(
            welcome, server_time=welcome.server_time + timedelta(minutes=m)
        )
        assert _exchange(town, line).skew_seconds == minutes * 60
    town.sync(town.boss)
    with town.boss.work() as work:
        told = [e.fact for e in work.events.of_kind("ClockMeasured")]
    assert told == [ClockMeasured(720), ClockMeasured(0)]


def test_a_second_exchange_moves_nothing(tmp_path: Path) -> None:
    town = a_town(tmp_path)
    town.call()
    _exchange(town)
    again = _exchange(town, retry=True)
    assert (again.pushed, again.pulled, again.cases) == (0, 0, frozenset())


def test_a_kind_of_a_newer_program_is_carried_raw_in_both_directions(tmp_path: Path) -> None:
    town = a_town(tmp_path)
    with town.yasmina.work() as work:
        work.events.append(UnknownFact("MoodNoted", "c1", {"mood": "ok"}, newer_version=3))
    assert _exchange(town).waiting == 0
    town.sync(town.boss)
    with town.boss.work() as work:
        (event,) = work.events.of_kind("MoodNoted")
    assert (event.fact.body, event.fact.newer_version) == ({"mood": "ok"}, 3)


def test_own_events_that_come_back_are_recognised(tmp_path: Path) -> None:
    town = a_town(tmp_path)
    with town.boss.work() as work:
        work.events.append(AttemptOpened("c1", "x", "n1", "subject"), NoteAdded("c1", "x", "een keer"))
    town.sync(town.boss)
    town.boss.log.offer_again()
    town.sync(town.boss)
    with town.boss.work() as work:
        assert [note.text for note in work.cases.get("c1").notes] == ["een keer"]
