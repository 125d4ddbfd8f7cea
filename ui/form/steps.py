"""The sections of a questionnaire as steps."""

from __future__ import annotations

from callcenter.forms.session import Page
from ui.widgets import Step
from ui.widgets.step_bar import Where

_WHERE = {"done": Where.DONE, "now": Where.NOW, "ahead": Where.TO_COME}


def steps_of(page: Page) -> tuple[Step, ...]:
    """Return the sections of a page's form as steps."""
    return tuple(Step(s.label, _WHERE[s.state]) for s in page.sections)
