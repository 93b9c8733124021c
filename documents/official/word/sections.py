"""Sections: the page, its line grid, and what stands outside the text on odd, even and first pages."""

from collections.abc import Sequence

from docx.document import Document
from docx.oxml.ns import qn

from documents.official.content import Format, OfficialDocument
from documents.official.head import Head
from documents.official.word.elements import Element, element
from documents.official.word.letter_head import letter_header
from documents.official.word.measures import (
    FOOTER,
    HEADER,
    LEFT,
    PAPER_HEIGHT,
    PAPER_WIDTH,
    RIGHT,
    Measures,
)
from documents.official.word.page_furniture import header_line, no_number, turned_footer, upright_footer
from documents.official.word.turned_page import TURNED_BOTTOM, TURNED_LEFT, TURNED_RIGHT, TURNED_TOP

_WITHOUT_FIRST_NUMBER = (Format.LETTER, Format.NOTICE)


class Sections:
    """Makes section properties; headers and footers are stored once and shared by sections that lie the same way."""

    def __init__(self, file: Document, document: OfficialDocument, head: Head | None, page: Measures) -> None:
        self._file = file
        self._document = document
        self._head = head
        self._page = page
        self._headers = [self._header("default"), self._header("even")]
        self._upright = [
            self._footer("default", upright_footer("right")),
            self._footer("even", upright_footer("left")),
        ]
        self._turned: list[tuple[str, str, str]] = []

    def properties(self, is_turned: bool, is_first: bool) -> Element:
        """A sectPr."""
        footers = self._turned_footers() if is_turned else self._upright
        first = self._first_page() if is_first and self._document.format in _WITHOUT_FIRST_NUMBER else []
        references = [_reference(*reference) for reference in (*self._headers, *footers, *first)]
        made = element("w:sectPr", *references, element("w:type", val="nextPage"), *self._sheet(is_turned))
        if first:
            made.append(element("w:titlePg"))
        made.append(element("w:docGrid", type="lines", linePitch=self._page.pitch))
        return made

    def _sheet(self, is_turned: bool) -> list[Element]:
        sides = {"header": HEADER, "footer": FOOTER, "gutter": 0}
        if is_turned:
            return [
                element("w:pgSz", w=PAPER_HEIGHT, h=PAPER_WIDTH, orient="landscape"),
                element(
                    "w:pgMar",
                    top=TURNED_TOP,
                    right=TURNED_RIGHT,
                    bottom=TURNED_BOTTOM,
                    left=TURNED_LEFT,
                    **sides,
                ),
            ]
        margins = {"top": self._page.top, "right": RIGHT, "bottom": self._page.bottom, "left": LEFT}
        return [element("w:pgSz", w=PAPER_WIDTH, h=PAPER_HEIGHT), element("w:pgMar", **margins, **sides)]

    def _turned_footers(self) -> list[tuple[str, str, str]]:
        if not self._turned:
            self._turned = [
                self._footer("default", turned_footer("right")),
                self._footer("even", turned_footer("left")),
            ]
        return self._turned

    def _first_page(self) -> list[tuple[str, str, str]]:
        above = [header_line(self._document.is_draft)]
        if self._head is not None and self._document.format is Format.LETTER:
            above = letter_header(self._document, self._head)
        return [self._store("header", "first", above), self._footer("first", no_number())]

    def _header(self, pages: str) -> tuple[str, str, str]:
        return self._store("header", pages, [header_line(self._document.is_draft)])

    def _footer(self, pages: str, content: Element) -> tuple[str, str, str]:
        return self._store("footer", pages, [content])

    def _store(self, kind: str, pages: str, content: Sequence[Element]) -> tuple[str, str, str]:
        part = self._file.part
        stored, relation = part.add_header_part() if kind == "header" else part.add_footer_part()
        stored.element[:] = content
        return kind, pages, relation


def _reference(kind: str, pages: str, relation: str) -> Element:
    made = element(f"w:{kind}Reference", type=pages)
    made.set(qn("r:id"), relation)
    return made
