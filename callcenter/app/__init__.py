"""The composition root: the only place that knows windows, use cases and stores; nothing else lives here."""

from __future__ import annotations


def run(words: list[str]) -> int:
    """Open the program until its window is closed."""
    from callcenter.app.later import folder_of, opened_later
    from callcenter.clock import now
    from callcenter.settings import folders

    return opened_later(folders(folder_of(words)), now).run()


def demo(words: list[str]) -> int:
    """Run the demonstration."""
    from callcenter.app import demonstration

    return demonstration.run(words)


def preview_form(words: list[str]) -> int:
    """Show a form in a window, as an agent will see it."""
    from callcenter.app import preview

    return preview.run(words)


def selftest(words: list[str]) -> int:
    """Try every part once."""
    from callcenter.app import trial

    return trial.run(words)
