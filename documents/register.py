"""Printed registers and lists: 来访登记册, 村级接访登记册, 领导接访登记册 (A4 landscape)."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from documents.drawn import Part
from documents.html_to_pdf import pdf_from_html
from documents.page import is_figure, page
from documents.record_numbers import RECORD_NUMBER

MOST_ROWS = 2000
"""Of a register drawn in one piece; a longer one is drawn in slices (`documents.register_slice`).

Measured with 12 columns and 70 to 110 characters of 反映内容 a row, on one core: 500 rows 4.5 s, 0.2 GB; 1,000 rows
(134 pages) 9 s, 0.4 GB. Both grow in proportion to the rows.
"""

TIMEOUT_SECONDS = 120
"""For render_process.render: the longest register in one piece on a busy machine."""

Align = Literal["left", "center", "right"]

PAGE_MM = 269
NUMBER_CHARACTERS = 20
"""LF-AL2101-2026-00001: columns of shorter numbers are as wide, so that all slices of a register look alike."""

_CHARACTER_MM, _PADDING_MM = 1.62, 2.6

_MARKS = {"left": "l", "center": "c", "right": "r"}


@dataclass(frozen=True)
class Column:
    """`width_mm` is a proportion: the columns share 269 mm, the width of the page between its margins."""

    heading: str
    width_mm: float
    align: Align = "left"


@dataclass(frozen=True)
class RegisterTable:
    """Cells as they shall be printed: names and numbers already masked, dates already written out."""

    title: str
    unit: str
    made_at: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    subtitle: str = ""
    footer: str = ""


def register_pdf(table: RegisterTable) -> bytes:
    """PDF; the heading row stands on every page and no row is split unless it is longer than a page.

    Raises ValueError above MOST_ROWS, and for a row that does not fit the columns.
    """
    if len(table.rows) > MOST_ROWS:
        raise ValueError(f"a printed register holds at most {MOST_ROWS} rows, got {len(table.rows)}")
    whole = Part(done=0, all=len(table.rows), pages=0, is_last=True)
    return pdf_from_html(register_html(table, whole), "register.css")


def register_html(table: RegisterTable, part: Part, row_name: str = "") -> str:
    """The title stands above the first part, the footer below the last; with `row_name` each row has an id.

    Raises ValueError for a row that does not fit the columns.
    """
    if any(len(row) != len(table.columns) for row in table.rows):
        raise ValueError("a row has not as many cells as there are columns")
    widths = column_widths(table)
    return page(
        "register.html",
        table=table,
        part=part,
        row_name=row_name,
        shares=[round(100 * width / PAGE_MM, 3) for width in widths],
        marks=[_MARKS[column.align] for column in table.columns],
    )


def column_widths(table: RegisterTable) -> list[float]:
    """mm. A column of record numbers or figures is wide enough that they stay in one line; the others share what is left."""
    asked = sum(column.width_mm for column in table.columns)
    plain = [PAGE_MM * column.width_mm / asked for column in table.columns]
    needed = [_number_width(row[place] for row in table.rows) for place in range(len(plain))]
    wide = {n: mm for n, (mm, own) in enumerate(zip(needed, plain, strict=True)) if mm > own}
    left, others = PAGE_MM - sum(wide.values()), sum(w for n, w in enumerate(plain) if n not in wide)
    if left < others / 2:
        return plain
    return [wide.get(n, width * left / others) for n, width in enumerate(plain)]


def _number_width(cells: Iterable[str]) -> float:
    """0 where none is a record number or a figure."""
    given = list(cells)
    longest = max((len(cell) for cell in given if RECORD_NUMBER.fullmatch(cell)), default=0)
    figure = max((len(cell) for cell in given if is_figure(cell)), default=0)
    characters = max(longest, NUMBER_CHARACTERS) if longest else figure
    return _PADDING_MM + characters * _CHARACTER_MM if characters else 0.0
