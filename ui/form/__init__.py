"""A page of a questionnaire: what to say, the answers, the way on. It binds values and knows no case."""

from __future__ import annotations

from ui.form.page import FormPage
from ui.form.said import SaidDialog, SaidStrip
from ui.form.steps import steps_of

__all__ = ["FormPage", "SaidDialog", "SaidStrip", "steps_of"]
