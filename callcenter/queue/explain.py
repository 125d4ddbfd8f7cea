"""Reasons of the queue in whole sentences."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from callcenter.domain.outcome import MEANING, Outcome
from callcenter.ids import Id
from callcenter.queue.calling_hours import local_day
from callcenter.queue.reason import Fact, Reason
from callcenter.text import N_, Translator

_SENTENCES = {
    # Why now.
    "appointment_firm": N_("Appointment at {start}: this person named the time."),
    "appointment_soft": N_("Good moment around {start}, as was said in an earlier call."),
    "appointment_missed": N_("The appointment of {start} was missed. Say: we had an appointment."),
    "call_back": N_("We promised to call back."),
    "sibling": N_("Brother or sister on the same number."),
    "first_call": N_("Not called yet."),
    "new_slot": N_("Not yet tried in this part of the week: {slot}."),
    "stated_slot": N_("This is the best moment that this person named: {slot}."),
    "answered": N_("Answered at this time of the week ({slot}): {n} of {of}."),
    "last_year": N_("Answered last year at this time of the week ({slot}): {n} of {of}."),
    "last_dial": N_("Last call, {since}: {result}."),
    "sibling_next": N_("A brother or sister on the same number comes next."),
    "chance": N_("Chance that somebody answers now: {n} %."),
    "better_later": N_("A better moment still comes: {slot}, {n} %."),
    "group_behind": N_("People of this age have answered less so far."),
    "drawn_by_lot": N_("Said 'not now' before: the moment is drawn by lot."),
    # Why not now.
    "do_not_call": N_("This person does not want to be called."),
    "closed": N_("Finished: no more calls needed."),
    "attempts_used": N_("Called {n} times: that is the limit."),
    "in_call": N_("A call is going on."),
    "refused_again": N_("Refused again: no more calls."),
    "coordinator_decides": N_("Waits for the coordinator: is this person on the list by mistake?"),
    "supervisor_decides": N_("Somebody else refused: the supervisor decides."),
    "unable": N_("This person is not able to take part."),
    "nobody_speaks": N_("Nobody here speaks this person's language."),
    "parent_refused": N_("A parent refused."),
    "no_parent_number": N_("A parent must agree first, and there is no number of a parent."),
    "no_number": N_("There is no number left that works."),
    "appointment_later": N_("Has an appointment: call from {until}."),
    "outside_hours": N_("Outside calling hours: open again from {until}."),
    "campaign_over": N_("The campaign ends before the next possible call."),
    "cooling_off": N_("Said 'not now': wait until {until}."),
    "day_limit": N_("Called often enough today: again from {until}."),
    "spoken_today": N_("Spoken to today: again from {until}."),
    "large_unit": N_("{n} people share this number, perhaps a school: the supervisor decides."),
    "not_leased": N_("This case is not on your list any more."),
    "language_heard": N_("Talk in {language} was needed: the office looks for another agent."),
    "lease_over": N_("Your time for this case ended at {since}."),
    # Why not at that moment.
    "nobody_rostered": N_("Nobody works then. The next good moment: {until}."),
    "nobody_rostered_any_more": N_("Nobody works then, and no later shift fits."),
    "language_not_rostered": N_("Nobody who speaks {language} works then. The next good moment: {until}."),
    "language_not_rostered_any_more": N_("Nobody who speaks {language} works then, nor later."),
    "only_known_rostered": N_("Only people who may know this person work then. The next good moment: {until}."),
    "only_known_rostered_any_more": N_("Only people who may know this person work then, and no later shift fits."),
    "roster_unknown": N_("No shifts are planned for that day yet."),
    # Why nobody, or why not this agent.
    "lease_of": N_("{agent} has this case until {until}."),
    "held": N_("{agent} already has this number today."),
    "personal": N_("The appointment is with {agent}."),
    "after_shift": N_("Can only be called after this shift, from {until}."),
    "language": N_("Nobody on this shift speaks {language}."),
    "household_languages": N_("Nobody speaks all the languages of this household: {languages}."),
    "needs_converter": N_("Said 'not now': waits for an agent who is trained for a second try."),
    "all_recused": N_("Everybody on this shift knows this person or may not call them."),
    "nobody_works": N_("Nobody works on this shift."),
    "self": N_("This is the agent's own case."),
    "family": N_("The same family or the same number as the agent."),
    "cohort": N_("Started in the same year at the same site as the agent."),
    "school": N_("At the same school as the agent."),
    "pair": N_("The coordinator listed these two as people who know each other."),
    "known": N_("The agent said: I know this person."),
    "not_chosen": N_("The laptops are too few for all: others are worth more today."),
    # Why this agent; points are those of the plan.
    "agent_only": N_("Only this agent may take this person."),
    "agent_pinned": N_("Given out before all others: there is a promise to keep, or little room left."),
    "agent_last_year": N_("Spoke with this person last year (+{n})."),
    "agent_site": N_("Of the same site (+{n})."),
    "agent_scarce": N_("One of only {agents} agents who may take this person (+{n})."),
    "agent_stays": N_("Had this person on the list before (+{n})."),
    "agent_before": N_("Next would be {agent}: {n} points less."),
    # What keeps loads uneven.
    "load_low": N_("{agent} gets {n} % of a fair share: may call {cases} of {of} people."),
    "load_high": N_("{agent} gets {n} % of a fair share: nobody else may call these people."),
    "load_held": N_("{agent} has {n} % of a fair share already."),
    "load_language": N_("{language}: {agents} agent, {cases} people. {agent} gets {n} % of a fair share."),
    # Why a case moves.
    "moved_gone": N_("{agent} is not on the list of people any more."),
    "moved_absent": N_("{agent} has no shift any more on this day."),
    "moved_unsuited": N_("{agent} may not call this person any more."),
    "moved_stopped": N_("This person does not want to be called any more."),
    "moved_household": N_("Somebody behind the same number is with another agent."),
}
_WAITS = {
    "G": N_("No answer last time: call again from {until}."),
    "B": N_("Busy last time: call again from {until}."),
    "M": N_("Voicemail last time: call again from {until}."),
    "L": N_("A message was left: call again from {until}."),
    "T": N_("Somebody else answered: call again from {until}."),
    "I": N_("Away: call again from {until}."),
    "N": N_("The number was out of service: try once more from {until}."),
}
_WAIT = N_("Call again from {until}.")
_SLOTS = {
    "vm": N_("weekday morning"),
    "nm": N_("weekday afternoon"),
    "va": N_("weekday, early evening"),
    "av": N_("weekday evening"),
    "za": N_("Saturday"),
}
_LANGUAGES = {
    "nl": N_("Dutch"),
    "fr": N_("French"),
    "en": N_("English"),
    "de": N_("German"),
    "tr": N_("Turkish"),
    "ar": N_("Arabic"),
    "pl": N_("Polish"),
    "ro": N_("Romanian"),
    "bg": N_("Bulgarian"),
    "es": N_("Spanish"),
    "it": N_("Italian"),
    "pt": N_("Portuguese"),
    "ru": N_("Russian"),
    "uk": N_("Ukrainian"),
    "ps": N_("Pashto"),
    "fa": N_("Persian"),
    "so": N_("Somali"),
}
_SOMEBODY = N_("Another agent")
_UNKNOWN = N_("Without a result")


def explain(
    reason: Reason, say: Translator, names: Mapping[Id, str] | None = None, at: datetime | None = None
) -> str:
    """Return the sentence of a reason; `names` are agents' short names, moments of `at`'s day lose their date."""
    facts = {name: _told(name, value, say, names or {}, at) for name, value in reason.facts}
    match reason.code:
        case "wait":
            return say(_WAITS.get(str(reason.fact("outcome")), _WAIT), **facts)
        case "last_dial":
            facts["result"] = _result(reason, say)
        case "tries":
            n = _number(reason, "n")
            return say.plural("Called {n} time before.", "Called {n} times before.", n)
        case "all_full":
            n = _number(reason, "agents")
            return say.plural("The list of {n} agent is full.", "The lists of {n} agents are full.", n)
        case "language_full":
            n = _number(reason, "agents")
            return say.plural(
                "{n} agent speaks {language}, and that list is full.",
                "{n} agents speak {language}, and their lists are full.",
                n,
                language=facts["language"],
            )
    return say(_SENTENCES[reason.code], **facts)


def count_line(reason: Reason, say: Translator, names: Mapping[Id, str] | None = None) -> str:
    """Return a constraint that binds a batch with the number of cases it left out."""
    n = _number(reason, "cases")
    words = explain(reason, say, names)
    return say.plural("{n} case: {reason}", "{n} cases: {reason}", n, reason=words)


def _result(reason: Reason, say: Translator) -> str:
    """Return what came of a call, inside a sentence."""
    code = str(reason.fact("outcome"))
    told = say(MEANING[Outcome(code)].label) if code in set(Outcome) else say(_UNKNOWN)
    return told[:1].lower() + told[1:]


def _number(reason: Reason, name: str) -> int:
    found = reason.fact(name)
    return found if isinstance(found, int) else 0


def _told(name: str, value: Fact, say: Translator, names: Mapping[Id, str], at: datetime | None) -> str:
    if isinstance(value, datetime):
        return say.time(value) if at is not None and local_day(at) == local_day(value) else say.moment(value)
    if isinstance(value, int):
        return say.number(value)
    words = {"slot": _SLOTS, "language": _LANGUAGES}.get(name)
    if words is not None:
        return say(words[value]) if value in words else value
    return names.get(value, say(_SOMEBODY)) if name == "agent" else value
