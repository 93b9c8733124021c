"""What came of each item, and what was decided: by which unit, which post, by when."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from actions.meetings.changing import changing
from models.meeting import Meeting, MeetingDecision, MeetingItem
from models.organisation import Unit
from queries.attachments import room_taken
from queries.became_tasks import task_number_of
from queries.meeting_accused import keeps_from
from queries.meeting_escalations import taken_up_above
from queries.meeting_scope import shown_item_ids
from rules.errors import RuleViolation, RuleViolations
from rules.meeting_rules import (
    MOST_DECISIONS,
    DecisionLine,
    MeetingVerb,
    bodies_above,
    check_decisions,
    check_outcome,
)
from rules.meeting_words import ItemOutcome, MeetingKind, MeetingLevel
from rules.roles import Actor


@dataclass(frozen=True)
class DecisionData:
    """One decision; `number` is its row on the form, from 0, `decision_id` the saved row it corrects."""

    number: int
    content: str
    unit_id: int | None = None
    person: str = ""
    due_on: date | None = None
    item_id: int | None = None
    decision_id: int | None = None


@dataclass(frozen=True)
class OutcomeData:
    """What came of one item. `escalated_to` is asked for where it goes up."""

    item_id: int
    outcome: ItemOutcome | None
    discussion: str = ""
    escalated_to: MeetingKind | None = None


def record_meeting(
    session: Session,
    *,
    actor: Actor,
    now: datetime,
    meeting: Meeting,
    version: int,
    outcomes: Sequence[OutcomeData],
    decisions: Sequence[DecisionData],
) -> None:
    """Outcomes of the items that this actor sees, and all of their decisions: what he does not see stays as it is.

    Raises StaleVersion, RuleViolation(s) on `item-7-outcome`, `decision-0-content` ….
    """
    with changing(session, actor=actor, now=now, meeting=meeting, version=version, verb=MeetingVerb.RECORD):
        shown = shown_item_ids(session, actor, meeting)
        problems = _record_outcomes(session, meeting, outcomes, shown)
        level = MeetingLevel(meeting.level)
        problems += checked_decisions(session, decisions, meeting.unit, level, meeting.held_on)
        problems += _refused_items(session, meeting, decisions, shown)
        if problems:
            raise RuleViolations(problems)
        _replace(session, meeting, decisions, shown)


def checked_decisions(
    session: Session,
    decisions: Sequence[DecisionData],
    holder: Unit,
    level: MeetingLevel,
    held_on: date | None,
) -> list[RuleViolation]:
    """Every refusal at once: shape, and whether the unit stands below who decides."""
    lines = [DecisionLine(d.number, d.content, d.unit_id is not None, d.due_on) for d in decisions]
    problems = check_decisions(lines, held_on)
    if len(decisions) > MOST_DECISIONS:
        problems.append(RuleViolation(f"一次会议最多 {MOST_DECISIONS} 件议定事项。"))
    for decision in decisions:
        unit = session.get(Unit, decision.unit_id) if decision.unit_id else None
        if unit is not None and not _is_bound(unit, holder, level):
            said = "只能定本乡镇（街道）及所辖村、社区；要县直单位办的，请提请上级研究。"
            if level is MeetingLevel.COUNTY:
                said = "外部单位不在本县管辖范围。"
            problems.append(RuleViolation(said, f"decision-{decision.number}-unit"))
    return problems


def _is_bound(unit: Unit, holder: Unit, level: MeetingLevel) -> bool:
    """A township binds itself and its villages, the county everybody in its tree."""
    return bool(unit.path) and (level is MeetingLevel.COUNTY or unit.path.startswith(holder.path))


def add_decisions(session: Session, meeting: Meeting, decisions: Sequence[DecisionData]) -> None:
    for position, decision in enumerate(decisions, start=1):
        row = MeetingDecision(meeting_id=meeting.id, position=position)
        _fill(row, decision)
        session.add(row)
    session.flush()


def _record_outcomes(
    session: Session, meeting: Meeting, outcomes: Sequence[OutcomeData], shown: frozenset[int]
) -> list[RuleViolation]:
    above = bodies_above(MeetingLevel(meeting.level), MeetingKind(meeting.kind))
    items = {item.id: item for item in meeting.items if item.id in shown}
    taken_up = taken_up_above(session, list(items.values()))
    problems = []
    for said in outcomes:
        item = items.get(said.item_id)
        if item is None:
            continue
        if item.id in taken_up and _goes_to(said) != item.escalated_to:
            problems.append(
                RuleViolation("上级已受理这个议题，研究结果不能再改。", f"item-{item.id}-outcome")
            )
        if refused := check_outcome(said.outcome, said.escalated_to, above):
            problems.append(RuleViolation(refused.message, f"item-{item.id}-{refused.field}"))
        _set_outcome(item, said, meeting.held_on)
    return problems


def _set_outcome(item: MeetingItem, said: OutcomeData, held_on: date) -> None:
    item.outcome = said.outcome.value if said.outcome else None
    item.discussion = said.discussion
    item.escalated_to = _goes_to(said)
    item.escalated_on = held_on if said.outcome is ItemOutcome.ESCALATED else None
    item.version += 1


def _goes_to(said: OutcomeData) -> str | None:
    if said.outcome is not ItemOutcome.ESCALATED or said.escalated_to is None:
        return None
    return said.escalated_to.value


def _refused_items(
    session: Session, meeting: Meeting, decisions: Sequence[DecisionData], shown: frozenset[int]
) -> list[RuleViolation]:
    items = {item.id: item for item in meeting.items if item.id in shown}
    problems = []
    for decision in decisions:
        item = items.get(decision.item_id or 0)
        if decision.item_id is not None and item is None:
            problems.append(RuleViolation("没有这个议题。", f"decision-{decision.number}-item"))
        elif item is not None and keeps_from(session, item.petition, decision.unit_id):
            problems.append(
                RuleViolation("这个议题不能交给该单位（回避）。", f"decision-{decision.number}-unit")
            )
    return problems


def _replace(
    session: Session, meeting: Meeting, decisions: Sequence[DecisionData], shown: frozenset[int]
) -> None:
    """Rows are known by their id; those of items that the actor does not see stay behind the others."""
    hidden = [row for row in meeting.decisions if row.item_id is not None and row.item_id not in shown]
    present = {row.id: row for row in meeting.decisions if row not in hidden}
    for position, decision in enumerate(decisions, start=1):
        row = present.pop(decision.decision_id or 0, None) or MeetingDecision(meeting_id=meeting.id)
        row.position = position
        _fill(row, decision)
        row.version = (row.version or 0) + 1
        session.add(row)
    for position, row in enumerate(hidden, start=len(decisions) + 1):
        row.position = position
    for surplus in present.values():
        _require_nothing_built_upon(session, surplus)
        session.delete(surplus)
    session.flush()


def _require_nothing_built_upon(session: Session, row: MeetingDecision) -> None:
    """Tasks and attachments name it by its id."""
    words = f"“{row.content[:20]}”"
    if row.done_on is not None:
        raise RuleViolation(f"{words}已登记落实，不能删去。")
    if number := task_number_of(session, row):
        raise RuleViolation(f"{words}已转为督办 {number}，不能删去。")
    _files, _size, last = room_taken(session, MeetingDecision.__tablename__, row.id)
    if last:
        raise RuleViolation(f"{words}有附件，不能删去。")


def _fill(row: MeetingDecision, decision: DecisionData) -> None:
    row.content, row.person, row.due_on = decision.content, decision.person, decision.due_on
    row.unit_id, row.item_id = decision.unit_id or 0, decision.item_id
