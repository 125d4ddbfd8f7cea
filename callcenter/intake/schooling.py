"""A school year as people write it -> codes: year 1-7, stream A or B, form, finality 3, 2 or 1."""

from __future__ import annotations

import re
from collections.abc import Mapping

_GRADE = re.compile(r"\s*([1-7])\s*(?:ste|de|e)?\s*(?:jaar)?\s*", re.IGNORECASE)
_STREAM = re.compile(r"\s*([ab])\s*-?\s*stroom\s*", re.IGNORECASE)
_FORMS = frozenset({"aso", "tso", "kso", "bso", "dbso", "leertijd", "ov1", "ov2", "ov3", "ov4", "buso"})
_FINALITIES = {"doorstroom": "3", "dubbel": "2", "dubbele": "2", "arbeidsmarkt": "1", "3": "3", "2": "2", "1": "1"}
_NOTHING = frozenset({"", "-", "?", "??"})


def school_year(raw: Mapping[str, str]) -> dict[str, str]:
    """Return the codes of one school year from its cells; what means nothing is left out.

    `raw` and the result hold school, grade, form, finality, program and attest; a stream written as form (`A-stroom`)
    comes out as `stream`.
    """
    form = raw.get("form", "").strip()
    stream = _STREAM.fullmatch(form)
    grade = _GRADE.fullmatch(raw.get("grade", ""))
    told = {
        "school": raw.get("school", "").strip(),
        "grade": grade.group(1) if grade else "",
        "stream": stream.group(1).upper() if stream else "",
        "form": form.lower() if form.lower() in _FORMS else "",
        "finality": _FINALITIES.get(raw.get("finality", "").strip().lower(), ""),
        "program": raw.get("program", "").strip(),
        "attest": raw.get("attest", "").strip().upper(),
    }
    return {name: value for name, value in told.items() if value not in _NOTHING}
