"""From rows of a list to the sheet and to the register that is printed."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from documents.register import Column, RegisterTable, register_pdf
from documents.register_slice import head_of
from documents.render_process import render
from documents.workbook import Sheet, write_workbook
from queries.paging import PageOf
from web import clock
from web.session import actor
from web.template_filters import shorten

Columns = Mapping[str, Callable[[Any], Any]]
"""Heading → how a row's value is read."""

READ_AT_ONCE = 1000
_COUNTED = ("批次", "人次", "件数", "数值（自报）")


@dataclass(frozen=True)
class PrintedColumns:
    """Which columns are printed, and their widths in mm."""

    columns: Columns
    widths: Mapping[str, float]
    longest: int | None = None
    """Characters of a cell; None prints them all."""

    def cells(self, row: Any) -> list[str]:
        return [self._printed(self.columns[name](row)) for name in self.widths]

    def _printed(self, value: Any) -> str:
        if value is None:
            return ""
        return shorten(str(value), self.longest) if self.longest else str(value)

    def headings(self) -> tuple[Column, ...]:
        return tuple(
            Column(name, width, "right" if name.endswith(_COUNTED) else "left")
            for name, width in self.widths.items()
        )


def head_of_register(
    printed: PrintedColumns, *, title: str, unit: str, subtitle: str, footer: str = ""
) -> dict[str, Any]:
    """All of a printed register but its rows, as plain JSON values."""
    return head_of(
        RegisterTable(
            title=title,
            subtitle=subtitle,
            unit=unit,
            made_at=clock.local(clock.now()).strftime("%Y-%m-%d %H:%M"),
            columns=printed.headings(),
            rows=(),
            footer=footer,
        )
    )


def register_sheet(name: str, columns: Columns, rows: Sequence[Any]) -> bytes:
    """Headings in the first row, nothing above them."""
    lines = [tuple(read(r) for read in columns.values()) for r in rows]
    return write_workbook(Sheet(name, tuple(columns), lines))


def printed_register(
    title: str,
    columns: Columns,
    widths: Mapping[str, float],
    rows: Sequence[Any],
    sentence: str,
    footer: str = "",
) -> bytes:
    """A short register, made while the reader waits. `widths` are the printed columns and their widths in mm.

    Raises RenderingFailed.
    """
    printed = PrintedColumns(columns, widths)
    table = RegisterTable(
        title=title,
        subtitle=sentence,
        unit=actor().unit_name,
        made_at=clock.local(clock.now()).strftime("%Y-%m-%d %H:%M"),
        columns=printed.headings(),
        rows=tuple(tuple(printed.cells(row)) for row in rows),
        footer=footer,
    )
    return render(register_pdf, table)


def every_row(page_after: Callable[[str, int], PageOf[Any]]) -> Iterator[Any]:
    """All rows of a list in its order, some at a time. `page_after(cursor, size)` gives a page."""
    after: str | None = ""
    while after is not None:
        page = page_after(after, READ_AT_ONCE)
        yield from page.rows
        after = page.after
