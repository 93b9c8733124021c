"""特殊时段: the declared periods that concern an actor, and who has reported on a day.

A period is declared for the units directly below the office: departments and townships below the county, villages below a
township. Those below read the period and their own report; the office that declared it, and those above, read all.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, false, func, or_, select
from sqlalchemy.orm import Session, joinedload

from models.duty_desk import PeriodReport, SpecialPeriod
from models.organisation import Unit
from models.staff import Person
from queries.paging import Order, PageOf, page_of
from queries.register_filter import args_of, one_of
from queries.scope import within
from rules.errors import NotVisible
from rules.roles import Actor, Permission
from rules.special_periods import REPORTED, PeriodState, ReportState, due_at, period_state, report_state
from rules.taxonomy import TOWNSHIP_LEVEL, VILLAGE_LEVEL, UnitCategory

P = SpecialPeriod
REPORTING = frozenset({UnitCategory.DEPARTMENT, *TOWNSHIP_LEVEL, *VILLAGE_LEVEL})
"""信访局 keeps the county's desk and gathers the reports; it owes none."""
STATES = {"": "有效的", **{state.value: state.label for state in PeriodState}}
NEWEST = Order("date", "最近的在前", P.first_day, P.id)
MOST_EXPORTED = 5_000


def reports_for(column: Any, unit: Unit, day: date) -> ColumnElement[bool]:
    """Whether a unit (`column` is an alias of Unit) owes reports of a day to the office `unit`."""
    return and_(
        column.parent_id == unit.id,
        column.category.in_([category.value for category in REPORTING]),
        or_(column.valid_from.is_(None), column.valid_from <= day),
        or_(column.valid_to.is_(None), column.valid_to >= day),
    )


def period_is_visible(actor: Actor) -> ColumnElement[bool]:
    """Declared by the own unit, an office above it, or one in scope."""
    if not actor.may(Permission.DUTY_READ) or not actor.scope_path:
        return false()
    line = [int(part) for part in actor.unit_path.split("/") if part]
    return or_(P.unit_id.in_(line), within(P.unit_id, actor.scope_path))


def gathers(actor: Actor, period: SpecialPeriod) -> bool:
    """Whether the actor reads the reports of all units."""
    return bool(actor.scope_path) and period.unit.path.startswith(actor.scope_path)


def declares(actor: Actor, period: SpecialPeriod) -> bool:
    """Whether the period is the actor's own to change."""
    return actor.may(Permission.DUTY_PERIODS) and period.unit.path == actor.scope_path


@dataclass(frozen=True)
class PeriodFilter:
    state: str = ""

    @classmethod
    def from_args(cls, args: Any) -> "PeriodFilter":
        return cls(one_of(STATES, args.get("state", ""), ""))

    def to_args(self) -> dict[str, str]:
        return args_of(self)

    def select(self, actor: Actor, today: date) -> Any:
        live = P.voided_at.is_(None)
        asked = {
            "": live,
            PeriodState.COMING.value: and_(live, P.first_day > today),
            PeriodState.RUNNING.value: and_(live, P.first_day <= today, P.last_day >= today),
            PeriodState.PAST.value: and_(live, P.last_day < today),
            PeriodState.VOID.value: P.voided_at.is_not(None),
        }[self.state]
        return select(P).where(asked, period_is_visible(actor))

    def sentence(self) -> str:
        return f"{STATES[self.state]}特殊时段" if not self.state else f"特殊时段，{STATES[self.state]}"


@dataclass(frozen=True)
class PeriodRow:
    id: int
    name: str
    unit: str
    first_day: date
    last_day: date
    report_at: Any
    doubled: bool
    state: PeriodState


def list_periods(
    session: Session,
    actor: Actor,
    chosen: PeriodFilter,
    today: date,
    *,
    after: str = "",
    before: str = "",
    size: int = 50,
) -> PageOf[PeriodRow]:
    """Newest first; one statement."""
    columns = (P.name, P.last_day, P.report_at, P.doubled, P.voided_at)
    statement = (
        chosen.select(actor, today)
        .join(Unit, P.unit_id == Unit.id)
        .with_only_columns(
            P.id.label("row_id"),
            P.first_day.label("sort_value"),
            *columns,
            func.coalesce(func.nullif(Unit.short_name, ""), Unit.name).label("unit"),
        )
    )
    page = page_of(session, statement, NEWEST, after=after, before=before, size=size)
    return PageOf([_row(r, today) for r in page.rows], page.after, page.before)


def _row(r: Any, today: date) -> PeriodRow:
    state = period_state(r.sort_value, r.last_day, r.voided_at is not None, today)
    return PeriodRow(r.row_id, r.name, r.unit, r.sort_value, r.last_day, r.report_at, r.doubled, state)


def load_period(session: Session, actor: Actor, period_id: int) -> SpecialPeriod:
    """Raises NotVisible."""
    statement = select(P).where(P.id == period_id, period_is_visible(actor)).options(joinedload(P.unit))
    period = session.scalar(statement)
    if period is None:
        raise NotVisible("special_period")
    return period


def load_own_period(session: Session, actor: Actor, period_id: int) -> SpecialPeriod:
    """One that the actor may change. Raises NotVisible."""
    period = load_period(session, actor, period_id)
    if not declares(actor, period):
        raise NotVisible("special_period")
    return period


def declaring_unit(session: Session, actor: Actor) -> Unit:
    """For whom the actor declares: the county, or the own township."""
    return session.scalars(select(Unit).where(Unit.path == actor.scope_path)).one()


def has_units_below(session: Session, unit: Unit, today: date) -> bool:
    return session.scalar(select(Unit.id).where(reports_for(Unit, unit, today)).limit(1)) is not None


def reported_days(session: Session, period: SpecialPeriod) -> tuple[date, date] | None:
    """First and last day of which a unit has reported."""
    statement = select(func.min(PeriodReport.day), func.max(PeriodReport.day))
    first, last = session.execute(statement.where(PeriodReport.period_id == period.id)).one()
    return None if first is None else (first, last)


@dataclass(frozen=True)
class ReportLine:
    """One unit's report of one day; `report_id` is None where there is none."""

    unit_id: int
    unit: str
    telephone: str
    state: ReportState
    report_id: int | None
    events: int
    content: str
    leader: str
    reported_at: datetime | None
    reported_by: str


def day_reports(
    session: Session, actor: Actor, period: SpecialPeriod, day: date, now: datetime
) -> list[ReportLine]:
    """In the order of the tree, those that the actor may read; one statement."""
    statement = (
        _lines(period, day).where(Unit.path.startswith(actor.scope_path)).order_by(Unit.sort_order, Unit.code)
    )
    return [_line(row, period, day, now) for row in session.execute(statement)]


def load_line(
    session: Session, actor: Actor, period: SpecialPeriod, day: date, unit_id: int, now: datetime
) -> ReportLine:
    """Raises NotVisible for a unit out of scope, or one that does not report here."""
    found = [line for line in day_reports(session, actor, period, day, now) if line.unit_id == unit_id]
    if not found:
        raise NotVisible("period_report")
    return found[0]


def report_of(session: Session, period_id: int, day: date, unit_id: int) -> PeriodReport | None:
    where = (PeriodReport.period_id == period_id, PeriodReport.day == day, PeriodReport.unit_id == unit_id)
    return session.scalar(select(PeriodReport).where(*where))


def _lines(period: SpecialPeriod, day: date) -> Any:
    """A unit that reported and was closed since stays in the list."""
    R = PeriodReport
    mine = and_(R.unit_id == Unit.id, R.period_id == period.id, R.day == day)
    return (
        select(Unit.id, Unit.short_name, Unit.name, Unit.telephone, R, Person.name.label("who"))
        .outerjoin(R, mine)
        .outerjoin(Person, R.reported_by_id == Person.id)
        .where(or_(reports_for(Unit, period.unit, day), R.id.is_not(None)))
    )


def _line(row: Any, period: SpecialPeriod, day: date, now: datetime) -> ReportLine:
    unit_id, short, name, telephone, report, who = row
    reported_at = report.reported_at if report else None
    due = report.due_at if report else due_at(day, period.report_at)
    return ReportLine(
        unit_id,
        short or name,
        telephone,
        report_state(due, reported_at, now),
        report.id if report else None,
        report.events if report else 0,
        report.content if report else "",
        report.leader if report else "",
        reported_at,
        who or "",
    )


@dataclass(frozen=True)
class DayCount:
    """How many units owe a report of a day, and how they stand."""

    due: int
    on_time: int
    late: int
    missing: int
    events: int

    @property
    def reported(self) -> int:
        return self.on_time + self.late

    def in_words(self) -> str:
        words = f"应报 {self.due} 个单位，已报 {self.reported} 个"
        words += f"（其中迟报 {self.late} 个）" if self.late else ""
        waiting = self.due - self.reported
        words += f"，未报 {waiting} 个" if waiting else "，全部报齐"
        return f"{words}；共报告事件 {self.events} 起。"


def counted(lines: Sequence[ReportLine]) -> DayCount:
    states = [line.state for line in lines]
    return DayCount(
        len(lines),
        states.count(ReportState.ON_TIME),
        states.count(ReportState.LATE),
        states.count(ReportState.MISSING),
        sum(line.events for line in lines),
    )


def not_reported(lines: Sequence[ReportLine]) -> list[ReportLine]:
    return [line for line in lines if line.state not in REPORTED]


@dataclass(frozen=True)
class PeriodToday:
    """A period that runs today, as the 工作台 shows it. `state` is that of the own unit's report, None where it owes none;
    `count` is given to the office that gathers."""

    id: int
    name: str
    day: date
    report_at: Any
    unit_id: int
    state: ReportState | None = None
    count: DayCount | None = None


def periods_today(session: Session, actor: Actor, today: date, now: datetime) -> list[PeriodToday]:
    """Periods that run today and ask something of the own unit, or are its own. One statement where none does."""
    found = []
    for period in _running(session, actor, today):
        if gathers(actor, period):
            lines = day_reports(session, actor, period, today, now)
            found.append(_today(period, today, period.unit_id, count=counted(lines)))
        elif line := _own_line(session, actor, period, today, now):
            found.append(_today(period, today, line.unit_id, state=line.state))
    return found


def _running(session: Session, actor: Actor, today: date) -> list[SpecialPeriod]:
    """Of the actor's own office, and of the one directly above it."""
    if not actor.may(Permission.DUTY_READ) or not actor.scope_path:
        return []
    line = [int(part) for part in actor.unit_path.split("/") if part]
    own = int(actor.scope_path.rstrip("/").rpartition("/")[2])
    statement = (
        select(P)
        .where(P.voided_at.is_(None), P.last_day >= today, P.first_day <= today)
        .where(P.unit_id.in_({own, *line[-2:-1]}))
        .options(joinedload(P.unit))
        .order_by(P.first_day, P.id)
    )
    return list(session.scalars(statement))


def _own_line(
    session: Session, actor: Actor, period: SpecialPeriod, today: date, now: datetime
) -> ReportLine | None:
    lines = day_reports(session, actor, period, today, now)
    return next((line for line in lines if line.unit_id == actor.unit_id), None)


def _today(period: SpecialPeriod, day: date, unit_id: int, **more: Any) -> PeriodToday:
    return PeriodToday(period.id, period.name, day, period.report_at, unit_id, **more)
