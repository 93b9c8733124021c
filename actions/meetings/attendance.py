"""Who was asked to a meeting, and who came: by unit and post."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from actions.meetings.changing import changing
from models.meeting import Meeting, MeetingAttendee
from rules.errors import RuleViolation
from rules.meeting_rules import MOST_ATTENDEES, MeetingVerb
from rules.meeting_words import AttendeePart, Presence
from rules.roles import Actor


@dataclass(frozen=True)
class AttendeeData:
    unit_id: int | None
    name: str
    post: str
    part: AttendeePart
    presence: Presence


def set_attendance(
    session: Session,
    *,
    actor: Actor,
    now: datetime,
    meeting: Meeting,
    version: int,
    attendees: Sequence[AttendeeData],
) -> None:
    """Replace the whole list; the audit keeps the one before. Raises StaleVersion, RuleViolation."""
    if len(attendees) > MOST_ATTENDEES:
        raise RuleViolation(f"最多登记 {MOST_ATTENDEES} 个参会单位和人员。")
    with changing(session, actor=actor, now=now, meeting=meeting, version=version, verb=MeetingVerb.ASK):
        for row in meeting.attendees:
            session.delete(row)
        session.flush()
        for position, said in enumerate(attendees, start=1):
            session.add(
                MeetingAttendee(
                    meeting_id=meeting.id,
                    position=position,
                    unit_id=said.unit_id,
                    name=said.name,
                    post=said.post,
                    part=said.part.value,
                    presence=said.presence.value,
                )
            )
