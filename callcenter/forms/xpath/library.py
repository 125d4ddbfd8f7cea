"""All functions that a form may call, by name."""

from __future__ import annotations

from callcenter.forms.xpath.functions import choices, dates, logic, nodes, numbers, text
from callcenter.forms.xpath.functions.table import Function

FUNCTIONS: dict[str, Function] = {
    **text.function.group,
    **logic.function.group,
    **numbers.function.group,
    **nodes.function.group,
    **dates.function.group,
    **choices.function.group,
}
ALIASES = {"jr:choice-name": "choice-name"}
"""Names by which a function is also known."""
FUNCTIONS |= {other: FUNCTIONS[name] for name, other in ALIASES.items()}
