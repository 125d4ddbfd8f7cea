"""Tagged PDF: what each piece of a page is (heading, paragraph, table cell, figure), in reading order.

reportlab draws but does not tag. A canvas that keeps the structure tree puts marked content round each piece that is
drawn and writes the tree into the catalogue when the file is closed. Source: ISO 32000-1, 14.6 to 14.8.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from reportlab.graphics import renderPDF
from reportlab.graphics.shapes import Drawing
from reportlab.pdfbase.pdfdoc import PDFArray, PDFDictionary, PDFName, PDFObjectReference, PDFPage, PDFString
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, Paragraph, Table

_LEVELS = {"H1": 0, "H2": 1}


@dataclass
class Element:
    """A node of the structure tree; `marks` are the (page, id) of the content it is shown by."""

    kind: str
    alt: str = ""
    kids: list[Element] = field(default_factory=list)
    marks: list[tuple[PDFObjectReference, int]] = field(default_factory=list)
    box: tuple[float, float, float, float] | None = None


class TaggedCanvas(Canvas):  # type: ignore[misc]  # reportlab ships no types
    """A canvas whose pages say what their pieces are."""

    def __init__(self, *words: Any, **options: Any) -> None:
        super().__init__(*words, **options)
        self.document = Element("Document")
        self._pages: list[list[Element]] = [[]]
        self._headings = 0

    @contextmanager
    def marked(self, element: Element) -> Iterator[None]:
        """Mark what is drawn meanwhile as the content of an element."""
        number = len(self._pages[-1])
        self._pages[-1].append(element)
        element.marks.append((self._doc.thisPageRef(), number))
        self._code.append(f"/{element.kind} <</MCID {number}>> BDC")
        yield
        self._code.append("EMC")

    @contextmanager
    def artifact(self) -> Iterator[None]:
        """Mark what is drawn meanwhile as decoration that is not read."""
        self._code.append("/Artifact BMC")
        yield
        self._code.append("EMC")

    def add(self, kind: str, alt: str = "", under: Element | None = None) -> Element:
        """Add an element at the end of the document, or of another element."""
        element = Element(kind, alt)
        (under or self.document).kids.append(element)
        return element

    def heading(self, kind: str, text: str) -> None:
        """Put a heading into the outline."""
        self._headings += 1
        key = f"heading-{self._headings}"
        self.bookmarkPage(key)
        self.addOutlineEntry(text, key, _LEVELS[kind], closed=False)

    def showPage(self) -> None:  # noqa: N802 - reportlab's name
        """Close the page and tie it to its elements."""
        super().showPage()
        page = self._doc.Pages.pages[-1]
        page.StructParents, page.Tabs = len(self._pages) - 1, PDFName("S")
        page.__NoDefault__ = [*PDFPage.__NoDefault__, "StructParents", "Tabs"]
        self._pages.append([])

    def save(self) -> None:
        """Write the structure tree and the file."""
        if len(self._code):
            self.showPage()
        self.showOutline()
        self.setViewerPreference("DisplayDocTitle", "true")
        self.setCatalogEntry("MarkInfo", PDFDictionary({"Marked": "true"}))
        root = PDFDictionary({"Type": PDFName("StructTreeRoot")})
        reference = self._doc.Reference(root)
        written: dict[int, PDFObjectReference] = {}
        root.dict["K"] = self._write(self.document, reference, written)
        parents: list[Any] = []
        for number, elements in enumerate(self._pages[:-1]):
            parents += [number, self._doc.Reference(PDFArray([written[id(element)] for element in elements]))]
        root.dict["ParentTree"] = self._doc.Reference(PDFDictionary({"Nums": PDFArray(parents)}))
        root.dict["ParentTreeNextKey"] = len(self._pages) - 1
        self.setCatalogEntry("StructTreeRoot", reference)
        super().save()

    def _write(
        self, element: Element, parent: PDFObjectReference, written: dict[int, PDFObjectReference]
    ) -> PDFObjectReference:
        told: dict[str, Any] = {"Type": PDFName("StructElem"), "S": PDFName(element.kind), "P": parent}
        if element.alt:
            told["Alt"] = PDFString(element.alt)
        if element.box:
            told["A"] = PDFDictionary({"O": PDFName("Layout"), "BBox": PDFArray(list(element.box))})
        if element.kind == "TH":
            told["A"] = PDFDictionary({"O": PDFName("Table"), "Scope": PDFName("Column")})
        node = PDFDictionary(told)
        reference = written[id(element)] = self._doc.Reference(node)
        marks = [
            PDFDictionary({"Type": PDFName("MCR"), "Pg": page, "MCID": number}) for page, number in element.marks
        ]
        node.dict["K"] = PDFArray([*marks, *(self._write(kid, reference, written) for kid in element.kids)])
        return reference


class TaggedParagraph(Paragraph):  # type: ignore[misc]  # reportlab ships no types
    """A paragraph that is tagged by its style's `tag` (H1, H2 or P)."""

    canv: TaggedCanvas

    def draw(self) -> None:
        """Draw the text; a heading goes into the outline."""
        kind = getattr(self.style, "tag", "P")
        if kind in _LEVELS:
            self.canv.heading(kind, self.getPlainText(identify=True))
        self._end_lines_with_spaces()
        with self.canv.marked(self.canv.add(kind)):
            super().draw()

    def _end_lines_with_spaces(self) -> None:
        """Keep the last word of a line and the first of the next apart for those who read the text, not the page."""
        plain = not self.blPara.kind
        for line in self.blPara.lines[:-1]:
            if plain:
                line[1].append("")
            else:
                line.words[-1].text += " "


class Picture(Flowable):  # type: ignore[misc]  # reportlab ships no types
    """A drawing with the sentence that says what it shows."""

    canv: TaggedCanvas

    def __init__(self, drawing: Drawing, alt: str) -> None:
        super().__init__()
        self._drawing, self._alt = drawing, alt
        self.width, self.height = drawing.width, drawing.height

    def draw(self) -> None:
        """Draw it as one figure."""
        element = self.canv.add("Figure", self._alt)
        x, y = self.canv.absolutePosition(0, 0)
        element.box = (x, y, x + self.width, y + self.height)
        with self.canv.marked(element):
            renderPDF.draw(self._drawing, self.canv, 0, 0)


class TableTags:
    """The hook of a reportlab table (`renderCB`) that tags its rows and cells; lines are decoration."""

    def __init__(self, header_rows: int = 1) -> None:
        self._header_rows = header_rows
        self._table = self._row = Element("Table")

    def __call__(self, table: Table, moment: str, *facts: Any) -> None:
        """Take part in the drawing of a table."""
        canvas: TaggedCanvas = table.canv
        match moment:
            case "startTable":
                self._table = canvas.add("Table")
            case "startRow":
                self._row = canvas.add("TR", under=self._table)
            case "startCell":
                kind = "TH" if facts[0] < self._header_rows else "TD"
                self._open = canvas.marked(canvas.add(kind, under=self._row))
                self._open.__enter__()
            case "startBG" | "startLines":
                self._open = canvas.artifact()
                self._open.__enter__()
            case "endCell" | "endBG" | "endLines":
                self._open.__exit__(None, None, None)
