"""How high a plain table or a form will be, so that the text below it can go on upon the grid."""

from math import ceil, floor

from documents.official.content import Form, Table
from documents.official.grid import MILLIMETRE, TABLE_LINE, PageGrid
from documents.official.signatures import width_in_characters
from rules.form_rows import COLUMNS, FormCell, FormRow

CELL_SIZE = 14.0
"""4号, points."""

CELL_PADDING = 6.0
FORM_PADDING = 12.0


def height_of(table: Table, width: float, grid: PageGrid) -> float:
    """Points, for a table `width` mm wide that stands on one page."""
    heading = tuple(column.heading for column in table.columns)
    lines = [_lines(row, table, width) for row in (heading, *table.rows)]
    row = floor(grid.table_row * 100) / 100
    return sum(row + (count - 1) * TABLE_LINE for count in lines)


def form_height(form: Form, width: float, grid: PageGrid) -> float:
    """Points, of a form `width` mm wide."""
    row = floor(grid.table_row * 100) / 100
    return sum(row + (lines_of(line, width) - 1) * TABLE_LINE for line in form.rows)


def lines_of(row: FormRow, width: float) -> int:
    """As many as the row asks for, or more where a text needs them."""
    return max(row.lines, *(_form_lines(cell, width) for cell in row.cells))


def _form_lines(cell: FormCell, width: float) -> int:
    room = width * MILLIMETRE * cell.span / COLUMNS - FORM_PADDING
    return sum(_cell_lines(text, room) for text in (cell.text, cell.foot) if text) or 1


def _lines(row: tuple[str, ...], table: Table, width: float) -> int:
    shares = sum(column.share for column in table.columns)
    return max(
        _cell_lines(cell, width * MILLIMETRE * column.share / shares - CELL_PADDING)
        for cell, column in zip(row, table.columns, strict=True)
    )


def _cell_lines(text: str, room: float) -> int:
    characters = max(1, floor(room / CELL_SIZE))
    return sum(max(1, ceil(width_in_characters(line) / characters)) for line in text.split("\n"))
