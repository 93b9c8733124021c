"""会议通知, 会议纪要 and 提请研究的报告 of a meeting, from its record. What has become an accusation since stands in none."""

from typing import Any

from sqlalchemy import Select, exists, select
from sqlalchemy.orm import Session

from models.meeting import Meeting, MeetingAttendee, MeetingDecision, MeetingItem
from models.organisation import Unit
from models.petition import Petition
from queries.meeting_accused import may_be_discussed
from queries.meeting_scope import item_is_unsealed
from queries.scope import in_scope
from rules.letters.text import LetterText
from rules.meeting_rules import body_in_words
from rules.meeting_words import AttendeePart, ItemOutcome, MeetingKind, MeetingLevel, MeetingState, Presence
from rules.papers.meetings import (
    DecisionFacts,
    ItemFacts,
    MeetingBody,
    MeetingFacts,
    escalation,
    meeting_body,
    minutes,
    notice,
)
from rules.roles import COUNTY_OFFICE, Actor, Permission
from rules.taxonomy import UnitCategory

ATTENDANCE_MISSING = (
    "到会情况还没有登记，“出席”一行空着。先在会议页“参会情况”里登记谁到会、谁请假，再“按登记的内容重写”；"
    "也可以在正文末尾自己填写。"
)


def meeting_readers(actor: Actor) -> Select[Any]:
    """Meetings in scope without an item that is kept from the actor: a paper tells of all of them."""
    hidden = select(MeetingItem.id).where(MeetingItem.meeting_id == Meeting.id, ~item_is_unsealed(actor))
    return in_scope(Meeting, actor, Permission.MEETINGS_READ).where(~exists(hidden.correlate(Meeting)))


def writes_for_meeting(actor: Actor, row: Meeting) -> bool:
    """The office that called it; of the county's meeting 县信访局 too, under whatever unit it was entered."""
    is_countys = row.level == MeetingLevel.COUNTY and actor.role in COUNTY_OFFICE
    return row.unit_id == actor.unit_id or is_countys


def meeting_petitions(row: Meeting) -> list[Petition]:
    return [item.petition for item in row.items if item.petition is not None]


def meeting_notice(session: Session, row: Meeting, unit: Unit) -> LetterText:
    return notice(_facts(row, unit))


def meeting_minutes(session: Session, row: Meeting, unit: Unit) -> LetterText:
    return minutes(_facts(row, unit))


def meeting_escalation(session: Session, row: Meeting, unit: Unit) -> LetterText:
    return escalation(_facts(row, unit))


def notice_refusal(row: Meeting) -> str:
    return "" if row.state == MeetingState.PLANNED else "会议已经召开，不再通知。"


def minutes_mark(row: Meeting) -> str:
    return _body(row).name


def minutes_refusal(row: Meeting) -> str:
    if row.state == MeetingState.PLANNED:
        return "会议还没有召开。"
    open_items = [item for item in _discussed(row) if item.outcome is None]
    return f"还有 {len(open_items)} 个议题没有研究结果。" if open_items else ""


def escalation_refusal(row: Meeting) -> str:
    return "" if any(item.escalated_to for item in _discussed(row)) else "没有提请上级研究的议题。"


def _discussed(row: Meeting) -> list[MeetingItem]:
    return [item for item in row.items if item.petition is None or may_be_discussed(item.petition)]


def _facts(row: Meeting, unit: Unit) -> MeetingFacts:
    return MeetingFacts(
        issuer=unit.name,
        body=_body(row),
        title=row.title,
        session_no=row.session_no,
        day=row.held_on,
        starts_at=row.starts_at,
        place=row.place,
        convenor=row.convenor,
        chair=row.chair,
        items=tuple(_item(item, row) for item in _discussed(row)),
        decisions=tuple(_decision(d) for d in row.decisions if d.item_id is None),
        members=_there(row, AttendeePart.MEMBER),
        guests=_there(row, AttendeePart.GUEST),
        clerks=_there(row, AttendeePart.CLERK),
        is_attendance_known=is_attendance_known(row),
        excused=tuple(_called(a) for a in row.attendees if a.presence == Presence.EXCUSED),
        absent=tuple(_called(a) for a in row.attendees if a.presence == Presence.ABSENT),
        invited=tuple(
            a.unit.addressed_as if a.unit else _called(a)
            for a in row.attendees
            if a.part != AttendeePart.CLERK
        ),
    )


def _body(row: Meeting) -> MeetingBody:
    """Of the county where its office, or the department that prepared it, called it."""
    place = row.unit
    if row.level == MeetingLevel.COUNTY and place.category != UnitCategory.COUNTY_COMMITTEE:
        place = place.parent or place
    return meeting_body(place.name, MeetingKind(row.kind))


def _item(item: MeetingItem, row: Meeting) -> ItemFacts:
    return ItemFacts(
        title=item.title,
        reporting_unit=item.reporting_unit.name if item.reporting_unit else "",
        discussion=item.discussion,
        outcome=ItemOutcome(item.outcome).label if item.outcome else "",
        goes_to=body_in_words(MeetingKind(item.escalated_to)) if item.escalated_to else "",
        decisions=tuple(_decision(d) for d in row.decisions if d.item_id == item.id),
    )


def _decision(row: MeetingDecision) -> DecisionFacts:
    return DecisionFacts(row.content, row.unit.name, row.person, row.due_on)


def _there(row: Meeting, part: AttendeePart) -> tuple[str, ...]:
    """Before the meeting who is invited; afterwards only those of whom it was entered that they came."""
    counted = {Presence.PRESENT, Presence.OPEN} if row.state == MeetingState.PLANNED else {Presence.PRESENT}
    return tuple(_called(a) for a in row.attendees if a.part == part and a.presence in counted)


def is_attendance_known(row: Meeting) -> bool:
    """Whether it was entered of everybody who was asked whether he came."""
    return bool(row.attendees) and all(a.presence != Presence.OPEN for a in row.attendees)


def minutes_notices(_session: Session, row: Meeting) -> list[str]:
    """For who drafts the minutes."""
    return [] if is_attendance_known(row) else [ATTENDANCE_MISSING]


def _called(row: MeetingAttendee) -> str:
    """安澜县住房和城乡建设局副局长王某; the office alone where nobody is named."""
    return f"{row.unit.name if row.unit else ''}{row.post}{row.name}"
