"""议定事项落实: a decision ends with a result and evidence, and is taken up again where that did not hold."""

from collections.abc import Mapping
from datetime import date, datetime

from sqlalchemy.orm import Session

from actions import audit
from models.meeting import MeetingDecision
from queries.attachments import room_taken
from queries.meeting_decisions import load_decision, task_of_decision
from rules.errors import RuleViolation, RuleViolations, StaleVersion
from rules.meeting_rules import LONGEST_EVIDENCE, check_completion
from rules.meeting_words import MeetingState
from rules.own_entries import own_day_problem
from rules.roles import Actor, Permission


def complete_decision(
    session: Session,
    *,
    actor: Actor,
    now: datetime,
    today: date,
    decision_id: int,
    version: int,
    done_on: date | None,
    result: str,
    evidence: str,
) -> MeetingDecision:
    """Said by the unit that had to do it, or by who held the meeting.

    Raises NotVisible for a decision of others, StaleVersion, RuleViolation(s) on `done_on`, `result`, `evidence`.
    """
    row = load_decision(session, actor, decision_id)
    _require_open(session, actor, row, version)
    files, _size, _last = room_taken(session, MeetingDecision.__tablename__, row.id)
    proof = evidence or ("附件" if files else "")
    problems = check_completion(done_on, row.meeting.held_on, today, result, proof)
    own = own_day_problem(
        done_on, today, on_behalf=_on_behalf(actor, row), office="召开会议的单位", field="done_on"
    )
    if own is not None:
        problems.append(own)
    if len(evidence) > LONGEST_EVIDENCE:
        problems.append(RuleViolation(f"最多 {LONGEST_EVIDENCE} 个字。", "evidence"))
    if problems:
        raise RuleViolations(problems)
    values = {"done_on": done_on, "recorded_at": now, "result": result, "evidence": evidence}
    _change(session, actor, now, row, "meeting.complete-decision", values)
    return row


def reopen_decision(
    session: Session, *, actor: Actor, now: datetime, decision_id: int, version: int, reason: str
) -> MeetingDecision:
    """By a head or the county's office, who holds the meeting. Raises NotVisible, StaleVersion, RuleViolation."""
    row = load_decision(session, actor, decision_id)
    if row.version != version:
        raise StaleVersion
    if row.done_on is None:
        raise RuleViolation("这件议定事项还没有登记落实。")
    if not may_judge(actor, row):
        raise RuleViolation("由召开会议的单位退回。")
    values = {"done_on": None, "recorded_at": None, "result": "", "evidence": ""}
    _change(session, actor, now, row, "meeting.reopen-decision", values, reason)
    return row


def may_judge(actor: Actor, row: MeetingDecision) -> bool:
    """Who holds the meeting, or stands above it."""
    return actor.may(Permission.MEETINGS_MINUTE) and _holds(actor, row)


def _on_behalf(actor: Actor, row: MeetingDecision) -> bool:
    """Of another unit, by who holds the meeting."""
    return _holds(actor, row) and row.unit_id != actor.unit_id


def _holds(actor: Actor, row: MeetingDecision) -> bool:
    return bool(actor.scope_path) and row.meeting.unit.path.startswith(actor.scope_path)


def _require_open(session: Session, actor: Actor, row: MeetingDecision, version: int) -> None:
    if row.version != version:
        raise StaleVersion
    if not actor.may(Permission.MEETINGS_WRITE):
        raise RuleViolation("县领导只查看，不登记落实情况。")
    if row.meeting.is_void or row.meeting.state != MeetingState.MINUTED:
        raise RuleViolation("会议记录还没有定稿，议定事项还不能登记落实。")
    if row.done_on is not None:
        raise RuleViolation(f"这件议定事项已于 {row.done_on} 登记落实。")
    task = task_of_decision(session, row.id)
    if task is not None and task.state != "closed":
        raise RuleViolation(f"这件议定事项已转为督办 {task.number}，请在督办里反馈、销号。")


def _change(
    session: Session,
    actor: Actor,
    now: datetime,
    row: MeetingDecision,
    action: str,
    values: Mapping[str, object],
    reason: str = "",
) -> None:
    """The history stands under the meeting; the entry names its decision (`queries.decision_returns`)."""
    before = audit.values_of(row)
    for name, value in values.items():
        setattr(row, name, value)
    row.version += 1
    audit.record(
        session,
        actor=actor,
        now=now,
        action=action,
        subject=row,
        label=row.meeting.number,
        before={name: before[name] for name in values},
        after={name: audit.values_of(row)[name] for name in values} | {"decision_id": row.id},
        reason=reason,
    )
