from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from PySide6.QtCore import QDate, QEvent, QObject
from PySide6.QtWidgets import QWidget

from callcenter.domain.agent import Shift
from callcenter.domain.outcome import ASKED_ORDER, Outcome
from callcenter.queue.odds import MAY, Outlook, plain_odds
from callcenter.queue.picker import Picker
from callcenter.usecases.views import DeskStatus
from tests.callcenter.queue.making import CALENDAR, SETTINGS
from tests.ui import seen
from tests.ui.agent.pictures import SCREENS, a_desk, in_call
from tests.ui.conftest import wear
from tests.ui.invented import CALLED, CARD, IDENTIFIED, NOW, STATUS, a_view
from ui.agent.appointment_dialog import AppointmentDialog, hour_of
from ui.agent.chips import chips
from ui.agent.desk import Desk
from ui.agent.number_row import CodeDialog
from ui.agent.outcome_dialog import OutcomeDialog
from ui.agent.ready import opening
from ui.agent.wording import clock_words
from ui.style import Theme
from ui.widgets import Pill, QrCode

DESKS = [name for name in SCREENS if name.startswith("desk")]
LAPTOP = (1366, 728)


def shown(qtbot, name, size=None):
    window = SCREENS[name]()
    qtbot.addWidget(window)
    if size:
        window.resize(*size)
    else:
        window.resize(window.sizeHint())
    window.show()
    seen.settle()
    return window


@pytest.mark.parametrize("name", SCREENS)
@pytest.mark.parametrize("language", ["nl", "fr", "en"])
@pytest.mark.parametrize("scale", [1.0, 1.3])
def test_nothing_is_cut_and_everything_fits_a_borrowed_laptop(qtbot, qapp, name, scale, language):
    wear(qapp, language, Theme.LIGHT, scale)
    window = shown(qtbot, name, LAPTOP if name in DESKS else None)
    assert seen.cut(window) == []
    assert window.width() <= LAPTOP[0]
    assert window.height() <= (LAPTOP[1] if name in DESKS else window.screen().availableGeometry().height())
    assert window.minimumSizeHint().width() <= LAPTOP[0]


@pytest.mark.parametrize("name", SCREENS)
def test_the_dark_theme_changes_no_sizes(qtbot, qapp, name):
    wear(qapp, theme=Theme.DARK)
    window = shown(qtbot, name)
    assert seen.cut(window) == []


@pytest.mark.parametrize("name", SCREENS)
def test_a_screen_reader_can_name_everything_that_tab_reaches(qtbot, name):
    assert seen.nameless(shown(qtbot, name)) == []


def test_tab_reaches_every_part_of_the_desk(qtbot):
    desk = shown(qtbot, "desk", LAPTOP)
    reached = seen.tab_cycle(desk)
    for part in (desk.top, desk.person, desk.form, desk.helps, desk.bar):
        assert any(part.isAncestorOf(widget) for widget in reached), type(part).__name__


class _Windows(QObject):
    """Notes every window that appears."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[QObject] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
            self.seen.append(type(watched).__name__)
        return False


@pytest.mark.parametrize("name", SCREENS)
def test_no_part_flashes_up_as_a_window_of_its_own(qtbot, qapp, name):
    windows = _Windows()
    qapp.installEventFilter(windows)
    shown(qtbot, name)
    qapp.removeEventFilter(windows)
    assert len(windows.seen) == 1, windows.seen


def words(widget):
    return " ".join(seen.texts(widget))


def test_before_the_identity_check_only_first_name_and_initial_and_masked_numbers_show(qtbot):
    desk = shown(qtbot, "desk-ready", LAPTOP)
    assert "Aya E." in words(desk.person)
    assert "0470 •• •• 12" in words(desk.person)
    assert "123" not in words(desk.person)
    assert "Sint-Lievenscollege" not in words(desk)


def test_what_to_compare_shows_only_in_a_call_and_only_until_it_is_checked(qtbot):
    desk = shown(qtbot, "desk-identity", LAPTOP)
    assert "12 mei" in words(desk.person)
    desk.show_call(a_view(card=IDENTIFIED), NOW)
    seen.settle()
    assert "12 mei" not in words(desk.person)
    assert {"Groep 2", "4de middelbaar", "Gent"} <= {p.text() for p in desk.person.findChildren(Pill)}


def test_the_spoken_opening_names_no_organisation():
    spoken = "".join(run.text for run in opening(STATUS, CARD))
    assert spoken == "Hallo, met Yasmina. Mag ik Aya even spreken?"
    assert [run.text for run in opening(STATUS, CARD) if run.fill] == ["Yasmina", "Aya"]
    assert "TAJO" not in spoken


def test_without_a_campaign_text_there_is_still_an_opening():
    spoken = "".join(run.text for run in opening(replace(STATUS, opening=""), CARD))
    assert spoken == "Hallo, met Yasmina. Mag ik Aya even spreken?"


@pytest.mark.parametrize(
    ("waiting", "online", "said"),
    [
        (3, False, "Offline · 3 gesprekken wachten"),
        (1, False, "Offline · 1 gesprek wacht"),
        (3, True, "3 gesprekken wachten op versturen"),
        (0, True, "Alles verstuurd om 12:12"),
        (0, False, "Alles verstuurd om 12:12"),
    ],
)
def test_the_top_bar_tells_the_truth_about_what_waits(qtbot, waiting, online, said):
    desk = a_desk()
    qtbot.addWidget(desk)
    desk.show_status(replace(STATUS, waiting=waiting), NOW)
    desk.top.show_connection(online=online)
    assert desk.top._safety.text() == said


def status_with(minutes: int) -> DeskStatus:
    line = STATUS.next_appointment
    return replace(STATUS, next_appointment=replace(line, start=NOW + timedelta(minutes=minutes)))


@pytest.mark.parametrize(
    ("minutes", "said"),
    [
        (18, "over 18 min"),
        (90, "over 90 min"),
        (300, "over 5 uur"),
        (3000, "over 2 dagen"),
        (-4, "4 min te laat"),
        (-90, "90 min te laat"),
        (-119, "1 uur te laat"),
        (-1440, "1 dag te laat"),
        (-11341, "7 dagen te laat"),
    ],
)
def test_the_next_appointment_says_how_near_it_is(qtbot, minutes, said):
    desk = a_desk()
    qtbot.addWidget(desk)
    desk.show_status(status_with(minutes), NOW)
    assert desk.top._next._pill.text() == said


def test_the_timer_stops_while_the_outcome_is_asked_and_goes_on_after_escape(qtbot):
    desk = in_call()
    qtbot.addWidget(desk)
    desk.tick(NOW)
    assert desk.bar._timer.text() == "02:41"
    desk.bar.show_ended(NOW)
    desk.tick(NOW + timedelta(seconds=30))
    assert desk.bar._timer.text() == "02:41"
    desk.back_to_call()
    desk.tick(NOW + timedelta(seconds=30))
    assert desk.bar._timer.text() == "03:11"


def test_an_hour_has_its_own_place_in_the_timer():
    assert clock_words(3761) == "1:02:41"


def test_the_desk_is_compact_on_a_low_screen(qtbot):
    desk = shown(qtbot, "desk", (1366, 728))
    row = desk.form.blocks()[0].answer.target()
    assert row.height() == 38
    assert desk.form.strip.isHidden()
    desk.resize(1440, 900)
    seen.settle()
    assert desk.form.blocks()[0].answer.target().height() == 42
    assert not desk.form.strip.isHidden()


def test_the_number_stays_visible_and_selectable_in_the_call(qtbot):
    desk = Desk()
    qtbot.addWidget(desk)
    desk.show_call(a_view(card=CALLED), NOW)
    assert desk.person.rows[0].number.text() == "0470 12 34 12"
    assert desk.person.rows[0].number.hasSelectedText() is False
    desk.person.rows[0].number.setSelection(0, 4)
    assert desk.person.rows[0].number.selectedText() == "0470"


def test_the_code_for_ones_own_telephone_is_the_small_one(qtbot):
    dialog = CodeDialog(CALLED.numbers[0])
    qtbot.addWidget(dialog)
    assert dialog.findChild(QrCode).modules <= 29


def test_all_seventeen_outcomes_and_i_know_this_person_are_on_offer(qtbot):
    dialog = OutcomeDialog(None, today=QDate(2026, 6, 24))
    qtbot.addWidget(dialog)
    assert list(dialog._rows) == [*ASKED_ORDER, Outcome.KNOWN_PERSON]
    assert len(ASKED_ORDER) == 17
    assert {row.key for row in dialog._rows.values()} == {o.value for o in Outcome}
    assert dialog._rows[Outcome.VOICEMAIL].toolTip().endswith("AAPOR 2.221")
    assert not dialog.go_on.isEnabled()


def test_hung_up_on_me_and_a_new_number_are_sentences(qtbot):
    dialog = OutcomeDialog(None, today=QDate(2026, 6, 24))
    qtbot.addWidget(dialog)
    assert "legde zomaar neer" in dialog._rows[Outcome.SOFT_REFUSAL].text()
    assert "nieuw nummer" in dialog._rows[Outcome.THIRD_PARTY].text()


def test_away_until_a_day_travels_with_the_outcome(qtbot):
    dialog = OutcomeDialog(None, today=QDate(2026, 6, 24), proposed=Outcome.UNABLE)
    qtbot.addWidget(dialog)
    assert dialog._detail.code() == ""
    dialog._detail._group.button(1).setChecked(True)
    assert dialog._detail.code() == "away:2026-07-01"


@pytest.mark.parametrize(("text", "said"), [("", "spreek je niets in"), ("Dag, ik bel later.", "Dag, ik bel later.")])
@pytest.mark.parametrize("outcome", [Outcome.VOICEMAIL, Outcome.VOICEMAIL_LEFT])
def test_the_voicemail_text_or_rule_is_always_visible_at_voicemail(qtbot, outcome, text, said):
    dialog = OutcomeDialog(None, today=QDate(2026, 6, 24), proposed=outcome, voicemail=text)
    qtbot.addWidget(dialog)
    assert said in dialog._detail._words.text()


def at(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 6, day, hour, minute, tzinfo=UTC)


def starts(now: datetime) -> list[str]:
    return [chip.start.strftime("%a %H:%M") for chip in chips(now)]


@pytest.mark.parametrize(
    ("now", "offered"),
    [
        (at(24, 12, 12), ["Wed 15:15", "Wed 18:30", "Thu 14:15", "Thu 16:15"]),
        (at(23, 8), ["Tue 11:00", "Tue 18:30", "Wed 10:00", "Tue 16:15"]),
        (at(24, 8), ["Wed 11:00", "Wed 18:30", "Thu 10:00", "Wed 12:45"]),
        (at(26, 18), ["Sat 20:00", "Mon 16:15"]),
        (at(27, 12), ["Sat 15:00", "Sat 18:30", "Mon 14:00", "Mon 16:15"]),
    ],
)
def test_the_usual_moments_lie_ahead_and_never_on_a_sunday(now, offered):
    assert starts(now) == offered


@pytest.mark.parametrize(
    ("typed", "hour"), [("17", "17:00"), ("1730", "17:30"), ("17:30", "17:30"), ("9u15", "09:15"), ("", "17:00")]
)
def test_an_hour_is_read_as_people_type_it(typed, hour):
    assert hour_of(typed).strftime("%H:%M") == hour


def test_typing_an_exact_moment_chooses_it(qtbot):
    dialog = AppointmentDialog("Aya", NOW)
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.keyClick(dialog, "5")
    dialog._hour.clear()
    qtbot.keyClicks(dialog._hour, "18:45")
    assert dialog.wish().start.strftime("%d %H:%M") == "24 18:45"


def _picker(*shifts):
    spans = tuple(Shift(NOW + timedelta(hours=start), NOW + timedelta(hours=end)) for start, end in shifts)
    return Picker(CALENDAR, Outlook(plain_odds(SETTINGS.slots), shifts={MAY: spans}), age=22)


def test_only_moments_are_offered_at_which_somebody_works_who_may_call(qtbot):
    # It is Wednesday, 14:12: somebody works for two hours, nobody this evening, tomorrow somebody from 10:12 on.
    offered = chips(NOW, _picker((0, 2), (20, 24)))
    assert [chip.start.strftime("%d %H:%M") for chip in offered] == ["24 15:15", "25 10:15"]
    dialog = AppointmentDialog("Aya", NOW, picker=_picker((20, 24)))
    qtbot.addWidget(dialog)
    assert dialog.wish().start.strftime("%d %H:%M") == "25 10:15"


def test_an_exact_moment_at_which_nobody_works_is_told_with_the_next_good_one(qtbot):
    dialog = AppointmentDialog("Aya", NOW, picker=_picker((20, 24)))
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.keyClick(dialog, "2")
    assert dialog.wish().start.strftime("%d %H:%M") == "25 10:15"
    dialog._hour.clear()
    qtbot.keyClicks(dialog._hour, "09:30")
    assert dialog._doubt.isVisible()
    assert "10:15" in dialog._doubt.text()
    qtbot.keyClick(dialog, "1")
    assert not dialog._doubt.isVisible()


def test_where_no_shift_fits_only_an_exact_moment_can_be_named(qtbot):
    dialog = AppointmentDialog("Aya", NOW, picker=_picker((-3, -2)))
    qtbot.addWidget(dialog)
    assert dialog.wish().start.strftime("%H:%M") == "17:00"
