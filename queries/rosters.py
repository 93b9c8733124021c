"""值班表: who stands when, month by month, for the pages, the sheets and the prints.

A roster is no secret: an office reads those of the offices above it too, up to the county's. Drafts are read by those
who plan, in their scope.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, Self

from sqlalchemy import ColumnElement, and_, false, func, or_, select, true
from sqlalchemy.orm import Session, joinedload

from models.organisation import Unit
from models.roster import Duty, Roster, RosterEdition, RosterMember, RosterPost, RosterScheme
from models.staff import Person
from queries.organisation import UnitLine, in_tree_order
from queries.register_filter import args_of, number_of
from queries.roster_rows import in_force
from queries.scope import is_root, within
from rules.errors import NotVisible
from rules.periods import Period
from rules.roles import Actor, Permission
from rules.roster_words import Assigned, RosterKind
from rules.schedule_rules import month_of
from rules.taxonomy import VILLAGE_LEVEL, UnitCategory

VILLAGES = tuple(sorted(c.value for c in VILLAGE_LEVEL))
MOST_SHOWN = 3_000
"""Duties of one month and unit on a page, a sheet or a print."""


def _line(path: str) -> list[int]:
    return [int(part) for part in path.split("/") if part]


def roster_is_readable(actor: Actor) -> ColumnElement[bool]:
    """Published ones of the own line and below; drafts in scope, for those who plan."""
    if not actor.may(Permission.DUTY_READ) or not actor.scope_path:
        return false()
    published = true() if actor.may(Permission.DUTY_PLAN) else Roster.edition > 0
    inside = and_(within(Roster.unit_id, actor.scope_path), published)
    if is_root(actor.scope_path):
        return inside
    return or_(inside, and_(Roster.unit_id.in_(_line(actor.unit_path)), Roster.edition > 0))


def load_roster(session: Session, actor: Actor, roster_id: int) -> Roster:
    """One roster to read, void ones too. Raises NotVisible."""
    statement = select(Roster).where(Roster.id == roster_id, roster_is_readable(actor))
    roster = session.scalar(
        statement.options(joinedload(Roster.unit), joinedload(Roster.scheme)).execution_options(
            populate_existing=True
        )
    )
    if roster is None:
        raise NotVisible("roster")
    return roster


def load_own_roster(session: Session, actor: Actor, roster_id: int) -> Roster:
    """One that the actor may change: in scope, by who plans. Raises NotVisible."""
    roster = load_roster(session, actor, roster_id)
    if not may_plan(actor, roster.unit):
        raise NotVisible("roster")
    return roster


def may_plan(actor: Actor, unit: Unit) -> bool:
    return actor.may(Permission.DUTY_PLAN) and unit.path.startswith(actor.scope_path)


def roster_units(session: Session, actor: Actor, today: date) -> list[UnitLine]:
    """Offices in being whose rosters the actor may read, in tree order; villages have none of their own."""
    readable = or_(Unit.id.in_(_line(actor.unit_path)), Unit.path.startswith(actor.scope_path))
    statement = select(Unit).where(
        Unit.path != "",
        readable,
        Unit.category.not_in(VILLAGES),
        or_(Unit.valid_to.is_(None), Unit.valid_to >= today),
    )
    return [
        UnitLine(u.id, u.label, depth, u.category, u.code)
        for u, depth in in_tree_order(list(session.scalars(statement)))
    ]


def own_office(session: Session, actor: Actor) -> Unit:
    """Where an actor's desk is: the own unit, for a village its township. Raises NotVisible."""
    unit = session.get(Unit, actor.unit_id) if actor.unit_id is not None else None
    if unit is not None and unit.category in VILLAGES and unit.parent is not None:
        unit = unit.parent
    if unit is None:
        raise NotVisible("unit")
    return _office_with_rota(session, unit)


def _office_with_rota(session: Session, unit: Unit) -> Unit:
    """The county keeps no desk of its own: without a rota of duty there, its 信访局 stands for it."""
    if unit.category != UnitCategory.COUNTY_COMMITTEE:
        return unit
    keeps = select(RosterScheme.id).where(
        RosterScheme.unit_id == unit.id,
        RosterScheme.kind == RosterKind.DUTY.value,
        RosterScheme.closed_at.is_(None),
    )
    bureau = select(Unit).where(Unit.parent_id == unit.id, Unit.category == UnitCategory.BUREAU.value)
    found = session.scalars(bureau.where(~keeps.exists()).order_by(Unit.id).limit(1)).first()
    return found or unit


def readable_unit(session: Session, actor: Actor, unit_id: int) -> Unit:
    """Raises NotVisible."""
    unit = session.get(Unit, unit_id)
    inside = unit is not None and bool(unit.path) and unit.path.startswith(actor.scope_path)
    if unit is None or not (inside or unit_id in _line(actor.unit_path)):
        raise NotVisible("unit")
    return unit


@dataclass(frozen=True)
class RosterFilter:
    """One month of one unit. Each field is one name of the query string."""

    month: str
    unit: int
    scheme: int | None = None
    q: str = ""
    """Part of a person's name."""

    @classmethod
    def from_args(cls, args: Any, *, today: date, usual_unit: int) -> Self:
        """Without a month, this one. Raises RuleViolation on `month`."""
        written, asked = args.get("month", "").strip(), args.get("unit", "").strip()
        return cls(
            month=month_of(written or f"{today:%Y-%m}").text,
            unit=(number_of(asked) or 0) if asked else usual_unit,
            scheme=number_of(args.get("scheme", "")),
            q=" ".join(args.get("q", "").split())[:40],
        )

    def to_args(self) -> dict[str, str]:
        return args_of(self)

    @property
    def period(self) -> Period:
        return month_of(self.month)

    def conditions(self, actor: Actor) -> list[ColumnElement[bool]]:
        found: list[ColumnElement[bool]] = [
            roster_is_readable(actor),
            in_force(),
            Roster.unit_id == self.unit,
            Roster.last_day >= self.period.start,
            Roster.first_day <= self.period.end,
            Duty.day.between(self.period.start, self.period.end),
        ]
        if self.scheme is not None:
            found.append(Roster.scheme_id == self.scheme)
        if self.q:
            found.append(Person.name.contains(self.q, autoescape=True))
        return found


@dataclass(frozen=True)
class DutyRow:
    """One seat of one day. `was` is who stood there in the edition compared with, where somebody else does now."""

    id: int
    roster_id: int
    scheme_id: int
    scheme: str
    kind: RosterKind
    day: date
    post_id: int
    post: str
    post_place: int
    seat: int
    starts_at: datetime
    ends_at: datetime
    person_id: int | None
    person: str
    telephone: str
    assigned: Assigned
    locked: bool
    reason: str
    field: str
    was: str | None = None


def month_duties(session: Session, actor: Actor, chosen: RosterFilter) -> list[DutyRow]:
    """By rota, then day and post; one more than MOST_SHOWN: too many. Changes since the edition before are marked: two
    statements."""
    return _marked(session, _duty_rows(session, *chosen.conditions(actor)))


def roster_duties(session: Session, roster: Roster) -> list[DutyRow]:
    """Of one roster that was loaded in scope; two statements."""
    return _marked(session, _duty_rows(session, Roster.id == roster.id))


def _duty_rows(session: Session, *conditions: ColumnElement[bool]) -> list[DutyRow]:
    member = and_(RosterMember.scheme_id == Roster.scheme_id, RosterMember.person_id == Duty.person_id)
    statement = (
        select(
            Duty.id, Duty.roster_id, RosterScheme.id, RosterScheme.name, RosterScheme.kind, Duty.day,
            RosterPost.id, RosterPost.name, RosterPost.position, Duty.seat, Duty.starts_at, Duty.ends_at,
            Duty.person_id, Person.name, Person.telephone, Duty.assigned, Duty.locked, Duty.reason,
            RosterMember.field,
        )
        .join(Roster, Roster.id == Duty.roster_id)
        .join(RosterScheme, RosterScheme.id == Roster.scheme_id)
        .join(RosterPost, RosterPost.id == Duty.post_id)
        .outerjoin(Person, Person.id == Duty.person_id)
        .outerjoin(RosterMember, member)
        .where(*conditions)
        .order_by(
            RosterScheme.id, Duty.day, RosterPost.position, RosterPost.id, Duty.seat, Duty.roster_id
        )
        .limit(MOST_SHOWN + 1)
    )  # fmt: skip
    return [_duty_row(*row) for row in session.execute(statement)]


def _duty_row(*row: Any) -> DutyRow:
    (id_, roster, scheme, name, kind, day, post, post_name, place, seat, begins, ends, person, person_name,
     telephone, assigned, locked, reason, field) = row  # fmt: skip
    return DutyRow(
        id_, roster, scheme, name, RosterKind(kind), day, post, post_name, place, seat, begins, ends, person,
        person_name or "", telephone or "", Assigned(assigned), locked, reason, field or "",
    )  # fmt: skip


SeatKey = tuple[str, int, int]


def key_of(day: date, post_id: int, seat: int) -> SeatKey:
    return day.isoformat(), post_id, seat


def edition_rows(edition: RosterEdition) -> dict[SeatKey, tuple[int | None, str]]:
    """Seat → (person, name) as it was published."""
    return {
        (row["day"], row["post_id"], row["seat"]): (row["person_id"], row["name"])
        for row in json.loads(edition.rows)
    }


def editions_of(session: Session, roster_ids: Iterable[int]) -> list[RosterEdition]:
    """Oldest first; one statement."""
    statement = select(RosterEdition).where(RosterEdition.roster_id.in_(sorted(set(roster_ids))))
    return list(session.scalars(statement.order_by(RosterEdition.roster_id, RosterEdition.number)))


def _marked(session: Session, rows: list[DutyRow]) -> list[DutyRow]:
    """With who stood there before, against the last edition that says something else."""
    if not rows:
        return rows
    before: dict[int, Mapping[SeatKey, tuple[int | None, str]]] = {}
    by_roster: dict[int, list[DutyRow]] = {}
    for row in rows:
        by_roster.setdefault(row.roster_id, []).append(row)
    for edition in editions_of(session, by_roster):
        published = edition_rows(edition)
        if edition.roster_id not in before or any(
            _differs(row, published) for row in by_roster[edition.roster_id]
        ):
            before[edition.roster_id] = published
    return [_with_was(row, before.get(row.roster_id, {})) for row in rows]


def _differs(row: DutyRow, published: Mapping[SeatKey, tuple[int | None, str]]) -> bool:
    key = key_of(row.day, row.post_id, row.seat)
    return key not in published or published[key][0] != row.person_id


def _with_was(row: DutyRow, published: Mapping[SeatKey, tuple[int | None, str]]) -> DutyRow:
    if not published or not _differs(row, published):
        return row
    key = key_of(row.day, row.post_id, row.seat)
    return replace(row, was=(published[key][1] or "空岗") if key in published else "新增")


@dataclass(frozen=True)
class RosterLine:
    """A roster of the unit: a draft to go on with, or one that was published."""

    id: int
    scheme: str
    kind: RosterKind
    first_day: date
    last_day: date
    edition: int
    empty: int


def unit_rosters(session: Session, actor: Actor, unit_id: int, first: date, last: date) -> list[RosterLine]:
    """Live rosters of a unit that touch a stretch of days, and drafts of any; by rota, newest first. One statement."""
    empty = (
        select(func.count(Duty.id))
        .where(Duty.roster_id == Roster.id, Duty.person_id.is_(None))
        .correlate(Roster)
        .scalar_subquery()
    )
    statement = (
        select(
            Roster.id, RosterScheme.name, RosterScheme.kind, Roster.first_day, Roster.last_day,
            Roster.edition, empty,
        )
        .join(RosterScheme, RosterScheme.id == Roster.scheme_id)
        .where(
            roster_is_readable(actor),
            Roster.voided_at.is_(None),
            Roster.unit_id == unit_id,
            or_(Roster.edition == 0, and_(Roster.last_day >= first, Roster.first_day <= last)),
        )
        .order_by(RosterScheme.id, Roster.first_day.desc())
    )  # fmt: skip
    return [RosterLine(row[0], row[1], RosterKind(row[2]), *row[3:]) for row in session.execute(statement)]


@dataclass(frozen=True)
class SchemeChoice:
    id: int
    name: str


def readable_schemes(session: Session, unit_id: int) -> list[SchemeChoice]:
    """Rotas of a unit that was found readable, for the filter."""
    statement = select(RosterScheme.id, RosterScheme.name).where(
        RosterScheme.unit_id == unit_id, RosterScheme.closed_at.is_(None)
    )
    return [SchemeChoice(*row) for row in session.execute(statement.order_by(RosterScheme.id))]


def overlapping(
    session: Session, scheme_id: int, first: date, last: date, *, besides: int = 0
) -> Roster | None:
    """A live roster of the rota that shares a day with these."""
    return session.scalars(
        select(Roster)
        .where(
            Roster.scheme_id == scheme_id,
            Roster.voided_at.is_(None),
            Roster.first_day <= last,
            Roster.last_day >= first,
            Roster.id != besides,
        )
        .order_by(Roster.first_day)
        .limit(1)
    ).first()


def village_duties(
    session: Session, actor: Actor, unit_id: int, days: Sequence[date]
) -> dict[tuple[int, date], list[str]]:
    """(village, day) → names, from the published village rosters of a township; one statement."""
    statement = (
        select(RosterPost.at_unit_id, Duty.day, Person.name)
        .join(Roster, Roster.id == Duty.roster_id)
        .join(RosterPost, RosterPost.id == Duty.post_id)
        .join(Person, Person.id == Duty.person_id)
        .where(
            roster_is_readable(actor),
            in_force(),
            Roster.unit_id == unit_id,
            RosterPost.at_unit_id.is_not(None),
            Duty.day.in_(days),
        )
        .order_by(Duty.day, RosterPost.position, Duty.seat)
    )
    found: dict[tuple[int, date], list[str]] = {}
    for village, day, name in session.execute(statement):
        found.setdefault((village or 0, day), []).append(name)
    return found
