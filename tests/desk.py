"""Lines, dispatches and hand-overs of duty desks for tests, straight into the database."""

from datetime import datetime, time, timedelta
from itertools import count

from sqlalchemy import select

from actions.desk.entering import LineData, enter_line
from actions.desk_search import index_line
from models.base import new_uid
from models.duty_desk import DeskDispatch, DeskEntry, DeskHandover
from models.roster import Duty, Roster, RosterPost, RosterScheme
from models.staff import Account
from rules.desk_words import EntryKind
from rules.office_time import OFFICE_OFFSET
from tests import people
from tests.people import NOW

LOG = "/duty/log"
_serial = count(1)


def at(text: str) -> datetime:
    """The stored moment of `2026-07-15 10:30` on the office's wall clock."""
    return datetime.fromisoformat(text) - OFFICE_OFFSET


def line(session, unit="AL21", **values):
    """A message that came by telephone ten minutes ago, still open."""
    row = DeskEntry(
        **{
            "uid": new_uid(),
            "number": f"ZZ-{unit}-2025-{next(_serial):05d}",
            "unit_id": people.unit(session, unit).id,
            "happened_at": NOW - timedelta(minutes=10),
            "registered_at": NOW - timedelta(minutes=9),
            "kind": "information",
            "mode": "telephone",
            "source": "群众来电",
            "content": "上河村三组道路塌陷，镇里已派人设置警示。",
        }
        | values
    )
    session.add(row)
    session.flush()
    index_line(session, row)
    return row


def entered(session, member=people.LIN, **values):
    """Such a line by the action itself, as the audit guard wants it."""
    data = LineData(
        **{
            "happened_at": NOW - timedelta(minutes=10),
            "kind": EntryKind.INFORMATION,
            "content": "上河村三组道路塌陷，镇里已派人设置警示。",
            "source": "群众来电",
        }
        | values
    )
    return enter_line(session, actor=people.actor(session, member), now=NOW, data=data)


def dispatch(session, entry, unit="AL21", **values):
    row = DeskDispatch(
        **{
            "entry_id": entry.id,
            "unit_id": people.unit(session, unit).id,
            "demand": "核实后回复",
            "sent_at": NOW - timedelta(minutes=5),
        }
        | values
    )
    session.add(row)
    session.flush()
    return row


def person_id(session, member):
    return session.scalar(select(Account.person_id).where(Account.username == member.username))


def handover(session, unit="AL21", off=people.LIN, on=people.ZHAO, shift="2026-07-15 08:30", **values):
    """Signed by both, two and five minutes after its moment."""
    moment = at(shift)
    row = DeskHandover(
        **{
            "uid": new_uid(),
            "unit_id": people.unit(session, unit).id,
            "shift_ends_at": moment,
            "made_at": moment,
            "off_person_id": person_id(session, off),
            "off_signed_at": moment + timedelta(minutes=2),
            "on_person_id": person_id(session, on) if on else None,
            "on_signed_at": moment + timedelta(minutes=5) if on else None,
        }
        | values
    )
    session.add(row)
    session.flush()
    return row


def rota(session, unit="AL21", hours=(time(8, 30),), kind="duty"):
    """A 24-hour rota whose posts begin at those hours."""
    scheme = RosterScheme(
        uid=new_uid(), unit_id=people.unit(session, unit).id, kind=kind, name="24小时值班", pattern="daily"
    )
    session.add(scheme)
    session.flush()
    for position, hour in enumerate(hours, start=1):
        session.add(
            RosterPost(
                scheme_id=scheme.id, position=position, name=f"值班员{position}", starts_at=hour, ends_at=hour
            )
        )
    session.flush()
    return scheme


def published_duty(session, scheme, starts="2026-07-14 08:30", *, edition=1):
    """A published roster of one day with somebody in its first post."""
    begins = at(starts)
    day = (begins + OFFICE_OFFSET).date()
    roster = Roster(
        uid=new_uid(), scheme_id=scheme.id, unit_id=scheme.unit_id, first_day=day, last_day=day, planned_at=NOW,
        edition=edition,
    )  # fmt: skip
    session.add(roster)
    session.flush()
    session.add(
        Duty(
            roster_id=roster.id, unit_id=scheme.unit_id, post_id=scheme.posts[0].id, day=day, seat=1,
            starts_at=begins, ends_at=begins + timedelta(days=1), assigned="planned",
        )
    )  # fmt: skip
    session.flush()
    return roster
