"""How every step is taken: asked of the rules, written as a line of its own, its clocks settled, its audit entry made."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import inspect
from sqlalchemy.orm import Session

from actions import audit
from actions.once import already_made, note_made
from actions.petition_deadlines import settle_deadlines
from models.petition import Petition, PetitionStep
from queries.petition_standing import Surroundings, hands_to, standing_of, surroundings_of
from rules.calendar_effects import Terms
from rules.errors import RuleViolation, StaleVersion
from rules.petition_rules import LONGEST_TEXT, check_day, check_length
from rules.petition_states import DONE_HERE, Stage, Verb, refusal
from rules.roles import Actor


@dataclass(frozen=True)
class Act:
    """Who does something, to what, when it was done; the same for every verb."""

    actor: Actor
    now: datetime
    today: date
    petition: Petition
    version: int
    on: date
    text: str = ""
    submission_key: str = ""
    compared: bool = False
    """The actor has compared the receiver with whom an accusation names, where the tree of units cannot tell."""
    around: Surroundings | None = None
    """What stands around the petition, where it was read for many at once (`actions.petitions.many`)."""
    terms: Terms | None = None


@dataclass(frozen=True)
class Line:
    """What the step's own line says besides its date and text."""

    outcome: str = ""
    to_unit_id: int | None = None
    days: int | None = None
    until: date | None = None
    waits_for: Verb | None = None
    answers: PetitionStep | None = None


@dataclass
class Begun:
    """A step that the rules allow: what stands around the petition, or that it was done before with this key."""

    around: Surroundings
    done_before: bool = False


def begin(
    session: Session, act: Act, verb: Verb, *, since: date | None = None, since_words: str = ""
) -> Begun:
    """Raises StaleVersion or RuleViolation where the step may not be taken now, by this actor, on that day. Without
    `since` it may lie on any day from 收到."""
    petition = act.petition
    if already_made(session, act.submission_key, act.actor, PetitionStep) is not None:
        return Begun(act.around or surroundings_of(session, petition), done_before=True)
    if petition.version != act.version:
        raise StaleVersion
    around = act.around or surroundings_of(session, petition)
    words = refusal(verb, standing_of(petition, around), hands_to(act.actor, petition))
    if words:
        raise RuleViolation(words)
    if verb in DONE_HERE and act.on != act.today:
        raise RuleViolation(f"{verb.label}在这里办理，日期就是当天 {act.today}，不能另填。", "on")
    if since is None:
        since, since_words = petition.received_on, "收到日期"
    check_day(act.on, act.today, since=since, since_words=since_words)
    check_length(act.text, "说明", "text", LONGEST_TEXT)
    return Begun(around)


def take(
    session: Session,
    act: Act,
    verb: Verb,
    changes: Mapping[str, Any] | None = None,
    line: Line = Line(),  # noqa: B008 - frozen
) -> PetitionStep:
    """Write the step: the petition's columns, its line, its clocks, its audit entry. The caller has begun it."""
    petition = act.petition
    before = {name: getattr(petition, name) for name in (changes or {})}
    stage = petition.stage
    for name, value in (changes or {}).items():
        setattr(petition, name, value)
    petition.version += 1
    step = _step(act, verb, stage, before, line)
    session.add(step)
    if line.answers is not None:
        line.answers.waits_for = None
    session.flush()
    if act.around is not None:
        act.around.steps.append(step)
    settle_deadlines(session, petition, act.today, act.around, act.terms)
    described: dict[str, Any] = {"step": f"{verb.value} {act.on}", "outcome": line.outcome}
    described |= {"text": act.text.strip()} | ({"compared": True} if act.compared else {})
    audit.record(
        session,
        actor=act.actor,
        now=act.now,
        action=verb.audit_code,
        subject=petition,
        label=petition.number,
        before=plain_values(before),
        after=plain_values({name: getattr(petition, name) for name in before}) | described,
    )
    note_made(session, key=act.submission_key, actor=act.actor, now=act.now, subject=step)
    return step


def _step(act: Act, verb: Verb, stage: str, before: Mapping[str, Any], line: Line) -> PetitionStep:
    return PetitionStep(
        petition_id=act.petition.id,
        verb=verb.value,
        happened_on=act.on,
        recorded_at=act.now,
        recorded_by_id=act.actor.person_id,
        unit_id=act.actor.unit_id,
        to_unit_id=line.to_unit_id,
        from_stage=stage,
        outcome=line.outcome,
        text=act.text.strip(),
        days=line.days,
        until=line.until,
        waits_for=line.waits_for.value if line.waits_for else None,
        answers_id=line.answers.id if line.answers else None,
        before=json.dumps(plain_values(before)),
    )


def handler_at(unit_id: int | None, act: Act) -> int | None:
    """经办人 of the unit: who acts, if he belongs to it; the county's office may enter what another unit did."""
    return act.actor.person_id if act.actor.unit_id == unit_id else None


def waiting_for(act: Act, around: Surroundings, verb: Verb) -> PetitionStep:
    """The open line that this verb answers, no earlier than it was asked. Raises RuleViolation."""
    found = next((s for s in reversed(around.waiting) if s.waits_for == verb), None)
    if found is None:
        raise RuleViolation("已经处理过了，请刷新页面查看。")
    asked = f"{Verb(found.verb).label}的日期"
    check_day(act.on, act.today, since=found.happened_on, since_words=asked)
    return found


def plain_values(values: Mapping[str, Any]) -> dict[str, Any]:
    """As JSON holds them."""
    return {
        k: v.isoformat() if isinstance(v, date) else v.value if isinstance(v, Stage) else v
        for k, v in values.items()
    }


def restore(petition: Petition, before: Mapping[str, Any]) -> dict[str, object]:
    """Put back columns, given as plain values, as they stood before; returns what they were until now, as plain
    values."""
    columns = {c.key: c for c in inspect(Petition).column_attrs}
    was: dict[str, object] = {}
    for name, value in before.items():
        current = getattr(petition, name)
        was[name] = current.isoformat() if isinstance(current, date) else current
        is_day = columns[name].columns[0].type.python_type is date
        setattr(petition, name, date.fromisoformat(value) if is_day and value else value)
    return was
