"""值班表 as tables: a line for each day and a column for each post, or turned where the posts are many."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from queries.rosters import DutyRow
from rules.roster_days import day_class, is_provisional
from rules.roster_rules import hours_text, is_part
from rules.roster_words import DayClass, RosterKind
from rules.work_calendar import WorkCalendar
from web import clock
from web.template_filters import weekday

MOST_COLUMNS = 6
"""Posts beside each other; with more, they stand below each other and the days beside."""
DAYS_BESIDE = 5


@dataclass(frozen=True)
class PostColumn:
    """`hours` are those of the post, 8:30—次日8:30."""

    post_id: int
    name: str
    hours: str


@dataclass(frozen=True)
class DayLine:
    """`cells` are the duties of each column, in its order."""

    day: date
    day_class: DayClass
    is_provisional: bool
    cells: tuple[tuple[DutyRow, ...], ...]

    @property
    def holiday(self) -> str:
        """The class where it is not told by the weekday."""
        special = self.day_class in (DayClass.HOLIDAY, DayClass.SPRING_FESTIVAL)
        worked = self.day_class is DayClass.WORKDAY and self.day.weekday() > 4
        return self.day_class.label if special else ("调休上班" if worked else "")

    @property
    def short_mark(self) -> str:
        """The same in a narrow column."""
        return {DayClass.HOLIDAY.label: "节", "调休上班": "班"}.get(self.holiday, self.holiday)


@dataclass(frozen=True)
class RosterTable:
    """One rota's days. `blocks` are those of a turned table: some days beside each other, a line for each post."""

    scheme_id: int
    scheme: str
    kind: RosterKind
    columns: tuple[PostColumn, ...]
    lines: tuple[DayLine, ...]

    @property
    def is_turned(self) -> bool:
        return len(self.columns) > MOST_COLUMNS

    @property
    def blocks(self) -> list[tuple[DayLine, ...]]:
        return [self.lines[n : n + DAYS_BESIDE] for n in range(0, len(self.lines), DAYS_BESIDE)]

    @property
    def shared_hours(self) -> str:
        """Where all posts have the same hours, they are told once."""
        hours = {column.hours for column in self.columns}
        return next(iter(hours)) if len(hours) == 1 else ""

    @property
    def duties(self) -> Iterator[DutyRow]:
        return (duty for line in self.lines for cell in line.cells for duty in cell)

    @property
    def changed(self) -> int:
        return sum(duty.was is not None for duty in self.duties)

    @property
    def empty(self) -> int:
        return sum(duty.person_id is None for duty in self.duties)


def tables_of(rows: Iterable[DutyRow], calendar: WorkCalendar) -> list[RosterTable]:
    """By rota, as `queries.rosters` orders the rows."""
    return [_table(list(found), calendar) for _id, found in groupby(rows, key=lambda row: row.scheme_id)]


def _table(rows: list[DutyRow], calendar: WorkCalendar) -> RosterTable:
    columns = _columns(rows)
    places = {column.post_id: n for n, column in enumerate(columns)}
    lines = []
    for day, found in groupby(sorted(rows, key=lambda r: r.day), key=lambda row: row.day):
        cells: list[list[DutyRow]] = [[] for _ in columns]
        for row in found:
            cells[places[row.post_id]].append(row)
        lines.append(
            DayLine(day, day_class(day, calendar), is_provisional(day, calendar), tuple(map(tuple, cells)))
        )
    first = rows[0]
    return RosterTable(first.scheme_id, first.scheme, first.kind, columns, tuple(lines))


def _columns(rows: Sequence[DutyRow]) -> tuple[PostColumn, ...]:
    found: dict[int, PostColumn] = {}
    for row in sorted(rows, key=lambda r: (r.post_place, r.post_id)):
        if not is_part(row.seat):
            found.setdefault(row.post_id, PostColumn(row.post_id, row.post, hours_of(row)))
    for row in rows:
        found.setdefault(row.post_id, PostColumn(row.post_id, row.post, hours_of(row)))
    return tuple(found.values())


def hours_of(row: DutyRow) -> str:
    return hours_text(clock.local(row.starts_at).time(), clock.local(row.ends_at).time())


def name_of(duty: DutyRow) -> str:
    """As a cell shows it; the lesser part of a divided duty says its hours."""
    name = duty.person or "空岗"
    return f"{name}（{hours_of(duty)}）" if is_part(duty.seat) else name


COLUMNS = {
    "日期": lambda r: r.day,
    "星期": lambda r: weekday(r.day),
    "班次": lambda r: r.scheme,
    "岗位": lambda r: r.post,
    "时间": hours_of,
    "人员": lambda r: r.person,
    "办公电话": lambda r: r.telephone,
    "分管工作": lambda r: r.field,
    "来由": lambda r: r.assigned.label if r.person_id else "空岗",
    "较上版": lambda r: f"原为{r.was}" if r.was is not None else "",
    "理由": lambda r: r.reason,
}
"""Of the sheet: one line for each seat of each day."""
