"""What the import refused, repaired or doubted: one value per cell, with what to do about it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from callcenter.text import N_, Translator


class Sort(StrEnum):
    """What a finding did to its row."""

    REJECTED = "rejected"
    DUPLICATE = "duplicates"
    REPAIRED = "repaired"
    WARNING = "warnings"
    NUMBER = "numbers"


@dataclass(frozen=True, slots=True)
class Finding:
    """One finding: where it stands (row as the file counts, header as written), old and new value."""

    sort: Sort
    code: str
    sheet: str
    row: int
    column: str
    old: str
    new: str = ""

    def message(self, say: Translator) -> str:
        """Return a sentence that a coordinator can act on."""
        return say(MEANINGS[self.code], old=self.old[:80], new=self.new[:80])


MEANINGS: Mapping[str, str] = {
    "missing_name": N_("The first or last name is missing: fill it in, then import again."),
    "test_row": N_("This is a test row; it was left out."),
    "unsafe_name": N_("A name begins with a sign of a formula; correct the name, then import again."),
    "bad_birth_date": N_("'{old}' is no birth date of somebody between 10 and 40; write day/month/year."),
    "unknown_site": N_("'{old}' is no site; write Gent, Kortrijk or Antwerpen."),
    "id_conflict": N_(
        "Number '{old}' already belongs to the person in row {new}; give this person the right number."
    ),
    "exact": N_("The same person stands above, in row {new}."),
    "probable": N_("Probably the same person as in row {new}; check both."),
    "name_mojibake": N_("Broken letters were mended: '{old}' became '{new}'."),
    "name_characters": N_("Odd characters were mended: '{old}' became '{new}'."),
    "name_spaces": N_("Blanks were taken out: '{old}' became '{new}'."),
    "date_text": N_("A date typed as text was read: '{old}' became {new}."),
    "date_two_digit_year": N_("A year of two digits was read: '{old}' became {new}."),
    "date_serial": N_("A day number of a spreadsheet was read: {old} became {new}."),
    "merged_cell": N_("The site comes from a merged cell: {new}."),
    "site_from_sheet": N_("The site comes from the name of the sheet: {new}."),
    "text_cut": N_("The remark is longer than 2,000 characters; the rest stays in your list."),
    "control_characters": N_("Control characters were taken out."),
    "phone_split": N_("Several numbers in one cell were taken apart: {old}"),
    "phone_characters": N_("Odd characters in a number were mended: '{old}' became {new}."),
    "phone_annotation": N_("Words beside a number were taken off: '{old}' became {new}."),
    "phone_float": N_("A number written with a fraction was mended: '{old}' became {new}."),
    "phone_letters": N_("Letters in a number were read as digits: '{old}' became {new}."),
    "phone_missing_plus": N_("A plus was put before a number: '{old}' became {new}."),
    "phone_leading_zero": N_("A lost zero was put back: '{old}' became {new}."),
    "unusable": N_("'{old}' is no telephone number that can be called."),
    "birth_date_missing": N_("The birth date is missing: this person is treated as a minor."),
    "no_usable_number": N_("No number of this person can be called: a new one must be looked for."),
    "bad_email": N_("'{old}' is no e-mail address."),
    "bad_postcode": N_("'{old}' is no Belgian postcode."),
    "bad_grade": N_("'{old}' is no school year from 1 to 7."),
    "bad_attest": N_("'{old}' is no attest (A, A-REM, A-UIT, B, C, UITG, DIPL)."),
    "formula_text": N_("This text begins like a formula; it is kept as plain text: {old}"),
    "lost_character": N_("A letter of the name was lost ('?'): {old}. Correct it in your list."),
    "dnc_unclear": N_("'{old}' in 'do not call' is unclear: nobody will call this person."),
}
