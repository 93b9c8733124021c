"""A register as a sheet and as a printed page: the same columns for both, defined once by the caller."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from documents.register import Column, RegisterTable, register_pdf
from documents.render_process import render
from documents.workbook import Sheet, write_workbook
from web import clock
from web.session import actor

Columns = Mapping[str, Callable[[Any], Any]]
"""Heading → how a row's value is read."""


_COUNTED = ("批次", "人次", "件数")


def register_sheet(name: str, columns: Columns, rows: Sequence[Any]) -> bytes:
    """Headings in the first row, nothing above them."""
    lines = [tuple(read(r) for read in columns.values()) for r in rows]
    return write_workbook(Sheet(name, tuple(columns), lines))


def printed_register(
    title: str, columns: Columns, widths: Mapping[str, float], rows: Sequence[Any], sentence: str
) -> bytes:
    """`widths` are the printed columns and their widths in mm."""
    table = RegisterTable(
        title=title,
        subtitle=sentence,
        unit=actor().unit_name,
        made_at=clock.local(clock.now()).strftime("%Y-%m-%d %H:%M"),
        columns=tuple(
            Column(name, width, "right" if name.endswith(_COUNTED) else "left")
            for name, width in widths.items()
        ),
        rows=tuple(tuple(_printed(columns[name](r)) for name in widths) for r in rows),
    )
    return render(register_pdf, table)


def _printed(value: Any) -> str:
    return "" if value is None else str(value)
