"""三项建议: drafted, edited, issued with their paper, answered in writing, or voided (信访工作条例第四十条)."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from actions import audit
from actions.ending import make_void
from actions.numbers import take_number
from actions.once import already_made, note_made
from models.base import new_uid
from models.office_paper import OfficePaper
from models.organisation import Unit
from models.petition import Petition
from models.suggestion import Suggestion, SuggestionPetition
from models.supervision import SupervisionTask
from queries.accused import accused_of
from queries.interviews import own_task
from queries.letter_facts import accused_names
from queries.petition_scope import petition_numbered
from queries.scope import load_unit
from queries.suggestions import answer_refusal, may_edit, may_record
from rules.errors import NotVisible, RuleViolation, RuleViolations, StaleVersion
from rules.letters.accusation import REFUSAL, names_any_of
from rules.numbering import RecordKind
from rules.own_entries import own_day_problem
from rules.petition_rules import is_sealed
from rules.roles import Actor, Permission
from rules.suggestion_rules import SuggestionValues, check_reply, check_suggestion
from rules.supervision_words import Adoption
from rules.taxonomy import Purpose, UnitCategory

MOST_PETITIONS = 50
_BETWEEN = re.compile(r"[\s，,、；;]+")


@dataclass(frozen=True)
class SuggestionData:
    """A suggestion as typed. `petitions` are numbers, `task` one, "" for none; `target_id` None for an organ outside."""

    values: SuggestionValues
    target_id: int | None = None
    petitions: str = ""
    task: str = ""


@dataclass(frozen=True)
class ReplyData:
    replied_on: date
    adoption: Adoption
    text: str
    number: str = ""


def draft_suggestion(
    session: Session,
    *,
    actor: Actor,
    now: datetime,
    today: date,
    data: SuggestionData,
    submission_key: str = "",
) -> Suggestion:
    """Of the actor's own office. Raises RuleViolation(s)."""
    made = already_made(session, submission_key, actor, Suggestion)
    if made is not None:
        return session.get_one(Suggestion, made)
    if not actor.may(Permission.SUGGESTIONS_WRITE) or actor.unit_id is None:
        raise RuleViolation("三项建议由信访部门提出。")
    target, petitions, task = _checked(session, actor, today, data)
    own = session.get_one(Unit, actor.unit_id)
    row = Suggestion(
        **_columns(data, target, task),
        uid=new_uid(),
        unit_id=own.id,
        number=take_number(session, own, RecordKind.SUGGESTION, today.year),
        registered_at=now,
        registered_by_id=actor.person_id,
    )
    session.add(row)
    session.flush()
    _link(session, row, petitions)
    _record(session, actor, now, row, "suggestion.draft", after=_values(row, petitions))
    note_made(session, key=submission_key, actor=actor, now=now, subject=row)
    return row


def edit_suggestion(
    session: Session,
    *,
    actor: Actor,
    now: datetime,
    today: date,
    row: Suggestion,
    data: SuggestionData,
    version: int,
) -> None:
    """Until it is issued. Raises RuleViolation(s), StaleVersion."""
    if not may_edit(actor, row):
        raise RuleViolation("建议已经发出或者作废，不能再改。")
    if row.version != version:
        raise StaleVersion
    target, petitions, task = _checked(session, actor, today, data)
    before = _values(row, row.petitions)
    for name, value in _columns(data, target, task).items():
        setattr(row, name, value)
    row.version += 1
    _link(session, row, petitions)
    _record(session, actor, now, row, "suggestion.edit", before=before, after=_values(row, petitions))


def mark_issued(session: Session, paper: OfficePaper, actor: Actor, now: datetime, today: date) -> None:
    """What issuing its paper does: from this day the written answer is owed. Raises RuleViolation."""
    row = session.get_one(Suggestion, paper.subject_id)
    if row.reply_due_on is None or row.reply_due_on < today:
        raise RuleViolation("要求反馈的日期已经过去，请先改建议。")
    row.issued_on, row.issued_by_id = today, actor.person_id
    row.version += 1
    session.flush()
    after = {"issued_on": today.isoformat(), "paper_number": paper.number}
    _record(session, actor, now, row, "suggestion.issue", before={"issued_on": None}, after=after)


def answer_suggestion(
    session: Session,
    *,
    actor: Actor,
    now: datetime,
    today: date,
    row: Suggestion,
    version: int,
    data: ReplyData,
) -> None:
    """采纳情况, once. Raises RuleViolation(s), StaleVersion."""
    if words := answer_refusal(actor, row):
        raise RuleViolation(words)
    if row.version != version:
        raise StaleVersion
    found = check_reply(data.adoption, data.text, data.replied_on, row.issued_on or today, today)
    own = own_day_problem(
        data.replied_on,
        today,
        on_behalf=may_record(actor, row),
        office="提出建议的信访部门",
        field="replied_on",
    )
    if found or own:
        raise RuleViolations([*found, *([own] if own else [])])
    before = audit.values_of(row)
    row.replied_on, row.recorded_at, row.adoption = data.replied_on, now, data.adoption.value
    row.adoption_text, row.reply_number = data.text.strip(), data.number.strip()
    row.version += 1
    session.flush()
    _record(session, actor, now, row, "suggestion.answer", before=before, after=audit.values_of(row))


def void_suggestion(
    session: Session, *, actor: Actor, now: datetime, row: Suggestion, version: int, reason: str
) -> None:
    """It stays, with its number. Raises RuleViolation, StaleVersion."""
    if not may_record(actor, row) or row.is_void:
        raise RuleViolation("建议由提出的信访部门作废；已作废的不能再作废。")
    if row.version != version:
        raise StaleVersion
    make_void(session, actor=actor, now=now, row=row, action="suggestion.void", reason=reason)


def _checked(
    session: Session, actor: Actor, today: date, data: SuggestionData
) -> tuple[Unit | None, list[Petition], SupervisionTask | None]:
    problems: list[RuleViolation] = []
    target = _target(session, actor, data, problems)
    category = UnitCategory(target.category) if target else None
    problems += check_suggestion(replace(data.values, target_category=category), today)
    task = own_task(session, actor, data.task) if data.task.strip() else None
    if data.task.strip() and task is None:
        problems.append(RuleViolation("没有找到本单位立项的这件督办。", "task"))
    petitions = _petitions(session, actor, data.petitions, problems)
    if task is not None and task.petition is not None and task.petition not in petitions:
        petitions.append(task.petition)
    problems += _leaks(session, petitions, target, data.values.target_text)
    if problems:
        raise RuleViolations(problems)
    return target, petitions, task


def _target(
    session: Session, actor: Actor, data: SuggestionData, problems: list[RuleViolation]
) -> Unit | None:
    if data.target_id is None:
        return None
    try:
        return load_unit(session, actor, data.target_id)
    except NotVisible:
        problems.append(RuleViolation("请选择本县的单位。", "target"))
        return None


def _petitions(session: Session, actor: Actor, text: str, problems: list[RuleViolation]) -> list[Petition]:
    numbers = list(dict.fromkeys(n for n in _BETWEEN.split(text.strip()) if n))
    if len(numbers) > MOST_PETITIONS:
        problems.append(RuleViolation(f"一条建议最多依据 {MOST_PETITIONS} 件信访事项。", "petitions"))
        return []
    found = []
    for number in numbers:
        petition = petition_numbered(session, actor, number)
        if petition is None:
            problems.append(RuleViolation(f"没有找到编号 {number[:40]} 的信访事项。", "petitions"))
        elif petition not in found:
            found.append(petition)
    return found


def _leaks(
    session: Session, petitions: Sequence[Petition], target: Unit | None, text: str
) -> list[RuleViolation]:
    """No suggestion that rests on an accusation goes to whom it accuses (条例第三十条第三款)."""
    for petition in petitions:
        if not is_sealed(Purpose(petition.purpose)):
            continue
        paths = accused_of(session, petition, petition.received_on).paths
        inside = target is not None and any(target.path.startswith(path) for path in paths)
        if inside or (text.strip() and names_any_of([text], accused_names(session, petition))):
            return [RuleViolation(REFUSAL, "target")]
    return []


def _columns(data: SuggestionData, target: Unit | None, task: SupervisionTask | None) -> dict[str, Any]:
    values = data.values
    return {
        "kind": values.kind.value,
        "target_unit_id": target.id if target else None,
        "target_text": "" if target else values.target_text.strip(),
        "title": values.title.strip(),
        "reason": values.reason.strip(),
        "content": values.content.strip(),
        "reply_due_on": values.reply_due_on,
        "task_id": task.id if task else None,
    }


def _link(session: Session, row: Suggestion, petitions: Sequence[Petition]) -> None:
    for old in session.scalars(select(SuggestionPetition).where(SuggestionPetition.suggestion_id == row.id)):
        session.delete(old)
    session.flush()
    session.add_all(SuggestionPetition(suggestion_id=row.id, petition_id=p.id) for p in petitions)
    session.flush()
    session.expire(row, ["petitions"])


def _values(row: Suggestion, petitions: Sequence[Petition]) -> audit.Values:
    return audit.values_of(row, petitions=[p.number for p in petitions])


def _record(
    session: Session,
    actor: Actor,
    now: datetime,
    row: Suggestion,
    action: str,
    *,
    after: audit.Values,
    before: audit.Values | None = None,
) -> None:
    audit.record(
        session,
        actor=actor,
        now=now,
        action=action,
        subject=row,
        label=row.number,
        before=before,
        after=after,
    )
