"""Published rosters as they stand after every change, in the plain form that the rules of rosters read."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from sqlalchemy import ColumnElement, and_, select
from sqlalchemy.orm import Session, joinedload, selectinload

from models.roster import Duty, Roster, RosterAbsence, RosterScheme
from models.roster import RosterMember as MemberRow
from models.roster import RosterPost as PostRow
from queries.terms import calendar_of
from rules.duty_changes import PART_SEAT
from rules.duty_words import AbsenceKind
from rules.office_time import OFFICE_OFFSET, day_begins
from rules.roster import (
    FULL_SHARE,
    SHARE_STEP,
    Absence,
    Balance,
    Conflict,
    Engagement,
    Pair,
    Post,
    RosterLimits,
    RosterMember,
    RosterProblem,
    Slot,
    Wish,
)
from rules.roster_accounts import accounts
from rules.roster_conflicts import Replacement, RosterBook, replacements
from rules.roster_days import classes_of, provisional_days
from rules.roster_words import RosterKind
from rules.work_calendar import WorkCalendar

LOOKED_BACK = timedelta(days=365)
"""How far back earlier duties count in a person's account."""


@dataclass(frozen=True)
class Standing:
    """The rosters that hold some duties, and what binds their people besides. One problem of the rules for them all."""

    problem: RosterProblem
    assigned: Mapping[Slot, int]
    deputy_of: Mapping[int, int]
    """Person → who is asked first (AB岗)."""
    parts: tuple[tuple[Slot, Engagement], ...] = ()
    """Divided duties: what their other holders stood, by the seat that was divided."""

    def obstacles(self, moves: Mapping[Slot, int]) -> tuple[Conflict, ...]:
        """What would speak against these people in these slots, all moved at once."""
        book = RosterBook(self._problem_but_for(moves), {**self.assigned, **moves})
        found = (c for slot, person_id in moves.items() for c in book.obstacles(slot, person_id))
        return tuple({conflict.text: conflict for conflict in found}.values())

    def _problem_but_for(self, moves: Mapping[Slot, int]) -> RosterProblem:
        """Who comes back to a duty is not hindered by having stood in it before."""
        parts = tuple(part for slot, part in self.parts if slot not in moves)
        if not parts:
            return self.problem
        return replace(self.problem, engagements=(*self.problem.engagements, *parts))

    def replacements(self, slot: Slot, holder_id: int | None) -> tuple[Replacement, ...]:
        """Who may stand in, best first: AB岗, then the smallest account."""
        return replacements(
            self._problem_but_for({slot: 0}), self.assigned, slot, self.deputy_of.get(holder_id or 0)
        )


def slot_of(duty: Duty) -> Slot:
    """Its seat in the plan; a part of a divided duty stands in the seat that was divided."""
    return Slot(duty.day, duty.post_id, duty.seat % PART_SEAT - 1)


def in_force() -> ColumnElement[bool]:
    """Condition on Roster: published and not voided."""
    return and_(Roster.voided_at.is_(None), Roster.edition > 0)


def standing_of(session: Session, duties: Sequence[Duty], *, with_accounts: bool = False) -> Standing:
    """Duties of one scheme. A fixed number of statements, whatever the number of people and days."""
    scheme = _scheme(session, duties[0].roster.scheme_id)
    rows = _duties(session, Duty.roster_id.in_({duty.roster_id for duty in duties}))
    calendar = calendar_of(session)
    problem = _problem(session, scheme, rows, calendar)
    if with_accounts:
        problem = replace(problem, balances=_carried(session, scheme, problem, calendar))
    deputies = {m.person_id: m.deputy_id for m in scheme.members if m.deputy_id is not None}
    return Standing(problem, _assigned(rows), deputies, tuple(_parts(scheme, rows)))


def _scheme(session: Session, scheme_id: int) -> RosterScheme:
    return session.execute(
        select(RosterScheme)
        .where(RosterScheme.id == scheme_id)
        .options(
            selectinload(RosterScheme.posts),
            selectinload(RosterScheme.members).options(
                joinedload(MemberRow.person), selectinload(MemberRow.posts)
            ),
            selectinload(RosterScheme.pairs),
        )
        .execution_options(populate_existing=True)
    ).scalar_one()


def _duties(session: Session, *conditions: ColumnElement[bool]) -> Sequence[Duty]:
    return session.scalars(select(Duty).where(*conditions).order_by(Duty.day, Duty.post_id, Duty.seat)).all()


def _assigned(rows: Sequence[Duty]) -> dict[Slot, int]:
    return {slot_of(d): d.person_id for d in rows if d.person_id is not None and d.seat < PART_SEAT}


def _problem(
    session: Session, scheme: RosterScheme, rows: Sequence[Duty], calendar: WorkCalendar
) -> RosterProblem:
    days = sorted({duty.day for duty in rows})
    people = [member.person_id for member in scheme.members]
    away = _absences(session, people, days[0], days[-1])
    return RosterProblem(
        kind=RosterKind(scheme.kind),
        posts=tuple(plain_post(post) for post in scheme.posts),
        slots=tuple(slot_of(duty) for duty in rows if duty.seat < PART_SEAT),
        classes=classes_of(days, calendar),
        members=tuple(_member(member) for member in scheme.members),
        limits=RosterLimits(scheme.rest_hours, scheme.most_in_row),
        absences=tuple(
            Absence(a.person_id, a.first_day, a.last_day) for a in away if a.kind == AbsenceKind.LEAVE
        ),
        wishes=tuple(dict.fromkeys(w for a in away if a.kind == AbsenceKind.WISH for w in _wishes(a, days))),
        pairs=tuple(Pair(pair.one_id, pair.other_id, pair.together) for pair in scheme.pairs),
        engagements=_engagements(session, scheme, rows, people),
        provisional=provisional_days(days, calendar),
    )


def plain_post(post: PostRow) -> Post:
    return Post(post.id, post.name, post.starts_at, post.ends_at, post.need, post.weight)


def _member(member: MemberRow) -> RosterMember:
    share = min(FULL_SHARE, max(SHARE_STEP, member.share // SHARE_STEP * SHARE_STEP))
    posts = frozenset(link.post_id for link in member.posts)
    return RosterMember(
        member.person_id,
        member.person.name,
        posts,
        member.first_day,
        member.last_day,
        share,
        member.position,
    )


def _absences(session: Session, people: Sequence[int], first: date, last: date) -> Sequence[RosterAbsence]:
    return session.scalars(
        select(RosterAbsence).where(
            RosterAbsence.voided_at.is_(None),
            RosterAbsence.person_id.in_(people),
            RosterAbsence.last_day >= first,
            RosterAbsence.first_day <= last,
        )
    ).all()


def _wishes(absence: RosterAbsence, days: Sequence[date]) -> list[Wish]:
    return [Wish(absence.person_id, d) for d in days if absence.first_day <= d <= absence.last_day]


def _engagements(
    session: Session, scheme: RosterScheme, rows: Sequence[Duty], people: Sequence[int]
) -> tuple[Engagement, ...]:
    """Duties of the same people in other published rosters near these days."""
    near = timedelta(days=scheme.most_in_row + scheme.rest_hours // 24 + 2)
    first, last = day_begins(min(d.day for d in rows) - near), day_begins(max(d.day for d in rows) + near)
    elsewhere = session.execute(
        select(Duty.person_id, Duty.starts_at, Duty.ends_at, RosterScheme.name)
        .join(Roster, Roster.id == Duty.roster_id)
        .join(RosterScheme, RosterScheme.id == Roster.scheme_id)
        .where(
            in_force(),
            Duty.person_id.in_(people),
            Duty.starts_at.between(first, last),
            Duty.roster_id.not_in({d.roster_id for d in rows}),
        )
    )
    return tuple(
        _engagement(person_id or 0, begins, ends, name) for person_id, begins, ends, name in elsewhere
    )


def _parts(scheme: RosterScheme, rows: Sequence[Duty]) -> Iterator[tuple[Slot, Engagement]]:
    for duty in rows:
        if duty.seat >= PART_SEAT and duty.person_id is not None:
            yield slot_of(duty), _engagement(duty.person_id, duty.starts_at, duty.ends_at, scheme.name)


def _engagement(person_id: int, starts_at: datetime, ends_at: datetime, title: str) -> Engagement:
    begins, ends = starts_at + OFFICE_OFFSET, ends_at + OFFICE_OFFSET
    return Engagement(person_id, begins.date(), begins.time(), ends.time(), title)


def _carried(
    session: Session, scheme: RosterScheme, problem: RosterProblem, calendar: WorkCalendar
) -> tuple[Balance, ...]:
    """What each person brings from the scheme's published rosters of the year before, as they really stood."""
    first = min(slot.day for slot in problem.slots)
    of_scheme = select(Roster.id).where(Roster.scheme_id == scheme.id, in_force())
    before = Duty.day.between(first - LOOKED_BACK, first - timedelta(days=1))
    rows = _duties(session, Duty.roster_id.in_(of_scheme), before, Duty.seat < PART_SEAT)
    if not rows:
        return ()
    days = sorted({duty.day for duty in rows})
    away = _absences(session, [m.person_id for m in problem.members], days[0], days[-1])
    earlier = replace(
        problem,
        slots=tuple(slot_of(duty) for duty in rows),
        classes=classes_of(days, calendar),
        absences=tuple(
            Absence(a.person_id, a.first_day, a.last_day) for a in away if a.kind == AbsenceKind.LEAVE
        ),
        wishes=(),
        engagements=(),
        provisional=provisional_days(days, calendar),
    )
    return tuple(account.balance for account in accounts(earlier, _assigned(rows)))
