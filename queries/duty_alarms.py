"""What a supervisor must see about duty: days without a roster, an empty post, a swap that waits, a leave that nobody
covers, a post that one person holds where a special period asks for two."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import Session, aliased

from models.duty_desk import SpecialPeriod
from models.organisation import Unit
from models.roster import Duty, DutySwap, Roster, RosterPost, RosterScheme
from models.staff import Person
from queries.absences import is_on_leave
from queries.doubled_days import ROUND_THE_CLOCK
from queries.duty_answering import answers_for
from queries.duty_swaps import waiting_for_answer
from queries.leaving_duties import has_left
from queries.roster_rows import in_force
from rules.duty_changes import PART_SEAT
from rules.duty_words import SwapState
from rules.office_time import day_begins
from rules.periods import ONE_DAY
from rules.roles import Actor, Permission
from rules.roster_words import RosterKind

_SOON = timedelta(days=2)
MOST_SHOWN = 12


@dataclass(frozen=True)
class DutyAlarm:
    """One duty that somebody must see to; `person` is who cannot come and `why`, "" where the post is empty."""

    duty_id: int
    day: date
    unit: str
    post: str
    person: str
    why: str = ""


@dataclass(frozen=True)
class RotaAlarm:
    """A rota round the clock for which nothing is published today, tomorrow, or on both days."""

    unit_id: int
    unit: str
    scheme: str
    days: str


@dataclass(frozen=True)
class UndoubledDay:
    """A day of a special period (双人双岗) with posts in which fewer than two different people stand."""

    unit_id: int
    unit: str
    day: date
    posts: tuple[str, ...]
    period: str


@dataclass(frozen=True)
class DutyAlarms:
    """Each list ends at MOST_SHOWN; `more_…` counts what is left out of it."""

    unplanned: Sequence[RotaAlarm] = ()
    empty: Sequence[DutyAlarm] = ()
    """Today and tomorrow; at any time where somebody was taken out of a published roster and nobody put in."""
    more_empty: int = 0
    uncovered: Sequence[DutyAlarm] = ()
    more_uncovered: int = 0
    undoubled: Sequence[UndoubledDay] = ()
    """Today and tomorrow."""
    to_approve: int = 0
    to_answer: int = 0
    """Swaps in which the actor himself is asked."""

    def __bool__(self) -> bool:
        waits = self.to_approve or self.to_answer
        return bool(self.unplanned or self.empty or self.uncovered or self.undoubled or waits)


def duty_alarms(session: Session, actor: Actor, now: datetime, today: date) -> DutyAlarms:
    """For who publishes, of the units he answers for; for anybody, swaps that wait for his answer. Five statements at
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
    empty, more_empty = _duties(session, actor, now, Duty.person_id.is_(None), or_(soon, _is_vacated()))
    uncovered, more_uncovered = _duties(session, actor, now, or_(is_on_leave(), has_left()))
    return DutyAlarms(
        unplanned=_unplanned(session, actor, today),
        empty=empty,
        more_empty=more_empty,
        uncovered=uncovered,
        more_uncovered=more_uncovered,
        undoubled=_undoubled(session, actor, now, today),
        to_approve=to_approve,
        to_answer=to_answer,
    )


def _waiting_for_approval(actor: Actor) -> ColumnElement[bool]:
    return (DutySwap.state == SwapState.ACCEPTED.value) & answers_for(actor, DutySwap.unit_id)


def _is_vacated() -> ColumnElement[bool]:
    """Not one that is held empty by hand."""
    return and_(Duty.original_person_id.is_not(None), Duty.locked.is_(False))


def _counted(condition: ColumnElement[bool]) -> Select[int]:
    return select(func.count()).select_from(DutySwap).where(condition)


def _unplanned(session: Session, actor: Actor, today: date) -> list[RotaAlarm]:
    covered = [
        select(Roster.id)
        .where(
            Roster.scheme_id == RosterScheme.id, in_force(), Roster.first_day <= day, Roster.last_day >= day
        )
        .exists()
        for day in (today, today + ONE_DAY)
    ]
    statement = (
        select(Unit.id, Unit.short_name, Unit.name, RosterScheme.name, *covered)
        .join(RosterScheme, RosterScheme.unit_id == Unit.id)
        .where(
            RosterScheme.kind == RosterKind.DUTY.value,
            RosterScheme.closed_at.is_(None),
            or_(Unit.valid_to.is_(None), Unit.valid_to >= today),
            answers_for(actor, RosterScheme.unit_id),
            ~and_(*covered),
        )
        .order_by(Unit.path, RosterScheme.id)
    )
    return [
        RotaAlarm(unit_id, short or long, scheme, _days_in_words(*days))
        for unit_id, short, long, scheme, *days in session.execute(statement)
    ]


def _undoubled(session: Session, actor: Actor, now: datetime, today: date) -> list[UndoubledDay]:
    declared = aliased(Unit, name="declared_by")
    statement = (
        select(Unit.id, Unit.short_name, Unit.name, Duty.day, RosterPost.name, func.min(SpecialPeriod.name))
        .join(Roster, Roster.id == Duty.roster_id)
        .join(RosterScheme, RosterScheme.id == Roster.scheme_id)
        .join(RosterPost, RosterPost.id == Duty.post_id)
        .join(Unit, Unit.id == Duty.unit_id)
        .join(SpecialPeriod, and_(SpecialPeriod.first_day <= Duty.day, SpecialPeriod.last_day >= Duty.day))
        .join(declared, declared.id == SpecialPeriod.unit_id)
        .where(
            in_force(),
            RosterScheme.kind.in_(ROUND_THE_CLOCK),
            answers_for(actor, Duty.unit_id),
            Duty.starts_at > now - _SOON,
            Duty.starts_at < day_begins(today + _SOON),
            Duty.ends_at > now,
            Duty.seat < PART_SEAT,
            SpecialPeriod.voided_at.is_(None),
            SpecialPeriod.doubled,
            Unit.path.startswith(declared.path),
        )
        .group_by(Unit.id, Unit.path, Unit.short_name, Unit.name, Duty.day, RosterPost.id, RosterPost.name)
        .having(func.count(Duty.person_id.distinct()) < 2)
        .order_by(Duty.day, Unit.path, RosterPost.id)
        .limit(3 * MOST_SHOWN)
    )
    found: dict[tuple[date, int], UndoubledDay] = {}
    for unit_id, short, long, day, post, period in session.execute(statement):
        known = found.get((day, unit_id))
        posts = (*known.posts, post) if known else (post,)
        found[day, unit_id] = UndoubledDay(unit_id, short or long, day, posts, period)
    return list(found.values())


def _days_in_words(today_covered: bool, tomorrow_covered: bool) -> str:
    days = (("今天", today_covered), ("明天", tomorrow_covered))
    return "、".join(word for word, covered in days if not covered)


def _duties(
    session: Session, actor: Actor, now: datetime, *conditions: ColumnElement[bool]
) -> tuple[list[DutyAlarm], int]:
    """The first ones, and how many more there are."""
    statement = (
        select(
            Duty.id,
            Duty.day,
            Unit.short_name,
            Unit.name,
            RosterPost.name,
            Person.name,
            has_left(),
            func.count().over(),
        )
        .join(Roster, Roster.id == Duty.roster_id)
        .join(RosterPost, RosterPost.id == Duty.post_id)
        .join(Unit, Unit.id == Duty.unit_id)
        .outerjoin(Person, Person.id == Duty.person_id)
        .where(in_force(), answers_for(actor, Duty.unit_id), Duty.starts_at > now - _SOON, Duty.ends_at > now)
        .where(*conditions)
        .order_by(Duty.starts_at, Unit.path, RosterPost.position, Duty.seat)
        .limit(MOST_SHOWN)
    )
    rows = session.execute(statement).all()
    found = [
        DutyAlarm(duty_id, day, short or long, post, person or "", _why(person, gone))
        for duty_id, day, short, long, post, person, gone, _all in rows
    ]
    return found, (rows[0][-1] if rows else 0) - len(rows)


def _why(person: str | None, has_gone: bool) -> str:
    if not person:
        return ""
    return "账号已停用" if has_gone else "请假"
