"""Visits of one day, offered to be linked with a village session or a leader's reception."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import and_, case, or_, select
from sqlalchemy.orm import Session

from models.leader_reception import LeaderReceptionVisit
from models.organisation import Unit
from models.village_session import VillageSession, VillageSessionVisit
from models.visit import Visit
from queries.scope import visit_is_visible
from rules.roles import Actor
from rules.taxonomy import Outcome, ReceptionType

MOST_OFFERED = 100


@dataclass(frozen=True)
class DayVisit:
    """A visit without any name: what it was about, and how many came."""

    id: int
    number: str
    unit: str
    persons: int
    content: str
    outcome: str


def visits_of_village_day(
    session: Session, actor: Actor, village: Unit, day: date, session_id: int | None = None
) -> list[DayVisit]:
    """Visits the village registered that day, and those its township took down as 村级接访 there.

    What another session already holds is not offered again.
    """
    by_township = and_(
        Visit.unit_id == village.parent_id,
        Visit.reception_type == ReceptionType.VILLAGE.value,
        or_(Visit.location_unit_id.is_(None), Visit.location_unit_id == village.id),
    )
    elsewhere = (
        select(VillageSessionVisit.visit_id)
        .join(VillageSession, VillageSessionVisit.session_id == VillageSession.id)
        .where(VillageSession.voided_at.is_(None), VillageSession.id != (session_id or 0))
    )
    return _offered(
        session,
        actor,
        Visit.visit_date == day,
        or_(Visit.unit_id == village.id, by_township),
        Visit.id.not_in(elsewhere),
    )


def visits_of_day(session: Session, actor: Actor, day: date) -> list[DayVisit]:
    """Visits in scope on that day, those received by a leader first."""
    first = case((Visit.reception_type == ReceptionType.LEADER.value, 0), else_=1)
    return _offered(session, actor, Visit.visit_date == day, order=(first,))


def linked_to_session(session: Session, actor: Actor, session_id: int) -> list[DayVisit]:
    links = select(VillageSessionVisit.visit_id).where(VillageSessionVisit.session_id == session_id)
    return _offered(session, actor, Visit.id.in_(links))


def linked_to_reception(session: Session, actor: Actor, reception_id: int) -> list[DayVisit]:
    links = select(LeaderReceptionVisit.visit_id).where(LeaderReceptionVisit.reception_id == reception_id)
    return _offered(session, actor, Visit.id.in_(links))


def _offered(session: Session, actor: Actor, *conditions: Any, order: Sequence[Any] = ()) -> list[DayVisit]:
    statement = (
        select(
            Visit.id, Visit.number, Unit.short_name, Unit.name, Visit.persons, Visit.content, Visit.outcome
        )
        .join(Unit, Visit.unit_id == Unit.id)
        .where(visit_is_visible(actor), Visit.voided_at.is_(None), *conditions)
        .order_by(*order, Visit.visit_time, Visit.id)
        .limit(MOST_OFFERED)
    )
    return [
        DayVisit(row_id, number, short or name, persons, content, Outcome(outcome).label)
        for row_id, number, short, name, persons, content, outcome in session.execute(statement)
    ]
