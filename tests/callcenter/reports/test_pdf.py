"""The report, read back as a reader's program would."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pypdf
import pytest

from callcenter.domain.outcome import Outcome
from callcenter.reports.pdf import campaign_pdf
from callcenter.text import translator
from tests.callcenter.reports.making import case, figures, summer


def written(path: Path, cases: Any, language: str = "en", *, internal: bool = False) -> pypdf.PdfReader:
    campaign_pdf(figures(cases, language=language, internal=internal), path, translator(language))
    return pypdf.PdfReader(path)


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> pypdf.PdfReader:
    return written(tmp_path_factory.mktemp("report") / "report.pdf", summer(), "nl")


def text(report: pypdf.PdfReader) -> str:
    return " ".join(" ".join(page.extract_text() for page in report.pages).split())


def elements(node: Any) -> list[Any]:
    node = node.get_object()
    kids = [kid.get_object() for kid in node["/K"]]
    return [node, *(found for kid in kids if "/S" in kid for found in elements(kid))]


def structure(report: pypdf.PdfReader) -> list[Any]:
    return elements(report.trailer["/Root"]["/StructTreeRoot"]["/K"])


def test_only_inter_is_used_and_it_is_embedded(report):
    used = [font.get_object() for page in report.pages for font in page["/Resources"]["/Font"].values()]
    assert {str(font["/BaseFont"]).split("+")[1].split("-")[0] for font in used} == {"Inter"}
    assert all("/FontFile2" in font["/FontDescriptor"] for font in used)


def test_the_title_is_the_finding_and_the_numbers_are_in_the_text(report):
    found = figures(summer())
    said = text(report)
    assert "92 % van de bereikte jongeren" in said
    assert str(found.interviews) in said
    assert "188 / 420" in said
    assert "47,6 %" in said
    assert "42,9–52,4 %" in said
    assert "Wilson 95 %" in said
    assert "AAPOR Standard Definitions, 9th edition (2016)" in said


def test_small_counts_are_hidden(report):
    assert "<5" in text(report)


def test_the_file_tells_language_title_author_and_tags(report):
    root = report.trailer["/Root"]
    assert root["/Lang"] == "nl"
    assert root["/MarkInfo"]["/Marked"]
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert report.metadata.title.startswith("92 %")
    assert report.metadata.author == "TAJO"


def test_the_outline_holds_the_headings(report):
    title, sections = report.outline
    assert title.title.startswith("92 %")
    assert [s.title for s in sections][1:] == [
        "Vroeg gestopt en blijven zitten",
        "Resultaat op het einde van het schooljaar",
        "Resultaten van de gesprekken",
        "Bereik en respons",
        "Definities en opmerkingen",
    ]


def test_headings_tables_and_figures_are_tagged(report):
    kinds = [str(element["/S"]) for element in structure(report)]
    assert kinds[0] == "/Document"
    assert kinds.count("/H1") == 1
    assert kinds.count("/H2") == 6
    assert kinds.count("/Table") == 6
    assert kinds.count("/TH") == 8 + 7 + 5 + 5 + 5 + 5
    figure = next(element for element in structure(report) if element["/S"] == "/Figure")
    assert figure["/Alt"].startswith("Stroomschema")


def test_every_mark_on_a_page_belongs_to_one_element(report):
    numbers = report.trailer["/Root"]["/StructTreeRoot"]["/ParentTree"]["/Nums"]
    for place, page in enumerate(report.pages):
        assert page["/StructParents"] == numbers[2 * place] == place
        marks = page.get_contents().get_data().count(b"/MCID")
        assert marks == len(numbers[2 * place + 1].get_object())
        assert page.get_contents().get_data().count(b"EMC") == marks + page.get_contents().get_data().count(b"BMC")


def test_each_page_says_what_it_belongs_to(report):
    for number, page in enumerate(report.pages, 1):
        said = page.extract_text()
        assert "Jaarlijkse update 2026 · TAJO · stand van 1 juli 2026, 17:40" in said
        assert f"pagina {number}" in said


def test_a_campaign_without_interviews_prints_dashes(tmp_path):
    said = text(written(tmp_path / "empty.pdf", []))
    assert "Yearly update 2026: report" in said
    assert "–" in said
    assert "nothing is known yet" in said


def test_an_internal_report_is_marked_on_each_page(tmp_path):
    report = written(tmp_path / "internal.pdf", summer(30, 12), internal=True)
    assert all("Do not distribute" in page.extract_text() for page in report.pages)
    assert "<5" not in text(report)


@pytest.mark.parametrize("language", ["nl", "fr", "en"])
def test_words_that_look_like_markup_are_printed_as_they_are(tmp_path, language):
    campaign = {"nl": "R&D <b>", "fr": "R&D <b>", "en": "R&D <b>"}
    campaign_pdf(figures([], language=language, name=campaign), tmp_path / "odd.pdf", translator(language))
    assert "R&D <b>" in text(pypdf.PdfReader(tmp_path / "odd.pdf"))


@pytest.mark.parametrize("language", ["nl", "fr", "en"])
def test_a_list_of_too_few_prints_no_figure_but_says_why(tmp_path, language):
    few = [case("a", Outcome.COMPLETE), case("b", Outcome.REFUSAL), case("c"), case("d")]
    text = " ".join(
        " ".join(page.extract_text() for page in written(tmp_path / "r.pdf", few, language).pages).split()
    )
    why = {"nl": "minder dan 5 personen", "fr": "moins de 5 personnes", "en": "fewer than 5 persons"}
    assert why[language] in text
    assert "RR2 = (I+P)/(K+U)" in text
    assert " %" not in text.split("AAPOR")[0]
    assert "Gent" not in text


def test_an_internal_report_of_few_prints_its_tables(tmp_path):
    text = " ".join(page.extract_text() for page in written(tmp_path / "r.pdf", [case("a")], internal=True).pages)
    assert "Never called" in text
