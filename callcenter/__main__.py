"""The command line: no word opens the program; every command but `demo` and `form preview` runs without a screen."""

from __future__ import annotations

import sys
from collections.abc import Callable

from callcenter.errors import CallcenterError
from callcenter.text import translator

Command = Callable[[list[str]], int]

_HELP = """usage: callcenter [COMMAND]

  (no command)         open the program (--folder DIR: with the files in DIR)
  demo                 an invented campaign in a folder of its own (--headless --out DIR: played without a window)
  intake check FILE    judge a list of people: counts, refused and repaired rows (--as-of DATE --json)
  form check FILE      say what to mend in a questionnaire, by sheet, row and column (--language nl|en|fr --json)
  form preview FILE    the form in a window as an agent will see it, with every why; read again when the file changes
  form walk            answer walk requests, JSON lines on standard input
  plan                 who calls whom (--cases FILE --agents FILE --seed N --json), with the proof and every reason
  rates FILE           AAPOR outcome rates of a file of cases (--disposition-column NAME --json)
  forecast LIST        how many shifts a list needs (--agents FILE --goal SHARE --last-year FILE --json)
  central ...          the central database on PostgreSQL, for its operator: init, upgrade, enrol, revoke, status,
                       doctor, events and more (central --help; central enrol --help)
  rehearse ...         play calls of invented people on an enrolment, without a window (rehearse --help)
  --selftest           open every window, a store, a form and a report; say what does not work
  --help               this text
"""


def _intake(words: list[str]) -> int:
    from callcenter.intake import command

    if words[:1] != ["check"]:
        return _usage()
    return command.run(words[1:])


def _form(words: list[str]) -> int:
    if words[:1] == ["check"]:
        from callcenter.forms import command

        return command.check(words[1:])
    if words[:1] == ["preview"] and len(words) == 2:
        from callcenter import app

        return app.preview_form(words[1:])
    if words != ["walk"]:
        return _usage()
    from callcenter.forms import walk

    walk.run(sys.stdin, sys.stdout)
    return 0


def _plan(words: list[str]) -> int:
    from callcenter.usecases import plan_command

    return plan_command.run(words)


def _rates(words: list[str]) -> int:
    from callcenter.rates import command

    return command.run(words)


def _forecast(words: list[str]) -> int:
    from callcenter.usecases import forecast_command

    return forecast_command.run(words)


def _central(words: list[str]) -> int:
    from callcenter.app.operator import command

    return command.run(words)


def _rehearse(words: list[str]) -> int:
    from callcenter.app.rehearsing import command

    return command.run(words)


def _demo(words: list[str]) -> int:
    from callcenter import app

    return app.demo(words)


def _open(words: list[str]) -> int:
    from callcenter import app

    return app.run(words)


def _selftest(words: list[str]) -> int:
    from callcenter import app

    return app.selftest(words)


_COMMANDS: dict[str, Command] = {
    "intake": _intake,
    "form": _form,
    "plan": _plan,
    "rates": _rates,
    "forecast": _forecast,
    "central": _central,
    "rehearse": _rehearse,
    "demo": _demo,
    "--selftest": _selftest,
}


def _usage() -> int:
    print(_HELP, file=sys.stderr)
    return 2


def main() -> int:
    """Run the command of this process's words and return its exit status."""
    words = sys.argv[1:]
    if words[:1] in (["--help"], ["-h"]):
        print(_HELP)
        return 0
    command = _COMMANDS.get(words[0]) if words and words[0] != "--folder" else None
    if words and command is None and words[0] != "--folder":
        return _usage()
    try:
        return command(words[1:]) if command else _open(words)
    except CallcenterError as error:
        what, advice = error.explain(translator("nl"))
        print(f"{what}\n{advice} ({error.code})", file=sys.stderr)
        return 2


if __name__ == "__main__":
    sys.exit(main())
