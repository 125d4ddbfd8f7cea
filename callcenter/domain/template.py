"""Campaign templates of the program: settings, questionnaire and scripts, read from the resources."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from callcenter.domain import codec
from callcenter.domain.campaign import CampaignSettings
from callcenter.errors import CallcenterError
from callcenter.text import LANGUAGES, N_
from resources import folder


class TemplateUnknown(CallcenterError):
    """No template has this name."""

    code = "CAMPAIGN-03"
    what = N_("There is no campaign template named '{name}'.")
    advice = N_("Choose one of the templates in the list.")


class ScriptIncomplete(CallcenterError):
    """A script lacks one of its parts."""

    code = "CAMPAIGN-04"
    what = N_("The call script has no part '{part}'.")
    advice = N_("Add this heading to the script, with its text below it.")


@dataclass(frozen=True)
class Card:
    """A help card for a hard moment: what is heard, what to do in one line, and the whole text (Markdown).

    With a `confidential` one the agent may write something that only the coordinator reads.
    """

    title: str
    summary: str
    text: str
    confidential: bool = False


@dataclass(frozen=True)
class Script:
    """What an agent says outside the questionnaire; `{agent}` and `{voornaam}` are filled in by the desk.

    `third_party` answers "what is it about?". `voicemail` is the rule to speak nothing, `voicemail_text` what is
    spoken where the campaign allows it.
    """

    opening: str
    third_party: str
    voicemail: str
    voicemail_text: str
    cards: tuple[Card, ...]


@dataclass(frozen=True)
class Template:
    """A ready campaign: settings, the questionnaire as reviewable text, and the scripts as text per language."""

    name: str
    settings: CampaignSettings
    questionnaire: Path
    scripts: Mapping[str, str]


def templates() -> tuple[str, ...]:
    """Return the names of the templates of this program."""
    return tuple(sorted(path.parent.name for path in folder("templates").glob("*/campaign.toml")))


def read_template(name: str) -> Template:
    """Return a template; TemplateUnknown when the program has none of this name."""
    if name not in templates():
        raise TemplateUnknown(name=name)
    home = folder("templates") / name
    told = tomllib.loads((home / "campaign.toml").read_text("utf-8"))
    scripts = {language: home / f"script.{language}.md" for language in LANGUAGES}
    return Template(
        name=name,
        settings=CampaignSettings.from_json({**codec.to_json(told), "template": name}),
        questionnaire=home / "questionnaire.md",
        scripts={language: path.read_text("utf-8") for language, path in scripts.items() if path.exists()},
    )


# Headings of the second level stand for the parts; the names are the same in every language.
_PARTS = ("opening", "third party", "voicemail", "voicemail text", "cards")
_CONFIDENTIAL = "{confidential}"


def parse_script(text: str) -> Script:
    """Return the script of a Markdown text with its parts below `## opening`, `## third party` and so on.

    A card is a heading of the third level; its first paragraph is the summary, the rest the text (Markdown).
    A title that ends in `{confidential}` marks a card with a note for the coordinator only. Raises ScriptIncomplete.
    """
    found = {title.lower(): body for title, body in _split(text, "## ")}
    for part in _PARTS:
        if not found.get(part):
            raise ScriptIncomplete(part=part)
    cards = []
    for title, body in _split(found["cards"], "### "):
        summary, _, rest = body.partition("\n\n")
        name, secret = title.removesuffix(_CONFIDENTIAL).strip(), title.endswith(_CONFIDENTIAL)
        cards.append(Card(name, " ".join(summary.split()), rest.strip(), secret))
    opening, third_party, voicemail, voicemail_text = (found[part] for part in _PARTS[:-1])
    return Script(opening, third_party, voicemail, voicemail_text, tuple(cards))


def _split(text: str, mark: str) -> list[tuple[str, str]]:
    pieces = re.split(rf"^{mark}(.+)$", text, flags=re.MULTILINE)
    return [(title.strip(), body.strip()) for title, body in zip(pieces[1::2], pieces[2::2], strict=True)]
