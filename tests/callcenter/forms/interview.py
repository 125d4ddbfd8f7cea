"""The form of a small interview that the tests of the session and its helpers share."""

from __future__ import annotations

from callcenter.forms.session import Session
from tests.scenario.xform import select, xform

ITEXT = (
    "<itext><translation lang='Nederlands (nl)' default='true()'>"
    "<text id='hi'><value>Dag <output value='/data/name'/>, mag ik beginnen?</value></text>"
    "<text id='y'><value>ja</value></text><text id='n'><value>nee</value></text>"
    "<text id='g'><value>School</value></text>"
    "<text id='h'><value>hint</value><value form='guidance'>niet voorlezen</value></text></translation>"
    "<translation lang='English (en)'>"
    "<text id='hi'><value>Hi <output value='/data/name'/>, may I begin?</value></text>"
    "<text id='y'><value>yes</value></text><text id='n'><value>no</value></text>"
    "<text id='g'><value>School</value></text>"
    "<text id='h'><value>-</value><value form='guidance'>-</value></text></translation></itext>"
)
YN = (
    "<item><label ref=\"jr:itext('y')\"/><value>1</value></item>"
    "<item><label ref=\"jr:itext('n')\"/><value>2</value></item>"
)
FORM_XML = xform(
    "<name/><consent/><school><grade/><why/><about/><aim1/><aim2/></school><work><job/><hours/><since/></work>"
    "<bye/><outcome/><start/><end/>",
    {
        "consent": "required='true()' cc:key='yes' cc:fact='consent'",
        "school": "relevant=\"/data/consent = '1'\"",
        "school/grade": "type='int' required='true()' cc:key='yes' constraint='. &lt; 8' jr:constraintMsg='te hoog'",
        "school/why": "relevant='../grade &gt; 4' cc:sensitive='yes'",
        "school/about": "readonly='true()'",
        "school/aim1": "cc:key='aims'",
        "school/aim2": "cc:key='aims'",
        "work": "relevant=\"/data/consent = '1' and /data/school/grade &gt; 5\" cc:sensitive='yes'",
        "work/hours": "type='decimal' cc:fact='hours'",
        "work/since": "type='date'",
        "outcome": "calculate=\"if(/data/consent = '2', 'Z', '')\"",
        "start": "type='dateTime' jr:preload='timestamp' jr:preloadParams='start'",
        "end": "type='dateTime' jr:preload='timestamp' jr:preloadParams='end'",
    },
    f"<select1 ref='/data/consent'><label ref=\"jr:itext('hi')\"/><hint ref=\"jr:itext('h')\"/>{YN}</select1>"
    "<group ref='/data/school'><label ref=\"jr:itext('g')\"/>"
    "<input ref='/data/school/grade'><label>Welk jaar?</label></input>"
    "<input ref='/data/school/why'><label>Waarom?</label></input>"
    "<input ref='/data/school/about'><label>Nu enkele zinnen.</label></input>"
    "<group appearance='field-list'><select1 ref='/data/school/aim1'><label>Ik durf</label>" + YN + "</select1>"
    "<select1 ref='/data/school/aim2'><label>Ik zet door</label>" + YN + "</select1></group></group>"
    "<group ref='/data/work'><label>Werk</label>" + select("work/job", "x y", "select") + ""
    "<input ref='/data/work/hours'><label>Uren?</label></input>"
    "<input ref='/data/work/since'><label>Sinds?</label></input></group>"
    "<input ref='/data/bye'><label>Nog iets?</label></input>",
    model=ITEXT,
    attributes="version='7'",
)


def names(session: Session) -> list[str]:
    """Return the names of the questions on the page."""
    return [question.name for question in session.page().questions]
