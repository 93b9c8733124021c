"""A printed register in slices that join without a seam: every page is as full as in one piece.

A slice leaves its last page, which its rows may not fill, to the next one. The number of all pages is not known yet:
the slice prints “第 x 页”, and `documents.joined_print` adds “共 y 页” beside it.
"""

from typing import Any

from weasyprint.document import Page

from documents.drawn import Drawn, Part
from documents.html_to_pdf import laid_out, no_collection, parsed_css
from documents.page import page, stylesheet
from documents.register import Column, RegisterTable, register_html, register_pdf

SHEETS = ("common.css", "register.css", "running_pages.css")
_ROW = "row-"


def head_of(table: RegisterTable) -> dict[str, Any]:
    """All of a table but its rows, as plain JSON values."""
    columns = [[column.heading, column.width_mm, column.align] for column in table.columns]
    return {
        "title": table.title, "subtitle": table.subtitle, "unit": table.unit, "made_at": table.made_at,
        "footer": table.footer, "columns": columns,
    }  # fmt: skip


def register_slice(head: dict[str, Any], rows: list[list[str]], part: Part) -> Drawn:
    """`head` is that of `head_of`; there must be a row, unless the register is empty.

    Raises ValueError for a row that does not fit the columns.
    """
    table = _table(head, rows)
    numbers = f"@page :first {{ counter-reset: page {part.pages + 1} }}"
    sheets = [parsed_css(text) for text in (*map(stylesheet, SHEETS), numbers)]
    with no_collection():
        document = laid_out(register_html(table, part, _ROW), sheets)
        rows_of = [_rows_on(page) for page in document.pages]
        kept = len(rows_of) if part.is_last else _whole_pages(rows_of, len(rows))
        for page_ in document.pages:
            page_.anchors.clear()  # they served to count; in the file each would be a name
        pdf = document.copy(document.pages[:kept]).write_pdf()
    left: set[str] = set().union(*rows_of[kept:])
    return Drawn(pdf, len(rows) - len(left), kept)


def whole_register(head: dict[str, Any], rows: list[list[str]]) -> bytes:
    """The register in one piece. Raises what `register_pdf` raises."""
    return register_pdf(_table(head, rows))


def total_html(total: int) -> str:
    """A page with nothing on it but “共 y 页”, for the same sheets."""
    return page("total_pages.html", total=total)


def _table(head: dict[str, Any], rows: list[list[str]]) -> RegisterTable:
    columns = tuple(Column(*column) for column in head["columns"])
    return RegisterTable(**{**head, "columns": columns}, rows=tuple(tuple(row) for row in rows))


def _rows_on(page_: Page) -> set[str]:
    return {name for name in page_.anchors if name.startswith(_ROW)}


def _whole_pages(rows_of: list[set[str]], rows: int) -> int:
    """How many pages are full and end with a row's end; all of them where that would be none with a row."""
    kept = len(rows_of) - 1
    while kept > 0 and rows_of[kept] & rows_of[kept - 1]:
        kept -= 1
    left: set[str] = set().union(*rows_of[kept:])
    return kept if kept and len(left) < rows else len(rows_of)
