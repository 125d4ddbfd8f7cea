"""A call that is going on: the form session, the note, and the shelf of loaded forms."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from callcenter.clock import Clock
from callcenter.domain.event import FormPublished
from callcenter.errors import CallcenterError
from callcenter.forms.session import FormDefinition, Session, load
from callcenter.ids import Id
from callcenter.ports import Draft, UnitOfWork
from callcenter.text import N_

# The form's languages are named `Nederlands (nl)`; a person's language is `nl`.
_FALLBACK = "nl"


class FormMissing(CallcenterError):
    """A case is leased here, but its questionnaire is not."""

    code = "CALL-04"
    what = N_("The questionnaire of this campaign is not on this laptop yet.")
    advice = N_("Synchronise once. If it stays, ask your supervisor whether the questionnaire was published.")


class FormShelf:
    """Questionnaires loaded once a run; a form is known by the hash of its text."""

    def __init__(self) -> None:
        self._loaded: dict[str, FormDefinition] = {}

    def take(self, published: FormPublished | None) -> FormDefinition:
        """Return the loaded form; FormMissing when nothing was published."""
        if published is None:
            raise FormMissing()
        if published.sha256 not in self._loaded:
            self._loaded[published.sha256] = load(published.xml)
        return self._loaded[published.sha256]


@dataclass
class Interview:
    """One open attempt with its session; lives in the store lane only."""

    case: Id
    attempt: Id
    number: str
    role: str
    form: FormPublished
    session: Session
    began: datetime
    note: str = ""
    saved_at: datetime | None = None
    resumed: bool = False

    def draft(self, at: datetime) -> Draft:
        """Return what must survive a crash, as it is now."""
        told = {
            "form": self.form.version,
            "number": self.number,
            "role": self.role,
            "began": self.began.isoformat(),
            "session": self.session.snapshot(),
        }
        return Draft(self.case, self.attempt, json.dumps(told), self.note, at)


def form_language(form: FormDefinition, language: str) -> str | None:
    """Return the form's own name of a language (`Nederlands (nl)` for nl), Dutch when it has no such, or None."""
    for wanted in (language, _FALLBACK):
        for name in form.languages:
            if name == wanted or name.endswith(f"({wanted})"):
                return name
    return None


def open_session(form: FormDefinition, presets: Mapping[str, str], language: str, case: Id, clock: Clock) -> Session:
    """Open a form for a case; the seed comes from the case, so that shuffled items stay where they were."""
    seed = int(sha256(case.encode()).hexdigest()[:8], 16)
    return Session.open(form, presets=presets, clock=clock, seed=seed, language=form_language(form, language))


def restore(work: UnitOfWork, draft: Draft, shelf: FormShelf) -> Interview:
    """Return the interview of a draft, on the version of the form with which it began."""
    told = json.loads(draft.snapshot)
    campaign = work.cases.get(draft.case).campaign
    published = work.campaigns.form(campaign, told["form"])
    form = shelf.take(published)
    assert published is not None  # noqa: S101 - the shelf refuses a missing form
    return Interview(
        case=draft.case,
        attempt=draft.attempt,
        number=told["number"],
        role=told["role"],
        form=published,
        session=Session.restore(form, told["session"], clock=work.now),
        began=datetime.fromisoformat(told["began"]),
        note=draft.note,
        saved_at=draft.saved_at,
        resumed=True,
    )


def save(work: UnitOfWork, interview: Interview) -> None:
    """Keep the draft; the unit of work commits it before the screen paints."""
    at = work.now()
    work.drafts.save(interview.draft(at))
    interview.saved_at = at
