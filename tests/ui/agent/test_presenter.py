from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QMessageBox

from callcenter.domain.appointment import Firmness
from callcenter.domain.outcome import Outcome
from callcenter.errors import CallcenterError
from callcenter.forms.session import Kind
from tests.ui import seen
from tests.ui.agent.shift import FIRST, Played, begin, dialog
from tests.ui.invented import CARDS, EMPTY, a_page, a_question
from ui.agent.appointment_dialog import AppointmentDialog
from ui.agent.desk import State
from ui.agent.number_row import CodeDialog
from ui.agent.outcome_dialog import OutcomeDialog
from ui.agent.queue_panel import QueuePanel
from ui.agent.small_dialogs import CardDialog, HelpDialog, KeysDialog, LineDroppedDialog, SkipDialog


@pytest.fixture
def played():
    return Played()


@pytest.fixture
def desk(qtbot, lanes, played):
    return begin(qtbot, lanes, played)


@pytest.fixture
def press(qtbot, desk, lanes):
    """Press keys on whatever has the focus, and let the lanes answer."""

    def press_keys(*keys, modifier=Qt.KeyboardModifier.NoModifier):
        for key in keys:
            seen.settle()
            target = QApplication.activeModalWidget() or desk
            target = target.focusWidget() or target
            if isinstance(key, str):
                qtbot.keyClicks(target, key)
            else:
                qtbot.keyClick(target, key, modifier)
            seen.settle()
            lanes.finish()

    return press_keys


@pytest.fixture
def in_call(desk, press):
    press(Qt.Key.Key_Return)
    assert desk.state is State.CALL
    return desk


def test_the_desk_begins_with_the_next_person_ready_to_be_called(desk):
    assert desk.state is State.READY
    assert "Aya E." in [label.text() for label in desk.person.findChildren(type(desk._title))]
    assert desk.ready._script.accessibleName() == "Hallo, met Yasmina. Mag ik Aya even spreken?"


def test_enter_calls_and_hands_the_number_to_the_softphone(desk, press, played):
    press(Qt.Key.Key_Return)
    assert played.names() == ["open"]
    assert played.asked[-1] != ("open", "c1", "n2")
    assert played.dialled == ["+32470123412"]
    assert desk.state is State.CALL


def test_another_number_can_be_called_instead(desk, lanes, played):
    desk.person.rows[1].call.click()
    lanes.finish()
    assert ("open", "c1", "n2") in played.asked


def test_digits_answer_and_enter_goes_on(in_call, press, played):
    press("2", Qt.Key.Key_Return)
    assert played.names() == ["open", "answer", "forward"]
    assert ("answer", FIRST.ref, "2") in played.asked
    assert in_call.form.blocks()[0].question.name == "end"


def test_w_and_x_are_answers(in_call, press, played):
    press("w")
    press("x")
    assert [a for a in played.asked if a[0] == "answer"] == [
        ("answer", FIRST.ref, "98"),
        ("answer", FIRST.ref, "99"),
    ]


def test_alt_left_goes_back(in_call, press, played):
    press("2", Qt.Key.Key_Return)
    press(Qt.Key.Key_Left, modifier=Qt.KeyboardModifier.AltModifier)
    assert played.names()[-1] == "backward"


def test_alt_left_goes_back_from_a_text_field_too(in_call, qtbot, lanes, played):
    page = a_page(a_question("program", Kind.TEXT, "Welke richting?"), number=2)
    in_call.form.show_page(page)
    seen.settle()
    field = in_call.form.findChild(QLineEdit)
    qtbot.keyClicks(field, "Ec")
    qtbot.keyClick(field, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    lanes.finish()
    assert played.names()[-1] == "backward"


def test_control_z_takes_the_last_answer_back(in_call, press, played):
    press("2")
    press(Qt.Key.Key_Z, modifier=Qt.KeyboardModifier.ControlModifier)
    assert played.names()[-1] == "undo"


def test_after_the_last_question_the_outcome_is_asked_with_the_proposed_one_marked(in_call, press, played):
    press("2", Qt.Key.Key_Return, "1", Qt.Key.Key_Return)
    asking = dialog(in_call, OutcomeDialog)
    assert asking.chosen() is Outcome.COMPLETE
    press(Qt.Key.Key_Return)
    assert ("close", Outcome.COMPLETE, "", None) in played.asked


def test_f9_only_asks_and_escape_returns_to_the_call(in_call, press, played):
    press(Qt.Key.Key_F9)
    assert dialog(in_call, OutcomeDialog) is not None
    press(Qt.Key.Key_Escape)
    assert in_call.state is State.CALL
    assert dialog(in_call, OutcomeDialog) is None
    assert "close" not in played.names()


@pytest.mark.parametrize(
    "key",
    [getattr(Qt.Key, f"Key_{name}") for name in ("F2", "F3", "F4", "F6", "F8", "F9", "Escape", "G", "V", "Z", "K")],
)
def test_no_single_key_closes_a_case(in_call, press, played, key):
    press(key)
    assert not {"close", "know_person", "skip"} & set(played.names())


def test_a_letter_chooses_and_enter_confirms(in_call, press, played):
    press(Qt.Key.Key_F9, "g")
    assert "close" not in played.names()
    press(Qt.Key.Key_Return)
    assert ("close", Outcome.NO_ANSWER, "", None) in played.asked
    assert in_call.state is State.EMPTY


def test_the_next_person_comes_after_the_outcome_and_the_note_is_empty(in_call, press, played, lanes):
    played.queue = [replace(played.queue[0], case="c2")] if len(played.queue) > 1 else [*played.queue]
    in_call.helps.note.setPlainText("Belt liever na 14 u")
    press(Qt.Key.Key_F9, "g", Qt.Key.Key_Return)
    assert ("note", "Belt liever na 14 u") in played.asked
    assert played.names().index("note") < played.names().index("close")
    assert in_call.helps.note.toPlainText() == ""


def test_an_appointment_is_agreed_on_with_two_keys(in_call, press, played):
    press(Qt.Key.Key_F2)
    assert dialog(in_call, AppointmentDialog) is not None
    press("1", Qt.Key.Key_Return)
    name, outcome, detail, wish = next(a for a in played.asked if a[0] == "close")
    assert (name, outcome, detail) == ("close", Outcome.APPOINTMENT, "")
    assert wish.firmness is Firmness.FIRM
    assert wish.start.strftime("%H:%M") == "15:15"


def test_the_outcome_appointment_asks_for_the_moment(in_call, press, played):
    press(Qt.Key.Key_F9, "a", Qt.Key.Key_Return)
    assert dialog(in_call, AppointmentDialog) is not None
    assert "close" not in played.names()
    press(Qt.Key.Key_Escape)
    assert in_call.state is State.CALL


class _TooLate(CallcenterError):
    code = "TEST-07"
    what = "This appointment is not possible."
    advice = "Choose another."


def test_a_refused_moment_is_asked_again_with_the_reason(in_call, press, played):
    played.refuse = _TooLate()
    press(Qt.Key.Key_F2, Qt.Key.Key_Return)
    again = dialog(in_call, AppointmentDialog)
    assert again._trouble.isVisible()
    assert "not possible" in again._words.text()
    assert in_call.state is State.CALL


def test_a_refused_outcome_is_told_and_the_call_goes_on(in_call, press, played):
    played.refuse = _TooLate()
    press(Qt.Key.Key_F9, "v", Qt.Key.Key_Return)
    told = dialog(in_call, QMessageBox)
    assert "TEST-07" in told.informativeText()
    told.close()
    assert in_call.state is State.CALL


def test_f4_marks_wrong_number_and_f6_asks_which_refusal(in_call, press):
    press(Qt.Key.Key_F4)
    assert dialog(in_call, OutcomeDialog).chosen() is Outcome.WRONG_NUMBER
    press(Qt.Key.Key_Escape, Qt.Key.Key_F6)
    assert set(dialog(in_call, OutcomeDialog)._rows) == {
        Outcome.SOFT_REFUSAL,
        Outcome.REFUSAL,
        Outcome.OTHER_REFUSES,
    }


def test_a_dropped_line_is_dialled_again_in_the_same_attempt(in_call, press, played):
    press(Qt.Key.Key_F3)
    assert dialog(in_call, LineDroppedDialog) is not None
    press(Qt.Key.Key_Return)
    assert played.dialled == ["+32470123412"] * 2
    assert played.names() == ["open"]


def test_a_line_that_stays_dropped_becomes_a_promised_call(in_call, press, played):
    press(Qt.Key.Key_F3)
    dialog(in_call, LineDroppedDialog).lost.emit()
    press("1", Qt.Key.Key_Return)
    closed = next(a for a in played.asked if a[0] == "close")
    assert closed[1:3] == (Outcome.THIRD_PARTY, "dropped")
    assert closed[3].firmness is Firmness.SOFT


def test_help_goes_with_the_number_of_the_question(in_call, press, played):
    press(Qt.Key.Key_F8)
    assert dialog(in_call, HelpDialog) is not None
    press("huilt", Qt.Key.Key_Return)
    assert ("ask_help", "c1", "1", "huilt") in played.asked


def test_a_confidential_note_goes_to_the_coordinator_only(in_call, lanes, played):
    in_call.helps.card_asked.emit(CARDS[3])
    card = dialog(in_call, CardDialog)
    card._open()
    card._secret.setPlainText("Slaapt niet thuis")
    card.confirm()
    lanes.finish()
    assert ("tell_coordinator", "Slaapt niet thuis") in played.asked
    assert "note" not in played.names()


def test_only_the_card_for_trouble_offers_the_confidential_note(in_call):
    offers = []
    for card in CARDS:
        in_call.helps.card_asked.emit(card)
        shown = dialog(in_call, CardDialog)
        offers.append(not shown._write.isHidden())
        shown.confirm()
    assert offers == [False, False, False, True]


def test_a_note_is_kept_when_its_field_is_left(in_call, qtbot, lanes, played):
    seen.settle()
    note = in_call.helps.note
    note.setFocus()
    qtbot.keyClicks(note, "12w")
    in_call.form.navigation.next.setFocus()
    lanes.finish()
    assert ("note", "12w") in played.asked
    assert [a for a in played.asked if a[0] == "answer"] == []
    assert in_call.bar._saved.text() == "Bewaard om 14:12:12"


def test_i_know_this_person_gives_the_case_back_at_once(desk, lanes, played):
    desk.person.known.click()
    lanes.finish()
    assert ("know_person", "c1") in played.asked
    assert desk.state is State.EMPTY


def test_skipping_needs_a_reason_and_always_works(desk, press, played):
    desk.person.skip.click()
    assert dialog(desk, SkipDialog) is not None
    press("3", Qt.Key.Key_Return)
    assert ("skip", "c1", "bad_moment") in played.asked


def test_showing_a_number_is_asked_for_and_stays_selectable(desk, lanes, played):
    desk.person.rows[1].eye.click()
    lanes.finish()
    assert ("show_number", "c1", "n2") in played.asked
    assert desk.person.rows[1].number.text() == "0486 00 00 40"


def test_the_code_of_a_masked_number_shows_it_first(desk, lanes, played):
    desk.person.rows[1].code.click()
    lanes.finish()
    assert ("show_number", "c1", "n2") in played.asked
    assert dialog(desk, CodeDialog) is not None


def test_a_call_that_was_going_on_is_offered_again(qtbot, lanes):
    played = Played()
    played.going_on = played.view()
    desk = begin(qtbot, lanes, played)
    assert desk.state is State.RESUME
    qtbot.keyClick(desk, Qt.Key.Key_Return)
    lanes.finish()
    assert desk.state is State.CALL
    assert played.dialled == []


def test_an_empty_queue_says_why_and_when(qtbot, lanes):
    played = Played(queue=[EMPTY])
    desk = begin(qtbot, lanes, played)
    said = " ".join(label.text() for label in desk.empty.findChildren(type(desk._title)))
    assert "Buiten de beluren" in said
    assert "Om 16:12 weer." in said
    qtbot.keyClick(desk, Qt.Key.Key_Return)
    lanes.finish()
    assert [a[0] for a in played.asked].count("next_case") == 2


def test_a_pause_ends_with_enter(desk, press):
    desk.top.pause.click()
    assert desk.state is State.PAUSE
    press(Qt.Key.Key_Return)
    assert desk.state in (State.READY, State.EMPTY)


def test_the_list_takes_the_chosen_person_next(desk, lanes):
    desk.top.queue.click()
    lanes.finish()
    panel = dialog(desk, QueuePanel)
    assert len(panel._table.rows()) == 6
    panel._search.setText("fat")
    panel._find("fat")
    lanes.finish()
    assert [line.name for line in panel._table.rows()] == ["Fatima Y."]
    panel.confirm()
    lanes.finish()
    assert desk.presenter._card.case == "c3"


def test_a_name_of_two_letters_finds_nobody_yet(desk, lanes):
    desk.top.queue.click()
    lanes.finish()
    panel = dialog(desk, QueuePanel)
    asked = []
    panel.find_asked.connect(asked.append)
    panel._find("fa")
    assert asked == []
    panel.reject()


def test_the_keys_are_shown_on_a_question_mark(in_call, qtbot):
    qtbot.keyClicks(in_call, "?")
    assert dialog(in_call, KeysDialog) is not None
    dialog(in_call, KeysDialog).reject()


def test_the_language_of_the_conversation_can_change(in_call, lanes, played):
    in_call.form._languages.textActivated.emit("English (en)")
    lanes.finish()
    assert in_call.form._languages.currentText() == "Nederlands (nl)"
    assert "speak" in played.names()


def test_an_unexpected_error_is_told_calmly(desk, lanes, played, monkeypatch):
    desk.presenter._ask(lambda: 1 / 0)
    lanes.finish()
    told = dialog(desk, QMessageBox)
    assert "Dat ligt niet aan jou." in told.text()
    told.close()
