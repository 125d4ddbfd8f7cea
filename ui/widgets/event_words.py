"""What events and refusals are called on every screen."""

from __future__ import annotations

from typing import Final

from callcenter.text import N_
from ui.text import _

_KINDS: Final = {
    "AttemptOpened": N_("A call began"),
    "AttemptClosed": N_("A call ended"),
    "ResponseRecorded": N_("Answers"),
    "SensitiveResponseRecorded": N_("Answers to sensitive questions"),
    "NoteAdded": N_("A note"),
    "ConfidentialNoteAdded": N_("A confidential note"),
    "AppointmentBooked": N_("An appointment"),
    "DoNotCallSet": N_("Do not call"),
    "ContactCorrectionProposed": N_("A new number or address"),
    "ContactCorrectionDecided": N_("A decision about a number or address"),
    "ParentConsentGiven": N_("A parent's consent"),
    "PersonKnown": N_("I know this person"),
    "ReferralRaised": N_("A request for help"),
    "HelpAsked": N_("A question to the supervisor"),
    "NumberShown": N_("A number was shown"),
    "LeaseGranted": N_("A person given to an agent"),
    "LeaseEnded": N_("A person taken back"),
    "LeaseReturned": N_("A person given back"),
    "OutcomeCorrected": N_("A corrected outcome"),
    "ShiftEnded": N_("The end of a shift"),
    "PurgeDone": N_("Names were cleared"),
    "SubjectErased": N_("A person erased"),
    "CampaignChanged": N_("Settings of the campaign"),
    "FormPublished": N_("A questionnaire"),
    "RosterChanged": N_("The roster"),
    "RespondentAdded": N_("A person of the list"),
    "RespondentMerged": N_("A person of the list, changed"),
}
_WHY: Final = {
    "mismatch": N_("The centre holds another result in its place."),
    "case": N_("The centre does not know that this laptop had this person."),
    "role": N_("Somebody in this role may not say this."),
    "site": N_("It belongs to another site."),
    "leased": N_("Another agent had this person at that moment."),
    "malformed": N_("The centre could not read it."),
    "not yours": N_("It was said on another laptop."),
}


def kind_words(kind: str) -> str:
    """Return what an event of a kind is called; a kind of a newer program by its own name."""
    return _(_KINDS[kind]) if kind in _KINDS else kind


def why_words(why: str) -> str:
    """Return why the centre would not have it, as a sentence."""
    return _(_WHY[why]) if why in _WHY else _("The centre says: {why}.", why=why)
