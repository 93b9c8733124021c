"""The nightly look at all running clocks: those that waited for a calendar, and next due dates that went astray."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from actions import audit
from actions.deadline_moves import refresh_next_due, write_moves
from models.petition import Petition
from queries.deadline_moves import moves_under
from queries.petition_days import Days, has_light, petition_days
from queries.terms import terms_of
from rules.lights import Light
from rules.roles import Actor


@dataclass(frozen=True)
class Sweep:
    """What was put right, and how many petitions press."""

    clocks: int
    """Running clocks that got the dates of a calendar that has come meanwhile."""
    petitions: int
    """Petitions whose next due date did not agree with their clocks: none, unless something went wrong."""
    today: int
    near: int
    overdue: int

    def in_words(self) -> str:
        changed = f"期限补算 {self.clocks} 个，纠正下一期限 {self.petitions} 件"
        return f"{changed}；今天到期 {self.today} 件，临期 {self.near} 件，已超期 {self.overdue} 件。"


def sweep_deadlines(session: Session, *, actor: Actor, now: datetime, today: date) -> Sweep:
    """Run twice, the second finds nothing. Writes an audit entry only where it changed something."""
    moves = moves_under(session, terms_of(session), incomplete_only=True)
    write_moves(session, moves)
    petitions = refresh_next_due(session)
    if moves or petitions:
        audit.record(
            session,
            actor=actor,
            now=now,
            action="deadline.sweep",
            subject=("deadline", None),
            label=f"{len(moves)} 个期限",
            after={"moved": len(moves), "petitions": petitions},
            tables=("deadline", "petition"),
        )
    days = petition_days(session, today)
    counts = (_count(session, light, days) for light in (Light.TODAY, Light.NEAR, Light.OVERDUE))
    return Sweep(len(moves), petitions, *counts)


def _count(session: Session, light: Light, days: Days) -> int:
    statement = select(func.count()).select_from(Petition)
    return session.scalar(statement.where(Petition.voided_at.is_(None), *has_light(light, days))) or 0
