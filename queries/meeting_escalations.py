"""提请上级研究: what a meeting sent up, to which body, on whose agenda it stands, and the answer that came back."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, and_, func, select, true
from sqlalchemy.orm import Session, aliased, joinedload

from models.meeting import Meeting, MeetingItem
from queries.meeting_scope import item_is_unsealed, meeting_name
from queries.scope import in_scope_of
from rules.errors import NotVisible
from rules.meeting_rules import body_in_words
from rules.meeting_words import MeetingKind, MeetingState
from rules.roles import Actor, Permission

STATES = {"": "待答复", "unread": "有答复、本单位未看", "answered": "已答复"}
MOST_LISTED = 300
_PUT = aliased(MeetingItem, name="put_item")
_ON = aliased(Meeting, name="put_on_meeting")


@dataclass(frozen=True)
class EscalatedRow:
    """`placed` says on which meeting above it stands, "" while on none; `waits` are calendar days since it was sent."""

    id: int
    number: str
    meeting_id: int
    unit: str
    title: str
    body: str
    escalated_on: date
    placed: str
    placed_meeting_id: int | None
    answered_on: date | None
    answer: str
    waits: int


def is_waiting() -> tuple[ColumnElement[bool], ...]:
    """Conditions on MeetingItem joined with Meeting: sent up by a final record, not answered."""
    return (
        MeetingItem.escalated_to.is_not(None),
        MeetingItem.answered_on.is_(None),
        Meeting.state == MeetingState.MINUTED.value,
        Meeting.voided_at.is_(None),
    )


def is_unread_by(actor: Actor) -> ColumnElement[bool]:
    """Condition on MeetingItem joined with Meeting: the own office asked, it was answered, nobody there opened that yet."""
    return and_(
        MeetingItem.escalated_to.is_not(None),
        MeetingItem.answered_on.is_not(None),
        MeetingItem.answer_read_at.is_(None),
        Meeting.unit_id == (actor.unit_id or 0),
        Meeting.state == MeetingState.MINUTED.value,
        Meeting.voided_at.is_(None),
    )


def is_news_to(actor: Actor, item: MeetingItem) -> bool:
    """As `is_unread_by`, of a loaded one."""
    is_own = item.meeting.unit_id == actor.unit_id
    return is_own and item.answered_on is not None and item.answer_read_at is None


def list_escalated(session: Session, actor: Actor, today: date, *, state: str = "") -> list[EscalatedRow]:
    """Those that units in scope sent up, the oldest first (answered ones: the newest); two statements."""
    when = MeetingItem.answered_on.desc() if state else MeetingItem.escalated_on
    rows = session.scalars(
        _visible(actor)
        .where(MeetingItem.answered_on.is_not(None) if state else MeetingItem.answered_on.is_(None))
        .where(is_unread_by(actor) if state == "unread" else true())
        .order_by(when, MeetingItem.id)
        .limit(MOST_LISTED)
    ).all()
    placed = _placed(session, [row.id for row in rows])
    return [_row(row, placed.get(row.id), today) for row in rows]


def load_escalated(session: Session, actor: Actor, item_id: int) -> MeetingItem:
    """One of them. Raises NotVisible."""
    row = session.scalar(_visible(actor).where(MeetingItem.id == item_id))
    if row is None:
        raise NotVisible("meeting_item")
    return row


def taken_up_above(session: Session, items: Sequence[MeetingItem]) -> frozenset[int]:
    """Ids of those that are answered, or stand on a live agenda above; one statement."""
    answered = {item.id for item in items if item.answered_on is not None}
    return frozenset(answered | _placed(session, [item.id for item in items]).keys())


def was_put_above(session: Session, item: MeetingItem) -> bool:
    """On any agenda, void ones included: its row is referred to."""
    return session.scalar(select(_PUT.id).where(_PUT.asked_by_id == item.id).limit(1)) is not None


def escalated_row(session: Session, item: MeetingItem, today: date) -> EscalatedRow:
    return _row(item, _placed(session, [item.id]).get(item.id), today)


def count_waiting(session: Session, actor: Actor) -> int:
    statement = _visible(actor).where(MeetingItem.answered_on.is_(None))
    return int(session.scalar(statement.with_only_columns(func.count(MeetingItem.id)).order_by(None)) or 0)


def _visible(actor: Actor) -> Any:
    statement = (
        select(MeetingItem)
        .join(Meeting, MeetingItem.meeting_id == Meeting.id)
        .where(
            MeetingItem.escalated_to.is_not(None),
            Meeting.state == MeetingState.MINUTED.value,
            Meeting.voided_at.is_(None),
            item_is_unsealed(actor),
        )
    )
    if not actor.may(Permission.MEETINGS_READ) or not actor.scope_path:
        return statement.where(MeetingItem.id < 0)
    return statement.where(in_scope_of(actor, Meeting.unit_id)).options(
        joinedload(MeetingItem.meeting).joinedload(Meeting.unit), joinedload(MeetingItem.petition)
    )


def _placed(session: Session, item_ids: list[int]) -> dict[int, Meeting]:
    """The latest live meeting above on whose agenda each stands."""
    statement = (
        select(_PUT.asked_by_id, _ON)
        .join(_ON, _PUT.meeting_id == _ON.id)
        .where(_PUT.asked_by_id.in_(item_ids), _ON.voided_at.is_(None))
        .options(joinedload(_ON.unit))
        .order_by(_ON.held_on, _ON.id)
    )
    return {asked or 0: meeting for asked, meeting in session.execute(statement)}


def _row(item: MeetingItem, placed: Meeting | None, today: date) -> EscalatedRow:
    sent = item.escalated_on or item.meeting.held_on
    return EscalatedRow(
        id=item.id,
        number=item.meeting.number,
        meeting_id=item.meeting_id,
        unit=item.meeting.unit.label,
        title=item.title,
        body=body_in_words(MeetingKind(item.escalated_to or "joint")),
        escalated_on=sent,
        placed=_called(placed) if placed else "",
        placed_meeting_id=placed.id if placed else None,
        answered_on=item.answered_on,
        answer=item.answer,
        waits=(today - sent).days,
    )


def _called(meeting: Meeting) -> str:
    return f"{meeting_name(meeting)}（{MeetingState(meeting.state).label}，{meeting.held_on}）"
