"""The end of a shift at the desk: what is said, and where one stands after it failed."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QLabel

from callcenter.errors import CallcenterError
from callcenter.usecases.set_aside import AsideEntry
from callcenter.usecases.syncing import ProgramTooOld
from callcenter.usecases.views import EmptyQueue, LineState, ShiftEnd, SyncResult
from db.errors import (
    CentralBusy,
    CentralTooOld,
    CentralUnproven,
    CentralUnreachable,
    DeviceRefused,
    DeviceRevoked,
    DiskFull,
    EnrolmentExpired,
    EnrolmentUsed,
    OverQuota,
)
from tests.ui.agent.shift import Played, begin, dialog
from tests.ui.invented import NOW
from ui.agent.aside_dialog import AsideDialog
from ui.agent.desk import State
from ui.agent.shift_end import ShiftEndDialog
from ui.text import current


@pytest.fixture
def played():
    return Played()


@pytest.fixture
def desk(qtbot, lanes, played):
    return begin(qtbot, lanes, played)


def test_the_end_of_a_shift_shows_progress_and_result(desk, lanes, qtbot):
    desk.end_asked.emit()
    ending = dialog(desk, ShiftEndDialog)
    ending.confirm()
    lanes.finish()
    said = " ".join(label.text() for label in ending.findChildren(type(desk._title)))
    assert "2 keer gebeld" in said
    assert "Er staan geen namen of nummers meer op deze laptop." in said
    with qtbot.waitSignal(desk.presenter.shift_ended):
        ending.confirm()


class _Unreachable(CallcenterError):
    code = "TEST-08"
    what = "The central database does not answer."
    advice = "Try again later."


def test_back_after_an_end_that_failed_shows_the_empty_queue_and_why(desk, lanes, played):
    played.down = _Unreachable()
    played.queue = [EmptyQueue((), why="Je sloot je dienst af.")]
    desk.end_asked.emit()
    ending = dialog(desk, ShiftEndDialog)
    ending.confirm()
    ending.reject()  # not while it is sent
    assert ending.isVisible()
    lanes.finish()
    ending.reject()
    lanes.finish()
    assert desk.state is State.EMPTY
    assert "Je sloot je dienst af." in [label.text() for label in desk.empty.findChildren(type(desk._title))]


def test_back_before_the_end_leaves_the_person_on_the_desk(desk, lanes, played):
    played.queue = [EmptyQueue(())]
    desk.end_asked.emit()
    dialog(desk, ShiftEndDialog).reject()
    lanes.finish()
    assert desk.state is State.READY


def _end(desk, lanes):
    desk.end_asked.emit()
    ending = dialog(desk, ShiftEndDialog)
    ending.confirm()
    lanes.finish()
    return ending


def _said(ending) -> str:
    return " ".join(part.text() for part in ending.findChildren(QLabel) if not part.isHidden())


def _make_file(ending, lanes):
    ending.file.open.click()
    ending.file.make.click()
    lanes.finish()


_AT_THE_END = {
    "no network": (CentralUnreachable(host="h"), "SYNC-01"),
    "too busy": (CentralBusy(host="h"), "SYNC-03"),
    "refused": (DeviceRefused(), "SYNC-04"),
    "used elsewhere": (EnrolmentUsed(), "SYNC-21"),
    "expired": (EnrolmentExpired(), "SYNC-22"),
    "revoked": (DeviceRevoked(), "SYNC-23"),
    "over quota": (OverQuota(), "SYNC-24"),
    "central too old": (CentralTooOld(host="h"), "SYNC-26"),
    "certificate not trusted": (CentralUnproven(host="h"), "SYNC-27"),
    "program too old": (ProgramTooOld(), "SYNC-02"),
}


@pytest.mark.parametrize("why", _AT_THE_END)
def test_whatever_keeps_the_centre_away_has_its_sentence_and_a_file_as_the_way_out(desk, lanes, played, why):
    played.down, code = _AT_THE_END[why]
    ending = _end(desk, lanes)
    said = _said(ending)
    what, advice = played.down.explain(current())
    assert what in said
    assert advice in said
    assert code in said
    assert not ending.file.isHidden()
    _make_file(ending, lanes)
    assert played.asked[-1] == ("make_file", "yasmina.kantoor", False)
    assert "7KQ2 M0XD PA4R 9TNB" in _said(ending)


def test_a_full_disk_is_mended_here_and_asks_for_no_file(desk, lanes, played):
    played.down = DiskFull()
    ending = _end(desk, lanes)
    assert "STORE-01" in _said(ending)
    assert ending.file.isHidden()


def test_a_count_that_does_not_agree_clears_nothing_and_asks_for_a_file_with_everything(desk, lanes, played):
    played.end = ShiftEnd(2, 1, SyncResult(sane=False), 0, clean=False)
    ending = _end(desk, lanes)
    assert "telt andere resultaten" in _said(ending)
    _make_file(ending, lanes)
    assert played.asked[-1] == ("make_file", "yasmina.kantoor", True)


def test_what_was_not_accepted_is_said_and_can_be_looked_at(desk, lanes, played):
    played.end = ShiftEnd(2, 1, SyncResult(set_aside=2), 3, clean=False)
    played.aside = (AsideEntry("e1", "NoteAdded", "Noor P.", NOW, "case"), AsideEntry("e2", "X", "", NOW, "new"))
    ending = _end(desk, lanes)
    assert "nam 2 resultaten niet aan" in _said(ending)
    ending.aside_asked.emit()
    lanes.finish()
    looking = dialog(desk, AsideDialog)
    assert "Noor P." in _said(looking)
    assert "De centrale weet niet dat deze laptop deze persoon had." in _said(looking)
    looking.confirm()
    lanes.finish()
    assert ("again", ("e1", "e2")) in played.asked


def test_results_left_aside_ask_for_nothing_more(desk, lanes, played):
    played.aside = (AsideEntry("e1", "NoteAdded", "", NOW, "case"), AsideEntry("e2", "X", "", NOW, "x", left=True))
    desk.aside_asked.emit()
    lanes.finish()
    looking = dialog(desk, AsideDialog)
    looking.leave.click()
    lanes.finish()
    assert ("leave", ("e1",)) in played.asked


def test_a_wrong_clock_is_said_at_the_end_too(desk, lanes, played):
    played.end = ShiftEnd(2, 1, SyncResult(skew_seconds=720), 3, clean=True)
    assert "loopt 12 minuten achter" in _said(_end(desk, lanes))


def test_the_desk_says_what_needs_a_person_and_nothing_when_all_is_well(desk):
    for state, words in (
        (LineState(online=True, skew_seconds=-600), "loopt 10 minuten voor"),
        (LineState(online=True, sane=False), "telt andere resultaten"),
        (LineState(online=True, set_aside=1), "nam 1 resultaat niet aan"),
        (LineState(online=True, verdict="read_only"), "te oud om te versturen"),
        (LineState(online=True, verdict="upgrade_soon"), "nieuwe versie"),
        (LineState(online=False, trouble=DeviceRevoked()), "SYNC-23"),
    ):
        desk.presenter.line_changed(state)
        assert words in desk.notice.words()
    for state in (LineState(online=False), LineState(online=True, skew_seconds=200)):
        desk.presenter.line_changed(state)
        assert desk.notice.words() == ""
