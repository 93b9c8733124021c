"""接访安排: whose reception day is when, for the pages, the sheets, the notice and the front page.

The schedule is made public (条例 art. 18), so an office reads those of the offices above it too, up to the county's.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta
from typing import Any, Self

from sqlalchemy import ColumnElement, Select, and_, false, func, or_, select, true
from sqlalchemy.orm import Session, joinedload

from models.leader_reception import LeaderReception
from models.leader_schedule import LeaderSchedule
from models.organisation import Unit
from queries.organisation import UnitLine, in_tree_order
from queries.register_filter import args_of, below_unit, live_or_void, number_of, one_of
from queries.scope import is_root, within
from rules.errors import NotVisible
from rules.periods import Period, PeriodKind, period_of
from rules.roles import Actor, Permission
from rules.schedule_rules import month_of
from rules.taxonomy import VILLAGE_LEVEL, LeaderReceptionMode

S = LeaderSchedule
R = LeaderReception
STATES = {"": "有效安排", "void": "已作废"}
MOST_EXPORTED = 5_000
SOON = timedelta(days=7)
_SWAP_BEFORE, _SWAP_AFTER = timedelta(days=31), timedelta(days=62)
"""An absent leader swaps within the month or with one of the next."""


def _line(path: str) -> list[int]:
    """Ids from the root down to the end of a path."""
    return [int(part) for part in path.split("/") if part]


def schedule_is_visible(actor: Actor) -> ColumnElement[bool]:
    """What lies in scope, and what the offices above have published."""
    if not actor.may(Permission.RECEPTION_READ) or not actor.scope_path:
        return false()
    if is_root(actor.scope_path):
        return true()
    return or_(S.unit_id.in_(_line(actor.unit_path)), within(S.unit_id, actor.scope_path))


def load_scheduled(session: Session, actor: Actor, schedule_id: int) -> LeaderSchedule:
    """One row with its unit, to read; what may be changed is loaded in scope. Raises NotVisible."""
    statement = select(S).where(S.id == schedule_id, schedule_is_visible(actor))
    row = session.scalar(statement.options(joinedload(S.unit).joinedload(Unit.parent)))
    if row is None:
        raise NotVisible("leader_schedule")
    return row


def schedule_units(session: Session, actor: Actor, today: date) -> list[UnitLine]:
    """Offices in being whose schedule the actor may read, in tree order: villages have none."""
    readable = or_(Unit.id.in_(_line(actor.unit_path)), Unit.path.startswith(actor.scope_path))
    statement = select(Unit).where(
        Unit.path != "",
        readable,
        Unit.category.not_in([c.value for c in VILLAGE_LEVEL]),
        or_(Unit.valid_to.is_(None), Unit.valid_to >= today),
    )
    return [
        UnitLine(u.id, u.label, depth, u.category, u.code)
        for u, depth in in_tree_order(list(session.scalars(statement)))
    ]


def usual_office(session: Session, actor: Actor) -> Unit:
    """The office on top of the actor's scope: the county for the bureau, the township for its villages."""
    top = session.get(Unit, (_line(actor.scope_path) or [0])[-1])
    if top is not None and top.parent is not None and top.category in {c.value for c in VILLAGE_LEVEL}:
        top = top.parent
    if top is None:
        raise NotVisible("unit")
    return top


def readable_office(session: Session, actor: Actor, unit_id: int) -> Unit:
    """Raises NotVisible."""
    unit = session.get(Unit, unit_id)
    inside = unit is not None and bool(unit.path) and unit.path.startswith(actor.scope_path)
    if unit is None or not (inside or unit_id in _line(actor.unit_path)):
        raise NotVisible("unit")
    return unit


@dataclass(frozen=True)
class ScheduleFilter:
    """One month of one office, or of all below it too. Each field is one name of the query string."""

    month: str
    unit: int
    below: bool = False
    state: str = ""

    @classmethod
    def from_args(cls, args: Any, *, today: date, usual_unit: int) -> Self:
        """Without a month, this one. Raises RuleViolation on `month`."""
        written = args.get("month", "").strip()
        asked = args.get("unit", "").strip()
        return cls(
            month=month_of(written).text if written else this_month(today).text,
            unit=(number_of(asked) or 0) if asked else usual_unit,
            below=args.get("below") == "1",
            state=one_of(STATES, args.get("state", ""), ""),
        )

    def to_args(self) -> dict[str, str]:
        return args_of(self)

    @property
    def period(self) -> Period:
        return month_of(self.month)

    def conditions(self, session: Session, actor: Actor) -> list[ColumnElement[bool]]:
        whose = below_unit(session, S.unit_id, self.unit) if self.below else S.unit_id == self.unit
        days = S.day.between(self.period.start, self.period.end)
        return [schedule_is_visible(actor), whose, days, live_or_void(S, self.state == "void")]


def this_month(today: date) -> Period:
    return period_of(today, PeriodKind.MONTH)


@dataclass(frozen=True)
class ScheduleRow:
    """One line of the list. `reception_id` is the registered reception, where the actor may see one."""

    id: int
    uid: str
    version: int
    day: date
    starts_at: time | None
    ends_at: time | None
    unit: str
    leader: str
    post: str
    portfolio: str
    mode: str
    place: str
    telephone: str
    notes: str
    void_reason: str | None
    reception_id: int | None
    is_within: bool
    """In the actor's scope, so that whether it was held is known."""

    def state(self, today: date) -> str:
        """`held`, `missing`, `today` or `coming`; "" for a past day of an office above."""
        if self.reception_id is not None:
            return "held"
        if self.day < today:
            return "missing" if self.is_within else ""
        return "today" if self.day == today else "coming"


STATE_WORDS = {"held": "已接访", "missing": "未登记接访", "today": "今天", "coming": "待接访", "": "已过"}


def list_schedule(session: Session, actor: Actor, chosen: ScheduleFilter) -> list[ScheduleRow]:
    """By day, then hour; one statement besides the chosen unit's. One more than MOST_EXPORTED: too many."""
    statement = (
        select(S, Unit.short_name, Unit.name, Unit.path, _registered(actor))
        .join(Unit, Unit.id == S.unit_id)
        .where(*chosen.conditions(session, actor))
        .order_by(S.day, S.starts_at.is_(None), S.starts_at, Unit.path, S.id)
        .limit(MOST_EXPORTED + 1)
    )
    return [_row(actor, *found) for found in session.execute(statement)]


def reception_of(session: Session, actor: Actor, row: LeaderSchedule) -> int | None:
    """Id of the registered reception of a scheduled day, where there is one in the actor's scope."""
    return session.scalar(select(_registered(actor)).select_from(S).where(S.id == row.id))


def _registered(actor: Actor) -> Any:
    """The same leader received on that day: known as the same person, or under that name for the same office."""
    same = or_(R.leader_id == S.leader_id, and_(R.unit_id == S.unit_id, R.leader_name == S.leader_name))
    inside = within(R.unit_id, actor.scope_path) if actor.scope_path else false()
    return (
        select(func.min(R.id))
        .where(R.voided_at.is_(None), R.reception_date == S.day, same, inside)
        .correlate(S)
        .scalar_subquery()
        .label("reception_id")
    )


def held_days(
    session: Session, actor: Actor, unit_path: str, first: date, last: date
) -> list[tuple[date, str, str, str, int | None]]:
    """Live days of a unit and all below it: day, unit, leader, post, and the registered reception where one was held.
    One statement."""
    statement = (
        select(
            S.day,
            func.coalesce(func.nullif(Unit.short_name, ""), Unit.name),
            S.leader_name,
            S.post,
            _registered(actor),
        )
        .join(Unit, Unit.id == S.unit_id)
        .where(
            schedule_is_visible(actor),
            S.voided_at.is_(None),
            S.day.between(first, last),
            within(S.unit_id, unit_path),
        )
        .order_by(Unit.path, S.leader_name, S.day, S.id)
    )
    return [tuple(row) for row in session.execute(statement)]  # type: ignore[misc]


def _row(
    actor: Actor, row: LeaderSchedule, short: str, name: str, path: str, held: int | None
) -> ScheduleRow:
    return ScheduleRow(
        id=row.id,
        uid=row.uid,
        version=row.version,
        day=row.day,
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        unit=short or name,
        leader=row.leader_name,
        post=row.post,
        portfolio=row.portfolio,
        mode=LeaderReceptionMode(row.mode).label,
        place=row.place,
        telephone=row.telephone,
        notes=row.notes,
        void_reason=row.void_reason,
        reception_id=held,
        is_within=path.startswith(actor.scope_path),
    )


def live_schedule(session: Session, unit_id: int, first: date, last: date) -> Sequence[LeaderSchedule]:
    """An office's own days in a period, as its public notice lists them."""
    statement = select(S).where(S.voided_at.is_(None), S.unit_id == unit_id, S.day.between(first, last))
    return session.scalars(statement.order_by(S.day, S.starts_at.is_(None), S.starts_at, S.id)).all()


def last_roster(session: Session, unit_id: int) -> list[LeaderSchedule]:
    """The leaders of the last month that an office has a schedule of, each once with his first day of it."""
    latest = session.scalar(select(func.max(S.day)).where(S.voided_at.is_(None), S.unit_id == unit_id))
    if latest is None:
        return []
    month = this_month(latest)
    leaders: dict[str, LeaderSchedule] = {}
    for row in live_schedule(session, unit_id, month.start, month.end):
        leaders.setdefault(row.leader_name, row)
    return list(leaders.values())


def taken_days(
    session: Session, unit_id: int, days: Sequence[date], *, besides: Sequence[int] = ()
) -> set[tuple[date, str]]:
    """(day, leader) of live rows of an office on those days, but for some rows."""
    statement = select(S.day, S.leader_name).where(
        S.voided_at.is_(None), S.unit_id == unit_id, S.day.in_(days), S.id.not_in(besides)
    )
    return {(day, name) for day, name in session.execute(statement)}


def last_portfolio(session: Session, unit_id: int, leader_name: str) -> str:
    """分管工作 of a leader as last scheduled."""
    statement = select(S.portfolio).where(
        S.voided_at.is_(None), S.unit_id == unit_id, S.leader_name == leader_name
    )
    return session.scalar(statement.order_by(S.day.desc(), S.id.desc()).limit(1)) or ""


def swappable(session: Session, actor: Actor, row: LeaderSchedule) -> list[LeaderSchedule]:
    """Days of other leaders of the same office that a day may be swapped with, by day: held neither, nor with another
    day of one of the two in the way. Two statements."""
    near = S.day.between(row.day - _SWAP_BEFORE, row.day + _SWAP_AFTER)
    statement = select(S).where(
        S.voided_at.is_(None),
        S.unit_id == row.unit_id,
        S.id != row.id,
        S.leader_name != row.leader_name,
        S.day != row.day,
        _registered(actor).is_(None),
        near,
    )
    others = list(session.scalars(statement.order_by(S.day, S.id)))
    taken = taken_days(session, row.unit_id, [row.day, *(other.day for other in others)])
    return [o for o in others if not {(o.day, row.leader_name), (row.day, o.leader_name)} & taken]


@dataclass(frozen=True)
class UpcomingDay:
    """A reception day of the next week, for the front page."""

    id: int
    day: date
    starts_at: time | None
    ends_at: time | None
    leader: str
    post: str
    place: str
    is_own: bool
    """The signed-in leader's."""


def upcoming_days(session: Session, actor: Actor, today: date, limit: int = 8) -> list[UpcomingDay]:
    """The next seven days of the office on top of the actor's scope, today first. One statement."""
    statement: Select[LeaderSchedule] = (
        select(S)
        .where(
            S.voided_at.is_(None),
            schedule_is_visible(actor),
            S.unit_id == (_line(actor.scope_path) or [0])[-1],
            S.day.between(today, today + SOON),
        )
        .order_by(S.day, S.starts_at.is_(None), S.starts_at, S.id)
        .limit(limit)
    )
    return [
        UpcomingDay(
            r.id, r.day, r.starts_at, r.ends_at, r.leader_name, r.post, r.place,
            r.leader_id is not None and r.leader_id == actor.person_id,
        )
        for r in session.scalars(statement)
    ]  # fmt: skip
