"""Stored rotas and duties in the plain form that the rules of rosters read, and back from duties to seats."""

import json
from collections.abc import Iterable, Sequence
from datetime import date

from sqlalchemy import ColumnElement, and_, select
from sqlalchemy.orm import Session, joinedload

from models.roster import Duty, Roster, RosterAbsence, RosterPost, RosterScheme
from rules.duty_changes import PART_SEAT
from rules.duty_words import AbsenceKind
from rules.roster import Absence, Post, Slot
from rules.roster import RosterMember as Member
from rules.roster_rules import is_part
from rules.roster_words import DayClass


def in_force() -> ColumnElement[bool]:
    """Condition on Roster: published and not voided."""
    return and_(Roster.voided_at.is_(None), Roster.edition > 0)


def whole_duty() -> ColumnElement[bool]:
    """Condition on Duty: a seat, not the lesser part of a divided one."""
    return Duty.seat < PART_SEAT


def slot_of(duty: Duty) -> Slot:
    """Seats are stored from 1, planned from 0; a part of a divided duty stands in the seat that was divided."""
    return Slot(duty.day, duty.post_id, duty.seat % PART_SEAT - 1)


def counts(duty: Duty) -> bool:
    """Not a duty held empty by hand, which nobody owes, nor the lesser part of a divided one."""
    return not (duty.locked and duty.person_id is None) and not is_part(duty.seat)


def assigned_of(duties: Iterable[Duty]) -> dict[Slot, int]:
    return {slot_of(d): d.person_id for d in duties if d.person_id is not None and counts(d)}


def guessed_classes(roster: Roster) -> dict[date, DayClass]:
    """Days that were planned before their year's arrangement was known, as what they were planned."""
    kept: dict[str, str] = json.loads(roster.provisional or "{}")
    return {date.fromisoformat(day): DayClass(name) for day, name in kept.items()}


def days_of(scheme: RosterScheme) -> tuple[int, ...]:
    return tuple(int(part) for part in scheme.pattern_days.split(",") if part)


def plain_post(post: RosterPost) -> Post:
    return Post(post.id, post.name, post.starts_at, post.ends_at, post.need, post.weight)


def plain_members(scheme: RosterScheme) -> tuple[Member, ...]:
    """In the published order."""
    return tuple(
        Member(
            m.person_id, m.person.name, frozenset(link.post_id for link in m.posts), m.first_day, m.last_day,
            m.share, order,
        )
        for order, m in enumerate(scheme.members)
    )  # fmt: skip


def absences_of(session: Session, people: Iterable[int], first: date, last: date) -> list[RosterAbsence]:
    """Live ones that touch these days; one statement."""
    statement = select(RosterAbsence).where(
        RosterAbsence.voided_at.is_(None),
        RosterAbsence.person_id.in_(sorted(people)),
        RosterAbsence.last_day >= first,
        RosterAbsence.first_day <= last,
    )
    return list(session.scalars(statement.order_by(RosterAbsence.id)))


def leave_among(rows: Sequence[RosterAbsence]) -> tuple[Absence, ...]:
    return tuple(Absence(a.person_id, a.first_day, a.last_day) for a in rows if a.kind == AbsenceKind.LEAVE)


def duties_of(session: Session, roster_id: int) -> list[Duty]:
    """With their people and posts, in the order of the table; one statement."""
    statement = (
        select(Duty)
        .join(RosterPost, RosterPost.id == Duty.post_id)
        .where(Duty.roster_id == roster_id)
        .options(joinedload(Duty.person), joinedload(Duty.post).joinedload(RosterPost.at_unit))
        .order_by(Duty.day, RosterPost.position, RosterPost.id, Duty.seat)
        .execution_options(populate_existing=True)
    )
    return list(session.scalars(statement))
