"""Joint meetings for the tests: the least valid row, and a record built through the actions."""

from datetime import date
from itertools import count
from typing import Any

from sqlalchemy.orm import Session

from models.meeting import Meeting, MeetingAttendee, MeetingDecision, MeetingItem
from tests.people import NOW, TODAY, unit

_serial = count(1)
COUNTY = frozenset({"AL", "AL01", "AL11", "AL12"})


def meeting(session: Session, unit_code: str = "AL21", **values: Any) -> Meeting:
    """A joint meeting held on the tests' Wednesday, its record not final."""
    row = Meeting(
        **{
            "number": f"HY-{unit_code}-2026-{next(_serial) + 10000:05d}",
            "unit_id": unit(session, unit_code).id,
            "level": "county" if unit_code in COUNTY else "township",
            "kind": "joint",
            "held_on": TODAY,
            "chair": "赵立",
            "state": "held",
            "registered_at": NOW,
        }
        | values
    )
    session.add(row)
    session.flush()
    return row


def item(session: Session, row: Meeting, title: str = "村口道路维修", **values: Any) -> MeetingItem:
    made = MeetingItem(**{"meeting_id": row.id, "position": 1, "title": title} | values)
    session.add(made)
    session.flush()
    return made


def decision(session: Session, row: Meeting, unit_code: str = "AL21", **values: Any) -> MeetingDecision:
    """To be carried out by the end of the month."""
    made = MeetingDecision(
        **{
            "meeting_id": row.id,
            "position": 1,
            "content": "修好村口道路",
            "unit_id": unit(session, unit_code).id,
            "person": "副镇长",
            "due_on": date(2026, 7, 31),
        }
        | values
    )
    session.add(made)
    session.flush()
    return made


def attendee(
    session: Session, row: Meeting, unit_code: str, position: int = 1, **values: Any
) -> MeetingAttendee:
    made = MeetingAttendee(
        **{
            "meeting_id": row.id,
            "position": position,
            "unit_id": unit(session, unit_code).id,
            "post": "副镇长",
            "part": "member",
            "presence": "open",
        }
        | values
    )
    session.add(made)
    session.flush()
    return made
