"""值班表: one unit's roster of a month on A4 upright, as it is put up in the duty room.

What was changed since the edition before is underlined and starred; the name that stood there is told below the table.
"""

from dataclasses import dataclass
from datetime import date

from documents.html_to_pdf import pdf_from_html
from documents.page import page


@dataclass(frozen=True)
class SheetName:
    """One name of a cell; `was` is the one that it replaces."""

    text: str
    was: str | None = None
    is_empty: bool = False


@dataclass(frozen=True)
class SheetDay:
    """`mark` is 节, 春节 or 班; `is_rest` shades the line."""

    day: date
    mark: str
    is_rest: bool
    cells: tuple[tuple[SheetName, ...], ...]


@dataclass(frozen=True)
class SheetTable:
    """`columns` are the posts; turned, the posts are lines and each block has some days beside each other."""

    title: str
    hours: str
    columns: tuple[str, ...]
    days: tuple[SheetDay, ...]
    blocks: tuple[tuple[SheetDay, ...], ...] = ()
    details: tuple[tuple[str, str], ...] = ()
    """Label and text below the table: place, telephone."""
    edition: str = ""

    @property
    def notes(self) -> list[tuple[str, str]]:
        """Hours first."""
        return ([("时间", self.hours)] if self.hours else []) + list(self.details)

    @property
    def changes(self) -> list[tuple[SheetDay, str, SheetName]]:
        """Day, post and name of each change, in order."""
        return [
            (day, post, name)
            for day in self.days
            for post, cell in zip(self.columns, day.cells, strict=True)
            for name in cell
            if name.was is not None
        ]


@dataclass(frozen=True)
class RosterSheet:
    """`draft` prints a word across the head: a roster that was not published must not be put up."""

    title: str
    unit: str
    period: str
    made_at: str
    tables: tuple[SheetTable, ...]
    draft: bool = False


def roster_sheet_pdf(sheet: RosterSheet) -> bytes:
    """PDF, A4 upright; the heading row stands on every page."""
    return pdf_from_html(page("roster_sheet.html", sheet=sheet), "roster_sheet.css")
