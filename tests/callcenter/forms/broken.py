"""A small questionnaire in three sheets, and ways to break one cell of it."""

from __future__ import annotations

from pathlib import Path

from callcenter.forms.xlsform import Workbook, read_markdown, write_xlsx

SOUND = """## survey
| type | name | label::Nederlands (nl) | label::Français (fr) | relevant | constraint | calculation | required |
|---|---|---|---|---|---|---|---|
| select_one yn | school | Ga je naar school? | Vas-tu à l’école ? | | | | yes |
| select_multiple why | reason | Waarom niet? | Pourquoi pas ? | ${school} = 'no' | count-selected(.) <= 2 | | |
| begin group | job | Werk | Travail | ${school} = 'no' | | | |
| integer | hours | Hoeveel uren? | Combien d’heures ? | selected(${reason}, 'work') | . <= 80 | | |
| end group | | | | | | | |
| calculate | twice | | | | | ${hours} * 2 | |
| note | bye | Dank je, ${twice}. | Merci, ${twice}. | | | | |

## choices
| list_name | name | label::Nederlands (nl) | label::Français (fr) |
|---|---|---|---|
| yn | yes | Ja | Oui |
| yn | no | Nee | Non |
| why | work | Ik werk | Je travaille |
| why | ill | Ik ben ziek | Je suis malade |

## settings
| form_id | version | default_language |
|---|---|---|
| small | 1 | Nederlands (nl) |
"""


def book(*changes: tuple[str, str]) -> Workbook:
    """Return the workbook with each first text put in the place of the other."""
    text = SOUND
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new, 1)
    return read_markdown(text)


def saved(folder: Path, *changes: tuple[str, str]) -> Path:
    """Write the workbook with these changes as a coordinator would save it."""
    path = folder / "vragen.xlsx"
    write_xlsx(book(*changes), path)
    return path
