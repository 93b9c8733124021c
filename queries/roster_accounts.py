"""What each person of a rota brings from its published rosters: reckoned as they really stood, by what held then.

Nothing is forgiven by age. The rosters of about the last year are reckoned anew each time, so that swaps and leave noted
afterwards count; what each person had when they began is kept with the edition that was published then (settled).
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import or_, select
from sqlalchemy.orm import Session, aliased

from models.roster import Duty, Roster, RosterAbsence, RosterEdition, RosterScheme
from queries.roster_rows import (
    absences_of,
    assigned_of,
    counts,
    duties_of,
    in_force,
    leave_among,
    slot_of,
    whole_duty,
)
from queries.roster_schemes import whole_scheme
from queries.roster_terms import Terms, terms_of
from queries.terms import calendar_of
from rules.roster import Balance, RosterProblem
from rules.roster_accounts import accounts
from rules.roster_days import classes_of
from rules.roster_words import DayClass, RosterKind
from rules.work_calendar import WorkCalendar

OPEN_TO_CHANGE = timedelta(days=366)
"""How long a roster is reckoned anew before its account is settled."""
Sums = dict[int, dict[DayClass, int]]
"""Person → class → UNITS."""


@dataclass(frozen=True)
class Carried:
    """Of everybody who ever took part; `turn_after`: who had the last turns."""

    balances: tuple[Balance, ...] = ()
    turn_after: tuple[int, ...] = ()


@dataclass(frozen=True)
class Settlement:
    """What all rosters that ended before `to` left, `text` as it is stored."""

    to: date
    text: str


@dataclass(frozen=True)
class _Settled:
    edition_id: int = 0
    to: date = date.min
    sums: Sums | None = None


def carried(session: Session, scheme: RosterScheme, calendar: WorkCalendar, begins: date) -> Carried:
    """`scheme` whole; what is brought to a roster that begins on a day. Five statements at most."""
    settled = _settled(session, scheme.id, begins)
    past = _Past(session, scheme, calendar, _unsettled(session, scheme.id, begins, settled))
    sums = past.added_to(settled.sums or {})
    balances = tuple(Balance(person_id, sums[person_id]) for person_id in sorted(sums))
    return Carried(balances, _turns(past.duties))


def settlement(session: Session, roster: Roster) -> Settlement | None:
    """What is to be kept when a roster is published: rosters that nobody changes any more. None where none came to it."""
    scheme, calendar = whole_scheme(session, roster.scheme_id), calendar_of(session)
    to = roster.first_day - OPEN_TO_CHANGE
    settled = _settled(session, scheme.id, to)
    old = _unsettled(session, scheme.id, to, settled)
    if not old:
        return None
    return Settlement(to, _text(_Past(session, scheme, calendar, old).added_to(settled.sums or {})))


def accounted(session: Session, roster: Roster) -> RosterProblem:
    """A published roster as its account is reckoned: by what held when it was published, with what was brought to it."""
    scheme, calendar = whole_scheme(session, roster.scheme_id), calendar_of(session)
    duties = [duty for duty in duties_of(session, roster.id) if counts(duty)]
    terms = terms_of(_editions(session, [roster.id]), scheme)
    people = [member.person_id for member in terms.members]
    away = absences_of(session, people, roster.first_day, roster.last_day)
    brought = carried(session, scheme, calendar, roster.first_day).balances
    return _problem(scheme, terms, duties, away, calendar, brought)


class _Past:
    """Rosters of one rota, with their duties, their editions and the leave of their people read at once."""

    def __init__(
        self, session: Session, scheme: RosterScheme, calendar: WorkCalendar, rosters: Sequence[Roster]
    ) -> None:
        self.scheme, self.calendar, self.rosters = scheme, calendar, rosters
        ids = [roster.id for roster in rosters]
        self.duties = _duties(session, ids) if ids else []
        self.editions = _editions(session, ids) if ids else []
        people = [member.person_id for member in scheme.members]
        self.away = (
            absences_of(session, people, rosters[0].first_day, max(r.last_day for r in rosters))
            if ids
            else []
        )

    def added_to(self, sums: Sums) -> Sums:
        found = {person_id: dict(amounts) for person_id, amounts in sums.items()}
        for roster in self.rosters:
            self._add(found, roster)
        return found

    def _add(self, sums: Sums, roster: Roster) -> None:
        duties = [duty for duty in self.duties if duty.roster_id == roster.id]
        terms = terms_of([e for e in self.editions if e.roster_id == roster.id], self.scheme)
        problem = _problem(self.scheme, terms, duties, self.away, self.calendar)
        for account in accounts(problem, assigned_of(duties)):
            mine = sums.setdefault(account.person_id, dict.fromkeys(DayClass, 0))
            for day_class, left in account.after.items():
                mine[day_class] += left


def _problem(
    scheme: RosterScheme,
    terms: Terms,
    duties: Sequence[Duty],
    away: Sequence[RosterAbsence],
    calendar: WorkCalendar,
    balances: tuple[Balance, ...] = (),
) -> RosterProblem:
    """Days are classed by the calendar as it is known now: which day was 春节 is a fact, not a setting."""
    slots = tuple(slot_of(duty) for duty in duties)
    return RosterProblem(
        kind=RosterKind(scheme.kind),
        posts=terms.posts,
        slots=slots,
        classes=classes_of({slot.day for slot in slots}, calendar),
        members=terms.members,
        absences=leave_among(away),
        balances=balances,
    )


def _settled(session: Session, scheme_id: int, begins: date) -> _Settled:
    """The latest that ends no later than a day begins."""
    row = session.execute(
        select(RosterEdition.id, RosterEdition.settled_to, RosterEdition.settled)
        .join(Roster, Roster.id == RosterEdition.roster_id)
        .where(Roster.scheme_id == scheme_id, in_force(), RosterEdition.settled_to <= begins)
        .order_by(RosterEdition.settled_to.desc(), RosterEdition.id.desc())
        .limit(1)
    ).first()
    return _Settled(row.id, row.settled_to, _sums(row.settled)) if row else _Settled()


def _unsettled(session: Session, scheme_id: int, begins: date, settled: _Settled) -> Sequence[Roster]:
    """Published rosters that end before a day, in order; an old one that was published late is still to come."""
    first = aliased(RosterEdition)
    late = select(first.id).where(
        first.roster_id == Roster.id, first.number == 1, first.id > settled.edition_id
    )
    statement = select(Roster).where(
        Roster.scheme_id == scheme_id,
        in_force(),
        Roster.last_day < begins,
        or_(Roster.last_day >= settled.to, late.exists()),
    )
    return session.scalars(statement.order_by(Roster.first_day)).all()


def _duties(session: Session, roster_ids: Sequence[int]) -> list[Duty]:
    statement = select(Duty).where(Duty.roster_id.in_(roster_ids), whole_duty())
    rows = session.scalars(statement.order_by(Duty.day, Duty.post_id, Duty.seat))
    return [duty for duty in rows if counts(duty)]


def _editions(session: Session, roster_ids: Sequence[int]) -> Sequence[RosterEdition]:
    statement = select(RosterEdition).where(RosterEdition.roster_id.in_(roster_ids))
    return session.scalars(statement.order_by(RosterEdition.roster_id, RosterEdition.number)).all()


def _turns(earlier: Sequence[Duty]) -> tuple[int, ...]:
    """Who had the turns: a swap moves a duty, not the turn."""
    return tuple(p for duty in earlier if (p := duty.original_person_id or duty.person_id) is not None)


def _text(sums: Sums) -> str:
    return json.dumps(
        {person_id: {c.value: n for c, n in sums[person_id].items()} for person_id in sorted(sums)}
    )


def _sums(text: str) -> Sums:
    return {
        int(person_id): {DayClass(name): units for name, units in amounts.items()}
        for person_id, amounts in json.loads(text).items()
    }
