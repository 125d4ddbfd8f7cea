"""The counts of a judged list, as one JSON object or as a readable text."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import Any

from callcenter.intake.alumni import AlumniRow, SamplePreview
from callcenter.intake.findings import Sort
from callcenter.text import Translator

SCHEMA = "callcenter.intake-check/1"
_OWN_WARNINGS = frozenset({"control_characters"})
"""Warnings that the format of the counts does not know."""


def check_report(preview: SamplePreview) -> dict[str, Any]:
    """Return the counts; everything after `duplicates` is counted over accepted rows only."""
    codes = Counter((f.sort, f.code) for f in preview.findings)
    rejected = {code: n for (sort, code), n in codes.items() if sort is Sort.REJECTED}
    read = preview.sheets_read
    return {
        "schema": SCHEMA,
        "file": preview.file,
        "as_of": preview.as_of.isoformat(),
        "sheets": None if read is None else {"read": list(read), "ignored": list(preview.sheets_ignored)},
        "skipped": {code: preview.skipped.get(code, 0) for code in ("blank", "note", "repeated_header")},
        "rows": preview.rows,
        "accepted": len(preview.accepted),
        "rejected": {"total": sum(rejected.values()), **rejected},
        "duplicates": {code: codes[Sort.DUPLICATE, code] for code in ("exact", "probable")},
        "shared_numbers": _shared(preview.accepted),
        "numbers": _numbers(preview, codes[Sort.NUMBER, "unusable"]),
        "do_not_call": sum(row.do_not_call for row in preview.accepted),
        "ages": _ages(preview.accepted, preview.as_of),
        "repaired": {code: n for (sort, code), n in sorted(codes.items()) if sort is Sort.REPAIRED},
        "warnings": {
            code: n for (sort, code), n in sorted(codes.items()) if sort is Sort.WARNING and code not in _OWN_WARNINGS
        },
    }


def _shared(rows: tuple[AlumniRow, ...]) -> dict[str, int]:
    holders = Counter(phone.e164 for row in rows for phone in row.phones)
    shared = {number for number, times in holders.items() if times > 1}
    persons = sum(any(phone.e164 in shared for phone in row.phones) for row in rows)
    return {"numbers": len(shared), "persons": persons}


def _numbers(preview: SamplePreview, unusable: int) -> dict[str, int]:
    usable = [phone.e164 for row in preview.accepted for phone in row.phones]
    foreign = sum(not number.startswith("+32") for number in usable)
    return {"usable": len(usable), "distinct": len(set(usable)), "foreign": foreign, "unusable": unusable}


def _ages(rows: tuple[AlumniRow, ...], as_of: date) -> dict[str, int]:
    counts = dict.fromkeys(("under_16", "16_17", "adult", "unknown"), 0)
    for row in rows:
        counts[_age_group(row.birth_date, as_of)] += 1
    return counts


def _age_group(born: date | None, as_of: date) -> str:
    if born is None:
        return "unknown"
    age = as_of.year - born.year - ((as_of.month, as_of.day) < (born.month, born.day))
    return "under_16" if age < 16 else "16_17" if age < 18 else "adult"


def check_text(preview: SamplePreview, say: Translator) -> str:
    """Return the counts as lines for a person, with the first finding of each kind."""
    report = check_report(preview)
    lines = [
        say("{file}: {rows} people", file=preview.file, rows=say.number(preview.rows)),
        say("accepted {n}", n=say.number(len(preview.accepted))),
        say("rejected {n}", n=say.number(report["rejected"]["total"])),
        say("the same person twice: {n}", n=say.number(sum(report["duplicates"].values()))),
        say("on do-not-call: {n}", n=say.number(report["do_not_call"])),
        "",
    ]
    told: Counter[str] = Counter(f.code for f in preview.findings)
    first = {f.code: f for f in reversed(preview.findings)}
    for code, n in told.most_common():
        finding = first[code]
        where = say("{sheet} row {row}, {column}", sheet=finding.sheet, row=finding.row, column=finding.column)
        lines.append(f"{n:6}  {code:22} {where.strip()}: {finding.message(say)}")
    return "\n".join(lines)
