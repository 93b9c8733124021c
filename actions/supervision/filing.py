"""立项, 修改, 作废: a task as a draft of the unit that files it. Nobody outside that unit and the county sees it yet."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from actions import audit
from actions.ending import make_void
from actions.numbers import take_number
from actions.once import already_made, note_made
from actions.supervision.receivers import check_matters, check_receiver
from models.base import new_uid
from models.organisation import Unit
from models.petition import Petition
from models.supervision import SupervisionLine, SupervisionStep, SupervisionTask, SupervisionTaskPetition
from queries.became_tasks import ONE_TASK_AT_A_TIME, running_task_number
from queries.petition_scope import visible_among
from queries.scope import load_unit
from queries.supervision_origins import Origin
from queries.supervision_standing import hands_to
from rules.errors import RuleViolation, RuleViolations, StaleVersion
from rules.numbering import RecordKind
from rules.roles import Actor
from rules.supervision_rules import LineValues, TaskValues, check_task
from rules.supervision_states import By, LineState, TaskState, TaskVerb
from rules.supervision_words import FeedbackCycle, Ground


@dataclass(frozen=True)
class TaskData:
    """A task as typed: shape checked, rules not yet asked."""

    filed_on: date | None
    title: str
    ground: Ground | None
    content: str
    demands: str
    cycle: FeedbackCycle
    due_on: date | None
    source: Origin
    lines: tuple[LineValues, ...] = ()
    compared: bool = False
    """The actor has compared the units with whom an accusation names, where the tree of units cannot tell."""


def file_task(
    session: Session, *, actor: Actor, now: datetime, today: date, data: TaskData, submission_key: str = ""
) -> SupervisionTask:
    """立项. Raises RuleViolations, each with its field, RuleViolation where a task of the same record runs."""
    made = already_made(session, submission_key, actor, SupervisionTask)
    if made is not None:
        return session.get_one(SupervisionTask, made)
    unit = load_unit(session, actor, actor.unit_id or 0)
    _check(session, actor, data, today)
    assert data.filed_on is not None
    number = take_number(session, unit, RecordKind.SUPERVISION_TASK, data.filed_on.year)
    _require_not_taken_up(session, data.source)
    task = SupervisionTask(
        uid=new_uid(),
        number=number,
        unit_id=unit.id,
        registered_at=now,
        registered_by_id=actor.person_id,
        **_source_columns(data.source),
        **_columns(data),
    )
    session.add(task)
    session.flush()
    session.add_all(_new_line(task, line, data) for line in data.lines)
    session.add_all(SupervisionTaskPetition(task_id=task.id, petition_id=i) for i in data.source.petition_ids)
    session.add(_filed(task, actor, now))
    session.flush()
    session.refresh(task, ["lines", "petitions"])
    _record(session, actor, now, TaskVerb.FILE.audit_code, task, {}, _values(task))
    note_made(session, key=submission_key, actor=actor, now=now, subject=task)
    return task


def _require_not_taken_up(session: Session, source: Origin) -> None:
    """Asked once the number is taken: there two forms sent at once wait for each other."""
    if source.source_id is None or source.source_type not in ONE_TASK_AT_A_TIME:
        return
    if number := running_task_number(session, source.source_type, source.source_id):
        raise RuleViolation(f"同一事项已有督办 {number}，办结或撤回以前不能重复立项。")


def correct_task(
    session: Session,
    *,
    actor: Actor,
    now: datetime,
    today: date,
    task: SupervisionTask,
    data: TaskData,
    version: int,
) -> None:
    """Of a draft; where it came from stays. Raises StaleVersion, RuleViolation, RuleViolations."""
    require_draft(actor, task, version)
    _check(session, actor, data, today)
    before = _values(task)
    for name, value in _columns(data).items():
        setattr(task, name, value)
    _change_lines(session, task, data)
    task.version += 1
    session.flush()
    session.refresh(task, ["lines"])
    _record(session, actor, now, "supervision_task.correct", task, before, _values(task))


def void_task(
    session: Session, *, actor: Actor, now: datetime, task: SupervisionTask, version: int, reason: str
) -> None:
    """作废 a draft. What was issued ends by 销号 or 撤回. Raises StaleVersion, RuleViolation."""
    require_draft(actor, task, version)
    make_void(session, actor=actor, now=now, row=task, action="supervision_task.void", reason=reason)


def require_draft(actor: Actor, task: SupervisionTask, version: int) -> None:
    """Raises StaleVersion or RuleViolation where the task is not a draft of the actor's own unit."""
    if task.version != version:
        raise StaleVersion
    if task.is_void or task.state != TaskState.DRAFT:
        raise RuleViolation("督办已签发或已作废，不能再修改。")
    if By.FILER not in hands_to(actor, task).by:
        raise RuleViolation("这件督办由别的单位立项，只能由立项单位修改。")


def _check(session: Session, actor: Actor, data: TaskData, today: date) -> None:
    values = TaskValues(
        filed_on=data.filed_on,
        title=data.title,
        source=data.source.source,
        ground=data.ground,
        content=data.content,
        demands=data.demands,
        due_on=data.due_on,
        lines=data.lines,
        has_petition=bool(data.source.petition_ids),
    )
    petitions = _matters(session, actor, data.source.petition_ids)
    problems = [*check_task(values, today), *check_matters(petitions)]
    for line in data.lines:
        unit = session.get(Unit, line.unit_id) if line.unit_id else None
        if unit is not None:
            problems += check_receiver(
                session, actor, unit, petitions, today, f"line-{line.number}-unit", compared=data.compared
            )
    if problems:
        raise RuleViolations(problems)


def _matters(session: Session, actor: Actor, ids: Sequence[int]) -> list[Petition]:
    if len(visible_among(session, actor, ids)) < len(set(ids)):
        raise RuleViolation("没有找到这件信访事项。", "petition")
    return list(session.scalars(select(Petition).where(Petition.id.in_(ids)).order_by(Petition.id)))


def _source_columns(source: Origin) -> dict[str, Any]:
    figure = source.figure
    return {
        "source": source.source.value,
        "source_type": source.source_type,
        "source_id": source.source_id,
        "source_text": source.text.strip(),
        "petition_id": source.petition_id,
        "figure_code": figure.code if figure else None,
        "figure_period": figure.period if figure else None,
        "figure_as_of": figure.as_of if figure else None,
    }


def _columns(data: TaskData) -> dict[str, Any]:
    return {
        "filed_on": data.filed_on,
        "title": data.title.strip(),
        "ground": data.ground.value if data.ground else None,
        "content": data.content.strip(),
        "demands": data.demands.strip(),
        "cycle": data.cycle.value,
        "due_on": data.due_on,
    }


def _new_line(task: SupervisionTask, line: LineValues, data: TaskData) -> SupervisionLine:
    return SupervisionLine(
        task_id=task.id, unit_id=line.unit_id, state=LineState.DRAFT.value, **_line_columns(line, data)
    )


def _line_columns(line: LineValues, data: TaskData) -> dict[str, Any]:
    return {
        "demand": line.demand.strip(),
        "person": line.person.strip(),
        "due_on": line.due_on or data.due_on,
    }


def _change_lines(session: Session, task: SupervisionTask, data: TaskData) -> None:
    """A unit taken out of a draft stays as withdrawn; put in again, it is the same line."""
    wanted = {line.unit_id: line for line in data.lines}
    for row in task.lines:
        line = wanted.pop(row.unit_id, None)
        row.state = (LineState.DRAFT if line else LineState.WITHDRAWN).value
        for name, value in (_line_columns(line, data) if line else {}).items():
            setattr(row, name, value)
        row.version += 1
    session.add_all(_new_line(task, line, data) for line in wanted.values())


def _filed(task: SupervisionTask, actor: Actor, now: datetime) -> SupervisionStep:
    return SupervisionStep(
        task_id=task.id,
        verb=TaskVerb.FILE.value,
        happened_on=task.filed_on,
        recorded_at=now,
        recorded_by_id=actor.person_id,
        unit_id=actor.unit_id,
    )


def _values(task: SupervisionTask) -> dict[str, Any]:
    lines = [
        [line.unit.label, line.demand, line.person, line.due_on.isoformat()]
        for line in task.lines
        if line.state != LineState.WITHDRAWN
    ]
    return audit.values_of(task, lines=lines)


def _record(
    session: Session,
    actor: Actor,
    now: datetime,
    action: str,
    task: SupervisionTask,
    before: dict[str, Any],
    after: dict[str, Any],
) -> None:
    audit.record(
        session,
        actor=actor,
        now=now,
        action=action,
        subject=task,
        label=task.number,
        before=before,
        after=after,
    )
