"""Lists as .xlsx. Every text is written as text: `=`, `+`, `-` and `@` at its start never become a formula or a link."""

import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

Cell = str | int | float | Decimal | bool | date | datetime | time | None

LONGEST_TEXT = 32_767
LONGEST_SHEET_NAME = 31
MOST_EXACT_NUMBER = 10**15
"""A spreadsheet keeps 15 digits; longer whole numbers (identity numbers) are written as text."""

OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}

_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_NOT_IN_NAME = re.compile(r"[\[\]:*?/\\'\x00-\x1f]")
_DATE_WIDTH, _NARROWEST, _WIDEST = 12, 8, 60


@dataclass(frozen=True)
class Sheet:
    """`rows` may be lazy: it is read once, in order. `notes` stand above the headings, one line each.

    `widths` are in characters, one a column; left out, they follow the headings.
    """

    name: str
    headings: Sequence[str]
    rows: Iterable[Sequence[Cell]]
    notes: Sequence[str] = ()
    widths: Sequence[float] = ()


@dataclass(frozen=True)
class _Formats:
    note: Format
    heading: Format
    text: Format
    number: Format
    date: Format
    datetime: Format
    time: Format


def write_workbook(*sheets: Sheet) -> bytes:
    """An .xlsx file: headings frozen with a filter, dates as dates (yyyy-mm-dd), numbers as numbers, yes/no as 是/否.

    Raises ValueError without a sheet or for a row that is longer than the headings.
    """
    if not sheets:
        raise ValueError("a workbook needs a sheet")
    output = io.BytesIO()
    with xlsxwriter.Workbook(output, OPTIONS) as book:
        formats = _formats(book)
        taken: set[str] = set()
        for sheet in sheets:
            _write_sheet(book.add_worksheet(_sheet_name(sheet.name, taken)), sheet, formats)
    return output.getvalue()


def clean_text(text: str) -> str:
    """Without the characters that XML cannot hold, and no longer than a cell."""
    return _NOT_IN_XML.sub("", text)[:LONGEST_TEXT]


def _write_sheet(worksheet: Worksheet, sheet: Sheet, formats: _Formats) -> None:
    for column, width in enumerate(sheet.widths or [_width(heading) for heading in sheet.headings]):
        worksheet.set_column(column, column, width)
    for line, note in enumerate(sheet.notes):
        worksheet.write_string(line, 0, clean_text(note), formats.note)
    top = len(sheet.notes)
    for column, heading in enumerate(sheet.headings):
        worksheet.write_string(top, column, clean_text(heading), formats.heading)
    last = top
    for last, row in enumerate(sheet.rows, start=top + 1):
        if len(row) > len(sheet.headings):
            raise ValueError(f"row {last} has more cells than the sheet has headings")
        for column, value in enumerate(row):
            _write_cell(worksheet, last, column, value, formats)
    worksheet.freeze_panes(top + 1, 0)
    if sheet.headings:
        worksheet.autofilter(top, 0, last, len(sheet.headings) - 1)
    _set_up_print(worksheet, top)


def _write_cell(worksheet: Worksheet, row: int, column: int, value: Cell, formats: _Formats) -> None:
    """bool before int and datetime before date: each is a kind of the other."""
    if value is None or value == "":
        worksheet.write_blank(row, column, None, formats.text)
    elif isinstance(value, bool):
        worksheet.write_string(row, column, "是" if value else "否", formats.text)
    elif isinstance(value, (int, float, Decimal)):
        _write_number(worksheet, row, column, value, formats)
    elif isinstance(value, datetime):
        worksheet.write_datetime(row, column, value.replace(tzinfo=None), formats.datetime)
    elif isinstance(value, date):
        worksheet.write_datetime(row, column, value, formats.date)
    elif isinstance(value, time):
        worksheet.write_datetime(row, column, value.replace(tzinfo=None), formats.time)
    else:
        worksheet.write_string(row, column, clean_text(value), formats.text)


def _write_number(
    worksheet: Worksheet, row: int, column: int, value: int | float | Decimal, formats: _Formats
) -> None:
    """A whole number too long to be kept exactly, NaN and infinity are written as text."""
    if abs(float(value)) < MOST_EXACT_NUMBER:
        worksheet.write_number(row, column, value, formats.number)
    else:
        worksheet.write_string(row, column, str(value), formats.text)


def _formats(book: Workbook) -> _Formats:
    cell = {"valign": "vcenter", "border": 1, "border_color": "#bfbfbf"}
    return _Formats(
        note=book.add_format({"bold": True, "valign": "vcenter"}),
        heading=book.add_format(
            cell | {"bold": True, "align": "center", "bg_color": "#e8edf3", "text_wrap": True}
        ),
        text=book.add_format(cell | {"text_wrap": True, "num_format": "@"}),
        number=book.add_format(cell),
        date=book.add_format(cell | {"num_format": "yyyy-mm-dd"}),
        datetime=book.add_format(cell | {"num_format": "yyyy-mm-dd hh:mm"}),
        time=book.add_format(cell | {"num_format": "hh:mm"}),
    )


def _set_up_print(worksheet: Worksheet, heading_row: int) -> None:
    worksheet.set_landscape()
    worksheet.set_paper(9)  # A4
    worksheet.fit_to_pages(1, 0)
    worksheet.repeat_rows(heading_row)
    worksheet.set_footer("&C第 &P 页 共 &N 页")


def _width(heading: str) -> int:
    """Chinese characters take two places."""
    places = sum(2 if character > "\u2e7f" else 1 for character in heading) + 4
    return max(_DATE_WIDTH if "日期" in heading else _NARROWEST, min(places, _WIDEST))


def _sheet_name(name: str, taken: set[str]) -> str:
    """Without what a sheet's name may not hold, and unlike the others; Excel compares without case."""
    clean = _NOT_IN_NAME.sub(" ", clean_text(name)).strip()[:LONGEST_SHEET_NAME] or "Sheet"
    chosen, number = clean, 2
    while chosen.casefold() in taken:
        suffix = f" {number}"
        chosen, number = clean[: LONGEST_SHEET_NAME - len(suffix)] + suffix, number + 1
    taken.add(chosen.casefold())
    return chosen
