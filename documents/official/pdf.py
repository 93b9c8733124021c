"""Official documents as PDF (GB/T 9704-2012), by WeasyPrint: see docs/decisions/0011-official-pages.md."""

from dataclasses import replace
from functools import lru_cache

import weasyprint
from weasyprint.document import Page

from documents.html_to_pdf import laid_out, no_collection, parsed_css
from documents.official import typefaces
from documents.official.content import Format, Grid, OfficialDocument, Table
from documents.official.grid import LINES, PIXELS, PageGrid, page_grid
from documents.official.head import head_of
from documents.official.justification import justify_chinese_lines
from documents.official.markup import (
    document_html,
    imprint_html,
    landscape_tables,
    lines_before_signature,
    place_of,
    room_below,
    turned_html,
)
from documents.official.sheets import lines_that_may_help, stands_alone, with_imprint, with_turned
from documents.official.style_values import shorten_lookups
from documents.page import stylesheet

VARIANT = "pdf/a-3u"
OTHER_LINES = (23, 21, 24)
"""Lines a page to try where the signature would stand alone: never 此页无正文 (7.3.5.5)."""

_SHEETS = {Format.LETTER: "official_letter.css", Format.NOTICE: "official_notice.css"}
_KEPT_TOGETHER = ".signature, .named, #text-end { break-before: avoid } .named { break-inside: avoid }"
_UNNUMBERED = stylesheet("official_unnumbered.css")

justify_chinese_lines()
shorten_lookups()


def official_pdf(document: OfficialDocument) -> bytes:
    """PDF/A-3u, the same bytes for the same data. Raises ValueError for a seal or chart that cannot be drawn."""
    with no_collection():
        written = laid_out_document(document)
        return written.write_pdf(pdf_variant=VARIANT)


def laid_out_document(document: OfficialDocument) -> weasyprint.Document:
    """All pages, 版记 included, not yet written; to be called within `no_collection`."""
    if document.is_draft:
        document = replace(document, number="")
    wide = {id(table): _turned_pages(table, document) for table in landscape_tables(document)}
    text, grid = _with_signed_text(document, {key: len(pages) for key, pages in wide.items()})
    places = {
        place_of(table, number): page
        for table in landscape_tables(document)
        for number, page in enumerate(wide[id(table)])
    }
    pages = with_turned(text.pages, places)
    if document.has_imprint:
        pages = _with_imprint(pages, document, grid)
    return text.copy(pages)


def _with_signed_text(
    document: OfficialDocument, turned: dict[int, int]
) -> tuple[weasyprint.Document, PageGrid]:
    """The pages of the text, on a grid on which some of it stands on the page of the signature."""
    usual = page_grid(document.grid)
    text = _text_pages(document, usual, LINES, turned)
    if not stands_alone(text.pages):
        return text, usual
    for lines in lines_that_may_help(text.pages, usual, lines_before_signature(document), OTHER_LINES):
        grid = page_grid(document.grid, lines)
        text = _text_pages(document, grid, lines, turned)
        if not stands_alone(text.pages):
            return text, grid
    return _text_pages(document, usual, LINES, turned, _KEPT_TOGETHER), usual


def _text_pages(
    document: OfficialDocument, grid: PageGrid, lines: int, turned: dict[int, int], *further: str
) -> weasyprint.Document:
    html = document_html(document, grid, turned)
    return _rendered(html, _common(document, lines), *_first_page(document, grid), *further)


def _first_page(document: OfficialDocument, grid: PageGrid) -> list[str]:
    head = head_of(document, grid)
    first = head.first_bottom if head else None
    return [f"@page :first {{ margin-bottom: {first:.3f}mm }}"] if first else []


def _with_imprint(pages: list[Page], document: OfficialDocument, grid: PageGrid) -> list[Page]:
    over = replace(document, is_draft=False)
    (imprint,) = _rendered(
        imprint_html(document), _common(over), _UNNUMBERED, stylesheet("official_imprint.css")
    ).pages
    blank = _rendered("<p></p>", _common(document), _UNNUMBERED).pages[0]
    return with_imprint(pages, imprint, blank, room_below(document, grid) * PIXELS)


def _turned_pages(table: Table, document: OfficialDocument) -> list[Page]:
    over = _common(replace(document, is_draft=False))
    html = turned_html(table, document)
    return _rendered(html, over, _UNNUMBERED, stylesheet("official_turned.css")).pages


def _rendered(html: str, *sheets: str) -> weasyprint.Document:
    return laid_out(html, [_parsed(sheet) for sheet in sheets], pdf_variant=VARIANT)


def _common(document: OfficialDocument, lines: int = LINES) -> str:
    return _sheet(document.grid, lines, document.format, document.is_draft)


@lru_cache
def _sheet(grid: Grid, lines: int, kind: Format, is_draft: bool) -> str:
    """The text of one stylesheet, so that it is parsed once."""
    names = ["official.css"]
    if kind in _SHEETS:
        names.append(_SHEETS[kind])
    if is_draft:
        names.append("official_draft.css")
    text = "\n".join(stylesheet(name) for name in names)
    for name, value in {**typefaces.font_stacks(), **page_grid(grid, lines).lengths()}.items():
        text = text.replace(f"var(--{name})", value)
    return text


@lru_cache(maxsize=64)
def _parsed(text: str) -> weasyprint.CSS:
    return parsed_css(text)
