"""`callcenter rehearse`: calls of invented people through the use cases, on an enrolment, without a window."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import NoReturn

from callcenter.app.first_start import start_first
from callcenter.app.rehearsing.playing import Played, play
from callcenter.clock import now
from callcenter.errors import CallcenterError
from callcenter.text import LANGUAGES, N_, Translator, translator
from db.errors import translated
from db.local.open import open_store
from db.local.store import LocalStore

_STORE = "store"


class WordsWrong(CallcenterError):
    """A word of the command is missing or makes no sense."""

    code = "REHEARSE-03"
    what = N_("This command was not understood: {reason}.")
    advice = N_("Run callcenter rehearse --help to see its words.")


class PhraseUnreadable(CallcenterError):
    """The file with the pass phrase cannot be read, or is empty."""

    code = "REHEARSE-04"
    what = N_("The file {file} holds no pass phrase.")
    advice = N_("Write a pass phrase in it, on one line.")


class FileUnwritable(CallcenterError):
    """The folder or the witness cannot be made or written."""

    code = "REHEARSE-05"
    what = N_("Nothing can be written in {place}.")
    advice = N_("Choose another place, or give yourself the right to write there.")


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        raise WordsWrong(reason=message)


def run(words: list[str]) -> int:
    """Run the command.

    Exit status 0 when all was played and central confirmed every event, 1 when something is not confirmed or nobody
    was left to call, 2 with a sentence when it could not go on.
    """
    language = words[words.index("--language") + 1] if "--language" in words[:-1] else "nl"
    try:
        told = _asked(words)
        say = translator(told.language)
        with translated():
            played = _played(told, say)
    except CallcenterError as error:
        what, advice = error.explain(translator(language))
        sys.stderr.write(f"{what}\n{advice} ({error.code})\n")
        return 2
    _tell(played, say, as_json=told.json)
    return 0 if played.confirmed and not played.ended_early else 1


def _asked(words: list[str]) -> argparse.Namespace:
    parser = _Parser(prog="callcenter rehearse", description="Play calls of invented people; goes on in DIR.")
    add = parser.add_argument
    add("--enrolment", type=Path, required=True, help="file of callcenter central enrol --invented M")
    add("--code", required=True, help="the code that opens it")
    add("--passphrase-file", type=Path, required=True, help="file with the pass phrase of the store")
    add("--folder", type=Path, required=True, metavar="DIR", help="where the store is, or is made")
    add("--calls", type=int, required=True, metavar="N", help="how many calls to play now")
    add("--sync-every", type=int, default=0, metavar="K", help="sync after each K calls (default: only at the end)")
    add("--witness", type=Path, required=True, metavar="FILE", help="gets a line `id sha256` for each kept event")
    add("--seed", type=int, help="play the same calls again")
    add("--json", action="store_true", help="print the counts as JSON")
    add("--language", choices=LANGUAGES, default="nl", help="of what is printed (default nl)")
    told = parser.parse_args(words)
    if told.calls < 0 or told.sync_every < 0:
        raise WordsWrong(reason="--calls, --sync-every")
    return told


def _played(told: argparse.Namespace, say: Translator) -> Played:
    phrase = _phrase(told.passphrase_file)
    try:
        told.folder.mkdir(parents=True, exist_ok=True)
        store = _opened(told, phrase)
    except (PermissionError, NotADirectoryError, FileExistsError) as error:
        raise FileUnwritable(place=told.folder) from error
    try:
        return play(store, told.witness, (told.calls, told.sync_every, told.seed), lambda error: _warn(error, say))
    except (PermissionError, IsADirectoryError, NotADirectoryError) as error:
        raise FileUnwritable(place=told.witness) from error
    finally:
        store.close()


def _opened(told: argparse.Namespace, phrase: str) -> LocalStore:
    folder = told.folder / _STORE
    if folder.exists():
        return open_store(folder, phrase, now)
    store, _folder = start_first(told.enrolment, told.code, phrase, now, lambda _enrolment: folder)
    return store


def _phrase(file: Path) -> str:
    try:
        phrase = file.read_text("utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise PhraseUnreadable(file=file) from error
    if not phrase:
        raise PhraseUnreadable(file=file)
    return phrase


def _warn(error: CallcenterError, say: Translator) -> None:
    what, advice = error.explain(say)
    sys.stderr.write(f"{what} {advice} ({error.code})\n")
    sys.stderr.flush()


def _tell(played: Played, say: Translator, *, as_json: bool) -> None:
    if as_json:
        sys.stdout.write(json.dumps(played.counts()) + "\n")
        return
    sys.stdout.write(
        say(
            "{calls} calls, {events} events; central has not confirmed {waiting}, set aside {aside}.",
            calls=say.number(played.calls),
            events=say.number(played.events),
            waiting=say.number(played.waiting),
            aside=say.number(played.set_aside),
        )
        + "\n"
    )
