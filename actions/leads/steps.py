"""How every step of a lead assignment is taken: asked of the rules, written as a line of its own, its audit entry made."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session

from actions import audit
from actions.once import already_made, note_made
from models.lead_assignment import LeadAssignment, LeadStep
from queries.lead_standing import hands_to_lead, last_judged, lead_standing, steps_of_lead
from rules.errors import RuleViolation, StaleVersion
from rules.lead_rules import LONGEST_LEAD_TEXT
from rules.lead_states import WAYS, LeadVerb, lead_refusal
from rules.petition_rules import check_day, check_length
from rules.roles import Actor


@dataclass(frozen=True)
class LeadAct:
    """Who does something to which assignment, and when it was done; the same for every verb."""

    actor: Actor
    now: datetime
    today: date
    row: LeadAssignment
    version: int
    on: date
    text: str = ""
    submission_key: str = ""


def begin(session: Session, act: LeadAct, verb: LeadVerb) -> list[LeadStep] | None:
    """The steps so far; None where this one was taken before with the same key. Raises StaleVersion, RuleViolation."""
    row = act.row
    if already_made(session, act.submission_key, act.actor, LeadStep) is not None:
        return None
    if row.version != act.version:
        raise StaleVersion
    steps = steps_of_lead(session, row)
    if words := lead_refusal(verb, lead_standing(session, row, steps), hands_to_lead(act.actor, row)):
        raise RuleViolation(words)
    if not WAYS[verb].on_day and act.on != act.today:
        raise RuleViolation(f"{verb.label}在这里办理，日期就是当天 {act.today}，不能另填。", "on")
    since, words = _earliest(row, steps)
    check_day(act.on, act.today, since=since, since_words=words)
    check_length(act.text, "内容", "text", LONGEST_LEAD_TEXT)
    return steps


def _earliest(row: LeadAssignment, steps: list[LeadStep]) -> tuple[date, str]:
    """No step lies before the one it follows: what was sent back is done again after that day."""
    judged = last_judged(steps)
    if judged is not None:
        return judged.happened_on, f"{LeadVerb(judged.verb).label}的日期"
    return (row.assigned_on, "批准包案的日期") if row.assigned_on else (row.proposed_on, "提出日期")


def take(
    session: Session,
    act: LeadAct,
    verb: LeadVerb,
    changes: Mapping[str, Any] | None = None,
    *,
    until: date | None = None,
    waits_for: LeadVerb | None = None,
    answers: LeadStep | None = None,
    reason: str = "",
) -> LeadStep:
    """Write the step: the assignment's columns, its line, its audit entry. The caller has begun it."""
    row = act.row
    changes = dict(changes or {})
    if to := WAYS[verb].to:
        changes["state"] = to.value
    before = {name: getattr(row, name) for name in changes}
    for name, value in changes.items():
        setattr(row, name, value)
    row.version += 1
    step = _line(act, verb, plain(before), until=until, waits_for=waits_for, answers=answers)
    session.add(step)
    if answers is not None:
        answers.waits_for = None
    session.flush()
    described = {"step": f"{verb.value} {act.on}", "text": act.text.strip()}
    audit.record(
        session,
        actor=act.actor,
        now=act.now,
        action=verb.audit_code,
        subject=row,
        label=row.number,
        before=plain(before),
        after=plain({name: getattr(row, name) for name in before}) | described,
        reason=reason,
    )
    note_made(session, key=act.submission_key, actor=act.actor, now=act.now, subject=step)
    return step


def _line(
    act: LeadAct, verb: LeadVerb, before: Mapping[str, Any], *, until: date | None, waits_for: LeadVerb | None,
    answers: LeadStep | None,
) -> LeadStep:  # fmt: skip
    return LeadStep(
        assignment_id=act.row.id,
        verb=verb.value,
        happened_on=act.on,
        recorded_at=act.now,
        recorded_by_id=act.actor.person_id,
        unit_id=act.actor.unit_id,
        text=act.text.strip(),
        until=until,
        waits_for=waits_for.value if waits_for else None,
        answers_id=answers.id if answers else None,
        before=json.dumps(before),
    )


def plain(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in values.items()}
