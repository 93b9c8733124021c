"""A year's arrangement written as the sheet that `rules.calendar_sheet` reads, and the blank one to fill in."""

import csv
import io
from collections.abc import Iterable
from datetime import date

from rules.calendar_sheet import HEADINGS
from rules.work_calendar import CalendarYear, DayKind

_FIXED = ((1, 1, "元旦"), (5, 1, "劳动节"), (10, 1, "国庆节"), (10, 2, "国庆节"), (10, 3, "国庆节"))
"""Off in every year by 《全国年节及纪念日放假办法》."""


def calendar_csv(year: CalendarYear) -> str:
    return _written((year.year, s.notice, s.day, s.kind.label, s.name) for s in year.days)


def blank_calendar_csv(year: int) -> str:
    """With the days that are off in every year; the notice's number and all other days are to be filled in."""
    off = DayKind.OFF.label
    return _written((year, "", date(year, month, day), off, name) for month, day, name in _FIXED)


def _written(rows: Iterable[tuple[object, ...]]) -> str:
    output = io.StringIO()
    writer = csv.writer(output, lineterminator="\r\n")
    writer.writerow(HEADINGS)
    writer.writerows(rows)
    return output.getvalue()
