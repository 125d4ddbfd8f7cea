"""Invented values for the desk and the questionnaire; nobody of a list stands here."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from callcenter.domain.appointment import Firmness
from callcenter.domain.outcome import NumberStatus, Outcome
from callcenter.forms.session import Choice, Kind, Page, Question, Run, Said, Section
from callcenter.usecases.views import (
    AppointmentLine,
    AttemptLine,
    CaseCard,
    DeskStatus,
    EmptyQueue,
    HelpCard,
    InterviewView,
    NumberLine,
    QueueLine,
)

# Wednesday 24 June 2026, 14:12 in Belgium.
NOW = datetime(2026, 6, 24, 12, 12, 7, tzinfo=UTC)
SECTIONS = ("Begin", "School", "Plannen", "Activiteiten", "Gegevens", "Einde")


def runs(text: str) -> tuple[Run, ...]:
    """Return runs of a text in which `{...}` marks a fill."""
    parts = []
    for piece in text.split("{"):
        fill, brace, rest = piece.partition("}")
        if brace:
            parts += [Run(fill, fill=True), Run(rest, fill=False)]
        else:
            parts.append(Run(piece, fill=False))
    return tuple(run for run in parts if run.text)


def a_question(name: str = "school_same", kind: Kind = Kind.ONE, label: str = "", **more: object) -> Question:
    """Return a question; the first of the school section unless told otherwise."""
    asked = label or (
        "Vorig schooljaar zat je in het **3de jaar** {Economische wetenschappen} in het {Sint-Lievenscollege}. "
        "Zit je nu nog altijd in dezelfde richting?"
    )
    facts: dict[str, object] = {
        "ref": f"/data/{name}",
        "name": name,
        "kind": kind,
        "label": runs(asked),
        "hint": "",
        "guidance": "",
        "choices": (),
        "value": "",
        "required": False,
        "readonly": False,
        "appearance": frozenset(),
        "message": "",
    }
    return Question(**(facts | more))


def choices(*words: str, none: bool = True) -> tuple[Choice, ...]:
    """Return choices 1, 2, ... and, unless told otherwise, "does not know" and "will not say"."""
    real = tuple(Choice(str(n), text) for n, text in enumerate(words, 1))
    return real + ((Choice("98", "Weet ik niet"), Choice("99", "Zeg ik liever niet")) if none else ())


SCHOOL = a_question(
    guidance="Twijfelt Aya? Vraag welke richting op haar rapport staat.",
    choices=choices(
        "Ja, zelfde richting en zelfde school",
        "Andere richting, zelfde school",
        "Zelfde richting, andere school",
        "Andere richting en andere school",
        "Gestopt met school",
        "Iets anders, namelijk…",
    ),
    value="2",
)


def a_page(*questions: Question, number: int = 5, first: bool = False, last: bool = False) -> Page:
    """Return a page in the second section."""
    sections = tuple(Section(n, n, "done" if p < 1 else "now" if p == 1 else "ahead") for p, n in enumerate(SECTIONS))
    return Page(sections=sections, questions=questions or (SCHOOL,), number=number, about=16, first=first, last=last)


SAID = (
    Said("/data/who", "who", "Wie neemt op?", "Aya nam zelf op"),
    Said("/data/consent", "consent", "Mag ik beginnen?", "Gaat akkoord met het gesprek"),
    Said("/data/school", "school", "Zit je nog op school?", "Zit nog op school"),
)

CARD = CaseCard(
    case="c1",
    lease="l1",
    name="Aya E.",
    identified=False,
    role="subject",
    language="nl",
    best_time="Liefst na 14 u, niet op woensdag",
    numbers=(
        NumberLine("n1", "Gsm Aya", "0470 •• •• 12", NumberStatus.NEW, now=True),
        NumberLine("n2", "Mama", "0486 •• •• 40", NumberStatus.WORKS),
    ),
    history=(
        AttemptLine(datetime(2026, 6, 22, 14, 5, tzinfo=UTC), Outcome.NO_ANSWER, "Gsm Aya"),
        AttemptLine(datetime(2026, 6, 23, 12, 20, tzinfo=UTC), Outcome.VOICEMAIL, "Gsm Aya"),
    ),
    why=("Iedereen eerst twee keer.",),
)
CALLED = replace(
    CARD,
    identity={"birth": "12 mei", "school": "Sint-Lievenscollege"},
    numbers=(replace(CARD.numbers[0], digits="0470 12 34 12", dial="+32470123412"), CARD.numbers[1]),
)
IDENTIFIED = replace(
    CALLED,
    identified=True,
    identity={},
    chips=("Groep 2", "4de middelbaar", "Gent"),
    facts=("TAJO 2021–2024, nu 15 jaar",),
)
CARDS = (
    HelpCard(
        "“Ik heb nu geen tijd”", "Stel een uur voor, maak een afspraak", "Dat begrijp ik. Wanneer past het wel?"
    ),
    HelpCard("“Hoe heb je mijn nummer?”", "Uitleg over je gegevens", "Je gaf het toen je bij ons begon."),
    HelpCard("“Ik wil dit niet meer”", "Respecteer het, zet op niet meer bellen", "Dat is jouw keuze."),
    HelpCard(
        "Iemand zit in de problemen",
        "Luister, beloof niets, geef door",
        "1. **Luister.** Laat praten.\n2. **Beloof niets.**\n\nNummers:\n\n- **1712**: geweld\n- **102**: Awel",
        confidential=True,
    ),
)
STATUS = DeskStatus(
    campaign="Jaarlijkse update 2026",
    subtitle="TAJO-alumni · Gent",
    agent="Yasmina Benali",
    initials="YB",
    done=11,
    total=18,
    interviews=7,
    waiting=3,
    last_sync=NOW - timedelta(hours=2),
    lease_ends=NOW + timedelta(hours=6),
    next_appointment=AppointmentLine("c9", "Lotte P.", NOW + timedelta(minutes=18), Firmness.FIRM),
    supervisor="Sofie Maes",
    opening="Hallo, met {agent}. Mag ik {voornaam} even spreken?",
    cards=CARDS,
)
EMPTY = EmptyQueue((("Buiten de beluren", 4), ("Wacht nog na een vorige poging", 9)), NOW + timedelta(hours=2))
LINES = tuple(
    QueueLine(f"c{n}", name, n % 4, "Eerst iedereen twee keer", None, callable_now=n % 3 > 0)
    for n, name in enumerate(("Aya E.", "Bram C.", "Fatima Y.", "Ilias O.", "Lotte P.", "Senne V."), 1)
)


def a_view(page: Page | None = None, *, card: CaseCard = IDENTIFIED, **more: object) -> InterviewView:
    """Return a call that began 161 seconds ago."""
    facts: dict[str, object] = {
        "card": card,
        "attempt": "a1",
        "page": page or a_page(),
        "said": SAID,
        "note": "Wil graag een stage in een kapsalon. Doorgeven aan Gent.",
        "began": NOW - timedelta(seconds=161),
        "saved_at": NOW,
        "finished": False,
        "proposed": None,
    }
    return InterviewView(**(facts | more))
