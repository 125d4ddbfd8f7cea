"""`callcenter central`: install, enrol, revoke and look after a central database on PostgreSQL."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any

from callcenter.app.operator import telling
from callcenter.app.operator.asking import OrganisationUnclear, WordsWrong, asked, door_of
from callcenter.app.operator.enrolling import Wanted, enrol
from callcenter.app.operator.inventing import check_invented
from callcenter.app.operator.telling import put, put_json
from callcenter.clock import now
from callcenter.errors import CallcenterError
from callcenter.text import LOCAL_ZONE, N_, Translator, translator
from db.central.doctor import doctor
from db.central.keeping import set_durability
from db.central.open import all_events, init_postgres, mark_durable, mark_restored, revoke, upgrade_postgres
from db.central.operating import operating
from db.central.status import record, status
from db.central.watching import end_long_calls

Words = argparse.Namespace


class EnrolmentNotThere(CallcenterError):
    """No enrolment of this organisation has this name."""

    code = "OPERATOR-08"
    what = N_("{organisation} has no enrolment {enrolment}.")
    advice = N_("Take one from callcenter central status.")


def run(words: list[str]) -> int:
    """Run a command; exit status 0 when it was done, 1 when doctor found something, 2 with a sentence when not."""
    language = _language_in(words)
    # What is written, codes and keys, is for this user alone.
    os.umask(0o077)
    try:
        told = asked(words)
        language = told.language
        with operating(told.url):
            return _COMMANDS[told.command](told, translator(language))
    except CallcenterError as error:
        what, advice = error.explain(translator(language))
        sys.stderr.write(f"{what}\n{advice} ({error.code})\n")
        return 2


def _language_in(words: list[str]) -> str:
    """Return the language asked for, also when the other words are wrong."""
    place = words.index("--language") + 1 if "--language" in words else len(words)
    return words[place] if place < len(words) else "nl"


def _owner(told: Words) -> Mapping[str, Any]:
    """Return the owner's address of the organisation that is meant."""
    owner = {"kind": "postgres", "url": told.url, "org": told.org or ""}
    known = [each.org for each in status(owner).organisations]
    if (told.org and told.org not in known) or (not told.org and len(known) != 1):
        raise OrganisationUnclear(names=", ".join(known) or "–")
    return {**owner, "org": told.org or known[0]}


def _init(told: Words, say: Translator) -> int:
    if not told.org or not told.org.strip():
        raise WordsWrong(reason="--org is needed")
    init_postgres(told.url, told.org)
    if told.json:
        put_json({"org": told.org})
    else:
        put(say("Central is installed for {organisation}. Next: callcenter central enrol", organisation=told.org))
    return 0


def _upgrade(told: Words, say: Translator) -> int:
    status({"kind": "postgres", "url": told.url, "org": ""})
    upgrade_postgres(told.url)
    _done(told, say("Central is that of this program now."))
    return 0


def _enrol(told: Words, say: Translator) -> int:
    wanted = Wanted(
        count=told.count,
        out=told.out,
        role=told.role,
        site=told.site.strip(),
        door=door_of(told.address, told.ca),
        valid=timedelta(days=told.valid_days),
        name=told.name.strip(),
        invented=told.invented or 0,
    )
    wanted.check()
    owner = _owner(told)
    if wanted.invented:
        check_invented(owner)
    stock = enrol(owner, wanted, now())
    if told.json:
        put_json(telling.stock_json(stock))
    else:
        for line in telling.stock_lines(stock, say):
            put(line)
    return 0


def _revoke(told: Words, say: Translator) -> int:
    owner = _owner(told)
    known = {each.enrolment for each in status(owner).enrolments if each.org == owner["org"]}
    if told.enrolment not in known:
        raise EnrolmentNotThere(organisation=owner["org"], enrolment=told.enrolment)
    revoke(owner, told.enrolment, now())
    _done(told, say("The laptop is cut off, from its next word on. What it recorded can still be handed in."))
    return 0


def _status(told: Words, say: Translator) -> int:
    found = status({"kind": "postgres", "url": told.url, "org": told.org or ""})
    if told.json:
        put_json(found)
    else:
        for line in telling.status_lines(found, say):
            put(line)
    return 0


def _doctor(told: Words, say: Translator) -> int:
    findings = doctor({"kind": "postgres", "url": told.url, "org": told.org or ""})
    if told.json:
        put_json(list(findings))
    else:
        for finding in findings:
            put(f"{finding.part}: {finding.told}")
        if not findings:
            put(say("All is well."))
    return 1 if findings else 0


def _events(told: Words, _say: Translator) -> int:
    telling.put_events(all_events(_owner(told)), as_json=told.json)
    return 0


def _backup(told: Words, say: Translator) -> int:
    mark_durable(_owner(told), _moment(told.at) if told.at else now())
    _done(told, say("Laptops may now forget, after two weeks, what was recorded before that."))
    return 0


def _durability(told: Words, say: Translator) -> int:
    set_durability(_owner(told), told.by, now())
    _done(told, say("From now on this makes an event durable: {by}.", by=told.by))
    return 0


def _record(told: Words, _say: Translator) -> int:
    for noted in record(_owner(told)):
        if told.json:
            put_json(noted)
        else:
            put(f"{noted.at.isoformat()} {noted.act} {noted.by} {noted.subject} {noted.detail}".rstrip())
    return 0


def _watch(told: Words, say: Translator) -> int:
    ended = end_long_calls({"kind": "postgres", "url": told.url, "org": ""})
    if told.json:
        put_json({"ended": ended})
    elif ended:
        put(say.plural("{n} call was ended.", "{n} calls were ended.", ended))
    return 0


def _restored(told: Words, say: Translator) -> int:
    mark_restored(_owner(told))
    _done(told, say("Laptops offer their events again at their next sync. What was erased is erased again."))
    return 0


def _moment(text: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise WordsWrong(reason=f"--at {text}") from error
    return moment if moment.tzinfo else moment.replace(tzinfo=LOCAL_ZONE)


def _done(told: Words, sentence: str) -> None:
    if told.json:
        put_json({"done": True})
    else:
        put(sentence)


_COMMANDS: Mapping[str, Callable[[Words, Translator], int]] = {
    "init": _init,
    "upgrade": _upgrade,
    "enrol": _enrol,
    "revoke": _revoke,
    "status": _status,
    "doctor": _doctor,
    "events": _events,
    "backup": _backup,
    "durability": _durability,
    "record": _record,
    "watch": _watch,
    "restored": _restored,
}
