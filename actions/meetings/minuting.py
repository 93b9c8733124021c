"""定稿: from then on decisions bind the units named, and what a body above settled comes back to who asked."""

from datetime import date, datetime

from sqlalchemy.orm import Session

from actions.meetings.changing import changing
from actions.meetings.escalating import answer_of_meeting, set_answer, take_answer_back
from models.meeting import Meeting, MeetingItem
from models.office_paper import OfficePaper
from queries.meeting_accused import may_be_discussed
from queries.meeting_standing import reopening_refusal
from rules.errors import RuleViolation
from rules.meeting_rules import MeetingVerb, unsettled
from rules.meeting_words import ItemOutcome, MeetingState
from rules.roles import Actor

SETTLED = (ItemOutcome.DECIDED.value, ItemOutcome.NOTED.value)


def confirm_meeting(session: Session, *, actor: Actor, now: datetime, meeting: Meeting, version: int) -> None:
    """Raises StaleVersion, RuleViolation while an item has no outcome."""
    with changing(session, actor=actor, now=now, meeting=meeting, version=version, verb=MeetingVerb.MINUTE):
        discussed = [i for i in meeting.items if i.petition is None or may_be_discussed(i.petition)]
        open_items = unsettled([ItemOutcome(i.outcome) if i.outcome else None for i in discussed])
        if open_items:
            raise RuleViolation(f"还有 {open_items} 个议题没有写明研究结果，请先记录。")
        meeting.state = MeetingState.MINUTED.value
        for item in meeting.items:
            if item.asked_by_id is not None and item.outcome in SETTLED:
                _answer(session, actor, now, item, meeting.held_on)


def minutes_issued(session: Session, paper: OfficePaper, actor: Actor, now: datetime, today: date) -> None:
    """Issuing the 纪要 makes the record final. Raises RuleViolation."""
    meeting = session.get_one(Meeting, paper.subject_id)
    if meeting.state != MeetingState.MINUTED:
        confirm_meeting(session, actor=actor, now=now, meeting=meeting, version=meeting.version)


def reopen_meeting(
    session: Session, *, actor: Actor, now: datetime, meeting: Meeting, version: int, reason: str
) -> None:
    """Back to 未定稿, and the answers it gave with it; not once its 纪要 was issued, a decision was carried out, or a
    body above took up what it asked.

    Raises StaleVersion, RuleViolation.
    """
    with changing(
        session,
        actor=actor,
        now=now,
        meeting=meeting,
        version=version,
        verb=MeetingVerb.REOPEN,
        reason=reason,
    ):
        if words := reopening_refusal(session, meeting):
            raise RuleViolation(words)
        meeting.state = MeetingState.HELD.value
        for item in meeting.items:
            take_answer_back(session, actor=actor, now=now, item=item.asked_by, giver=item)


def _answer(session: Session, actor: Actor, now: datetime, item: MeetingItem, on: date) -> None:
    if item.asked_by is not None:
        text = answer_of_meeting(item)
        set_answer(session, actor=actor, now=now, item=item.asked_by, text=text, on=on, giver=item)
