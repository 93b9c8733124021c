"""Planning and logging a meeting, correcting and voiding it."""

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from sqlalchemy.orm import Session

from actions import audit
from actions.ending import make_void
from actions.meetings.changing import changing, meeting_values, require
from actions.meetings.recording import DecisionData, add_decisions, checked_decisions
from actions.numbers import take_number
from actions.once import already_made, note_made
from models.meeting import Meeting, MeetingAttendee, MeetingItem
from models.organisation import Unit
from queries.meeting_agenda import last_attendees
from queries.scope import load_unit
from rules.errors import NotVisible, RuleViolation, RuleViolations
from rules.meeting_rules import LONGEST_TITLE, MOST_ITEMS, HeadValues, MeetingVerb, check_head, level_of
from rules.meeting_words import MeetingKind, MeetingLevel, MeetingState, Presence
from rules.numbering import RecordKind
from rules.roles import Actor
from rules.taxonomy import UnitCategory


@dataclass(frozen=True)
class HeadData:
    """A meeting as a whole, as typed."""

    unit_id: int
    kind: MeetingKind
    held_on: date | None
    starts_at: time | None = None
    title: str = ""
    session_no: str = ""
    place: str = ""
    convenor: str = ""
    chair: str = ""
    notes: str = ""


@dataclass(frozen=True)
class MeetingData:
    """Head, topics (one a line) and decisions on one screen."""

    head: HeadData
    state: MeetingState
    topics: tuple[str, ...] = ()
    decisions: tuple[DecisionData, ...] = ()


def register_meeting(
    session: Session,
    *,
    actor: Actor,
    now: datetime,
    today: date,
    data: MeetingData,
    submission_key: str = "",
) -> Meeting:
    """A meeting planned or held; those asked the last time are asked again. Sent twice with one key it is made once.

    Raises RuleViolation(s).
    """
    made = already_made(session, submission_key, actor, Meeting)
    if made is not None:
        return session.get_one(Meeting, made)
    unit = _holder(session, actor, data.head.unit_id)
    level = _level(unit)
    day = _checked(session, data, level, unit, today)
    row = Meeting(
        **_columns(data.head, day),
        number=take_number(session, unit, RecordKind.MEETING, day.year),
        unit_id=unit.id,
        level=level.value,
        state=data.state.value,
        registered_at=now,
        registered_by_id=actor.person_id,
    )
    session.add(row)
    session.flush()
    _add_topics(session, row, data.topics)
    add_decisions(session, row, data.decisions)
    _ask_the_same(session, row)
    audit.record(
        session,
        actor=actor,
        now=now,
        action="meeting.register",
        subject=row,
        label=row.number,
        after=meeting_values(session, row),
    )
    note_made(session, key=submission_key, actor=actor, now=now, subject=row)
    return row


def correct_meeting(
    session: Session,
    *,
    actor: Actor,
    now: datetime,
    today: date,
    meeting: Meeting,
    data: HeadData,
    version: int,
    reason: str,
) -> None:
    """Replace the head; agenda, attendance and decisions have their own pages. Raises StaleVersion, RuleViolation(s)."""
    with changing(
        session,
        actor=actor,
        now=now,
        meeting=meeting,
        version=version,
        verb=MeetingVerb.CORRECT,
        reason=reason,
    ):
        state = MeetingState(meeting.state)
        values = HeadValues(MeetingLevel(meeting.level), data.kind, state, data.held_on, data.starts_at)
        if problems := check_head(values, today):
            raise RuleViolations(problems)
        for name, value in _columns(data, data.held_on).items():
            setattr(meeting, name, value)


def hold_meeting(
    session: Session,
    *,
    actor: Actor,
    now: datetime,
    today: date,
    meeting: Meeting,
    version: int,
    held_on: date | None,
    chair: str,
) -> None:
    """A planned meeting took place on that day. Raises StaleVersion, RuleViolation on `held_on`."""
    with changing(session, actor=actor, now=now, meeting=meeting, version=version, verb=MeetingVerb.HOLD):
        values = HeadValues(
            MeetingLevel(meeting.level), MeetingKind(meeting.kind), MeetingState.HELD, held_on
        )
        if problems := check_head(values, today):
            raise RuleViolations(problems)
        if not chair:
            raise RuleViolation("请填写主持人。", "chair")
        meeting.state, meeting.held_on, meeting.chair = MeetingState.HELD.value, held_on or today, chair


def void_meeting(
    session: Session, *, actor: Actor, now: datetime, meeting: Meeting, version: int, reason: str
) -> None:
    """It stays, with its number, and counts nowhere. Raises StaleVersion, RuleViolation."""
    require(actor, meeting, version, MeetingVerb.VOID)
    make_void(session, actor=actor, now=now, row=meeting, action="meeting.void", reason=reason)


def _holder(session: Session, actor: Actor, unit_id: int) -> Unit:
    try:
        return load_unit(session, actor, unit_id)
    except NotVisible:
        raise RuleViolation("只能登记本单位的会议。", "unit") from None


def _level(unit: Unit) -> MeetingLevel:
    category = UnitCategory(unit.category)
    if category is UnitCategory.COUNTY_COMMITTEE:
        raise RuleViolation("县级会议由县信访局登记、印发纪要，请选择县信访局。", "unit")
    level = level_of(category)
    if level is None:
        raise RuleViolation("联席会议由县、乡镇（街道）召开，请选择召开会议的单位。", "unit")
    return level


def _checked(session: Session, data: MeetingData, level: MeetingLevel, unit: Unit, today: date) -> date:
    head = data.head
    values = HeadValues(level, head.kind, data.state, head.held_on, head.starts_at)
    problems = check_head(values, today)
    if data.state is not MeetingState.PLANNED and not head.chair:
        problems.append(RuleViolation("请填写主持人。", "chair"))
    if data.state is MeetingState.PLANNED and data.decisions:
        problems.append(RuleViolation("会议还没有开，不能登记议定事项。", "state"))
    problems += [
        RuleViolation(f"议题“{topic[:20]}…”太长，一行一个议题，最多 {LONGEST_TITLE} 个字。", "topics")
        for topic in data.topics
        if len(topic) > LONGEST_TITLE
    ]
    if len(data.topics) > MOST_ITEMS:
        problems.append(RuleViolation(f"一次会议最多 {MOST_ITEMS} 个议题。", "topics"))
    problems += checked_decisions(session, data.decisions, unit, level, head.held_on)
    if problems or head.held_on is None:
        raise RuleViolations(problems)
    return head.held_on


def _columns(head: HeadData, day: date | None) -> dict[str, Any]:
    names = ("starts_at", "title", "session_no", "place", "convenor", "chair", "notes")
    return {name: getattr(head, name) for name in names} | {"kind": head.kind.value, "held_on": day}


def _add_topics(session: Session, meeting: Meeting, topics: tuple[str, ...]) -> None:
    session.add_all(
        MeetingItem(meeting_id=meeting.id, position=n, title=t) for n, t in enumerate(topics, start=1)
    )
    session.flush()


def _ask_the_same(session: Session, meeting: Meeting) -> None:
    """Whoever was asked to the last meeting of the same kind; whether they came is not known yet."""
    for position, last in enumerate(last_attendees(session, meeting), start=1):
        session.add(
            MeetingAttendee(
                meeting_id=meeting.id,
                position=position,
                unit_id=last.unit_id,
                name=last.name,
                post=last.post,
                part=last.part,
                presence=Presence.OPEN.value,
            )
        )
    session.flush()
