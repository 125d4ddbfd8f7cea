"""Languages as people write them -> the codes of ISO 639."""

from __future__ import annotations

from functools import lru_cache

from callcenter.intake.columns import plain

# Code -> how lists name the language: in Dutch, in French, in English, in itself. A code stands for itself.
_NAMES = {
    "nl": "Nederlands néerlandais Dutch Vlaams",
    "fr": "Frans français French",
    "en": "Engels anglais English",
    "de": "Duits allemand German Deutsch",
    "tr": "Turks turc Turkish Türkçe",
    "ar": "Arabisch arabe Arabic Marokkaans",
    "ber": "Tamazight Berbers berbère Berber",
    "bg": "Bulgaars bulgare Bulgarian",
    "pl": "Pools polonais Polish polski",
    "ro": "Roemeens roumain Romanian",
    "ln": "Lingala",
    "tw": "Twi",
    "so": "Somalisch somali",
    "ps": "Pasjtoe pachto Pashto",
    "ne": "Nepalees népalais Nepali",
    "ce": "Tsjetsjeens tchétchène Chechen",
    "fa": "Dari Perzisch Farsi persan Persian",
    "es": "Spaans espagnol Spanish",
    "pt": "Portugees portugais Portuguese",
    "it": "Italiaans italien Italian",
    "sq": "Albanees albanais Albanian",
    "ru": "Russisch russe Russian",
    "uk": "Oekraïens ukrainien Ukrainian",
    "sk": "Slowaaks slovaque Slovak",
    "ku": "Koerdisch kurde Kurdish",
    "ti": "Tigrinya tigrigna",
}
_CODE_OF = {plain(word): code for code, names in _NAMES.items() for word in (code, *names.split())}


@lru_cache(maxsize=1000)
def language_code(text: str) -> str:
    """Return the code of a language's name or code (ISO 639-1, else 639-2); empty for none or an unknown one."""
    return _CODE_OF.get(plain(text), "")
