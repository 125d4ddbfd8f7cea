"""A submission that is opened again to be changed."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from callcenter.clock import RehearsedClock
from callcenter.forms.errors import SubmissionUnreadable
from callcenter.forms.session import FormDefinition, Session
from tests.scenario.xform import NOW

_IDENTITY = re.compile(r"<(instanceID|deprecatedID)>(uuid:[0-9a-f-]+)</")


@pytest.fixture
def sent(form: FormDefinition) -> str:
    session = Session.open(form, presets={}, clock=RehearsedClock(NOW))
    session.answer("/data/consent", "1")
    session.answer("/data/school/grade", "5")
    session.answer("/data/school/why", "zomaar")
    return session.submission().xml


def identities(xml: str) -> dict[str, str]:
    return dict(_IDENTITY.findall(xml))


def test_an_edit_keeps_the_answers_and_names_the_submission_it_replaces(form: FormDefinition, sent: str):
    session = Session.edit(form, sent, presets={}, clock=RehearsedClock(NOW + timedelta(days=1)))
    assert {"consent", "grade", "why"} <= {one.name for one in session.said()}
    assert session.value("why") == "zomaar"
    session.answer("/data/school/why", "beter zo")
    edited = session.submission().xml
    assert "beter zo" in edited
    assert identities(edited)["deprecatedID"] == identities(sent)["instanceID"]
    assert identities(edited)["instanceID"] != identities(sent)["instanceID"]


def test_an_edit_that_is_saved_and_restored_still_names_the_submission_it_replaces(form: FormDefinition, sent: str):
    session = Session.edit(form, sent, presets={}, clock=RehearsedClock(NOW))
    restored = Session.restore(form, session.snapshot(), clock=RehearsedClock(NOW))
    assert restored.submission() == session.submission()
    assert restored.snapshot() == session.snapshot()


def test_an_answer_that_was_changed_in_an_edit_can_be_taken_back(form: FormDefinition, sent: str):
    session = Session.edit(form, sent, presets={}, clock=RehearsedClock(NOW))
    before = session.submission()
    session.answer("/data/school/grade", "3")
    assert session.value("why") == ""
    assert session.undo()
    assert session.submission() == before


@pytest.mark.parametrize(
    "xml",
    ["", "no xml", "<other/>", '<data id="another"/>', "<!DOCTYPE data [<!ENTITY a 'b'>]><data>&a;</data>"],
)
def test_what_is_no_submission_of_this_form_is_refused(form: FormDefinition, xml: str):
    with pytest.raises(SubmissionUnreadable):
        Session.edit(form, xml, presets={}, clock=RehearsedClock(NOW))
