"""From stored rows to what planning, checking and changing a roster need (`rules.roster.RosterProblem`): the one builder.

Accounts are carried over from the published rosters of the same rota (`queries.roster_accounts`).
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cached_property

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.roster import Duty, Roster, RosterAbsence, RosterPost, RosterScheme
from queries.doubled_days import doubled_days
from queries.roster_accounts import Carried, carried
from queries.roster_rows import (
    absences_of,
    counts,
    days_of,
    duties_of,
    in_force,
    leave_among,
    plain_members,
    plain_post,
    slot_of,
)
from queries.roster_schemes import live_posts, whole_scheme
from queries.terms import calendar_of
from rules.duty_words import AbsenceKind
from rules.office_time import OFFICE_OFFSET, day_begins
from rules.roster import Engagement, Fixed, Pair, Post, RosterLimits, RosterProblem, Slot, Wish
from rules.roster import RosterMember as Member
from rules.roster_days import classes_of, duty_days, provisional_days, slots_of
from rules.roster_rules import check_slots, is_part
from rules.roster_words import Assigned, Pattern, RosterKind
from rules.work_calendar import WorkCalendar

_NEIGHBOURS = timedelta(days=35)
"""Duties outside a roster that rest and rows may meet: a row is 31 days at most."""


def problem_for_days(
    session: Session, scheme: RosterScheme, first: date, last: date, *, kept: Sequence[Duty] = ()
) -> RosterProblem:
    """For days not planned yet; with `kept`, for the roster of those duties as far as it goes, and new days after it.

    Raises RuleViolation on `last_day` where there is nothing to plan, or too much.
    """
    return Rota(session, scheme.id).for_days(first, last, kept)


def require_days(session: Session, scheme: RosterScheme, first: date, last: date) -> None:
    """Raises RuleViolation on `last_day` where there is nothing to plan, or too much."""
    Rota(session, scheme.id).new_slots(first, last)


def problem_of(session: Session, roster: Roster, *, keeps_all: bool = False) -> RosterProblem:
    """For the seats of a stored roster. What is locked is fixed; with `keeps_all`, whoever stands anywhere, and seats held
    empty are seats too."""
    stored = duties_of(session, roster.id)
    duties = [d for d in stored if (not is_part(d.seat) if keeps_all else counts(d))]
    fixed = [duty for duty in duties if duty.person_id is not None and (keeps_all or duty.locked)]
    return Rota(session, roster.scheme_id).problem(
        [slot_of(d) for d in duties], fixed, roster.first_day, roster.last_day, {roster.id}
    )


@dataclass
class Rota:
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
        return plain_members(self.scheme)

    def for_days(self, first: date, last: date, kept: Sequence[Duty]) -> RosterProblem:
        planned_to = max((duty.day for duty in kept), default=first - timedelta(days=1))
        new = self.new_slots(max(first, planned_to + timedelta(days=1)), last)
        asked = [duty for duty in kept if counts(duty)]
        slots = [*(slot_of(duty) for duty in asked), *new]
        fixed = [duty for duty in asked if duty.person_id is not None]
        return self.problem(slots, fixed, first, last, {duty.roster_id for duty in kept})

    def new_slots(self, first: date, last: date) -> tuple[Slot, ...]:
        posts = [plain_post(post) for post in live_posts(self.scheme)]
        pattern, numbers = Pattern(self.scheme.pattern), days_of(self.scheme)
        slots = slots_of(posts, duty_days(pattern, numbers, first, last, self.calendar, self.scheme.puts_off))
        check_slots(len(slots))
        return slots

    def problem(
        self,
        slots: Sequence[Slot],
        fixed: Sequence[Duty],
        first: date,
        last: date,
        rosters: Collection[int] = (),
        *,
        with_accounts: bool = True,
    ) -> RosterProblem:
        """`rosters`: those whose seats these are; duties of all others are engagements."""
        days = {slot.day for slot in slots}
        absences = absences_of(self.session, [m.person_id for m in self.members], first, last)
        brought = self._carried(first) if with_accounts else Carried()
        return RosterProblem(
            kind=RosterKind(self.scheme.kind),
            posts=self._posts({slot.post_id for slot in slots}),
            slots=tuple(slots),
            classes=classes_of(days, self.calendar),
            members=self.members,
            limits=RosterLimits(self.scheme.rest_hours, self.scheme.most_in_row),
            absences=leave_among(absences),
            wishes=_wishes(absences, days),
            pairs=tuple(Pair(p.one_id, p.other_id, p.together) for p in self.scheme.pairs),
            fixed=tuple(
                Fixed(slot_of(d), d.person_id, Assigned(d.assigned)) for d in fixed if d.person_id is not None
            ),
            balances=brought.balances,
            engagements=self._engagements(first, last, rosters),
            turn_after=brought.turn_after,
            provisional=provisional_days(days, self.calendar),
            doubled=doubled_days(self.session, self.scheme, first, last),
        )

    def _posts(self, used: set[int]) -> tuple[Post, ...]:
        return tuple(plain_post(post) for post in self.scheme.posts if post.id in used)

    def _carried(self, first: date) -> Carried:
        return carried(self.session, self.scheme, self.calendar, first)

    def _engagements(self, first: date, last: date, besides: Collection[int]) -> tuple[Engagement, ...]:
        """Published duties of the members elsewhere, and in the rosters before and after; one statement."""
        people = [member.person_id for member in self.members]
        statement = (
            select(Duty.person_id, Duty.starts_at, Duty.ends_at, RosterPost.name, RosterScheme.name)
            .join(Roster, Roster.id == Duty.roster_id)
            .join(RosterPost, RosterPost.id == Duty.post_id)
            .join(RosterScheme, RosterScheme.id == Roster.scheme_id)
            .where(
                Duty.person_id.in_(people),
                Duty.starts_at >= day_begins(first - _NEIGHBOURS),
                Duty.starts_at < day_begins(last + _NEIGHBOURS),
                in_force(),
                Roster.id.not_in(besides),
            )
            .order_by(Duty.starts_at, Duty.id)
        )
        return tuple(
            engagement(person_id or 0, begins, ends, f"{scheme} {post}")
            for person_id, begins, ends, post, scheme in self.session.execute(statement)
        )


def engagement(person_id: int, starts_at: datetime, ends_at: datetime, title: str) -> Engagement:
    """Of the day on which it begins: the later part of a divided duty may begin after midnight."""
    begins, ends = starts_at + OFFICE_OFFSET, ends_at + OFFICE_OFFSET
    return Engagement(person_id, begins.date(), begins.time(), ends.time(), title)


def _wishes(rows: Sequence[RosterAbsence], days: set[date]) -> tuple[Wish, ...]:
    wishes = [row for row in rows if row.kind == AbsenceKind.WISH]
    wished = {(a.person_id, day) for a in wishes for day in days if a.first_day <= day <= a.last_day}
    return tuple(Wish(person_id, day) for person_id, day in sorted(wished))
