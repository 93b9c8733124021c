"""The figures and rows of one day at one unit and below: 接访日报."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import case, func, or_, select
from sqlalchemy.orm import Session, aliased

from models.category import Category
from models.leader_reception import LeaderReception
from models.organisation import Unit
from models.village_session import VillageSession
from models.visit import Visit
from queries.scope import is_root, within
from queries.visits import VisitFilter, VisitRow, list_visits
from rules.roles import Actor
from rules.taxonomy import VILLAGE_LEVEL, Outcome, ReceptionType, VisitKind

MOST_LISTED = 500


@dataclass(frozen=True)
class Share:
    """One line of a breakdown."""

    label: str
    batches: int
    persons: int


@dataclass(frozen=True)
class Day:
    """`None` session figures mean that the day is not the sessions' weekday."""

    batches: int
    persons: int
    group_batches: int
    group_persons: int
    first_batches: int
    repeat_batches: int
    by_type: list[Share]
    by_category: list[Share]
    by_outcome: list[Share]
    sessions_due: int | None
    sessions_held: int
    session_batches: int
    session_persons: int
    leaders: list[LeaderReception]
    rows: list[VisitRow]
    sealed_not_listed: int


def day_of(
    session: Session, actor: Actor, unit: Unit, day: date, *, group_threshold: int, session_weekday: int
) -> Day:
    """Counts are the same for every viewer; the list shows what this actor may read.

    Sealed matters count in the county's sheet only. `session_weekday` is 1 for Monday.
    """
    conditions = [within(Visit.unit_id, unit.path), Visit.visit_date == day, Visit.voided_at.is_(None)]
    if not is_root(unit.path):
        conditions.append(Visit.sealed.is_(False))
    total = _totals(session, conditions, group_threshold)
    chosen = VisitFilter(from_=day, to=day, unit=unit.id, sort="date-up")
    rows = list_visits(
        session, actor, chosen, today=day, group_threshold=group_threshold, size=MOST_LISTED
    ).rows
    held = _sessions(session, unit, day)
    return Day(
        batches=total.batches,
        persons=total.persons,
        group_batches=total.group_batches,
        group_persons=total.group_persons,
        first_batches=total.batches - total.repeat_batches,
        repeat_batches=total.repeat_batches,
        by_type=_by_code(session, conditions, Visit.reception_type, ReceptionType),
        by_category=_by_category(session, conditions),
        by_outcome=_by_code(session, conditions, Visit.outcome, Outcome),
        sessions_due=_villages(session, unit, day) if day.isoweekday() == session_weekday else None,
        sessions_held=held.count,
        session_batches=held.batches,
        session_persons=held.persons,
        leaders=_leaders(session, unit, day),
        rows=list(rows),
        sealed_not_listed=max(0, total.batches - len(rows)) if len(rows) < MOST_LISTED else 0,
    )


def _totals(session: Session, conditions: list[Any], threshold: int) -> Any:
    group = Visit.persons >= threshold
    return session.execute(
        select(
            func.count().label("batches"),
            func.coalesce(func.sum(Visit.persons), 0).label("persons"),
            func.coalesce(func.sum(case((group, 1), else_=0)), 0).label("group_batches"),
            func.coalesce(func.sum(case((group, Visit.persons), else_=0)), 0).label("group_persons"),
            func.coalesce(func.sum(case((Visit.visit_kind == VisitKind.REPEAT.value, 1), else_=0)), 0).label(
                "repeat_batches"
            ),
        ).where(*conditions)
    ).one()


def _by_code(session: Session, conditions: list[Any], column: Any, words: Any) -> list[Share]:
    statement = select(column, func.count(), func.sum(Visit.persons)).where(*conditions).group_by(column)
    found = {code: (batches, persons) for code, batches, persons in session.execute(statement)}
    return [Share(w.label, *found[w.value]) for w in words if w.value in found]


def _by_category(session: Session, conditions: list[Any]) -> list[Share]:
    above = aliased(Category)
    name = func.coalesce(above.name, Category.name)
    code = func.coalesce(above.code, Category.code)
    statement = (
        select(name, func.count(), func.sum(Visit.persons))
        .join(Category, Visit.category_id == Category.id)
        .outerjoin(above, Category.parent_id == above.id)
        .where(*conditions)
        .group_by(name, code)
        .order_by(code)
    )
    return [Share(*row) for row in session.execute(statement)]


def _villages(session: Session, unit: Unit, day: date) -> int:
    statement = select(func.count(Unit.id)).where(
        Unit.path.startswith(unit.path),
        Unit.category.in_([c.value for c in VILLAGE_LEVEL]),
        or_(Unit.valid_from.is_(None), Unit.valid_from <= day),
        or_(Unit.valid_to.is_(None), Unit.valid_to >= day),
    )
    return session.scalar(statement) or 0


def _sessions(session: Session, unit: Unit, day: date) -> Any:
    return session.execute(
        select(
            func.count().label("count"),
            func.coalesce(func.sum(VillageSession.batches), 0).label("batches"),
            func.coalesce(func.sum(VillageSession.persons), 0).label("persons"),
        ).where(
            within(VillageSession.unit_id, unit.path),
            VillageSession.session_date == day,
            VillageSession.voided_at.is_(None),
        )
    ).one()


def _leaders(session: Session, unit: Unit, day: date) -> list[LeaderReception]:
    statement = (
        select(LeaderReception)
        .where(
            within(LeaderReception.unit_id, unit.path),
            LeaderReception.reception_date == day,
            LeaderReception.voided_at.is_(None),
        )
        .order_by(LeaderReception.id)
    )
    return list(session.scalars(statement))
