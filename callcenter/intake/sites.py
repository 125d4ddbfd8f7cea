"""Which site a row belongs to."""

from __future__ import annotations

from typing import NamedTuple

_SITES = {
    "Gent": ("gent", "ghent", "gand"),
    "Kortrijk": ("kortrijk", "courtrai"),
    "Antwerpen": ("antwerpen", "anvers", "antwerp"),
}
_SITE_OF = {word: site for site, words in _SITES.items() for word in words}


class Site(NamedTuple):
    """A site's name (empty: unknown) and how it was found: merged_cell, site_from_sheet or nothing."""

    name: str
    repair: str = ""


def read_site(text: str, merged: bool, sheet: str) -> Site:  # noqa: FBT001 - what the workbook knows of the cell
    """Return the site of a cell; a cell without any text takes the sheet's name if that is a site."""
    word = text.strip().casefold()
    if word:
        return Site(_SITE_OF.get(word, ""), "merged_cell" if merged else "")
    return Site(_SITE_OF.get(sheet.strip().casefold(), ""), "site_from_sheet")
