"""Texts in the user's language: gettext catalogues, and Babel's words for numbers, percentages and dates."""

from __future__ import annotations

import gettext
from datetime import date, datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

from resources import folder

LANGUAGES = ("nl", "en", "fr")
DOMAIN = "callcenter"
# Numbers and dates are written as in Belgium, whatever the language.
_LOCALES = {"nl": "nl_BE", "en": "en_GB", "fr": "fr_BE"}
LOCAL_ZONE = ZoneInfo("Europe/Brussels")


def N_(message: str) -> str:  # noqa: N802 - gettext's own name for "translate later"
    """Mark a sentence for the catalogue without translating it now."""
    return message


class Translator:
    """One language: sentences, plurals, numbers, percentages and dates."""

    def __init__(self, language: str) -> None:
        self.language = language if language in LANGUAGES else "nl"
        self._locale = _LOCALES[self.language]
        # English is the language of the message ids, so it needs no catalogue.
        self._catalogue: gettext.NullTranslations = (
            gettext.NullTranslations()
            if self.language == "en"
            else gettext.translation(DOMAIN, folder("locale"), [self.language])
        )

    def __call__(self, message: str, **facts: object) -> str:
        """Return the sentence in this language with its `{facts}` filled in."""
        text = self._catalogue.gettext(message) if message else ""
        return text.format(**facts) if facts else text

    def plural(self, one: str, many: str, n: int, **facts: object) -> str:
        """Return the singular or plural sentence for n, with `{n}` and the facts filled in."""
        return self._catalogue.ngettext(one, many, n).format(n=self.number(n), **facts)

    def number(self, value: float, decimals: int = 0) -> str:
        """Write a number, 1234.5 as `1.234,5` in Dutch."""
        from babel.numbers import format_decimal  # Babel is loaded when a number is first written

        pattern = "#,##0" + ("." + "0" * decimals if decimals else "")
        return format_decimal(value, format=pattern, locale=self._locale)

    def percent(self, share: float | None, decimals: int = 1) -> str:
        """Write a share of 0..1 as a percentage; an undefined share is an en dash."""
        return "–" if share is None else f"{self.number(share * 100, decimals)} %"

    def date(self, day: date, style: str = "d MMMM y") -> str:
        """Write a date in words; style is a CLDR pattern such as `EEE d MMM`."""
        from babel.dates import format_date

        return format_date(day, format=style, locale=self._locale)

    def moment(self, at: datetime, style: str = "EEE d MMM, HH:mm") -> str:
        """Write an aware moment in Brussels time; style is a CLDR pattern."""
        from babel.dates import format_datetime

        return format_datetime(at.astimezone(LOCAL_ZONE), format=style, locale=self._locale)

    def time(self, at: datetime) -> str:
        """Write the hour and minute of an aware moment in Brussels time, `14:30`."""
        return at.astimezone(LOCAL_ZONE).strftime("%H:%M")


@lru_cache(maxsize=len(LANGUAGES))
def translator(language: str) -> Translator:
    """Return the one translator of a language (nl, en or fr; anything else is nl)."""
    return Translator(language)
