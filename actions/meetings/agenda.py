"""议题: put on the agenda from open petitions, supervision tasks, matters sent up from below, or as free text."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from actions.meetings.changing import changing
from models.meeting import Meeting, MeetingItem
from models.supervision import SupervisionTask
from queries.meeting_accused import keeps_from, may_be_discussed
from queries.meeting_agenda import task_in_scope, waiting_item
from queries.meeting_escalations import was_put_above
from queries.meeting_scope import shown_item_ids
from queries.petition_scope import load_petition
from rules.errors import RuleViolation
from rules.meeting_rules import LONGEST_TITLE, MOST_ITEMS, MeetingVerb
from rules.roles import Actor

ACCUSATION = "检举控告类、已密封的事项按规定另行处理，不列入会议议题（《信访工作条例》第三十条）。"


@dataclass(frozen=True)
class NewItem:
    """One matter for the agenda, from one of four places; `title` replaces what the record is called."""

    title: str = ""
    reporting_unit_id: int | None = None
    petition_id: int | None = None
    task_id: int | None = None
    asked_by_id: int | None = None
    field: str = "topics"
    """Where a refusal of it belongs."""


def add_items(
    session: Session,
    *,
    actor: Actor,
    now: datetime,
    meeting: Meeting,
    version: int,
    items: Sequence[NewItem],
) -> None:
    """At the end of the agenda, each matter once. Raises StaleVersion, NotVisible, RuleViolation on an item's field."""
    if not items:
        raise RuleViolation("请勾选或者写下要列入的议题。", "topics")
    with changing(
        session, actor=actor, now=now, meeting=meeting, version=version, verb=MeetingVerb.PUT_ON_AGENDA
    ):
        rows = [_made(session, actor, meeting, new) for new in items]
        position = max((item.position for item in meeting.items), default=0)
        fresh = [row for row in rows if not _stands_already(meeting, row)]
        if len(meeting.items) + len(fresh) > MOST_ITEMS:
            raise RuleViolation(f"一次会议最多 {MOST_ITEMS} 个议题。", "topics")
        for place, row in enumerate(fresh, start=position + 1):
            row.position = place
            session.add(row)


def move_item(
    session: Session,
    *,
    actor: Actor,
    now: datetime,
    meeting: Meeting,
    version: int,
    item_id: int,
    is_up: bool,
) -> None:
    """One place up or down among the items that the actor sees. Raises StaleVersion, RuleViolation."""
    with changing(
        session, actor=actor, now=now, meeting=meeting, version=version, verb=MeetingVerb.PUT_ON_AGENDA
    ):
        shown = shown_item_ids(session, actor, meeting)
        items = [item for item in meeting.items if item.id in shown]
        place = _place_of(items, item_id)
        other = place + (-1 if is_up else 1)
        if 0 <= other < len(items):
            items[place].position, items[other].position = items[other].position, items[place].position


def drop_item(
    session: Session,
    *,
    actor: Actor,
    now: datetime,
    meeting: Meeting,
    version: int,
    item_id: int,
) -> None:
    """Off the agenda again, while nothing was decided on it; the audit keeps what it said. Raises RuleViolation."""
    with changing(
        session, actor=actor, now=now, meeting=meeting, version=version, verb=MeetingVerb.PUT_ON_AGENDA
    ):
        shown = shown_item_ids(session, actor, meeting)
        items = [item for item in meeting.items if item.id in shown]
        item = items[_place_of(items, item_id)]
        if item.outcome or any(decision.item_id == item.id for decision in meeting.decisions):
            raise RuleViolation("这个议题已经有研究结果或议定事项，不能撤下。")
        if was_put_above(session, item):
            raise RuleViolation("这个议题已提请上级研究，不能撤下。")
        session.delete(item)


def _place_of(items: Sequence[MeetingItem], item_id: int) -> int:
    for place, item in enumerate(items):
        if item.id == item_id:
            return place
    raise RuleViolation("这个议题已不在议程上。")


def _made(session: Session, actor: Actor, meeting: Meeting, new: NewItem) -> MeetingItem:
    row = MeetingItem(meeting_id=meeting.id, title=new.title, reporting_unit_id=new.reporting_unit_id)
    if new.asked_by_id is not None:
        _answer_to(session, actor, meeting, row, new)
    if new.task_id is not None:
        _about_task(session, actor, row, new)
    if new.petition_id is not None:
        _about_petition(session, actor, row, new.petition_id)
    petition = row.petition
    if petition is not None and not may_be_discussed(petition):
        raise RuleViolation(ACCUSATION, new.field)
    if keeps_from(session, petition, row.reporting_unit_id):
        raise RuleViolation("汇报单位与这件事有利害关系，请换一个单位（回避）。", new.field)
    if not row.title:
        raise RuleViolation("请写明议题。", new.field)
    row.title = row.title[:LONGEST_TITLE]
    return row


def _answer_to(session: Session, actor: Actor, meeting: Meeting, row: MeetingItem, new: NewItem) -> None:
    asking = waiting_item(session, actor, meeting, new.asked_by_id or 0)
    row.asked_by_id, row.petition, row.task_id = asking.id, asking.petition, asking.task_id
    row.title = row.title or asking.title
    row.reporting_unit_id = row.reporting_unit_id or asking.meeting.unit_id


def _about_task(session: Session, actor: Actor, row: MeetingItem, new: NewItem) -> None:
    """Whoever was given the task may bring it up; the number of its petition is shown to those who may read that."""
    task: SupervisionTask = task_in_scope(session, actor, new.task_id or 0)
    row.task_id, row.title = task.id, row.title or f"{task.title}（督办 {task.number}）"
    row.petition = task.petition
    if not all(may_be_discussed(petition) for petition in task.petitions):
        raise RuleViolation(ACCUSATION, new.field)


def _about_petition(session: Session, actor: Actor, row: MeetingItem, petition_id: int) -> None:
    """By number and kind of matter: titles of petitions may name people."""
    petition = load_petition(session, actor, petition_id)
    if petition.is_void:
        raise RuleViolation(f"{petition.number} 已作废，不能列入议题。", "number")
    row.petition = petition
    row.title = row.title or f"{petition.category.label}问题（信访事项 {petition.number}）"
    row.reporting_unit_id = row.reporting_unit_id or petition.responsible_unit_id


def _stands_already(meeting: Meeting, row: MeetingItem) -> bool:
    def same(item: MeetingItem) -> bool:
        for name in ("asked_by_id", "task_id"):
            if getattr(row, name) is not None:
                return bool(getattr(item, name) == getattr(row, name))
        return row.petition is not None and item.petition_id == row.petition.id

    return any(same(item) for item in meeting.items)
