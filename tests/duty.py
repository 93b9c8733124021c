"""A small rota for the tests of duty: one post round the clock from 08:30, in 柳溪镇.

14 陶然 · 15 林秀, running on the tests' Wednesday · 16 梅青 · 17 陶然 · 18 林秀 (Saturday) · 20 梅青 · 22 顾平, of July 2026.
"""

from datetime import date, datetime, time, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.base import new_uid
from models.roster import (
    Duty,
    Roster,
    RosterAbsence,
    RosterMember,
    RosterMemberPost,
    RosterPost,
    RosterScheme,
)
from models.staff import Account, Person
from rules.roles import Role
from tests import people
from tests.people import LIN, NOW, Member

MEI = Member("mei", "梅青", Role.CLERK, "AL21", "综治专干")
TAO = Member("tao", "陶然", Role.CLERK, "AL21", "司法所干部")
GU = Member("gu", "顾平", Role.CLERK, "AL21", "民政专干")
STAFF = (MEI, TAO, GU)
ROTA = ((14, TAO), (15, LIN), (16, MEI), (17, TAO), (18, LIN), (20, MEI), (22, GU))
HALF_PAST_EIGHT = time(8, 30)


FIRST, LAST = date(2026, 7, 14), date(2026, 7, 31)


def july(day: int) -> date:
    return date(2026, 7, day)


def at(day: int, hour: int, minute: int = 0) -> datetime:
    """A moment of July 2026 on the office's clock, as it is stored."""
    return datetime.combine(july(day), time(hour, minute)) - timedelta(hours=8)


def person_id(session: Session, member: Member) -> int:
    return session.scalars(select(Account.person_id).where(Account.username == member.username)).one()


def hire(session: Session, *members: Member) -> None:
    """More staff; they sign in as the cast does."""
    known = session.scalars(select(Account.password_hash)).first() or ""
    for member in members:
        people._add_member(session, member, people.unit(session, member.unit), known)
    session.flush()


def scheme(
    session: Session,
    unit_code: str = "AL21",
    members: tuple[Member, ...] = (),
    *,
    posts: tuple[str, ...] = ("值班员",),
    **values: object,
) -> RosterScheme:
    """Everybody may stand in every post."""
    row = RosterScheme(
        **{
            "uid": new_uid(),
            "unit_id": people.unit(session, unit_code).id,
            "kind": "duty",
            "name": "机关值班",
            "pattern": "daily",
            "rest_hours": 12,
            "most_in_row": 1,
            "place": "镇政府值班室",
            "telephone": "0379-6100110",
        }
        | values
    )
    session.add(row)
    session.flush()
    made = [
        RosterPost(
            scheme_id=row.id, position=n, name=name, starts_at=HALF_PAST_EIGHT, ends_at=HALF_PAST_EIGHT
        )
        for n, name in enumerate(posts)
    ]
    session.add_all(made)
    session.flush()
    for n, member in enumerate(members):
        one = RosterMember(scheme_id=row.id, person_id=person_id(session, member), position=n)
        session.add(one)
        session.flush()
        session.add_all(RosterMemberPost(member_id=one.id, post_id=p.id, scheme_id=row.id) for p in made)
    session.flush()
    return row


def roster(
    session: Session, of: RosterScheme, first: date = FIRST, last: date = LAST, **values: object
) -> Roster:
    """Published."""
    row = Roster(
        **{
            "uid": new_uid(),
            "scheme_id": of.id,
            "unit_id": of.unit_id,
            "first_day": first,
            "last_day": last,
            "planned_at": NOW,
            "proven": True,
            "edition": 1,
            "published_at": NOW,
        }
        | values
    )
    session.add(row)
    session.flush()
    return row


def duty(
    session: Session, of: Roster, day: date, member: Member | None, *, post: str = "", **values: object
) -> Duty:
    """A day and night of the post, the first one unless it is named; without a member it is an empty post."""
    posts = select(RosterPost).where(RosterPost.scheme_id == of.scheme_id).order_by(RosterPost.position)
    place = next(p for p in session.scalars(posts) if not post or p.name == post)
    begins = datetime.combine(day, place.starts_at) - timedelta(hours=8)
    ends = datetime.combine(day, place.ends_at) - timedelta(hours=8)
    row = Duty(
        **{
            "roster_id": of.id,
            "unit_id": of.unit_id,
            "post_id": place.id,
            "day": day,
            "seat": 1,
            "starts_at": begins,
            "ends_at": ends if ends > begins else ends + timedelta(days=1),
            "person_id": person_id(session, member) if member else None,
            "assigned": "planned",
        }
        | values
    )
    session.add(row)
    session.flush()
    return row


def leave(
    session: Session, member: Member, first: date, last: date | None = None, *, kind: str = "leave"
) -> RosterAbsence:
    row = RosterAbsence(
        unit_id=people.unit(session, member.unit).id,
        person_id=person_id(session, member),
        kind=kind,
        first_day=first,
        last_day=last or first,
        registered_at=NOW,
    )
    session.add(row)
    session.flush()
    return row


def rota(session: Session) -> dict[int, int]:
    """The rota above; day of July → id of its duty."""
    hire(session, *STAFF)
    published = roster(session, scheme(session, members=(LIN, *STAFF)))
    return {day: duty(session, published, july(day), member).id for day, member in ROTA}


def holder(session: Session, duty_id: int) -> str:
    """Who stands in a duty now; "" for nobody."""
    found = session.get_one(Duty, duty_id, populate_existing=True)
    return session.get_one(Person, found.person_id).name if found.person_id else ""
