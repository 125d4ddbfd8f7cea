"""`callcenter --selftest`: every part is used once, without a screen; says what does not work."""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

from callcenter import diagnostics
from callcenter.app.staging import Stage, set_stage
from callcenter.domain.agent import Role
from callcenter.domain.template import read_template
from callcenter.phone import normalise, show
from callcenter.text import LANGUAGES, translator
from callcenter.usecases.reporting import campaign_report, export

_SEED, _PEOPLE, _INTERVIEWS = 5, 30, 3


def run(words: list[str]) -> int:
    """Run the trial; exit status 0 when everything worked. `words` are not used."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    _say("numbers: " + show(normalise("0470/12.34.56") or ""))
    for language in LANGUAGES:
        _say(f"{language}: " + translator(language)("No answer") + ", " + translator(language).number(1234.5, 1))
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        diagnostics.start(root / "logs")
        try:
            stage = set_stage(root, _SEED, _PEOPLE, _INTERVIEWS, _say)
            _try_report(stage, root / "reports")
            stage.close()
            _try_windows(stage)
            _try_preview()
        finally:
            diagnostics.stop()
    _say("everything works")
    return 0


def _say(text: str) -> None:
    sys.stdout.write(f"selftest: {text}\n")
    sys.stdout.flush()


def _try_report(stage: Stage, folder: Path) -> None:
    with stage.room.coordinator.store.work() as work:
        snapshot = campaign_report(work, stage.room.campaign)
    report = export(snapshot, folder, "nl")
    for made in (report.pdf, report.xlsx):
        _say(f"{made.name}: {made.stat().st_size // 1024} kB")


def _try_windows(stage: Stage) -> None:
    from callcenter.app.demonstration import settle
    from callcenter.app.program import Program

    program = Program(stage.installation.where, stage.room.clock, dialling=False)
    program.window.show()
    for role in Role:
        name = next(o.name for o in stage.opened if o.store.device.role is role)
        key = next(p.key for p in program.installation.people() if p.name == name)
        program.window.enter(program.installation.sign_in(key, stage.phrases[name]))
        settle(program)
        picture = program.window.grab()
        if picture.isNull():
            raise RuntimeError(f"the window of the {role} painted nothing")
        _say(f"window of the {role}: {picture.width()} x {picture.height()}")
        program.window.switch_person()
    program.close()


def _try_preview() -> None:
    from callcenter.app.demonstration import settled
    from callcenter.app.preview import opened
    from callcenter.clock import now
    from ui.background import Lanes

    lanes = Lanes()
    window, presenter = opened(read_template("tajo").questionnaire, now, lanes)
    window.show()
    settled(lanes)
    if presenter.session is None or window.grab().isNull():
        raise RuntimeError("the preview of a questionnaire shows nothing")
    _say(f"preview: {len(presenter.session.whys())} questions")
    window.close()
    settled(lanes)
