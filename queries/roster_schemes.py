"""班次设置 of the units in reach: which rotas there are, who takes part, who could."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import exists, func, or_, select
from sqlalchemy.orm import Session, joinedload, selectinload

from models.organisation import Unit
from models.roster import Duty, Roster, RosterMember, RosterPost, RosterScheme
from models.staff import Person, Posting
from queries.organisation import UnitLine, in_tree_order
from queries.scope import in_scope, load_in_scope, visible_units
from rules.periods import PeriodKind, period_of
from rules.roles import Actor, Permission
from rules.roster_words import RosterKind
from rules.taxonomy import VILLAGE_LEVEL

VILLAGES = tuple(sorted(c.value for c in VILLAGE_LEVEL))
MOST_STAFF = 300
_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class SchemeLine:
    """One rota in the list. `planned_to` is the last day of its rosters, drafts too; None where it has none."""

    id: int
    name: str
    kind: RosterKind
    unit: str
    unit_id: int
    posts: int
    members: int
    planned_to: date | None
    is_closed: bool


def scheme_lines(
    session: Session, actor: Actor, *, unit_id: int | None = None, closed: bool = False
) -> list[SchemeLine]:
    """Rotas that the actor plans, of one unit where it is given; one statement."""
    statement = in_scope(RosterScheme, actor, Permission.DUTY_PLAN).join(Unit)
    if unit_id is not None:
        statement = statement.where(RosterScheme.unit_id == unit_id)
    if not closed:
        statement = statement.where(RosterScheme.closed_at.is_(None))
    found = session.execute(
        statement.with_only_columns(
            RosterScheme.id, RosterScheme.name, RosterScheme.kind, RosterScheme.unit_id,
            RosterScheme.closed_at, Unit.short_name, Unit.name.label("unit_name"), *_COUNTS,
        ).order_by(RosterScheme.unit_id != (actor.unit_id or 0), Unit.path, RosterScheme.closed_at.is_not(None), RosterScheme.id)
    )  # fmt: skip
    return [
        SchemeLine(
            row.id, row.name, RosterKind(row.kind), row.short_name or row.unit_name, row.unit_id, row.posts,
            row.members, row.planned_to, row.closed_at is not None,
        )
        for row in found
    ]  # fmt: skip


_COUNTS = (
    select(func.count(RosterPost.id))
    .where(RosterPost.scheme_id == RosterScheme.id, RosterPost.retired_at.is_(None))
    .correlate(RosterScheme)
    .scalar_subquery()
    .label("posts"),
    select(func.count(RosterMember.id))
    .where(RosterMember.scheme_id == RosterScheme.id)
    .correlate(RosterScheme)
    .scalar_subquery()
    .label("members"),
    select(func.max(Roster.last_day))
    .where(Roster.scheme_id == RosterScheme.id, Roster.voided_at.is_(None))
    .correlate(RosterScheme)
    .scalar_subquery()
    .label("planned_to"),
)


def load_scheme(session: Session, actor: Actor, scheme_id: int) -> RosterScheme:
    """One rota that the actor plans, closed ones too. Raises NotVisible."""
    scheme: RosterScheme = load_in_scope(session, RosterScheme, actor, scheme_id, Permission.DUTY_PLAN)
    return scheme


def whole_scheme(session: Session, scheme_id: int) -> RosterScheme:
    """With its posts, members and pairs as they are stored now; a handful of statements."""
    statement = (
        select(RosterScheme)
        .where(RosterScheme.id == scheme_id)
        .options(
            joinedload(RosterScheme.unit),
            selectinload(RosterScheme.posts).joinedload(RosterPost.at_unit),
            selectinload(RosterScheme.members).joinedload(RosterMember.person),
            selectinload(RosterScheme.members).joinedload(RosterMember.deputy),
            selectinload(RosterScheme.members).selectinload(RosterMember.posts),
            selectinload(RosterScheme.pairs),
        )
        .execution_options(populate_existing=True)
    )
    return session.scalars(statement).one()


def live_posts(scheme: RosterScheme) -> list[RosterPost]:
    return [post for post in scheme.posts if post.retired_at is None]


def still_members(scheme: RosterScheme, day: date) -> list[RosterMember]:
    """Those who take part on a day or later."""
    return [m for m in scheme.members if m.last_day is None or m.last_day >= day]


def schemes_to_plan(session: Session, actor: Actor) -> list[SchemeLine]:
    """Open rotas with posts and members, for the choice of what to plan."""
    return [line for line in scheme_lines(session, actor) if line.posts and line.members]


def next_span(session: Session, scheme_id: int, today: date) -> tuple[date, date]:
    """What one would plan next: from the day after the last roster, or from next month on, to that month's end."""
    last = session.scalar(
        select(func.max(Roster.last_day)).where(Roster.scheme_id == scheme_id, Roster.voided_at.is_(None))
    )
    this_month = period_of(today, PeriodKind.MONTH)
    first = max(last + _ONE_DAY, this_month.start) if last is not None else this_month.end + _ONE_DAY
    return first, period_of(first, PeriodKind.MONTH).end


def offices_with_rotas(session: Session, actor: Actor, today: date) -> list[UnitLine]:
    """Units in scope that may have a rota: offices; a village's people stand in its township's."""
    statement = visible_units(actor).where(
        Unit.category.not_in(VILLAGES), or_(Unit.valid_to.is_(None), Unit.valid_to >= today)
    )
    return [
        UnitLine(u.id, u.label, depth, u.category, u.code)
        for u, depth in in_tree_order(list(session.scalars(statement)))
    ]


@dataclass(frozen=True)
class StaffLine:
    """Somebody who could take part."""

    person_id: int
    name: str
    post: str
    unit: str


def staff_to_add(session: Session, scheme: RosterScheme, today: date) -> list[StaffLine]:
    """People posted in the unit of a rota who do not take part yet; one statement."""
    taken = exists().where(RosterMember.scheme_id == scheme.id, RosterMember.person_id == Person.id)
    statement = (
        select(Person.id, Person.name, Posting.post, Unit.short_name, Unit.name)
        .join(Posting, Posting.person_id == Person.id)
        .join(Unit, Unit.id == Posting.unit_id)
        .where(
            Posting.unit_id == scheme.unit_id,
            Posting.from_date <= today,
            or_(Posting.to_date.is_(None), Posting.to_date >= today),
            ~taken,
        )
        .order_by(Posting.id)
        .limit(MOST_STAFF)
    )
    found = {
        row[0]: StaffLine(row[0], row[1], row[2], row[3] or row[4]) for row in session.execute(statement)
    }
    return list(found.values())


def villages_of(session: Session, unit_id: int, today: date) -> Sequence[Unit]:
    """Villages directly below a unit, in its order."""
    return session.scalars(
        select(Unit)
        .where(
            Unit.parent_id == unit_id,
            Unit.category.in_(VILLAGES),
            or_(Unit.valid_to.is_(None), Unit.valid_to >= today),
        )
        .order_by(Unit.sort_order, Unit.code)
    ).all()


def used_posts(session: Session, scheme_id: int) -> set[int]:
    """Ids of posts that some roster was planned with."""
    statement = (
        select(Duty.post_id)
        .join(Roster, Roster.id == Duty.roster_id)
        .where(Roster.scheme_id == scheme_id)
        .distinct()
    )
    return set(session.scalars(statement))


def has_rosters(session: Session, scheme_id: int) -> bool:
    return session.scalar(select(Roster.id).where(Roster.scheme_id == scheme_id).limit(1)) is not None
