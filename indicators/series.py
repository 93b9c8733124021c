"""来访 over time: one point a month, week or day, for the chart and the table beside it."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from indicators.reckoning import conditions
from indicators.scope import FigureScope
from indicators.source import VISITS
from indicators.table import Records
from models.visit import Visit
from rules import figures
from rules.periods import ONE_DAY, Period, PeriodKind

STEPS = {PeriodKind.MONTH: "按月", PeriodKind.WEEK: "按周", PeriodKind.DAY: "按日"}
LONGEST_BY_DAY, LONGEST_BY_WEEK = 31, 140
MOST_POINTS = 400


@dataclass(frozen=True)
class Point:
    """None, printed —, where the days have not come: not the same as nobody came."""

    label: str
    batches: int | None
    persons: int | None
    batches_text: str
    persons_text: str
    records: Records


@dataclass(frozen=True)
class Series:
    step: PeriodKind
    points: tuple[Point, ...]

    @property
    def title(self) -> str:
        return f"接待来访趋势（{STEPS[self.step]}）"


def step_for(period: Period, wanted: str = "") -> PeriodKind:
    """The step asked for, else one that gives a readable chart; too fine a step for a long period is not taken."""
    fitting = {PeriodKind.MONTH, PeriodKind.WEEK, PeriodKind.DAY}
    if period.days > MOST_POINTS:
        fitting.discard(PeriodKind.DAY)
    if wanted in {kind.value for kind in fitting}:
        return PeriodKind(wanted)
    if period.days <= LONGEST_BY_DAY:
        return PeriodKind.DAY
    return PeriodKind.WEEK if period.days <= LONGEST_BY_WEEK else PeriodKind.MONTH


def visit_series(session: Session, scope: FigureScope, step: PeriodKind) -> Series:
    """One statement."""
    rows = session.execute(
        select(Visit.visit_date, func.count(), func.sum(Visit.persons))
        .where(*conditions(VISITS, scope))
        .group_by(Visit.visit_date)
    )
    by_day = {day: (batches, int(persons)) for day, batches, persons in rows}
    return Series(step, tuple(_point(part, scope, _sum(part, by_day)) for part in scope.period.parts(step)))


def _sum(part: Period, by_day: dict[date, tuple[int, int]]) -> tuple[int, int]:
    days = (part.start + n * ONE_DAY for n in range(part.days))
    found = [by_day[day] for day in days if day in by_day]
    return sum(b for b, _ in found), sum(p for _, p in found)


def _point(part: Period, scope: FigureScope, numbers: tuple[int, int]) -> Point:
    has_come = part.start <= scope.as_of
    batches, persons = numbers if has_come else (None, None)
    return Point(
        part.short_label,
        batches,
        persons,
        figures.count_text(batches),
        figures.count_text(persons),
        Records(VISITS.key, {"from": str(part.start), "to": str(part.end), "unit": str(scope.unit_id)}),
    )
