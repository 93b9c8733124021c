"""What a supervisor must see about duty: an empty post, a swap that waits, a leave that nobody covers."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import Session

from models.organisation import Unit
from models.roster import Duty, DutySwap, Roster, RosterPost
from models.staff import Person
from queries.absences import is_on_leave
from queries.duty_answering import answers_for
from queries.duty_standing import in_force
from queries.duty_swaps import waiting_for_answer
from rules.duty_words import SwapState
from rules.office_time import day_begins
from rules.roles import Actor, Permission

_SOON = timedelta(days=2)
MOST_SHOWN = 12


@dataclass(frozen=True)
class DutyAlarm:
    """One duty that somebody must see to; `person` is who is on leave, "" where the post is empty."""

    duty_id: int
    day: date
    unit: str
    post: str
    person: str


@dataclass(frozen=True)
class DutyAlarms:
    empty: Sequence[DutyAlarm] = ()
    """Today and tomorrow."""
    uncovered: Sequence[DutyAlarm] = ()
    to_approve: int = 0
    to_answer: int = 0
    """Swaps in which the actor himself is asked."""

    def __bool__(self) -> bool:
        return bool(self.empty or self.uncovered or self.to_approve or self.to_answer)


def duty_alarms(session: Session, actor: Actor, now: datetime, today: date) -> DutyAlarms:
    """For who publishes, of the units he answers for; for anybody, swaps that wait for his answer. Three statements at
    most."""
    if not actor.may(Permission.DUTY_OWN):
        return DutyAlarms()
    if not actor.may(Permission.DUTY_PUBLISH):
        return DutyAlarms(to_answer=session.scalar(_counted(waiting_for_answer(actor))) or 0)
    answers, approves = _counted(waiting_for_answer(actor)), _counted(_waiting_for_approval(actor))
    to_answer, to_approve = session.execute(
        select(answers.scalar_subquery(), approves.scalar_subquery())
    ).one()
    soon = Duty.starts_at < day_begins(today + _SOON)
    return DutyAlarms(
        empty=_duties(session, actor, now, Duty.person_id.is_(None), soon),
        uncovered=_duties(session, actor, now, is_on_leave()),
        to_approve=to_approve,
        to_answer=to_answer,
    )


def _waiting_for_approval(actor: Actor) -> ColumnElement[bool]:
    return (DutySwap.state == SwapState.ACCEPTED.value) & answers_for(actor, DutySwap.unit_id)


def _counted(condition: ColumnElement[bool]) -> Select[int]:
    return select(func.count()).select_from(DutySwap).where(condition)


def _duties(
    session: Session, actor: Actor, now: datetime, *conditions: ColumnElement[bool]
) -> list[DutyAlarm]:
    statement = (
        select(Duty.id, Duty.day, Unit.short_name, Unit.name, RosterPost.name, Person.name)
        .join(Roster, Roster.id == Duty.roster_id)
        .join(RosterPost, RosterPost.id == Duty.post_id)
        .join(Unit, Unit.id == Duty.unit_id)
        .outerjoin(Person, Person.id == Duty.person_id)
        .where(in_force(), answers_for(actor, Duty.unit_id), Duty.starts_at > now - _SOON, Duty.ends_at > now)
        .where(*conditions)
        .order_by(Duty.starts_at, Unit.path, RosterPost.position, Duty.seat)
        .limit(MOST_SHOWN)
    )
    return [
        DutyAlarm(duty_id, day, short or long, post, person or "")
        for duty_id, day, short, long, post, person in session.execute(statement)
    ]
