"""Who stands in the published roster of a desk in the shift that ends, or begins, at a moment of hand-over."""

from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.organisation import Unit
from models.roster import Duty, Roster, RosterScheme
from models.staff import Account, Person
from queries.doubled_days import ROUND_THE_CLOCK
from queries.duty_day import desks_of
from queries.roster_rows import in_force

_LONGEST = timedelta(days=2)


def leaving(session: Session, unit: Unit, moment: datetime) -> dict[int, str]:
    """Person id → name; empty where no roster says who stood."""
    return _standing(session, unit, moment, Duty.starts_at < moment, Duty.ends_at >= moment)


def coming(session: Session, unit: Unit, moment: datetime) -> dict[int, str]:
    return _standing(session, unit, moment, Duty.starts_at <= moment, Duty.ends_at > moment)


def username_of_one(session: Session, username: str, people: dict[int, str]) -> bool:
    """Whether a name for signing in is that of one of these people; asked of the roster, which is public."""
    return (
        session.scalar(
            select(Account.id).where(Account.username == username, Account.person_id.in_(list(people)))
        )
        is not None
    )


def _standing(session: Session, unit: Unit, moment: datetime, *when: object) -> dict[int, str]:
    statement = (
        select(Person.id, Person.name)
        .join(Duty, Duty.person_id == Person.id)
        .join(Roster, Roster.id == Duty.roster_id)
        .join(RosterScheme, RosterScheme.id == Roster.scheme_id)
        .where(
            in_force(),
            RosterScheme.kind.in_(ROUND_THE_CLOCK),
            Duty.unit_id.in_(desks_of(session, unit)),
            Duty.starts_at >= moment - _LONGEST,
            *when,  # type: ignore[arg-type]
        )
        .order_by(Duty.starts_at, Duty.post_id, Duty.seat)
    )
    return {person_id: name for person_id, name in session.execute(statement)}
