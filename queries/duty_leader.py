"""带班领导 of a unit on a day, as its published roster names him."""

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.roster import Duty, Roster, RosterPost, RosterScheme
from models.staff import Person, Posting
from queries.doubled_days import ROUND_THE_CLOCK
from queries.roster_rows import in_force
from rules.duty_changes import PART_SEAT

LEADING = "带班"
"""How the post of the leader is called; the presets say 带班领导."""


def leader_on(session: Session, unit_id: int, day: date) -> str:
    """孙建 副镇长; who stands in the special rota before who stands in the usual one; "" where nobody is named."""
    serves = (
        (Posting.person_id == Person.id)
        & (Posting.unit_id == unit_id)
        & (Posting.from_date <= day)
        & (Posting.to_date.is_(None) | (Posting.to_date >= day))
    )
    statement = (
        select(Person.name, Posting.post)
        .select_from(Duty)
        .join(Roster, Roster.id == Duty.roster_id)
        .join(RosterScheme, RosterScheme.id == Roster.scheme_id)
        .join(RosterPost, RosterPost.id == Duty.post_id)
        .join(Person, Person.id == Duty.person_id)
        .outerjoin(Posting, serves)
        .where(
            in_force(),
            Duty.unit_id == unit_id,
            Duty.day == day,
            Duty.seat < PART_SEAT,
            RosterScheme.kind.in_(ROUND_THE_CLOCK),
            RosterPost.name.contains(LEADING),
        )
        .order_by(RosterScheme.kind.desc(), RosterPost.position, Duty.seat, Posting.id)
        .limit(1)
    )
    found = session.execute(statement).first()
    return "" if found is None else " ".join(part for part in found if part)[:60]
