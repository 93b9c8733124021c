"""For the walks: each member has a duty in a rota of his unit, has asked to swap it, has leave and a calendar address."""

from datetime import date

from sqlalchemy.orm import Session

from models.base import new_uid
from models.protected import protect
from models.roster import DutyFeed, DutySwap
from queries.duty_feeds import feed_digest, feed_place
from tests import duty, people
from tests.people import Member

FIRST_OF_AUGUST = date(2026, 8, 1)


def seed_duties(
    session: Session,
    duties: dict[str, int],
    swaps: dict[str, int],
    absences: dict[str, int],
    feeds: dict[str, str],
    members: tuple[Member, ...],
) -> None:
    for unit in sorted({member.unit for member in members}):
        staff = tuple(member for member in members if member.unit == unit)
        rota = duty.scheme(session, unit, staff)
        published = duty.roster(session, rota, FIRST_OF_AUGUST, date(2026, 8, 31))
        for day, member in enumerate(staff, start=1):
            row = duty.duty(session, published, date(2026, 8, day), member)
            duties[member.username] = row.id
            person_id = duty.person_id(session, member)
            swap = DutySwap(
                uid=new_uid(), unit_id=row.unit_id, duty_id=row.id, person_id=person_id,
                other_person_id=duty.person_id(session, people.NEW), reason="家里有事", state="asked",
                asked_at=people.NOW,
            )  # fmt: skip
            leave = duty.leave(session, member, date(2026, 9, day))
            session.add(swap)
            session.flush()
            swaps[member.username], absences[member.username] = swap.id, leave.id
            feeds[member.username] = _feed(session, person_id, member)


def _feed(session: Session, person_id: int, member: Member) -> str:
    uid, secret = new_uid(), f"{member.username}-{'s' * 32}"
    cipher = protect(secret, place=feed_place(uid))
    session.add(
        DutyFeed(
            person_id=person_id, uid=uid, digest=feed_digest(secret), cipher=cipher, renewed_at=people.NOW
        )
    )
    session.flush()
    return secret
