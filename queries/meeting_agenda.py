"""What may come on the agenda of a meeting: matters sent up to it, overdue petitions, tasks under way; and whom to ask."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Select, false, select
from sqlalchemy.orm import Session, joinedload

from models.meeting import Meeting, MeetingAttendee, MeetingItem
from models.organisation import Unit
from models.petition import Petition
from models.supervision import SupervisionTask
from queries.meeting_escalations import is_waiting
from queries.meeting_scope import item_is_unsealed
from queries.petition_scope import petition_is_visible
from queries.scope import within
from queries.supervision_scope import visible_tasks
from rules.errors import NotVisible
from rules.meeting_words import MeetingLevel
from rules.roles import Actor

MOST_OFFERED = 30


@dataclass(frozen=True)
class OfferedPetition:
    id: int
    number: str
    title: str
    due_on: date | None
    unit: str


@dataclass(frozen=True)
class Offered:
    """What the agenda's page offers to tick."""

    asked: list[MeetingItem]
    petitions: list[OfferedPetition]
    tasks: list[SupervisionTask]


def offered(session: Session, actor: Actor, meeting: Meeting, today: date) -> Offered:
    """What is not on this agenda yet; three statements."""
    return Offered(
        _asked(session, actor, meeting),
        _overdue(session, actor, meeting, today),
        _tasks(session, actor, meeting),
    )


def waiting_item(session: Session, actor: Actor, meeting: Meeting, item_id: int) -> MeetingItem:
    """An item sent up to the body that this meeting is. Raises NotVisible."""
    row = session.scalar(_asking(actor, meeting).where(MeetingItem.id == item_id))
    if row is None:
        raise NotVisible("meeting_item")
    return row


def task_in_scope(session: Session, actor: Actor, task_id: int) -> SupervisionTask:
    """Raises NotVisible."""
    row = session.scalar(_live_tasks(actor).where(SupervisionTask.id == task_id))
    if row is None:
        raise NotVisible("supervision_task")
    return row


def last_attendees(session: Session, meeting: Meeting) -> list[MeetingAttendee]:
    """Those of the last live meeting of the same unit and kind; two statements."""
    last = session.scalar(
        select(Meeting.id)
        .join(MeetingAttendee, MeetingAttendee.meeting_id == Meeting.id)
        .where(
            Meeting.unit_id == meeting.unit_id,
            Meeting.kind == meeting.kind,
            Meeting.voided_at.is_(None),
            Meeting.id != meeting.id,
        )
        .order_by(Meeting.held_on.desc(), Meeting.id.desc())
        .limit(1)
    )
    if last is None:
        return []
    statement = select(MeetingAttendee).where(MeetingAttendee.meeting_id == last)
    return list(session.scalars(statement.order_by(MeetingAttendee.position)))


def _asked(session: Session, actor: Actor, meeting: Meeting) -> list[MeetingItem]:
    on_agenda = [item.asked_by_id for item in meeting.items if item.asked_by_id is not None]
    statement = _asking(actor, meeting).where(MeetingItem.id.not_in(on_agenda))
    return list(
        session.scalars(statement.order_by(MeetingItem.escalated_on, MeetingItem.id).limit(MOST_OFFERED))
    )


def _asking(actor: Actor, meeting: Meeting) -> Any:
    """Only a county meeting is asked from below."""
    if meeting.level != MeetingLevel.COUNTY.value:
        return select(MeetingItem).where(false())
    return (
        select(MeetingItem)
        .join(Meeting, MeetingItem.meeting_id == Meeting.id)
        .where(
            *is_waiting(),
            MeetingItem.escalated_to == meeting.kind,
            MeetingItem.meeting_id != meeting.id,
            within(Meeting.unit_id, actor.scope_path),
            item_is_unsealed(actor),
        )
        .options(joinedload(MeetingItem.meeting).joinedload(Meeting.unit), joinedload(MeetingItem.petition))
    )


def _overdue(session: Session, actor: Actor, meeting: Meeting, today: date) -> list[OfferedPetition]:
    on_agenda = [item.petition_id for item in meeting.items if item.petition_id is not None]
    statement = (
        select(Petition.id, Petition.number, Petition.title, Petition.next_due_on, Unit.short_name, Unit.name)
        .outerjoin(Unit, Petition.responsible_unit_id == Unit.id)
        .where(
            petition_is_visible(actor, live=True),
            Petition.sealed.is_(False),
            Petition.next_due_on.is_not(None),
            Petition.next_due_on < today,
            Petition.id.not_in(on_agenda),
        )
        .order_by(Petition.next_due_on, Petition.id)
        .limit(MOST_OFFERED)
    )
    return [
        OfferedPetition(id_, number, title, due, short or name or "")
        for id_, number, title, due, short, name in session.execute(statement)
    ]


def _tasks(session: Session, actor: Actor, meeting: Meeting) -> list[SupervisionTask]:
    on_agenda = [item.task_id for item in meeting.items if item.task_id is not None]
    statement = _live_tasks(actor).where(
        SupervisionTask.state == "issued", SupervisionTask.id.not_in(on_agenda)
    )
    ordered = statement.order_by(SupervisionTask.due_on, SupervisionTask.id).limit(MOST_OFFERED)
    return list(session.scalars(ordered))


def _live_tasks(actor: Actor) -> Select[SupervisionTask]:
    return visible_tasks(actor).where(SupervisionTask.voided_at.is_(None))
