"""How every step on a line is taken: asked of the rules, written as a step of its own, its next due day stored, its audit
entry made, and the task closed once no line runs any more."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from actions import audit
from actions.once import already_made, note_made
from models.supervision import SupervisionLine, SupervisionStep, SupervisionTask
from queries.supervision_standing import LineSteps, due_of, hands_to, standing_of, steps_of_line
from rules.errors import RuleViolation, StaleVersion
from rules.own_entries import own_day_problem
from rules.petition_rules import check_day, check_length
from rules.roles import Actor
from rules.supervision_rules import LONGEST_TEXT
from rules.supervision_states import (
    DONE_HERE,
    ENDED,
    WAITS_FOR,
    WAYS,
    By,
    LineState,
    TaskState,
    TaskVerb,
    refusal,
)


@dataclass(frozen=True)
class Act:
    """Who does something, to which line, when it was done; the same for every verb."""

    actor: Actor
    now: datetime
    today: date
    line: SupervisionLine
    version: int
    on: date
    text: str = ""
    submission_key: str = ""

    @property
    def task(self) -> SupervisionTask:
        return self.line.task


@dataclass(frozen=True)
class Said:
    """What the step's own row says besides its day and text."""

    outcome: str = ""
    until: date | None = None
    report_due_on: date | None = None
    answers: SupervisionStep | None = None


@dataclass(frozen=True)
class Begun:
    """A step that the rules allow: what was done on the line before, or that it was done already with this key."""

    steps: LineSteps
    done_before: bool = False


def begin(session: Session, act: Act, verb: TaskVerb) -> Begun:
    """Raises StaleVersion or RuleViolation where the step may not be taken now, by this actor, on that day."""
    line = act.line
    steps = steps_of_line(session, line)
    if already_made(session, act.submission_key, act.actor, SupervisionStep) is not None:
        return Begun(steps, done_before=True)
    if line.version != act.version:
        raise StaleVersion
    words = refusal(verb, standing_of(line, steps), hands_to(act.actor, act.task, line), act.today)
    if words:
        raise RuleViolation(words)
    if verb in DONE_HERE and act.on != act.today:
        raise RuleViolation(f"{verb.label}在这里办理，日期就是当天 {act.today}，不能另填。", "on")
    since, words = _earliest(line, steps)
    check_day(act.on, act.today, since=since, since_words=words)
    _check_own_day(act, verb)
    check_length(act.text, "说明", "text", LONGEST_TEXT)
    return Begun(steps)


def _check_own_day(act: Act, verb: TaskVerb) -> None:
    """What the unit does, it does when it enters it; the office that filed the task enters what came on paper."""
    on_behalf = act.task.unit_id == act.actor.unit_id != act.line.unit_id
    if WAYS[verb].by is not By.UNIT:
        return
    problem = own_day_problem(act.on, act.today, on_behalf=on_behalf, office="立项单位", field="on")
    if problem is not None:
        raise problem


def _earliest(line: SupervisionLine, steps: LineSteps) -> tuple[date | None, str]:
    """No step lies before the one it follows: what was sent back is done again after that day."""
    if judged := steps.last_judged:
        return judged.happened_on, f"{TaskVerb(judged.verb).label}的日期"
    if line.received_on:
        return line.received_on, "签收日期"
    return line.task.issued_on, "签发日期"


def asked(begun: Begun, act: Act, verb: TaskVerb) -> SupervisionStep:
    """The oldest open step that this verb answers, no earlier than it was taken. Raises RuleViolation."""
    found = begun.steps.waiting_for(verb)
    if found is None:
        raise RuleViolation("已经处理过了，请刷新页面查看。")
    words = f"{TaskVerb(found.verb).label}的日期"
    check_day(act.on, act.today, since=found.happened_on, since_words=words)
    return found


def take(
    session: Session,
    act: Act,
    verb: TaskVerb,
    changes: Mapping[str, Any] | None = None,
    said: Said = Said(),  # noqa: B008 - frozen
) -> SupervisionStep:
    """Write the step: the line's columns, its row, its next due day, its audit entry. The caller has begun it."""
    line = act.line
    names = (*(changes or {}), "next_due_on", "next_due_key")
    before = {name: getattr(line, name) for name in names}
    for name, value in (changes or {}).items():
        setattr(line, name, value)
    line.version += 1
    settle(session, line)
    step = _step(act, verb, before, said)
    session.add(step)
    if said.answers is not None:
        said.answers.waits_for = None
    session.flush()
    after = {name: getattr(line, name) for name in names}
    _record(session, act, verb, before, after, said)
    close_when_over(session, act.task, act.on)
    session.flush()
    note_made(session, key=act.submission_key, actor=act.actor, now=act.now, subject=step)
    return step


def settle(session: Session, line: SupervisionLine) -> None:
    """Store what the line owes next."""
    due = None if line.task.is_void else due_of(session, line)
    line.next_due_on, line.next_due_key = (due.on, due.key.value) if due else (None, None)


def close_when_over(session: Session, task: SupervisionTask, on: date) -> None:
    """办结: every line was struck off or withdrawn; open again where one was taken back."""
    if task.state == TaskState.DRAFT:
        return
    session.flush()
    states = session.scalars(select(SupervisionLine.state).where(SupervisionLine.task_id == task.id))
    is_over = all(LineState(state) in ENDED for state in states)
    if is_over != (task.state == TaskState.CLOSED):
        task.state = (TaskState.CLOSED if is_over else TaskState.ISSUED).value
        task.closed_on = on if is_over else None
        task.version += 1


def _step(act: Act, verb: TaskVerb, before: Mapping[str, Any], said: Said) -> SupervisionStep:
    waits_for = WAITS_FOR.get(verb)
    return SupervisionStep(
        task_id=act.line.task_id,
        line_id=act.line.id,
        verb=verb.value,
        happened_on=act.on,
        recorded_at=act.now,
        recorded_by_id=act.actor.person_id,
        unit_id=act.actor.unit_id,
        text=act.text.strip(),
        outcome=said.outcome,
        until=said.until,
        report_due_on=said.report_due_on,
        waits_for=waits_for.value if waits_for else None,
        answers_id=said.answers.id if said.answers else None,
        before=json.dumps(plain(before)),
    )


def _record(
    session: Session,
    act: Act,
    verb: TaskVerb,
    before: Mapping[str, Any],
    after: Mapping[str, Any],
    said: Said,
) -> None:
    described = {"step": f"{verb.value} {act.on}", "line": act.line.unit.label, "outcome": said.outcome}
    audit.record(
        session,
        actor=act.actor,
        now=act.now,
        action=verb.audit_code,
        subject=act.line,
        label=act.task.number,
        before=plain(before),
        after=plain(after) | described | {"text": act.text.strip()},
    )


def plain(values: Mapping[str, Any]) -> dict[str, Any]:
    return {k: v.isoformat() if isinstance(v, date) else v for k, v in values.items()}
