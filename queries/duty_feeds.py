"""Who a secret calendar address belongs to, and what stands in that calendar: office facts only."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session

from models.protected import content_digest, reveal
from models.roster import Duty, DutyFeed, DutySwap, Roster, RosterMember, RosterScheme
from models.staff import Account, Person
from queries.duty_swaps import duties_in_force, published_duties, sharing
from queries.roster_rows import in_force
from rules.duty_words import SwapState

LOOKED_BACK = timedelta(days=62)
LONGEST_SECRET = 200


def feed_digest(secret: str) -> str:
    """Keyed, so that a copy of the database opens no calendar."""
    return content_digest(f"duty-feed|{secret}")


def feed_place(uid: str) -> str:
    return f"duty_feed|{uid}|cipher"


def feed_of(session: Session, person_id: int) -> DutyFeed | None:
    return session.scalar(select(DutyFeed).where(DutyFeed.person_id == person_id))


def secret_of(feed: DutyFeed | None) -> str:
    """The secret for its owner's page; "" where there is none."""
    if feed is None or feed.digest is None:
        return ""
    return reveal(feed.cipher, place=feed_place(feed.uid))


def person_of_secret(session: Session, secret: str) -> Person | None:
    """Whose calendar it opens; nobody's once the person has no account in use."""
    if not secret or len(secret) > LONGEST_SECRET:
        return None
    in_use = (
        select(Account.id)
        .where(Account.person_id == Person.id, Account.disabled_at.is_(None), Account.role.is_not(None))
        .exists()
    )
    return session.scalar(
        select(Person)
        .join(DutyFeed, DutyFeed.person_id == Person.id)
        .where(DutyFeed.digest == feed_digest(secret), in_use)
    )


@dataclass(frozen=True)
class FeedDuty:
    """One event; moments are naive UTC. `version` grows with each change; `is_cancelled`: no longer this person's."""

    uid: str
    version: int
    starts_at: datetime
    ends_at: datetime
    unit: str
    scheme: str
    post: str
    place: str
    telephone: str
    colleagues: tuple[str, ...]
    is_cancelled: bool


def feed_duties(session: Session, person_id: int, now: datetime) -> list[FeedDuty]:
    """Duties of the last two months and all to come, and those that were the person's and are no longer; by time.

    Three statements.
    """
    since = Duty.ends_at > now - LOOKED_BACK
    standing = session.scalars(
        duties_in_force().where(Duty.person_id == person_id, since).order_by(Duty.starts_at, Duty.id)
    ).all()
    shared = sharing(session, standing)
    found = [_event(duty, shared.get(duty.id, ()), cancelled=False) for duty in standing]
    found += [_event(duty, (), cancelled=True) for duty in _withdrawn(session, person_id, now)]
    return sorted(found, key=lambda event: (event.starts_at, event.uid))


def _withdrawn(session: Session, person_id: int, now: datetime) -> Sequence[Duty]:
    """Given to others, or in a published roster that was voided; looked for where the person takes part."""
    gave = (
        select(DutySwap.id)
        .where(
            DutySwap.state == SwapState.APPROVED.value,
            or_(
                and_(DutySwap.duty_id == Duty.id, DutySwap.person_id == person_id),
                and_(DutySwap.other_duty_id == Duty.id, DutySwap.other_person_id == person_id),
            ),
        )
        .exists()
    )
    lost = and_(
        in_force(),
        Duty.person_id.is_distinct_from(person_id),
        or_(Duty.original_person_id == person_id, gave),
    )
    voided = and_(Roster.voided_at.is_not(None), Duty.person_id == person_id)
    where = (
        select(RosterScheme.unit_id)
        .join(RosterMember, RosterMember.scheme_id == RosterScheme.id)
        .where(RosterMember.person_id == person_id)
    )
    statement = published_duties().where(
        Duty.unit_id.in_(where), Duty.starts_at > now - LOOKED_BACK, or_(lost, voided)
    )
    return session.scalars(statement).all()


def _event(duty: Duty, colleagues: tuple[str, ...], *, cancelled: bool) -> FeedDuty:
    """Every change of the duty, of its roster or of the place counts the version up; the name outlasts the roster."""
    roster, scheme = duty.roster, duty.roster.scheme
    return FeedDuty(
        uid=f"{scheme.uid}-{duty.id}",
        version=duty.version + roster.version + scheme.version - 2,
        starts_at=duty.starts_at,
        ends_at=duty.ends_at,
        unit=duty.unit.label,
        scheme=scheme.name,
        post=duty.post.name,
        place=duty.post.place(scheme.place),
        telephone=scheme.telephone or duty.unit.telephone,
        colleagues=colleagues,
        is_cancelled=cancelled,
    )
