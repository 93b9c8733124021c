"""签发: the head of the filing unit sends the task out, by a 督办函 or without one; from that day its lines run."""

from datetime import date, datetime

from sqlalchemy.orm import Session

from actions import audit
from actions.once import already_made, note_made
from actions.supervision.receivers import check_matters, check_receiver
from actions.supervision.steps import settle
from models.office_paper import OfficePaper
from models.supervision import SupervisionLine, SupervisionStep, SupervisionTask
from queries.supervision_papers import has_letter_draft
from queries.supervision_standing import hands_to
from rules.errors import RuleViolation, RuleViolations, StaleVersion
from rules.roles import Actor
from rules.supervision_states import By, LineState, TaskState, TaskVerb


def issue_task(
    session: Session,
    *,
    actor: Actor,
    now: datetime,
    today: date,
    task: SupervisionTask,
    version: int,
    submission_key: str = "",
) -> None:
    """Not while a 督办函 waits for its own issue: that sends the task out too. Raises StaleVersion, RuleViolation, and
    RuleViolations for units that may not be sent to any more."""
    if already_made(session, submission_key, actor, SupervisionStep) is not None:
        return
    if task.version != version:
        raise StaleVersion
    _may_issue(actor, task)
    if has_letter_draft(session, task):
        raise RuleViolation("已有督办函草稿，请签发草稿或者作废草稿。")
    lines = [line for line in task.lines if line.state == LineState.DRAFT]
    _check(session, actor, task, lines, today)
    task.state, task.issued_on, task.issued_by_id = TaskState.ISSUED.value, today, actor.person_id
    task.version += 1
    for line in lines:
        line.state = LineState.SENT.value
        line.version += 1
        settle(session, line)
    step = _issued(task, actor, now, today)
    session.add(step)
    session.flush()
    audit.record(
        session,
        actor=actor,
        now=now,
        action=TaskVerb.ISSUE.audit_code,
        subject=task,
        label=task.number,
        before={"state": TaskState.DRAFT.value, "issued_on": None},
        after={"state": task.state, "issued_on": today.isoformat(), "step": f"{TaskVerb.ISSUE} {today}"},
    )
    note_made(session, key=submission_key, actor=actor, now=now, subject=step)


def issued_by_letter(session: Session, paper: OfficePaper, actor: Actor, now: datetime, today: date) -> None:
    """The first 督办函 of a draft sends it out; a later one only tells the units something more."""
    task = session.get_one(SupervisionTask, paper.subject_id)
    if task.state == TaskState.DRAFT:
        issue_task(session, actor=actor, now=now, today=today, task=task, version=task.version)


def issue_refusal(actor: Actor, task: SupervisionTask) -> str:
    """Why this actor may not issue it now; "" where he may."""
    if task.is_void:
        return "这件督办已作废。"
    if task.state != TaskState.DRAFT:
        return "这件督办已经签发。"
    if By.ISSUER not in hands_to(actor, task).by:
        return "督办由立项单位负责人签发。"
    return ""


def _may_issue(actor: Actor, task: SupervisionTask) -> None:
    if words := issue_refusal(actor, task):
        raise RuleViolation(words)


def _check(
    session: Session, actor: Actor, task: SupervisionTask, lines: list[SupervisionLine], today: date
) -> None:
    """Asked again: since the draft a unit may have been closed, or one of its petitions corrected to an accusation."""
    problems = [
        RuleViolation(f"{line.unit.label}的办理期限 {line.due_on} 已到，请先修改。")
        for line in lines
        if line.due_on <= today
    ]
    problems += check_matters(task.petitions)
    for line in lines:
        problems += check_receiver(session, actor, line.unit, task.petitions, today, "", compared=True)
    if not lines:
        problems.append(RuleViolation("还没有承办单位。"))
    if problems:
        raise RuleViolations(problems)


def _issued(task: SupervisionTask, actor: Actor, now: datetime, today: date) -> SupervisionStep:
    return SupervisionStep(
        task_id=task.id,
        verb=TaskVerb.ISSUE.value,
        happened_on=today,
        recorded_at=now,
        recorded_by_id=actor.person_id,
        unit_id=actor.unit_id,
    )
