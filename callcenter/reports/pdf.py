"""The report of a campaign as a tagged A4 PDF; its title is the finding."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from xml.sax.saxutils import escape

from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import BaseDocTemplate, CondPageBreak, Flowable, Frame, KeepTogether, PageTemplate, Spacer

from callcenter.reports import fonts, look, sentences, tables
from callcenter.reports.charts import fitting_height, sankey, sankey_text
from callcenter.reports.figures import CampaignFigures
from callcenter.reports.notes import notes
from callcenter.reports.tagging import Picture, TaggedCanvas, TaggedParagraph
from callcenter.reports.wording import NONE, SCALES, Wording
from callcenter.text import Translator

_DRAWN = ("F", "V")
_CHART_HEIGHT = 172.0
_FOOT = 24.0


def campaign_pdf(figures: CampaignFigures, path: Path, say: Translator) -> None:
    """Write the report of a campaign.

    Raises:
        OSError: the file cannot be written.
    """
    fonts.register()
    words = Wording(figures, say)
    document = BaseDocTemplate(
        str(path),
        pagesize=A4,
        title=sentences.finding(words),
        author=figures.organisation,
        subject=figures.title,
        creator="callcenter",
        lang=say.language,
        initialFontName=fonts.REGULAR,
    )
    frame = Frame(look.SIDE, look.EDGE + _FOOT, look.WIDTH, A4[1] - 2 * look.EDGE - _FOOT, 0, 0, 0, 0)
    document.addPageTemplates(PageTemplate("page", frame, onPageEnd=partial(_footer, words=words)))
    document.build(_story(words), canvasmaker=TaggedCanvas)


def _footer(canvas: TaggedCanvas, document: BaseDocTemplate, words: Wording) -> None:
    """Draw what stands below each page: campaign, organisation, state of the data, page."""
    say, found = words.say, words.figures
    state = say("state of {moment}", moment=say.moment(found.at, "d MMMM y, HH:mm"))
    with canvas.artifact():
        canvas.saveState()
        canvas.setStrokeColor(look.LINE)
        canvas.setLineWidth(0.6)
        canvas.line(look.SIDE, look.EDGE + 11, A4[0] - look.SIDE, look.EDGE + 11)
        canvas.setFont(fonts.REGULAR, 7.8)
        canvas.setFillColor(look.MUTED)
        canvas.drawString(look.SIDE, look.EDGE, f"{found.title} · {found.organisation} · {state}")
        canvas.drawRightString(A4[0] - look.SIDE, look.EDGE, say("page {n}", n=document.page))
        if found.internal:
            canvas.setFillColor(look.RED)
            canvas.setFont(fonts.BOLD, 9.2)
            canvas.drawRightString(A4[0] - look.SIDE, A4[1] - look.EDGE + 6, say("Do not distribute"))
        canvas.restoreState()


def _text(words: str, style: ParagraphStyle) -> TaggedParagraph:
    return TaggedParagraph(escape(words), style)


def _story(words: Wording) -> list[Flowable]:
    say, found = words.say, words.figures
    story: list[Flowable] = []
    if found.internal:
        story.append(_text(say("Do not distribute: this report shows small counts."), look.WARNING))
    story += [_text(sentences.finding(words), look.TITLE), _text(_lead(words), look.LEAD)]
    if found.too_few:
        return [*story, _text(sentences.too_few(words), look.TEXT), *_notes(words)]
    story.append(look.KeyStrip(_keys(words)))
    story += [*_waterval(words), *_school(words), *_attests(words), *_outcomes(words), *_rates(words), *_notes(words)]
    return story


def _lead(words: Wording) -> str:
    say, found = words.say, words.figures
    told = {
        "campaign": found.title,
        "wave": found.wave,
        "year": found.school_year.replace("-", "–"),
        "start": say.date(found.period[0], "d MMMM"),
        "end": say.date(found.period[1]),
        "organisation": found.organisation,
    }
    if found.too_few:
        return say(
            "{campaign} of {organisation}, wave {wave}, school year {year}. Calls from {start} to {end}.", **told
        )
    return say.plural(
        "{campaign}, wave {wave}, school year {year}. Calls from {start} to {end}; {n} person is on the list of"
        " {organisation}.",
        "{campaign}, wave {wave}, school year {year}. Calls from {start} to {end}; {n} people are on the list of"
        " {organisation}.",
        found.list_size,
        **told,
    )


def _keys(words: Wording) -> tuple[look.Key, ...]:
    say, found = words.say, words.figures
    response, located, scale = words.rate("RR2"), words.rate("LOC1"), words.scale("F")
    return (
        look.Key(
            words.count(found.interviews),
            (say("complete interviews"), say("of {n} on the list", n=words.count(found.list_size))),
        ),
        look.Key(
            words.share(response.share, response.shown),
            (
                say("response, AAPOR RR2"),
                say("95 % interval {span}", span=words.span((response.low, response.high), response.shown)),
            ),
        ),
        look.Key(
            words.share(located.share, located.shown),
            (say("could be located, LOC1"), say("persons: {fraction}", fraction=words.fraction(located))),
        ),
        look.Key(
            words.down(scale) if scale.known else NONE,
            (
                say("steps down in finality"),
                say("of {n} known", n=words.count(scale.known)),
                say("bounds {span}", span=words.bounds(scale)),
            ),
        ),
    )


def _waterval(words: Wording) -> list[Flowable]:
    say, years = words.say, words.years
    drawn = [scale for scale in map(words.drawn, _DRAWN) if scale.flows]
    explained = say(
        "Each band is a group of pupils, from last school year (left) to this one (right). Dark bands changed, pale"
        " bands stayed where they were."
    )
    head = [_text(sentences.steps(words), look.SECTION), *([_text(explained, look.TEXT)] if drawn else [])]
    blocks: list[list[Flowable]] = []
    for scale in drawn:
        chart = sankey(scale, years, say, look.WIDTH, fitting_height(scale, _CHART_HEIGHT))
        title = _text(f"{say(SCALES[scale.scale])} · {words.base(scale)}", look.CHART_TITLE)
        blocks.append([title, Picture(chart, sankey_text(scale, years, say))])
    blocks = blocks or [[]]
    blocks[0] = [*head, *blocks[0]]
    steps = [_text(say("Steps per scale"), look.CHART_TITLE), Spacer(0, 2), tables.steps(words)]
    return [*(KeepTogether(block) for block in blocks), KeepTogether(steps)]


def _school(words: Wording) -> list[Flowable]:
    say, found = words.say, words.figures
    told = say("Self-reported; a line counts only persons of the ages of its definition.")
    if found.pupils_left:
        told += " " + say(
            "Stopped while school was still compulsory, and in no line: {n}.", n=words.count(found.pupils_left)
        )
    head = _text(say("Early leaving and repeating"), look.SECTION)
    return [KeepTogether([head, Spacer(0, 3), tables.school(words), _text(told, look.SMALL)])]


def _attests(words: Wording) -> list[Flowable]:
    say, found = words.say, words.figures.attests
    if not found.rows:
        return []
    under = say(
        "Pupils in secondary school at the reference date who told it; not told: {n}.", n=words.count(found.unknown)
    )
    head = _text(say("Results at the end of the school year"), look.SECTION)
    return [KeepTogether([head, Spacer(0, 3), tables.attests(words), _text(under, look.SMALL)])]


def _outcomes(words: Wording) -> list[Flowable]:
    say = words.say
    head = _text(say("Outcome of the calls"), look.SECTION)
    told = say("Codes of AAPOR; one outcome per person on the list.")
    if words.figures.left_out:
        few = words.count(words.figures.left_out)
        told += " " + say("Not counted, because they do not belong to the population: {n}.", n=few)
    return [CondPageBreak(110), head, Spacer(0, 3), tables.outcomes(words), _text(told, look.SMALL)]


def _rates(words: Wording) -> list[Flowable]:
    say = words.say
    story: list[Flowable] = [
        KeepTogether([_text(say("Rates"), look.SECTION), Spacer(0, 3), tables.rates(words)]),
    ]
    if len(words.figures.sites) > 1:
        head = _text(say("Rates per site"), look.CHART_TITLE)
        story.append(KeepTogether([Spacer(0, 4), head, Spacer(0, 2), tables.rates_by_site(words)]))
    return story


def _notes(words: Wording) -> list[Flowable]:
    lines: list[Flowable] = [
        TaggedParagraph(f"<b>{escape(term)}.</b> {escape(text)}", look.NOTE) for term, text in notes(words)
    ]
    return [KeepTogether([_text(words.say("Definitions and notes"), look.SECTION), lines[0]]), *lines[1:]]
