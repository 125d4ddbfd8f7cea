"""The form in a window as the agent will see it, beside what every question is now and why. It knows no case."""

from __future__ import annotations

from ui.preview.actions import PreviewActions
from ui.preview.presenter import PreviewPresenter
from ui.preview.window import PreviewWindow

__all__ = ["PreviewActions", "PreviewPresenter", "PreviewWindow"]
