"""Which meetings an actor sees, and what of them: those that stand in his scope as a whole, of others only the decisions
given to his units and the answers to what they asked (`queries.meeting_decisions`, `queries.meeting_escalations`).

Items about a matter that is sealed from him, and what was decided on them, he does not see anywhere.
"""

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import Session, joinedload, selectinload

from models.meeting import Meeting, MeetingAttendee, MeetingDecision, MeetingItem
from queries.scope import in_scope
from queries.sealed_matters import hides_no_matter, hides_nothing
from rules.errors import NotVisible
from rules.meeting_rules import name_of
from rules.meeting_words import MeetingKind, MeetingLevel
from rules.roles import COUNTY_OFFICE, Actor, Permission

_WHOLE = (
    joinedload(Meeting.unit),
    joinedload(Meeting.registered_by),
    selectinload(Meeting.attendees).joinedload(MeetingAttendee.unit),
    selectinload(Meeting.items).joinedload(MeetingItem.reporting_unit),
    selectinload(Meeting.items).joinedload(MeetingItem.petition),
    selectinload(Meeting.items).joinedload(MeetingItem.task),
    selectinload(Meeting.items).joinedload(MeetingItem.asked_by).joinedload(MeetingItem.meeting),
    selectinload(Meeting.decisions).joinedload(MeetingDecision.unit),
)


def load_meeting(session: Session, actor: Actor, meeting_id: int) -> Meeting:
    """One meeting in scope, void ones included, with all that stands below it. Raises NotVisible."""
    statement = in_scope(Meeting, actor, Permission.MEETINGS_READ).where(Meeting.id == meeting_id)
    row = session.scalar(statement.options(*_WHOLE))
    if row is None:
        raise NotVisible("meeting")
    return row


def meeting_name(meeting: Meeting) -> str:
    """Its title, or a name made of unit, day and kind."""
    level, kind = MeetingLevel(meeting.level), MeetingKind(meeting.kind)
    return name_of(meeting.title, level, meeting.unit.label, meeting.held_on, kind)


def item_is_unsealed(actor: Actor) -> ColumnElement[bool]:
    """Condition on MeetingItem, also where it is joined and there is none."""
    return and_(hides_nothing(actor, MeetingItem.petition_id), hides_no_matter(actor, MeetingItem.task_id))


def shown_item_ids(session: Session, actor: Actor, meeting: Meeting) -> frozenset[int]:
    """Items of the meeting that this actor may read; one statement."""
    statement = select(MeetingItem.id).where(MeetingItem.meeting_id == meeting.id, item_is_unsealed(actor))
    return frozenset(session.scalars(statement))


def is_looked_after_by(actor: Actor) -> ColumnElement[bool]:
    """Condition on Meeting: called by the actor's own office; the county's are 县信访局's to look after."""
    own = Meeting.unit_id == (actor.unit_id or 0)
    return or_(own, Meeting.level == MeetingLevel.COUNTY.value) if actor.role in COUNTY_OFFICE else own
