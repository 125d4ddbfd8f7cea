"""Texts of the screens in the language that this window speaks."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QTranslator

from callcenter.text import Translator, translator


class _Speech:
    """The language now in use, and Qt's own words for it."""

    def __init__(self) -> None:
        self.say: Translator | None = None
        self.qt: QTranslator | None = None


_speech = _Speech()


def use(language: str) -> Translator:
    """Speak nl, en or fr from now on; windows that are open must be built again.

    Qt's own words (Cancel, Yes, context menus) follow when an application exists.
    """
    _speech.say = translator(language)
    application = QCoreApplication.instance()
    if application is not None:
        _install_qt_words(application, _speech.say.language)
    return _speech.say


def _install_qt_words(application: QCoreApplication, language: str) -> None:
    if _speech.qt is not None:
        application.removeTranslator(_speech.qt)
        _speech.qt = None
    words = QTranslator(application)
    if words.load(f"qtbase_{language}", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
        application.installTranslator(words)
        _speech.qt = words


def current() -> Translator:
    """Return the translator in use; Dutch until another language was chosen."""
    if _speech.say is None:
        _speech.say = translator("nl")
    return _speech.say


def _(message: str, **facts: object) -> str:
    """Return the sentence in the language in use, with its `{facts}` filled in."""
    return current()(message, **facts)


def plural(one: str, many: str, n: int, **facts: object) -> str:
    """Return the singular or plural sentence for n, with `{n}` and the facts filled in."""
    return current().plural(one, many, n, **facts)
