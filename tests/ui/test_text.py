from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from ui import text


def test_a_sentence_follows_the_chosen_language():
    text.use("fr")
    assert text._("Number {number}", number="1") == "Numéro 1"
    text.use("nl")
    assert text._("Number {number}", number="1") == "Nummer 1"


def test_english_needs_no_catalogue():
    text.use("en")
    assert text._("All right") == "All right"


def test_qts_own_words_follow_the_language(qapp):
    words = {}
    for language in ("nl", "fr"):
        text.use(language)
        words[language] = QCoreApplication.translate("QPlatformTheme", "Cancel")
    assert words == {"nl": "Annuleren", "fr": "Annuler"}
