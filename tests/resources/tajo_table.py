"""The TAJO questionnaire as its specification tells it: variables, codes, key items, and when each is asked."""

from __future__ import annotations

from dataclasses import dataclass, field

ONE, MANY, INT, DATE, TEXT, CALC, NOTE = (
    "select_one",
    "select_multiple",
    "integer",
    "date",
    "text",
    "calculate",
    "note",
)
YN = "1 2"
FORMS = "aso tso kso bso dbso leertijd"
AGREE = "1 2 3 4 5"


@dataclass(frozen=True)
class Variable:
    """One variable: its codes without the non-answers 97, 98 and 99; `key` names its key item, or is empty."""

    section: str
    name: str
    kind: str
    codes: str = ""
    key: str = ""


VARIABLES = (
    # 0 INTRO
    Variable("begin", "who_answers", ONE, "1 2 3 4"),
    Variable("begin", "id_ok", ONE, "1 2"),
    Variable("begin", "purpose_said", NOTE),
    Variable("begin", "consent", ONE, "1 2 3", "yes"),
    Variable("begin", "parent_consent", ONE, YN),
    # A School
    Variable("school", "school_same", ONE, "1 2 3 4 5 6", "yes"),
    Variable("school", "school_status_q", ONE, "1 2 3 4 5 6", "yes"),
    Variable("school", "school_status", CALC),
    Variable("school", "grade", ONE, "1 2 3 4 5 6 7", "yes"),
    Variable("school", "stream", ONE, "A B"),
    Variable("school", "form", ONE, FORMS, "yes"),
    Variable("school", "finality", ONE, "3 2 1"),
    Variable("school", "ov", ONE, "1 2 3 4"),
    Variable("school", "dual", ONE, YN),
    Variable("school", "program", TEXT),
    Variable("school", "school_name", TEXT),
    Variable("school", "change_when", ONE, "1 2"),
    Variable("school", "change_month", ONE, "9 10 11 12 1 2 3 4 5 6 7 8"),
    Variable("school", "start_form", ONE, FORMS),
    Variable("school", "start_finality", ONE, "3 2 1"),
    Variable("school", "start_stream", ONE, "A B"),
    Variable("school", "change_why", MANY, "1 2 3 4 5 6 7"),
    # B Resultaat
    Variable("result", "attest", ONE, "A A-REM A-UIT B C UITG DIPL", "yes"),
    Variable("result", "qualification", ONE, "1 2 3 4 5 6"),
    Variable("result", "next_year", ONE, "1 2 3 4 5 6 7", "yes"),
    Variable("result", "next_enrolled", ONE, YN),
    Variable("result", "next_form", ONE, FORMS),
    Variable("result", "next_finality", ONE, "3 2 1"),
    Variable("result", "next_program", TEXT),
    # C Gestopt, with ILO and EDU4W
    Variable("left", "left_date", DATE),
    Variable("left", "left_qual", ONE, "0 1 2 3 4 5 6 7", "yes"),
    Variable("left", "left_reason", MANY, "1 2 3 4 5 6 7 8"),
    Variable("left", "ilo_work", ONE, "1 2 3", "yes"),
    Variable("left", "ilo_absent", ONE, YN),
    Variable("left", "ilo_absent_why", ONE, "1 2 3 4 5"),
    Variable("left", "ilo_absent_months", INT),
    Variable("left", "ilo_search", ONE, "1 2 3"),
    Variable("left", "ilo_avail", ONE, YN),
    Variable("left", "ilo_status", CALC),
    Variable("left", "edu4w", ONE, "1 2 3 4", "yes"),
    Variable("left", "vdab", ONE, YN),
    Variable("left", "return_plan", ONE, "1 2 3"),
    # D TAJO
    Variable("activities", "act_confirm", ONE, "1 2 3"),
    Variable("activities", "act_fix", TEXT),
    Variable("activities", "act_useful", ONE, "1 2 3 4 5"),
    Variable("activities", "act_barrier", MANY, "1 2 3 4 5 6"),
    Variable("activities", "act_idea", TEXT),
    # E Doelen
    *(Variable("aims", f"aim{n}", ONE, AGREE, "aims") for n in range(1, 9)),
    # F Slot, HELP, CONTACT
    Variable("closing", "job_interest", MANY, "1 2 3 4 0"),
    Variable("closing", "help", MANY, "0 1 2 3 4 5"),
    Variable("closing", "help_text", TEXT),
    Variable("closing", "help_share", ONE, YN),
    Variable("closing", "phone_ok", ONE, YN),
    Variable("closing", "new_phone", TEXT),
    Variable("closing", "email_ok", ONE, YN),
    Variable("closing", "new_email", TEXT),
    Variable("closing", "town", TEXT),
    Variable("closing", "contact_other", ONE, YN),
    Variable("closing", "other_name", TEXT),
    Variable("closing", "other_rel", TEXT),
    Variable("closing", "other_phone", TEXT),
    Variable("closing", "other_knows", ONE, YN),
    Variable("closing", "best_slot", MANY, "vm nm va av za"),
    Variable("closing", "channel", ONE, "1 2 3"),
    Variable("closing", "contact_again", ONE, YN, "yes"),
    Variable("", "outcome", CALC),
)

# Variables beside those of the specification, each with its reason.
ADDED = {
    "neutral_said": "what is said to somebody else",
    "fetch_parent_said": "what is said to a minor without consent",
    "wrong_said": "what is said to a wrong number",
    "not_right_said": "what is said when the identity does not fit",
    "parent_ok": "a parent's identity, before the organisation is named",
    "parent_purpose_said": "what a parent must know before consenting",
    "attest_check": "a B after year 1 is to be checked",
    "next_stream": "the planned stream in years 1 and 2, for the step on scale S",
    "left_reason_ok": "a sensitive question starts with consent",
    "aims_said": "how to answer the eight sentences",
    "goodbye_said": "the end",
}

# Facts that the reports and the desk read.
FACTS = (
    "who_answers identity consent parent_consent age group attendance "
    "school_same school_status school_status_told "
    "track_grade track_stream track_form track_finality track_ov track_dual "
    "track_program track_school next_program ilo_work "
    "change_when start_form start_finality start_stream change_why "
    "attest qualification next_year next_enrolled next_stream next_form next_finality "
    "left_date left_qual left_reason ilo_status edu4w vdab return_plan act_confirm act_useful act_barrier "
    "aim1 aim2 aim3 aim4 aim5 aim6 aim7 aim8 job_interest help help_text help_share "
    "new_phone new_email new_town contact_other other_name other_rel other_phone other_knows best_slot channel "
    "contact_again prev_grade prev_stream prev_form prev_finality prev_school_status"
).split()

PRESETS = {
    "voornaam": "Aya",
    "organisatie": "TAJO",
    "agent": "Yasmina",
    "minuten": "8 à 10",
    "coordinator": "Els",
    "site": "Gent",
    "group": "2",
    "age": "16",
    "needs_parent": "",
    "school_year": "2025-2026",
    "prev_school_year": "2024-2025",
    "ref_school": "31 mei",
    "ref_ma": "25 mei",
    "ref_zo": "31 mei",
    "ref_next": "1 september",
    "prev_school_status": "1",
    "prev_grade": "3",
    "prev_program": "Economische wetenschappen",
    "prev_school_name": "Atheneum Leiekaai",
    "prev_stream": "",
    "prev_form": "aso",
    "prev_finality": "3",
    "activiteiten": "het kookweekend",
    "attendance": "1",
}
NO_HISTORY = {name: "" for name in PRESETS if name.startswith("prev_")}

PUPIL = {
    "who_answers": "1",
    "id_ok": "1",
    "consent": "1",
    "school_same": "1",
    "grade": "4",
    "form": "aso",
    "finality": "3",
    "attest": "A",
    "next_year": "1",
    "next_enrolled": "1",
    "act_confirm": "1",
    "act_useful": "4",
    **{f"aim{n}": "4" for n in range(1, 9)},
    "job_interest": "0",
    "help": "0",
    "phone_ok": "1",
    "email_ok": "1",
    "contact_other": "2",
    "best_slot": "av",
    "channel": "1",
    "contact_again": "1",
}
LEAVER = {
    "school_same": "5",
    "left_qual": "0",
    "left_reason_ok": "1",
    "left_reason": "1 4",
    "ilo_work": "2",
    "ilo_absent": "2",
    "ilo_search": "1",
    "ilo_avail": "1",
    "edu4w": "4",
    "vdab": "1",
    "return_plan": "2",
}


@dataclass(frozen=True)
class Route:
    """A variable is asked in the first situation and not in the second; both start from a pupil's answers."""

    name: str
    asked: dict[str, str]
    silent: dict[str, str] | None
    presets: dict[str, str] = field(default_factory=dict)
    silent_presets: dict[str, str] | None = None


_ADULT = {"age": "18"}
_OTHER = {"school_same": "4", "change_when": "2"}
ROUTES = (
    Route("id_ok", {}, {"who_answers": "3"}),
    Route("purpose_said", {}, {"id_ok": "2"}),
    Route("consent", {}, {"id_ok": "2"}),
    Route("parent_consent", {"who_answers": "2", "parent_ok": "1"}, {"who_answers": "2"}, {"needs_parent": "1"}, {}),
    Route("parent_consent", {"who_answers": "2", "parent_ok": "1"}, {"parent_ok": "2"}, {"needs_parent": "1"}),
    Route("school_same", {}, {}, {}, NO_HISTORY),
    Route("school_same", {}, {"consent": "3"}),
    Route("school_status_q", {"school_same": "6"}, {}),
    Route("school_status_q", {}, {"school_same": "5"}, NO_HISTORY, {}),
    Route("school_status_q", {"school_same": "98"}, {"school_same": "3"}),
    Route("grade", {"school_same": "6", "school_status_q": "3"}, {"school_same": "6", "school_status_q": "4"}),
    Route("grade", {}, LEAVER),
    Route("stream", {"grade": "2"}, {"grade": "3"}),
    Route("form", {"grade": "3"}, {"grade": "2"}),
    Route("form", {"grade": "7", "attest": "C"}, {"grade": "98"}),
    Route("finality", {"grade": "3"}, {"grade": "2"}),
    Route("finality", {"grade": "6", "attest": "C"}, {"grade": "7", "attest": "C"}, {"school_year": "2024-2025"}),
    Route("finality", {"grade": "7", "attest": "C"}, {"grade": "1"}, {"school_year": "2025-2026"}),
    Route("ov", {"school_same": "6", "school_status_q": "2"}, {"school_same": "6", "school_status_q": "1"}),
    Route("dual", {"form": "bso", "finality": "1"}, {"form": "aso"}),
    Route("dual", {"form": "tso", "finality": "2"}, {"form": "kso", "finality": "2"}),
    Route(
        "dual",
        {"school_same": "6", "school_status_q": "2", "ov": "3", "form": "97", "finality": "97"},
        {"school_same": "6", "school_status_q": "2", "ov": "1", "form": "97", "finality": "97"},
    ),
    Route("program", {"school_same": "2"}, {"school_same": "3"}),
    Route("program", {"school_status_q": "1"}, {"school_status_q": "6"}, NO_HISTORY),
    Route("school_name", {"school_same": "3"}, {"school_same": "2"}),
    Route("change_when", {"school_same": "2"}, {"school_same": "1"}),
    Route("change_month", _OTHER, {"school_same": "4", "change_when": "1"}),
    Route("start_form", _OTHER, {"school_same": "4", "change_when": "1"}),
    Route("start_form", _OTHER, {**_OTHER, "grade": "2"}),
    Route("start_finality", _OTHER, {"school_same": "4", "change_when": "1"}),
    Route("start_stream", {**_OTHER, "grade": "2"}, _OTHER),
    Route("change_why", {"school_same": "4"}, {"school_same": "1"}),
    Route("attest", {}, {"school_same": "6", "school_status_q": "5"}),
    Route("attest", {}, LEAVER),
    Route("qualification", {"grade": "6", "attest": "DIPL"}, {"grade": "6", "attest": "C"}),
    Route("next_year", {"school_same": "6", "school_status_q": "4"}, LEAVER),
    Route("next_enrolled", {"next_year": "5"}, {"next_year": "6"}),
    Route("next_form", {"next_year": "2"}, {"next_year": "1"}),
    Route("next_form", {"next_year": "3"}, {"next_year": "2", "grade": "1"}),
    Route("next_form", {"next_year": "2", "grade": "2"}, {"next_year": "3", "grade": "2"}),
    Route("next_stream", {"next_year": "2", "grade": "1"}, {"next_year": "2", "grade": "2"}),
    Route("next_finality", {"next_year": "2"}, {"next_year": "5"}),
    Route("next_program", {"next_year": "3"}, {"next_year": "7"}),
    Route("left_date", LEAVER, {}),
    Route("left_qual", LEAVER, {}),
    Route("left_reason", LEAVER, {**LEAVER, "left_reason_ok": "2"}),
    Route("ilo_work", LEAVER, {}),
    Route("ilo_work", {}, {}, _ADULT, {}),
    Route("ilo_work", {}, {}, {"group": "3"}, {}),
    Route("edu4w", LEAVER, {}),
    Route("edu4w", {}, {}, {"group": "3"}, {}),
    Route("ilo_absent", LEAVER, {**LEAVER, "ilo_work": "3"}),
    Route("ilo_absent_why", {**LEAVER, "ilo_absent": "1"}, LEAVER),
    Route("ilo_absent_months", {**LEAVER, "ilo_absent": "1"}, LEAVER),
    Route("ilo_search", LEAVER, {**LEAVER, "ilo_work": "1"}),
    Route("ilo_search", LEAVER, {**LEAVER, "ilo_absent": "1", "ilo_absent_why": "2"}),
    Route("ilo_search", LEAVER, {**LEAVER, "ilo_work": "99"}),
    Route("ilo_avail", LEAVER, {**LEAVER, "ilo_work": "1"}),
    Route("vdab", LEAVER, {}),
    Route("return_plan", LEAVER, {}),
    Route("act_confirm", {}, {}, {}, {"attendance": "0"}),
    Route("act_fix", {"act_confirm": "2"}, {"act_confirm": "3"}),
    Route("act_useful", {}, {}, {}, {"attendance": "0"}),
    Route("act_barrier", {}, {}, {"attendance": "0"}, {"attendance": "4"}),
    Route("act_idea", {}, {"consent": "2"}),
    *(Route(f"aim{n}", {}, {"consent": "3"}) for n in range(1, 9)),
    Route("job_interest", {}, {"consent": "3"}),
    Route("help", {}, {"consent": "3"}),
    Route("help_text", {"help": "1 4"}, {"help": "0"}),
    Route("help_share", {"help": "5"}, {"help": "99"}),
    Route("phone_ok", {}, {"consent": "2"}),
    Route("new_phone", {"phone_ok": "2"}, {}),
    Route("email_ok", {}, {"consent": "2"}),
    Route("new_email", {"email_ok": "2"}, {"email_ok": "97"}),
    Route("town", {}, {"consent": "2"}),
    Route("contact_other", {}, {"consent": "2"}),
    *(
        Route(name, {"contact_other": "1"}, {"contact_other": "2"})
        for name in ("other_name", "other_rel", "other_phone", "other_knows")
    ),
    *(Route(name, {}, {"consent": "2"}) for name in ("best_slot", "channel", "contact_again")),
)
