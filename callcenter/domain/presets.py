"""Where a questionnaire's presets may come from: the closed list of what a campaign may let travel to a laptop.

A campaign declares `[presets]` as name = source; a pack holds nothing else of what is known about a person.
"""

from __future__ import annotations

SOURCES = frozenset(
    {
        "respondent.first_name",
        "respondent.site",
        "respondent.age",
        "respondent.group",
        "respondent.needs_parent",
        "agent.first_name",
        "settings.organisation",
        "settings.minutes",
        "settings.coordinator",
        "settings.school_year",
        "settings.previous_school_year",
        "settings.ref_school",
        "settings.ref_monday",
        "settings.ref_sunday",
        "settings.ref_next",
        "previous.school_status",
        "previous.grade",
        "previous.program",
        "previous.school",
        "previous.stream",
        "previous.form",
        "previous.finality",
        "attendance.titles",
        "attendance.count",
    }
)
