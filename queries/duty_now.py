"""当前值班: who stands now in the own unit, in the units above up to the county, and in all townships for the county."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import Session

from models.organisation import Unit
from models.roster import Duty, Roster, RosterPost, RosterScheme
from models.staff import Person
from queries.duty_answering import may_publish
from queries.roster_rows import in_force
from queries.scope import within
from rules.office_time import day_of
from rules.roles import Actor, Permission
from rules.roster_words import RosterKind
from rules.taxonomy import TOWNSHIP_LEVEL, UnitCategory

ROUND_THE_CLOCK = (RosterKind.DUTY.value, RosterKind.SPECIAL.value)
"""Reception days and village sessions are no duty desks."""


@dataclass(frozen=True)
class PostNow:
    """One seat; `person` is "" where nobody stands. Moments are naive UTC."""

    duty_id: int
    post: str
    person: str
    ends_at: datetime
    is_own: bool
    is_special: bool
    may_set: bool
    """Whether the actor may set another person."""


@dataclass(frozen=True)
class DeskNow:
    """A unit's desk; without posts there is no published roster for now."""

    unit_id: int
    unit: str
    telephone: str
    place: str
    is_own: bool
    has_rota: bool
    """Whether it keeps a rota round the clock, published for now or not."""
    posts: tuple[PostNow, ...]

    @property
    def is_empty(self) -> bool:
        return not self.posts or any(not post.person for post in self.posts)

    @property
    def wants_a_look(self) -> bool:
        return self.is_own or self.is_empty


def desks_now(session: Session, actor: Actor, now: datetime, *, townships: bool = True) -> list[DeskNow]:
    """In tree order. One statement.

    The own line, where a county role has all townships of the scope besides. A unit of the own line that keeps no rota
    is left out; one that keeps a rota, and a township, is shown as empty.
    """
    if not actor.may(Permission.DUTY_READ):
        return []
    line = [int(part) for part in actor.unit_path.split("/") if part]
    wanted: ColumnElement[bool] = Unit.id.in_(line)
    if actor.sees_county:
        offices = and_(Unit.category == UnitCategory.BUREAU.value, within(Unit.id, actor.scope_path))
        wanted = or_(wanted, offices)
    if townships and actor.sees_county:
        below = and_(
            Unit.category.in_([c.value for c in TOWNSHIP_LEVEL]),
            within(Unit.id, actor.scope_path),
            or_(Unit.valid_to.is_(None), Unit.valid_to >= day_of(now)),
        )
        wanted = or_(wanted, below)
    standing = (
        select(
            Duty.id, Duty.unit_id, Duty.seat, Duty.ends_at, Duty.person_id, RosterPost.name.label("post"),
            RosterPost.position, Person.name.label("person"), RosterScheme.kind, RosterScheme.id.label("scheme_id"),
            RosterScheme.telephone, RosterScheme.place,
        )
        .join(Roster, Roster.id == Duty.roster_id)
        .join(RosterScheme, RosterScheme.id == Roster.scheme_id)
        .join(RosterPost, RosterPost.id == Duty.post_id)
        .outerjoin(Person, Person.id == Duty.person_id)
        .where(
            in_force(), RosterScheme.kind.in_(ROUND_THE_CLOCK), Duty.starts_at <= now, Duty.ends_at > now
        )
        .subquery()
    )  # fmt: skip
    rota = select(RosterScheme.id).where(
        RosterScheme.unit_id == Unit.id,
        RosterScheme.kind == RosterKind.DUTY.value,
        RosterScheme.closed_at.is_(None),
    )
    statement = (
        select(Unit, rota.exists().label("has_rota"), standing)
        .outerjoin(standing, standing.c.unit_id == Unit.id)
        .where(wanted)
        .order_by(Unit.path, standing.c.kind, standing.c.scheme_id, standing.c.position, standing.c.seat)
    )
    return _desks(actor, session.execute(statement), line)


def _desks(actor: Actor, rows: Iterable, line: list[int]) -> list[DeskNow]:
    grouped: dict[int, list] = {}
    for row in rows:
        grouped.setdefault(row.Unit.id, []).append(row)
    desks = [_desk(actor, found) for found in grouped.values()]
    return [desk for desk in desks if desk.posts or desk.has_rota or desk.unit_id not in line]


def _desk(actor: Actor, rows: list) -> DeskNow:
    unit: Unit = rows[0].Unit
    may_set = may_publish(actor, unit)
    posts = tuple(
        PostNow(
            r.id, r.post, r.person or "", r.ends_at, r.person_id is not None and r.person_id == actor.person_id,
            r.kind == RosterKind.SPECIAL.value, may_set,
        )
        for r in rows
        if r.id is not None
    )  # fmt: skip
    telephones = [r.telephone for r in rows if r.telephone]
    places = [r.place for r in rows if r.place]
    return DeskNow(
        unit_id=unit.id,
        unit=unit.label,
        telephone=telephones[0] if telephones else unit.telephone,
        place=places[0] if places else "",
        is_own=unit.id == actor.unit_id,
        has_rota=bool(rows[0].has_rota),
        posts=posts,
    )
