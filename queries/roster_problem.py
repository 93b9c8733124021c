"""From stored rows to what planning needs (`rules.roster.RosterProblem`), and back from duties to seats.

Accounts are carried over from the published rosters of the last year of the same rota, as they really stood: after swaps,
replacements and leave. What lies further back is forgiven.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cached_property

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from models.roster import Duty, Roster, RosterAbsence, RosterMember, RosterPost, RosterScheme
from queries.doubled_days import doubled_days
from queries.duty_standing import in_force, plain_post
from queries.roster_schemes import live_posts, whole_scheme
from queries.terms import calendar_of
from rules.office_time import OFFICE_OFFSET, day_begins
from rules.roster import (
    Absence,
    Balance,
    Engagement,
    Fixed,
    Pair,
    Post,
    RosterLimits,
    RosterProblem,
    Slot,
    Wish,
)
from rules.roster import RosterMember as Member
from rules.roster_accounts import accounts
from rules.roster_days import classes_of, duty_days, provisional_days, slots_of
from rules.roster_rules import check_slots, is_part
from rules.roster_words import Assigned, Pattern, RosterKind
from rules.work_calendar import WorkCalendar

CARRIED = timedelta(days=366)
"""How far back accounts are carried over from."""
_NEIGHBOURS = timedelta(days=35)
"""Duties outside a roster that rest and rows may meet: a row is 31 days at most."""


def slot_of(duty: Duty) -> Slot:
    """Seats are stored from 1, planned from 0."""
    return Slot(duty.day, duty.post_id, duty.seat - 1)


def assigned_of(duties: Iterable[Duty]) -> dict[Slot, int]:
    return {slot_of(d): d.person_id for d in duties if d.person_id is not None and counts(d)}


def counts(duty: Duty) -> bool:
    """Not a duty held empty by hand, which nobody owes, nor the lesser part of a divided one."""
    return not (duty.locked and duty.person_id is None) and not is_part(duty.seat)


def problem_for_days(
    session: Session, scheme: RosterScheme, first: date, last: date, *, kept: Sequence[Duty] = ()
) -> RosterProblem:
    """For days not planned yet; with `kept`, for the roster of those duties as far as it goes, and new days after it.

    Raises RuleViolation on `last_day` where there is nothing to plan, or too much.
    """
    return _Rota(session, scheme.id).for_days(first, last, kept)


def problem_of(session: Session, roster: Roster, *, keeps_all: bool = False) -> RosterProblem:
    """For the seats of a stored roster. What is locked is fixed; with `keeps_all`, whoever stands anywhere, and seats held
    empty are seats too."""
    stored = duties_of(session, roster.id)
    duties = [d for d in stored if (not is_part(d.seat) if keeps_all else counts(d))]
    rota = _Rota(session, roster.scheme_id)
    fixed = [duty for duty in duties if duty.person_id is not None and (keeps_all or duty.locked)]
    return rota.problem([slot_of(d) for d in duties], fixed, roster)


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


@dataclass
class _Rota:
    """One rota read once, for whatever days are asked."""

    session: Session
    scheme_id: int
    calendar: WorkCalendar = field(init=False)

    def __post_init__(self) -> None:
        self.calendar = calendar_of(self.session)

    @cached_property
    def scheme(self) -> RosterScheme:
        return whole_scheme(self.session, self.scheme_id)

    @cached_property
    def members(self) -> tuple[Member, ...]:
        return tuple(_member(m, order) for order, m in enumerate(self.scheme.members))

    def for_days(self, first: date, last: date, kept: Sequence[Duty]) -> RosterProblem:
        planned_to = max((duty.day for duty in kept), default=first - timedelta(days=1))
        posts = [plain_post(post) for post in live_posts(self.scheme)]
        days = duty_days(
            Pattern(self.scheme.pattern),
            days_of(self.scheme),
            first,
            last,
            self.calendar,
            self.scheme.puts_off,
        )
        new = slots_of(posts, [day for day in days if day > planned_to])
        check_slots(len(new))
        asked = [duty for duty in kept if counts(duty)]
        slots = [*(slot_of(duty) for duty in asked), *new]
        roster = kept[0].roster if kept else None
        fixed = [duty for duty in asked if duty.person_id is not None]
        return self.problem(slots, fixed, roster, first=first, last=last)

    def problem(
        self,
        slots: Sequence[Slot],
        fixed: Sequence[Duty],
        roster: Roster | None,
        *,
        first: date | None = None,
        last: date | None = None,
    ) -> RosterProblem:
        begins = first or (roster.first_day if roster else min(slot.day for slot in slots))
        ends = last or (roster.last_day if roster else max(slot.day for slot in slots))
        earlier = self._earlier(begins)
        absences = self._absences(begins, ends)
        days = {slot.day for slot in slots}
        return RosterProblem(
            kind=RosterKind(self.scheme.kind),
            posts=self._posts({slot.post_id for slot in slots}),
            slots=tuple(slots),
            classes=classes_of(days, self.calendar),
            members=self.members,
            limits=RosterLimits(self.scheme.rest_hours, self.scheme.most_in_row),
            absences=tuple(
                Absence(a.person_id, a.first_day, a.last_day) for a in absences if a.kind == "leave"
            ),
            wishes=_wishes([a for a in absences if a.kind == "wish"], days),
            pairs=tuple(Pair(p.one_id, p.other_id, p.together) for p in self.scheme.pairs),
            fixed=tuple(
                Fixed(slot_of(d), d.person_id, Assigned(d.assigned)) for d in fixed if d.person_id is not None
            ),
            balances=self._balances(earlier),
            engagements=self._engagements(begins, ends, roster.id if roster else 0),
            turn_after=_turns(earlier),
            provisional=provisional_days(days, self.calendar),
            doubled=doubled_days(self.session, self.scheme, begins, ends),
        )

    def _posts(self, used: set[int]) -> tuple[Post, ...]:
        return tuple(plain_post(post) for post in self.scheme.posts if post.id in used)

    def _earlier(self, begins: date) -> list[Duty]:
        """Duties of the published rosters of the last year before a day, in order; one statement."""
        statement = (
            select(Duty)
            .join(Roster, Roster.id == Duty.roster_id)
            .where(
                Roster.scheme_id == self.scheme_id,
                in_force(),
                Roster.last_day < begins,
                Roster.first_day >= begins - CARRIED,
            )
            .order_by(Duty.day, Duty.post_id, Duty.seat)
        )
        return [duty for duty in self.session.scalars(statement) if counts(duty)]

    def _balances(self, earlier: Sequence[Duty]) -> tuple[Balance, ...]:
        if not earlier:
            return ()
        slots = [slot_of(duty) for duty in earlier]
        days = {slot.day for slot in slots}
        absences = self._absences(min(days), max(days))
        past = RosterProblem(
            kind=RosterKind(self.scheme.kind),
            posts=self._posts({slot.post_id for slot in slots}),
            slots=tuple(slots),
            classes=classes_of(days, self.calendar),
            members=self.members,
            absences=tuple(
                Absence(a.person_id, a.first_day, a.last_day) for a in absences if a.kind == "leave"
            ),
        )
        return tuple(account.balance for account in accounts(past, assigned_of(earlier)))

    def _absences(self, first: date, last: date) -> list[RosterAbsence]:
        people = [member.person_id for member in self.members]
        statement = select(RosterAbsence).where(
            RosterAbsence.voided_at.is_(None),
            RosterAbsence.person_id.in_(people),
            RosterAbsence.last_day >= first,
            RosterAbsence.first_day <= last,
        )
        return list(self.session.scalars(statement.order_by(RosterAbsence.id)))

    def _engagements(self, first: date, last: date, besides: int) -> tuple[Engagement, ...]:
        """Published duties of the members elsewhere, and in the rosters before and after; one statement."""
        people = [member.person_id for member in self.members]
        statement = (
            select(Duty.person_id, Duty.day, Duty.starts_at, Duty.ends_at, RosterPost.name, RosterScheme.name)
            .join(Roster, Roster.id == Duty.roster_id)
            .join(RosterPost, RosterPost.id == Duty.post_id)
            .join(RosterScheme, RosterScheme.id == Roster.scheme_id)
            .where(
                Duty.person_id.in_(people),
                Duty.starts_at >= day_begins(first - _NEIGHBOURS),
                Duty.starts_at < day_begins(last + _NEIGHBOURS),
                in_force(),
                Roster.id != besides,
            )
            .order_by(Duty.starts_at, Duty.id)
        )
        return tuple(_engagement(*row) for row in self.session.execute(statement))


def days_of(scheme: RosterScheme) -> tuple[int, ...]:
    return tuple(int(part) for part in scheme.pattern_days.split(",") if part)


def _member(member: RosterMember, order: int) -> Member:
    return Member(
        member.person_id,
        member.person.name,
        frozenset(link.post_id for link in member.posts),
        member.first_day,
        member.last_day,
        member.share,
        order,
    )


def _wishes(rows: Sequence[RosterAbsence], days: set[date]) -> tuple[Wish, ...]:
    wished = {(a.person_id, day) for a in rows for day in days if a.first_day <= day <= a.last_day}
    return tuple(Wish(person_id, day) for person_id, day in sorted(wished))


def _engagement(
    person_id: int | None, day: date, starts_at: datetime, ends_at: datetime, post: str, scheme: str
) -> Engagement:
    starts, ends = (starts_at + OFFICE_OFFSET).time(), (ends_at + OFFICE_OFFSET).time()
    return Engagement(person_id or 0, day, starts, ends, f"{scheme} {post}")


def _turns(earlier: Sequence[Duty]) -> tuple[int, ...]:
    """Who had the turns: a swap moves a duty, not the turn."""
    return tuple(p for duty in earlier if (p := duty.original_person_id or duty.person_id) is not None)
