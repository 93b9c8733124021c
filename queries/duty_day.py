"""值班日报: what one desk saw on one day of the office, and how it stood at the day's end."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session, contains_eager, joinedload, selectinload

from models.duty_desk import DeskEntry, DeskHandover, SpecialPeriod
from models.organisation import Unit
from models.roster import Duty, Roster, RosterPost
from queries.duty_presence import presences
from queries.roster_rows import in_force
from queries.special_periods import DayCount, ReportLine, counted, day_reports, not_reported
from rules.desk_words import EntryKind
from rules.duty_presence import Presence
from rules.office_time import day_begins
from rules.periods import ONE_DAY
from rules.roles import Actor
from rules.taxonomy import UnitCategory

E = DeskEntry
MOST_LISTED = 500
OPEN_SINCE = timedelta(days=366)
"""A matter left open for longer is no news of the day."""


@dataclass(frozen=True)
class PeriodDay:
    period: SpecialPeriod
    count: DayCount
    owing: list[ReportLine]
    events: list[ReportLine]
    """Reports that tell of something."""


@dataclass(frozen=True)
class DutyDay:
    """`lines` came on the day, `answered` are older ones answered on it, `still_open` those not done at its end."""

    duties: Sequence[Duty]
    presences: Mapping[int, Presence]
    """Duty id → how its holder is known to have been there."""
    lines: Sequence[DeskEntry]
    answered: Sequence[DeskEntry]
    still_open: Sequence[DeskEntry]
    handovers: Sequence[DeskHandover]
    periods: Sequence[PeriodDay]

    @property
    def by_kind(self) -> list[tuple[str, int]]:
        """In the order of the log, kinds that did not come too."""
        found = Counter(line.kind for line in self.lines)
        return [(kind.label, found[kind.value]) for kind in EntryKind]

    @property
    def instructions(self) -> list[DeskEntry]:
        """Those of the day, and older ones that were answered on it, in the order in which they came."""
        both = [*self.answered, *self.lines]
        return [line for line in both if line.kind == EntryKind.INSTRUCTION.value]


def duty_day(session: Session, actor: Actor, unit: Unit, day: date, now: datetime) -> DutyDay:
    """Of the unit's own desk; of the county's, which its 信访局 keeps, for the county. Seven statements, and one for each
    special period of the day."""
    desks = desks_of(session, unit)
    begin, end = day_begins(day), day_begins(day + ONE_DAY)
    duties = _duties(session, desks, begin, end)
    return DutyDay(
        duties=duties,
        presences=presences(session, duties),
        lines=_lines(session, desks, E.happened_at >= begin, E.happened_at < end),
        answered=_lines(
            session,
            desks,
            E.happened_at >= begin - OPEN_SINCE,
            E.happened_at < begin,
            E.replied_at >= begin,
            E.replied_at < end,
        ),
        still_open=_lines(
            session,
            desks,
            E.happened_at >= begin - OPEN_SINCE,
            E.happened_at < end,
            or_(E.done_at.is_(None), E.done_at >= end),
        ),
        handovers=_handovers(session, desks, begin, end),
        periods=[_period_day(session, actor, p, day, now) for p in _periods(session, desks, day)],
    )


def desks_of(session: Session, unit: Unit) -> list[int]:
    """Ids of the units whose log is the unit's: its own, and for the county that of its 信访局 and the other way round."""
    pair = {
        UnitCategory.COUNTY_COMMITTEE.value: Unit.parent_id == unit.id,
        UnitCategory.BUREAU.value: Unit.id == unit.parent_id,
    }
    if unit.category not in pair:
        return [unit.id]
    kinds = (UnitCategory.COUNTY_COMMITTEE.value, UnitCategory.BUREAU.value)
    others = session.scalars(select(Unit.id).where(pair[unit.category], Unit.category.in_(kinds)))
    return [unit.id, *others]


def _duties(session: Session, desks: list[int], begin: datetime, end: datetime) -> Sequence[Duty]:
    """Published duties that touch the day; who goes to a village on a Wednesday is no duty of the desk."""
    statement = (
        select(Duty)
        .join(Duty.roster)
        .join(Duty.post)
        .where(
            Duty.unit_id.in_(desks),
            Duty.starts_at >= begin - 2 * ONE_DAY,
            Duty.starts_at < end,
            Duty.ends_at > begin,
            in_force(),
            RosterPost.at_unit_id.is_(None),
        )
        .options(
            contains_eager(Duty.roster).joinedload(Roster.scheme),
            contains_eager(Duty.post),
            joinedload(Duty.person),
        )
        .order_by(Duty.starts_at, RosterPost.position, Duty.seat)
    )
    return session.scalars(statement).all()


def _lines(session: Session, desks: list[int], *asked: Any) -> Sequence[DeskEntry]:
    statement = (
        select(E)
        .where(E.unit_id.in_(desks), E.voided_at.is_(None), *asked)
        .options(joinedload(E.source_unit), joinedload(E.responsible_unit))
        .order_by(E.happened_at, E.id)
        .limit(MOST_LISTED)
    )
    return session.scalars(statement).all()


def _handovers(session: Session, desks: list[int], begin: datetime, end: datetime) -> Sequence[DeskHandover]:
    statement = (
        select(DeskHandover)
        .where(
            DeskHandover.unit_id.in_(desks),
            DeskHandover.shift_ends_at >= begin,
            DeskHandover.shift_ends_at < end,
        )
        .options(
            joinedload(DeskHandover.off_person),
            joinedload(DeskHandover.on_person),
            selectinload(DeskHandover.matters),
        )
        .order_by(DeskHandover.shift_ends_at, DeskHandover.id)
    )
    return session.scalars(statement).all()


def _periods(session: Session, desks: list[int], day: date) -> Sequence[SpecialPeriod]:
    statement = (
        select(SpecialPeriod)
        .where(
            SpecialPeriod.unit_id.in_(desks),
            SpecialPeriod.voided_at.is_(None),
            SpecialPeriod.last_day >= day,
            SpecialPeriod.first_day <= day,
        )
        .options(joinedload(SpecialPeriod.unit))
        .order_by(SpecialPeriod.first_day, SpecialPeriod.id)
    )
    return session.scalars(statement).all()


def _period_day(session: Session, actor: Actor, period: SpecialPeriod, day: date, now: datetime) -> PeriodDay:
    lines = day_reports(session, actor, period, day, now)
    return PeriodDay(period, counted(lines), not_reported(lines), [line for line in lines if line.events])
