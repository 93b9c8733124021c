"""The arrangement of a year's holidays as a sheet of comma separated values, read from its text.

One row for each day that the notice names: 年份, 通知文号, 日期, 类别 (休, 班), 节日. Dates may be written 2026-10-01 or,
as spreadsheet programs write them back, 2026/10/1.
"""

import csv
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from rules.errors import RuleViolation, RuleViolations
from rules.work_calendar import SATURDAY, CalendarYear, DayKind, SpecialDay

HEADINGS = ("年份", "通知文号", "日期", "类别", "节日")
MOST_ROWS = 80
LONGEST_NOTICE = 40
LONGEST_NAME = 30

_DATE = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})")
_NOTICE = re.compile(r"[\u4e00-\u9fff]+〔\d{4}〕\d+号")
_FESTIVALS = ("元旦", "春节", "清明节", "劳动节", "端午节", "中秋节", "国庆节")
_ALWAYS_OFF = ((1, 1), (5, 1), (10, 1), (10, 2), (10, 3))
"""Month and day, by 《全国年节及纪念日放假办法》; the other festivals follow the moon and the sun."""


@dataclass(frozen=True)
class _Row:
    """`line` as a text editor counts, from 1."""

    line: int
    cells: tuple[str, ...]

    def wrong(self, message: str, column: str) -> RuleViolation:
        return RuleViolation(f"第{self.line}行：{message}", column)


def read_calendar_csv(text: str) -> CalendarYear:
    """One year, its days in order. Raises RuleViolations, each with its line, on the heading of its column."""
    rows = _rows(text)
    year = _year(rows)
    days, problems = [], []
    for row in rows:
        try:
            days.append(_special_day(row, year))
        except RuleViolation as problem:
            problems.append(problem)
    _refuse(problems)
    _refuse([*_twice(rows, days), *_missing(year, days)])
    return CalendarYear(year, tuple(sorted(days, key=lambda special: special.day)))


def _refuse(problems: list[RuleViolation]) -> None:
    if problems:
        raise RuleViolations(problems)


def _rows(text: str) -> list[_Row]:
    """Filled rows below the headings, their cells in the order of HEADINGS."""
    reader = csv.reader(text.removeprefix("\ufeff").splitlines())
    try:
        read = [
            _Row(reader.line_num, tuple(map(_plain, cells))) for cells in reader if any(map(str.strip, cells))
        ]
    except csv.Error as error:
        raise RuleViolations([RuleViolation(f"第{reader.line_num}行读不懂，请另存为 CSV 再试。")]) from error
    if not read or set(read[0].cells) != set(HEADINGS) or len(read[0].cells) != len(HEADINGS):
        raise RuleViolations([RuleViolation(f"第1行应是这五个表头：{'、'.join(HEADINGS)}。")])
    _refuse(list(_uneven(read)))
    places = [read[0].cells.index(heading) for heading in HEADINGS]
    return [_Row(row.line, tuple(row.cells[place] for place in places)) for row in read[1:]]


def _uneven(read: list[_Row]) -> Iterator[RuleViolation]:
    if len(read) == 1:
        yield RuleViolation("表里没有日期。")
    if len(read) - 1 > MOST_ROWS:
        yield RuleViolation(f"一年最多 {MOST_ROWS} 行，表里有 {len(read) - 1} 行。")
        return
    for row in read:
        if len(row.cells) != len(HEADINGS):
            yield RuleViolation(f"第{row.line}行：应有 {len(HEADINGS)} 格，现有 {len(row.cells)} 格。")


def _plain(cell: str) -> str:
    return unicodedata.normalize("NFC", cell).strip()


def _year(rows: list[_Row]) -> int:
    """The year of the first row; rows that differ are refused one by one."""
    first = rows[0]
    if not re.fullmatch(r"20\d{2}", first.cells[0]):
        raise RuleViolations(
            [first.wrong(f"年份“{first.cells[0][:20]}”写法不对，应为四位数，例如 2026。", "年份")]
        )
    return int(first.cells[0])


def _special_day(row: _Row, year: int) -> SpecialDay:
    year_cell, notice, day_cell, kind_cell, name = row.cells
    if year_cell != f"{year}":
        raise row.wrong(f"年份“{year_cell[:20]}”与上面的 {year} 不同，一份表只放一年。", "年份")
    if len(notice) > LONGEST_NOTICE or not _NOTICE.fullmatch(notice):
        raise row.wrong(f"通知文号“{notice[:40]}”写法不对，例如 国办发明电〔2025〕7号。", "通知文号")
    if not name or len(name) > LONGEST_NAME:
        raise row.wrong(f"请填写节日，最多 {LONGEST_NAME} 个字。", "节日")
    day, kind = _day(row, day_cell, year), _kind(row, kind_cell)
    if kind is DayKind.WORK and day.weekday() < SATURDAY:
        raise row.wrong(f"{day} 是星期{'一二三四五'[day.weekday()]}，本来就上班，请核对日期。", "日期")
    return SpecialDay(day, kind, name, notice)


def _day(row: _Row, cell: str, year: int) -> date:
    found = _DATE.fullmatch(cell)
    try:
        day = date(*map(int, found.groups())) if found else None
    except ValueError:
        day = None
    if day is None:
        raise row.wrong(f"日期“{cell[:20]}”不存在或写法不对，例如 {year}-10-01。", "日期")
    if day.year != year and (day.year, day.month) != (year - 1, 12):
        raise row.wrong(f"{day} 不在 {year} 年，也不在上一年 12 月。", "日期")
    return day


def _kind(row: _Row, cell: str) -> DayKind:
    try:
        return DayKind.from_label(cell)
    except RuleViolation:
        raise row.wrong(f"类别“{cell[:20]}”不对，放假填 休，调休上班填 班。", "类别") from None


def _twice(rows: list[_Row], days: list[SpecialDay]) -> Iterator[RuleViolation]:
    seen: dict[date, int] = {}
    for row, special in zip(rows, days, strict=True):
        if special.day in seen:
            yield row.wrong(f"{special.day} 在第{seen[special.day]}行已经有了。", "日期")
        seen.setdefault(special.day, row.line)


def _missing(year: int, days: list[SpecialDay]) -> Iterator[RuleViolation]:
    """Half a notice would be worse than none: every date after it would be wrong in silence."""
    off = {special.day for special in days if special.kind is DayKind.OFF}
    for festival in _FESTIVALS:
        if not any(festival in special.name for special in days if special.kind is DayKind.OFF):
            yield RuleViolation(f"表里没有{festival}的放假日，请对照通知补全。", "节日")
    for month, number in _ALWAYS_OFF:
        if date(year, month, number) not in off:
            yield RuleViolation(f"{month} 月 {number} 日是法定节假日，表里没有列为休。", "日期")
