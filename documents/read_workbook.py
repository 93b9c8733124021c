"""Read a sheet that somebody sent. The file is hostile until proven otherwise, so it is read in a process of its own,
bounded in memory and time, and only plain values come back.
"""

import logging
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any, cast

from xlsxwriter.utility import xl_col_to_name

from documents.sheet_template import CHOICES_SHEET, GUIDE_SHEET
from documents.workbook_package import WorkbookRefused, check_file, check_package, sheet_part
from documents.worker import MEBIBYTE, Limits, WorkerLost, Workers

Value = str | int | float | bool | date | datetime | time | None

TIMEOUT_SECONDS = 120
LIMITS = Limits(memory=1024 * MEBIBYTE, tasks=1, processor_seconds=90)

_MOST_EXACT_FLOAT = 2.0**53

log = logging.getLogger(__name__)
_workers = Workers(LIMITS, most=2)


@dataclass(frozen=True)
class SheetContent:
    """One sheet. `rows[i]` is the sheet's row `first_row_number + i`, as wide as the headings; blank rows between
    others are kept as rows of None, so that the row number is the one that the sender sees.

    Texts are stripped, an empty one is None; a date at midnight is a date, any other a datetime; whole numbers are int.
    """

    sheet_name: str
    headings: tuple[str, ...]
    rows: tuple[tuple[Value, ...], ...]
    first_row_number: int = 2


def read_sheet(path: Path, *, max_rows: int = 100_000, max_columns: int = 60) -> SheetContent:
    """The first visible sheet but for 填写说明 and 可选值; a star at a heading's end (the mark of a required one) is
    dropped. Formulas, error values, merged cells and values without a heading are refused.

    Raises WorkbookRefused, whatever is wrong with the file. Measured: 50,000 rows of 25 columns 3 s,
    100,000 rows 6 s and 430 MB.
    """
    check_file(path)
    try:
        content = _workers.run(
            _read, str(path.resolve()), max_rows, max_columns, timeout_seconds=TIMEOUT_SECONDS
        )
    except WorkbookRefused:
        raise
    except (WorkerLost, MemoryError) as error:
        log.exception("a workbook took too much time or memory")
        raise WorkbookRefused(
            "文件过大或结构异常，未能读完。请把数据复制到新建的表格中，或分成几个文件再导入。"
        ) from error
    except Exception as error:
        log.exception("a workbook could not be read")
        raise WorkbookRefused(
            "文件已损坏或不是有效的 .xlsx，请在 WPS 或 Excel 中打开后另存为新的 .xlsx 文件。"
        ) from error
    return cast(SheetContent, content)


def _read(path: str, max_rows: int, max_columns: int) -> SheetContent:
    """In the worker. calamine reads values only, so formulas and error cells were looked for in the bytes before."""
    objections = check_package(Path(path))
    from python_calamine import CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

    book = CalamineWorkbook.from_path(path)
    names = [
        sheet.name
        for sheet in book.sheets_metadata
        if (sheet.typ, sheet.visible) == (SheetTypeEnum.WorkSheet, SheetVisibleEnum.Visible)
        and sheet.name not in (GUIDE_SHEET, CHOICES_SHEET)
    ]
    if not names:
        raise WorkbookRefused("文件中没有可读的工作表。")
    _refuse_objection(path, names[0], objections)
    sheet = book.get_sheet_by_name(names[0])
    rows = _rows_from_the_top(sheet)
    headings = _headings(next(rows, []), max_columns)
    return SheetContent(names[0], headings, tuple(_values(rows, len(headings), max_rows)))


def _refuse_objection(path: str, sheet_name: str, objections: dict[str, str]) -> None:
    """A sheet whose part is not found must not slip through: then any sheet's objection counts."""
    if not objections:
        return
    part = sheet_part(Path(path), sheet_name)
    if not part:
        raise WorkbookRefused(next(iter(objections.values())))
    if part in objections:
        raise WorkbookRefused(objections[part])


def _rows_from_the_top(sheet: Any) -> Iterator[list[Any]]:
    """calamine leaves out blank rows above and blank columns left of the first value."""
    if sheet.start is None:
        return
    above, left = sheet.start
    for _ in range(above):
        yield []
    for row in sheet.iter_rows():
        yield [""] * left + row


def _headings(cells: list[Any], max_columns: int) -> tuple[str, ...]:
    texts = [
        "".join(str(_value(cell, 1, place) or "").split()).rstrip("*\uff0a")
        for place, cell in enumerate(cells, start=1)
    ]
    while texts and not texts[-1]:
        texts.pop()
    if not texts:
        raise WorkbookRefused("第1行没有标题，请使用导入模板，标题写在第1行。")
    if len(texts) > max_columns:
        raise WorkbookRefused(f"第1行有 {len(texts)} 列，最多 {max_columns} 列。请使用导入模板。")
    for text in texts:
        if text and texts.count(text) > 1:
            raise WorkbookRefused(f"第1行有两个“{text}”，请删去一列。")
    return tuple(texts)


def _values(rows: Iterator[list[Any]], width: int, max_rows: int) -> Iterator[tuple[Value, ...]]:
    """Blank rows are handed on only once another follows."""
    blank = (None,) * width
    waiting = 0
    for number, cells in enumerate(rows, start=2):
        values = _row(cells, number, width)
        if values is None:
            waiting += 1
            continue
        if number - 1 > max_rows:
            raise WorkbookRefused(f"第{number}行超出上限：一次最多导入 {max_rows} 行，请分成几个文件。")
        for _ in range(waiting):
            yield blank
        waiting = 0
        yield values


def _row(cells: list[Any], number: int, width: int) -> tuple[Value, ...] | None:
    """As wide as the headings; None when nothing is in it."""
    values = [
        None if cell == "" else _value(cell, number, place) for place, cell in enumerate(cells, start=1)
    ]
    for place, value in enumerate(values[width:], start=width + 1):
        if value is not None:
            raise WorkbookRefused(f"{_where(number, place)}有内容，但第1行没有对应的标题。")
    values = values[:width] + [None] * (width - len(values))
    return tuple(values) if any(value is not None for value in values) else None


def _value(value: Any, row: int, column: int) -> Value:
    if isinstance(value, str):
        return value.replace("_x000D_", "").strip() or None
    if isinstance(value, float) and value.is_integer() and abs(value) < _MOST_EXACT_FLOAT:
        return int(value)
    if isinstance(value, datetime):
        return value.date() if value.time() == time.min else value
    if isinstance(value, timedelta):
        return _clock_time(value, row, column)
    return cast(Value, value)


def _clock_time(value: timedelta, row: int, column: int) -> time:
    """A time in a cell formatted as a duration ([h]:mm)."""
    if not timedelta() <= value < timedelta(days=1):
        raise WorkbookRefused(f"{_where(row, column)}不是一天之内的时间，请写成 09:30 的样子。")
    minutes, seconds = divmod(value.seconds, 60)
    return time(*divmod(minutes, 60), seconds)


def _where(row: int, column: int) -> str:
    return f"第{row}行{xl_col_to_name(column - 1)}列"
