"""What all changes of a meeting share: whether it may be changed now, what stood before, the audit entry."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from sqlalchemy.orm import Session

from actions import audit
from models.meeting import Meeting, MeetingAttendee, MeetingDecision, MeetingItem
from rules.errors import RuleViolation, StaleVersion
from rules.meeting_rules import WAYS, MeetingVerb, why_not
from rules.meeting_words import MeetingState
from rules.roles import Actor


@contextmanager
def changing(
    session: Session,
    *,
    actor: Actor,
    now: datetime,
    meeting: Meeting,
    version: int,
    verb: MeetingVerb,
    reason: str = "",
) -> Iterator[None]:
    """`with changing(…):` around the change itself. Raises StaleVersion, RuleViolation where it may not be now."""
    require(actor, meeting, version, verb)
    before = meeting_values(session, meeting)
    yield
    meeting.version += 1
    session.flush()
    audit.record(
        session,
        actor=actor,
        now=now,
        action=f"meeting.{verb.value.replace('_', '-')}",
        subject=meeting,
        label=meeting.number,
        before=before,
        after=meeting_values(session, meeting),
        reason=reason,
    )


def require(actor: Actor, meeting: Meeting, version: int, verb: MeetingVerb) -> None:
    """Raises StaleVersion, RuleViolation."""
    if meeting.version != version:
        raise StaleVersion
    if meeting.is_void:
        raise RuleViolation("这次会议已作废，不能再改。")
    if refusal := why_not(verb, MeetingState(meeting.state)):
        raise RuleViolation(refusal)
    if not actor.may(WAYS[verb].permission):
        raise RuleViolation(f"{verb.label}由单位负责人或县信访局办理。")


def meeting_values(session: Session, meeting: Meeting) -> audit.Values:
    """Columns, attendance, items and decisions as they stand in version rows."""
    session.flush()
    session.expire(meeting, ["attendees", "items", "decisions"])
    return audit.values_of(
        meeting,
        attendees=[_attendee(row) for row in meeting.attendees],
        items=[_item(row) for row in meeting.items],
        decisions=[_decision(row) for row in meeting.decisions],
    )


def _attendee(row: MeetingAttendee) -> list[str]:
    return [row.unit.label if row.unit else "", row.name, row.post, row.part, row.presence]


def _item(row: MeetingItem) -> list[str]:
    unit = row.reporting_unit.label if row.reporting_unit else ""
    return [row.title, unit, row.outcome or "", row.escalated_to or "", row.discussion, row.answer]


def _decision(row: MeetingDecision) -> list[str]:
    days = [day.isoformat() if day else "" for day in (row.due_on, row.done_on)]
    return [row.content, row.unit.label, row.person, *days, row.result, row.evidence]
