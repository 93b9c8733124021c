"""The day's figures as the printed sheet wants them."""

from datetime import date, datetime

from documents.day_sheet import Count, DaySheet, DayTotals, DayVisit, LeaderReceptionLine, VillageSessions
from models.leader_reception import LeaderReception
from models.organisation import Unit
from queries.day_sheet import Day, Share
from queries.visits import VisitRow
from rules.taxonomy import LeaderReceptionMode, VisitKind
from web.template_filters import hour_minute, shorten

SUMMARY = 60


def day_sheet_of(unit: Unit, day: date, figures: Day, made_at: datetime) -> DaySheet:
    """`made_at` is the office's local time."""
    return DaySheet(
        unit=unit.name,
        day=day,
        made_at=made_at.strftime("%Y-%m-%d %H:%M"),
        totals=DayTotals(
            figures.batches,
            figures.persons,
            figures.group_batches,
            figures.group_persons,
            figures.first_batches,
            figures.repeat_batches,
        ),
        by_reception_type=_counts(figures.by_type),
        by_category=_counts(figures.by_category),
        by_outcome=_counts(figures.by_outcome),
        visits=tuple(_visit(r) for r in figures.rows),
        village_sessions=_sessions(figures),
        leader_receptions=tuple(_leader(r) for r in figures.leaders),
    )


def _counts(shares: list[Share]) -> tuple[Count, ...]:
    return tuple(Count(s.label, s.batches, s.persons) for s in shares)


def _sessions(figures: Day) -> VillageSessions | None:
    if figures.sessions_due is None:
        return None
    return VillageSessions(
        figures.sessions_held, figures.sessions_due, figures.session_batches, figures.session_persons
    )


def _visit(row: VisitRow) -> DayVisit:
    return DayVisit(
        number=row.number,
        time=hour_minute(row.visit_time),
        visitor=row.name,
        persons=row.persons,
        is_repeat=row.kind == VisitKind.REPEAT.label,
        category=row.category,
        summary=shorten(row.content, SUMMARY),
        outcome=row.outcome,
        responsible_unit=row.responsible,
        due_date=row.due_date.isoformat() if row.due_date else "",
    )


def _leader(row: LeaderReception) -> LeaderReceptionLine:
    return LeaderReceptionLine(
        row.leader_name, row.post, LeaderReceptionMode(row.mode).label, row.batches, row.persons, row.solved
    )
