"""请假、愿休 that an actor may read, and the published duties that a leave leaves uncovered."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Self

from sqlalchemy import ColumnElement, Select, and_, false, or_, select
from sqlalchemy.orm import Session, joinedload

from models.organisation import Unit
from models.roster import Duty, RosterAbsence, RosterMember, RosterScheme
from models.staff import Person, Posting
from queries.duty_answering import answers, answers_for
from queries.duty_swaps import duties_in_force
from queries.register_filter import args_of, one_of
from queries.scope import within
from rules.duty_words import AbsenceKind
from rules.errors import NotVisible
from rules.roles import Actor, Permission

A = RosterAbsence
MOST_LISTED = 500
STATES = {"": "今天以后", "past": "已过", "void": "已作废"}
KINDS = {"": "全部", **dict(AbsenceKind.choices())}


def absence_is_visible(actor: Actor) -> ColumnElement[bool]:
    """One's own, and in scope those of others to who plans."""
    if not actor.may(Permission.DUTY_OWN):
        return false()
    own = A.person_id == (actor.person_id or 0)
    if not actor.may(Permission.DUTY_PLAN) or not actor.scope_path:
        return own
    return or_(own, within(A.unit_id, actor.scope_path))


def load_absence(session: Session, actor: Actor, absence_id: int) -> RosterAbsence:
    """Raises NotVisible."""
    statement = select(A).where(A.id == absence_id, absence_is_visible(actor))
    row = session.scalar(
        statement.options(joinedload(A.person), joinedload(A.unit), joinedload(A.registered_by))
    )
    if row is None:
        raise NotVisible("roster_absence")
    return row


def may_void(session: Session, actor: Actor, row: RosterAbsence, today: date) -> bool:
    """One's own; those of others by who answers for their unit, or may note their leave."""
    if row.person_id == actor.person_id:
        return True
    if not actor.may(Permission.DUTY_PLAN):
        return False
    return answers(actor, row.unit) or unit_of_person(session, actor, row.person_id, today) is not None


@dataclass(frozen=True)
class AbsenceFilter:
    """Each field is one name of the query string."""

    state: str = ""
    kind: str = ""
    mine: bool = False

    @classmethod
    def from_args(cls, args: Any) -> Self:
        return cls(
            state=one_of(STATES, args.get("state", ""), ""),
            kind=one_of(KINDS, args.get("kind", ""), ""),
            mine=args.get("mine") == "1",
        )

    def to_args(self) -> dict[str, str]:
        return args_of(self)

    def select(self, actor: Actor, today: date) -> Select[RosterAbsence]:
        statement = select(A).where(absence_is_visible(actor))
        if self.mine:
            statement = statement.where(A.person_id == (actor.person_id or 0))
        if self.kind:
            statement = statement.where(A.kind == self.kind)
        if self.state == "void":
            return statement.where(A.voided_at.is_not(None)).order_by(A.id.desc())
        statement = statement.where(A.voided_at.is_(None))
        if self.state == "past":
            return statement.where(A.last_day < today).order_by(A.last_day.desc(), A.id.desc())
        return statement.where(A.last_day >= today).order_by(A.first_day, A.id)

    def sentence(self, count: int) -> str:
        words = [STATES[self.state], KINDS[self.kind] if self.kind else "请假和愿休"]
        shown = f"{MOST_LISTED} 条以上，只列前面的" if count > MOST_LISTED else f"{count} 条"
        return f"{'我的，' if self.mine else ''}{'，'.join(words)}：{shown}。"


def list_absences(
    session: Session, actor: Actor, chosen: AbsenceFilter, today: date
) -> Sequence[RosterAbsence]:
    """One more than MOST_LISTED: there are more. One statement."""
    statement = chosen.select(actor, today).options(
        joinedload(A.person), joinedload(A.unit), joinedload(A.registered_by)
    )
    return session.scalars(statement.limit(MOST_LISTED + 1)).all()


def unit_of_person(session: Session, actor: Actor, person_id: int, today: date) -> int | None:
    """The unit under which an absence of the person is kept; None where it is not for the actor to note."""
    if person_id == actor.person_id:
        return actor.unit_id
    return next(
        (line.unit_id for line in people_to_note(session, actor, today) if line.id == person_id), None
    )


@dataclass(frozen=True)
class PersonLine:
    id: int
    name: str
    unit_id: int
    unit: str


def people_to_note(session: Session, actor: Actor, today: date) -> list[PersonLine]:
    """Members of the rotas that the actor answers for, with the unit they serve in (else the rota's): whose leave he may
    note.

    One statement; for who does not plan, nobody but himself.
    """
    if not actor.may(Permission.DUTY_PLAN) or not actor.scope_path:
        return []
    served = and_(
        Posting.person_id == Person.id,
        or_(Posting.to_date.is_(None), Posting.to_date >= today),
        within(Posting.unit_id, actor.scope_path),
    )
    statement = (
        select(Person.id, Person.name, Posting.unit_id, RosterScheme.unit_id, Unit.short_name, Unit.name)
        .join(RosterMember, RosterMember.person_id == Person.id)
        .join(RosterScheme, RosterScheme.id == RosterMember.scheme_id)
        .outerjoin(Posting, served)
        .join(Unit, Unit.id == RosterScheme.unit_id)
        .where(
            RosterScheme.closed_at.is_(None),
            answers_for(actor, RosterScheme.unit_id),
            or_(RosterMember.last_day.is_(None), RosterMember.last_day >= today),
        )
        .order_by(Unit.path, RosterMember.position, Person.id)
    )
    found: dict[int, PersonLine] = {}
    for person_id, name, served_in, rota_of, short, long in session.execute(statement):
        found.setdefault(person_id, PersonLine(person_id, name, served_in or rota_of, short or long))
    return list(found.values())


def overlapping_absence(
    session: Session, person_id: int, kind: AbsenceKind, first: date, last: date
) -> RosterAbsence | None:
    return session.scalars(
        select(A)
        .where(
            A.voided_at.is_(None),
            A.person_id == person_id,
            A.kind == kind.value,
            A.first_day <= last,
            A.last_day >= first,
        )
        .order_by(A.first_day)
        .limit(1)
    ).first()


def is_on_leave() -> ColumnElement[bool]:
    """Condition on Duty: its holder is on leave that day."""
    return (
        select(A.id)
        .where(
            A.voided_at.is_(None),
            A.kind == AbsenceKind.LEAVE.value,
            A.person_id == Duty.person_id,
            A.first_day <= Duty.day,
            A.last_day >= Duty.day,
        )
        .exists()
    )


def uncovered_by(session: Session, absence: RosterAbsence, now: datetime) -> Sequence[Duty]:
    """Published duties of the person on those days that are not over, by time. One statement."""
    if absence.is_void or absence.kind != AbsenceKind.LEAVE.value:
        return []
    statement = duties_in_force().where(
        Duty.person_id == absence.person_id,
        Duty.day.between(absence.first_day, absence.last_day),
        Duty.ends_at > now,
    )
    return session.scalars(statement.order_by(Duty.starts_at, Duty.id)).all()
