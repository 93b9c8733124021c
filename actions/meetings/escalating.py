"""提请上级研究: the answer of the body above, brought back to the item of the meeting that asked."""

from datetime import date, datetime

from sqlalchemy.orm import Session

from actions import audit
from models.meeting import MeetingDecision, MeetingItem
from queries.meeting_escalations import is_news_to, load_escalated
from queries.meeting_scope import meeting_name
from rules.errors import RuleViolation, StaleVersion
from rules.meeting_rules import LONGEST_RESULT
from rules.meeting_words import ItemOutcome
from rules.roles import COUNTY_OFFICE, Actor


def give_answer(
    session: Session,
    *,
    actor: Actor,
    now: datetime,
    today: date,
    item_id: int,
    version: int,
    text: str,
    on: date | None,
) -> MeetingItem:
    """An answer that came without a meeting recorded here, entered by the county's office.

    Raises NotVisible, StaleVersion, RuleViolation on `text` or `on`.
    """
    item = load_escalated(session, actor, item_id)
    if actor.role not in COUNTY_OFFICE:
        raise RuleViolation("提请事项的答复由县信访局登记。")
    if item.version != version:
        raise StaleVersion
    if item.answered_on is not None:
        raise RuleViolation(f"这件事已于 {item.answered_on} 答复。")
    if on is None or not (item.escalated_on or item.meeting.held_on) <= on <= today:
        raise RuleViolation(f"答复日期应在提请日期 {item.escalated_on} 之后，且不晚于今天。", "on")
    if not 2 <= len(text) <= LONGEST_RESULT:
        raise RuleViolation(f"请写明答复意见，2 至 {LONGEST_RESULT} 个字。", "text")
    set_answer(session, actor=actor, now=now, item=item, text=text, on=on)
    return item


def set_answer(
    session: Session,
    *,
    actor: Actor,
    now: datetime,
    item: MeetingItem,
    text: str,
    on: date,
    giver: MeetingItem | None = None,
) -> None:
    """The first answer stands. What itself was asked by a meeting further below is answered there too. `giver` is the
    item of the meeting above that settled it."""
    if item.answered_on is not None:
        return
    item.answered_by_item_id = giver.id if giver else None
    _note(session, actor, now, item, "meeting.answer", text, on)
    if item.asked_by is not None:
        set_answer(session, actor=actor, now=now, item=item.asked_by, text=text, on=on, giver=giver)


def note_answer_read(session: Session, *, actor: Actor, now: datetime, item_id: int) -> None:
    """The first of the office that asked who opens it: from then on it is no news. Raises NotVisible."""
    item = load_escalated(session, actor, item_id)
    if not is_news_to(actor, item):
        return
    item.answer_read_at = now
    audit.record(
        session,
        actor=actor,
        now=now,
        action="meeting.read-answer",
        subject=item,
        label=item.meeting.number,
        after={"answer_read_at": now.isoformat(timespec="seconds")},
    )


def take_answer_back(
    session: Session, *, actor: Actor, now: datetime, item: MeetingItem | None, giver: MeetingItem
) -> None:
    """Where the record that gave it is worked on again; an answer of another stays."""
    if item is None or item.answered_by_item_id != giver.id:
        return
    item.answered_by_item_id = None
    _note(session, actor, now, item, "meeting.take-answer-back", "", None)
    take_answer_back(session, actor=actor, now=now, item=item.asked_by, giver=giver)


def answer_of_meeting(item: MeetingItem) -> str:
    """What the body above says: its name, the outcome, the discussion, what it decided."""
    meeting = item.meeting
    decided = [_in_words(row) for row in meeting.decisions if row.item_id == item.id]
    said = [ItemOutcome(item.outcome).label if item.outcome else "", item.discussion.strip("。"), *decided]
    return f"{meeting_name(meeting)}：{'。'.join(part for part in said if part)}。"


def _in_words(decision: MeetingDecision) -> str:
    due = f"，{decision.due_on}前完成" if decision.due_on else ""
    return f"{decision.content.strip('。')}（{decision.unit.label}{due}）"


def _note(
    session: Session, actor: Actor, now: datetime, item: MeetingItem, action: str, text: str, on: date | None
) -> None:
    is_own = item.meeting.unit_id == actor.unit_id
    before = {"answer": item.answer, "answered_on": item.answered_on and item.answered_on.isoformat()}
    item.answer, item.answered_on = text, on
    item.answer_read_at = now if is_own and on else None
    item.version += 1
    after = {"answer": text, "answered_on": on and on.isoformat()}
    audit.record(
        session,
        actor=actor,
        now=now,
        action=action,
        subject=item,
        label=item.meeting.number,
        before=before,
        after=after,
    )
