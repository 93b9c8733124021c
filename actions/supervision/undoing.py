"""撤销一步: what was entered on a line by mistake is taken back, with the reason; its row stays and says so."""

import json
from datetime import date

from sqlalchemy import inspect
from sqlalchemy.orm import Session

from actions import audit
from actions.once import already_made, note_made
from actions.supervision.steps import Act, close_when_over, plain, settle
from models.supervision import SupervisionLine, SupervisionStep
from queries.supervision_standing import hands_to, steps_of_line
from rules.errors import RuleViolation, StaleVersion
from rules.petition_rules import LONGEST_REASON, check_text
from rules.supervision_states import UNDOABLE, WAITS_FOR, WAYS, TaskVerb


def undo_step(session: Session, act: Act, step_id: int) -> None:
    """The latest live step of the line. Raises RuleViolation, StaleVersion."""
    if already_made(session, act.submission_key, act.actor, SupervisionStep) is not None:
        return
    line = act.line
    if line.version != act.version:
        raise StaleVersion
    live = steps_of_line(session, line).live
    step = next((s for s in live if s.id == step_id), None)
    refused = undo_refusal(act, live, step)
    if refused or step is None:
        raise RuleViolation(refused)
    reason = check_text(act.text, "撤销的理由", most=LONGEST_REASON)
    before = _restored(line, step)
    _ask_again(session, step)
    step.undone_at, step.undone_by_id, step.undo_reason = act.now, act.actor.person_id, reason
    step.waits_for = None
    line.version += 1
    settle(session, line)
    close_when_over(session, act.task, act.on)
    session.flush()
    audit.record(
        session,
        actor=act.actor,
        now=act.now,
        action="supervision_task.undo",
        subject=line,
        label=act.task.number,
        reason=reason,
        before=before | {"step": f"{step.verb} {step.happened_on}"},
        after=json.loads(step.before or "{}") | {"step": "undone"},
    )
    note_made(session, key=act.submission_key, actor=act.actor, now=act.now, subject=step)


def undo_refusal(act: Act, live: list[SupervisionStep], step: SupervisionStep | None) -> str:
    """Why a step may not be taken back; "" where it may."""
    if step is None or step is not (live[-1] if live else None):
        return "只能撤销最后一步。"
    verb = TaskVerb(step.verb)
    if act.task.is_void:
        return "这件督办已作废。"
    if verb not in UNDOABLE:
        return f"“{verb.label}”已生效，不能撤销。"
    if WAYS[verb].by not in hands_to(act.actor, act.task, act.line).by or step.unit_id != act.actor.unit_id:
        return "只能由登记这一步的单位撤销。"
    return ""


def _ask_again(session: Session, step: SupervisionStep) -> None:
    """What it had answered waits once more."""
    answered = session.get(SupervisionStep, step.answers_id) if step.answers_id else None
    if answered is not None:
        answered.waits_for = WAITS_FOR[TaskVerb(answered.verb)].value


def _restored(line: SupervisionLine, step: SupervisionStep) -> dict[str, object]:
    """Put back the columns as they stood before the step; returns what they were until now."""
    columns = {c.key: c for c in inspect(SupervisionLine).column_attrs}
    was: dict[str, object] = {}
    for name, value in json.loads(step.before or "{}").items():
        was[name] = getattr(line, name)
        is_day = columns[name].columns[0].type.python_type is date
        setattr(line, name, date.fromisoformat(value) if is_day and value else value)
    return plain(was)
