from __future__ import annotations

import threading
from dataclasses import dataclass

from PySide6.QtCore import QObject

from ui.background import Lane, Lanes


@dataclass(frozen=True)
class Touched:
    cases: frozenset[str] = frozenset()


def test_work_runs_beside_the_main_thread_and_answers_on_it(lanes):
    heard = []

    def work(ticket):
        return threading.current_thread() is threading.main_thread()

    lanes.store.run(work, done=lambda value: heard.append((value, threading.current_thread())))
    lanes.finish()
    assert heard == [(False, threading.main_thread())]


def test_the_store_lane_keeps_the_order_in_which_it_was_asked(lanes):
    order = []
    for n in range(20):
        lanes.store.run(lambda ticket, n=n: order.append(n))
    lanes.finish()
    assert order == list(range(20))


def test_two_pieces_of_work_run_together_in_the_free_lane(lanes):
    meeting = threading.Barrier(2, timeout=5)
    heard = []
    for _ in range(2):
        lanes.free.run(lambda ticket: meeting.wait(), done=heard.append)
    lanes.finish()
    assert sorted(heard) == [0, 1]


def test_an_error_reaches_the_asker_on_the_main_thread(lanes):
    heard = []

    def work(ticket):
        raise ValueError("no")

    lanes.free.run(work, failed=lambda error: heard.append((type(error), threading.current_thread())))
    lanes.finish()
    assert heard == [(ValueError, threading.main_thread())]


def test_an_error_nobody_asked_for_is_still_told(lanes):
    heard = []
    lanes.store.complained.connect(heard.append)
    lanes.store.run(lambda ticket: 1 / 0)
    lanes.finish()
    assert isinstance(heard[0], ZeroDivisionError)


def test_a_cancelled_ticket_keeps_its_answer_to_itself(lanes):
    heard = []
    hold = threading.Event()
    ticket = lanes.store.run(lambda ticket: hold.wait(5), done=heard.append, failed=heard.append)
    ticket.cancel()
    hold.set()
    lanes.finish()
    assert heard == []


def test_progress_arrives_in_order_before_the_answer(lanes):
    heard = []

    def work(ticket):
        for n in range(3):
            ticket.progress(n)
        return "done"

    lanes.free.run(work, done=heard.append, progress=heard.append)
    lanes.finish()
    assert heard == [0, 1, 2, "done"]


def test_a_change_is_announced_once_with_who_asked(lanes):
    news = []
    lanes.store.changed.connect(lambda changes, initiator: news.append((changes, initiator)))
    lanes.store.run(lambda ticket: Touched(frozenset({"c1"})), initiator="desk")
    lanes.store.run(lambda ticket: Touched())
    lanes.store.run(lambda ticket: "a plain value")
    lanes.finish()
    assert news == [(Touched(frozenset({"c1"})), "desk")]


def test_work_that_an_answer_starts_is_waited_for_too(lanes):
    heard = []
    lanes.store.run(lambda ticket: 1, done=lambda one: lanes.free.run(lambda ticket: one + 1, done=heard.append))
    lanes.finish()
    assert heard == [2]


class _Window(QObject):
    def __init__(self):
        super().__init__()
        self.heard = []

    def show(self, value):
        self.heard.append(value)


def test_an_answer_for_a_closed_window_is_dropped(lanes):
    import shiboken6

    window = _Window()
    lanes.store.run(lambda ticket: 1, done=window.show)
    shiboken6.delete(window)
    lanes.finish()
    assert window.heard == []


def test_lanes_have_the_widths_of_the_house():
    made = Lanes()
    assert (made.store._pool.maxThreadCount(), made.free._pool.maxThreadCount()) == (1, 2)
    assert isinstance(made.store, Lane)
