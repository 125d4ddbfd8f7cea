"""What the commands print: sentences in the operator's language, or JSON."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator
from typing import Any

from callcenter.app.operator.enrolling import Made, Stock
from callcenter.domain.codec import to_json
from callcenter.text import N_, Translator
from db.central.keeping import HeldEvent
from db.central.status import CentralStatus, EnrolmentState, OrganisationState

_STATES = {
    "unbound": N_("not used yet"),
    "bound": N_("in use"),
    "revoked": N_("cut off"),
    "expired": N_("expired"),
}
_ROLES = {"agent": N_("agent"), "supervisor": N_("supervisor"), "coordinator": N_("coordinator")}


def put(text: str) -> None:
    """Print a line."""
    sys.stdout.write(f"{text}\n")


def put_json(value: object) -> None:
    """Print a JSON value, an array with one element a line."""
    told = to_json(value)
    if isinstance(told, list):
        put("[\n" + ",\n".join(json.dumps(each, ensure_ascii=False) for each in told) + "\n]")
    else:
        put(json.dumps(told, ensure_ascii=False))


# --- enrolments


def stock_json(stock: Stock) -> list[dict[str, Any]]:
    """Return one object for each file."""
    return [_made_json(made, stock) for made in stock.made]


def _made_json(made: Made, stock: Stock) -> dict[str, Any]:
    entry = made.entry
    return {
        "file": str(made.path.resolve()),
        "code": entry.code,
        "enrolment": entry.enrolment,
        "recovery": entry.recovery,
        "role": entry.role.value,
        "site": entry.site,
        "person": entry.person,
        "expires_at": made.expires_at.isoformat(),
        "cases": made.cases,
        "stock": str(stock.file.resolve()) if stock.file else "",
        "stock_code": stock.code,
    }


def stock_lines(stock: Stock, say: Translator) -> Iterator[str]:
    """Yield what an operator has to know, codes last."""
    yield say.plural("{n} enrolment file was made:", "{n} enrolment files were made:", len(stock.made))
    for made in stock.made:
        yield f"  {made.path}  {made.entry.code}"
    if stock.file is not None:
        yield say("The stock for the office: {file}", file=stock.file)
        yield say("Its code, to be told by another way than the file: {code}", code=stock.code)
        yield say("Give the whole folder to the supervisor: Laptops, Add stock. These codes are shown only now.")
        return
    for made in stock.made:
        yield say("Recovery code of {file}: {code}", file=made.path.name, code=made.entry.recovery)
    yield say("Give each file to its person and tell the code by another way. These codes are shown only now.")


# --- status


def status_lines(told: CentralStatus, say: Translator) -> Iterator[str]:
    """Yield how a central stands."""
    if not told.organisations:
        yield say("There is no organisation yet.")
    for org in told.organisations:
        yield from _organisation_lines(org, say)
        for enrolment in (e for e in told.enrolments if e.org == org.org):
            yield _enrolment_line(enrolment, say)


def _organisation_lines(org: OrganisationState, say: Translator) -> Iterator[str]:
    yield org.org
    yield "  " + say(
        "events {events}, live leases {leases}, late {late}, with a doubtful clock {suspect}, erased {erased}",
        events=say.number(org.events),
        leases=say.number(org.leases),
        late=say.number(org.late),
        suspect=say.number(org.clock_suspect),
        erased=say.number(org.erased),
    )
    if org.durability == "backup":
        at = say.moment(org.durable_at, "d MMM y, HH:mm") if org.durable_at else say("never told")
        yield "  " + say("in a backup until: {moment}", moment=at)
    for name, n in org.mailboxes:
        yield "  " + say("mailbox {name}: {n}", name=name, n=say.number(n))


def _enrolment_line(told: EnrolmentState, say: Translator) -> str:
    seen = say.moment(told.seen_at, "d MMM y, HH:mm") if told.seen_at else "–"
    return "  " + "  ".join(
        (
            told.enrolment,
            say(_ROLES.get(told.role, told.role)),
            told.site or "–",
            told.name or say("not handed out"),
            say(_STATES[told.state]),
            say("last seen: {moment}", moment=seen),
        )
    )


# --- events


def put_events(events: Iterable[HeldEvent], *, as_json: bool) -> None:
    """Print one event a line."""
    for event in events:
        if as_json:
            put(json.dumps(_event_json(event), ensure_ascii=False))
        else:
            places = " ".join(f"{mailbox}#{n}" for mailbox, n in event.numbers)
            put(f"{event.id} {event.sha256} {event.device} {event.seq} {places}")


def _event_json(event: HeldEvent) -> dict[str, Any]:
    return {
        "id": event.id,
        "sha256": event.sha256,
        "device": event.device,
        "seq": event.seq,
        "mailboxes": [{"mailbox": mailbox, "n": n} for mailbox, n in event.numbers],
    }
