"""Registering, correcting and voiding leaders' receptions (领导接访), and keeping what was promised there."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from actions import audit
from actions.ending import make_void
from actions.numbers import take_number
from actions.once import already_made, note_made
from models.base import new_uid
from models.leader_reception import LeaderPromise, LeaderReception, LeaderReceptionVisit
from models.organisation import Unit
from queries.became_tasks import task_number_of
from queries.day_visits import linked_to_reception, visits_of_day
from queries.leader_receptions import posting_of_leader
from queries.scope import load_unit
from rules.errors import NotVisible, RuleViolation, RuleViolations, StaleVersion
from rules.matter_rules import LONGEST_SUMMARY, MOST_PROMISES, Line, check_promises
from rules.numbering import RecordKind
from rules.roles import Actor, Permission
from rules.session_rules import LeaderReceptionValues, check_leader_reception
from rules.taxonomy import LeaderReceptionMode


@dataclass(frozen=True)
class PromiseData:
    """One promise; `number` is its row on the form, from 0, `promise_id` the saved row it corrects."""

    number: int
    summary: str
    responsible_unit_id: int | None = None
    due_date: date | None = None
    promise_id: int | None = None


@dataclass(frozen=True)
class ReceptionData:
    """A reception as typed: shape checked, rules not yet asked. `visit_ids` None leaves the links as they are."""

    unit_id: int
    reception_date: date | None
    leader_name: str
    mode: LeaderReceptionMode
    starts_at: time | None = None
    ends_at: time | None = None
    post: str = ""
    portfolio: str = ""
    place: str = ""
    companions: str = ""
    batches: int = 0
    persons: int = 0
    solved: int = 0
    notes: str = ""
    promises: tuple[PromiseData, ...] = ()
    visit_ids: frozenset[int] | None = None


def register_reception(
    session: Session,
    *,
    actor: Actor,
    now: datetime,
    today: date,
    data: ReceptionData,
    submission_key: str = "",
) -> LeaderReception:
    """One leader at one reception. Sent twice with one key it is made once. Raises RuleViolation(s)."""
    made = already_made(session, submission_key, actor, LeaderReception)
    if made is not None:
        return session.get_one(LeaderReception, made)
    unit = _unit(session, actor, data.unit_id)
    day = _checked_day(session, data, today)
    row = LeaderReception(
        **_columns(session, unit, day, data),
        uid=new_uid(),
        unit_id=unit.id,
        number=take_number(session, unit, RecordKind.LEADER_RECEPTION, day.year),
        registered_at=now,
        registered_by_id=actor.person_id,
    )
    session.add(row)
    session.flush()
    _replace_promises(session, row, data.promises)
    _replace_links(session, actor, row, data.visit_ids)
    audit.record(
        session,
        actor=actor,
        now=now,
        action="leader_reception.register",
        subject=row,
        label=row.number,
        after=reception_values(session, row),
    )
    note_made(session, key=submission_key, actor=actor, now=now, subject=row)
    return row


def correct_reception(
    session: Session,
    *,
    actor: Actor,
    now: datetime,
    today: date,
    row: LeaderReception,
    data: ReceptionData,
    version: int,
    reason: str,
) -> LeaderReception:
    """Replace what a reception says, with the reason; kept promises stay. Raises StaleVersion, RuleViolation(s)."""
    _may_change(row, version)
    if data.unit_id != row.unit_id:
        raise RuleViolation("单位不能更改；登记错了请作废后重新登记。", "unit")
    day = _checked_day(session, data, today)
    before = reception_values(session, row)
    for name, value in _columns(session, row.unit, day, data).items():
        setattr(row, name, value)
    row.version += 1
    session.flush()
    _replace_promises(session, row, data.promises)
    _replace_links(session, actor, row, data.visit_ids)
    audit.record(
        session,
        actor=actor,
        now=now,
        action="leader_reception.correct",
        subject=row,
        label=row.number,
        before=before,
        after=reception_values(session, row),
        reason=reason,
    )
    return row


def void_reception(
    session: Session, *, actor: Actor, now: datetime, row: LeaderReception, version: int, reason: str
) -> None:
    """It stays, with its number, and counts nowhere."""
    _may_change(row, version)
    make_void(session, actor=actor, now=now, row=row, action="leader_reception.void", reason=reason)


def complete_promise(
    session: Session,
    *,
    actor: Actor,
    now: datetime,
    today: date,
    promise_id: int,
    result: str,
    on: date,
    submission_key: str = "",
) -> LeaderPromise:
    """What came of a promise, said by the unit that must keep it or the one that registered the reception.

    Raises NotVisible for a promise of others, RuleViolation where it may not be.
    """
    promise = session.get(LeaderPromise, promise_id)
    reception = session.get(LeaderReception, promise.reception_id) if promise else None
    if (
        promise is None
        or reception is None
        or not may_complete(actor, reception.unit, promise.responsible_unit)
    ):
        raise NotVisible("leader_promise")
    if already_made(session, submission_key, actor, LeaderPromise) is not None:
        return promise
    if reception.is_void:
        raise RuleViolation("这次接访登记已作废。")
    if promise.completed_on is not None:
        raise RuleViolation(f"这件承诺已于 {promise.completed_on} 登记落实。")
    if not reception.reception_date <= on <= today:
        raise RuleViolation(
            f"落实日期应在接访日期 {reception.reception_date} 之后，且不晚于今天。", "completed_on"
        )
    if not result.strip() or len(result) > LONGEST_SUMMARY:
        raise RuleViolation(f"请写明落实情况，最多 {LONGEST_SUMMARY} 个字。", "result")
    before = reception_values(session, reception)
    promise.result, promise.completed_on = result.strip(), on
    reception.version += 1
    session.flush()
    audit.record(
        session,
        actor=actor,
        now=now,
        action="leader_reception.complete",
        subject=reception,
        label=reception.number,
        before=before,
        after=reception_values(session, reception),
    )
    note_made(session, key=submission_key, actor=actor, now=now, subject=promise)
    return promise


def may_complete(actor: Actor, registering: Unit, responsible: Unit | None) -> bool:
    """The responsible unit and what stands above it in scope, or who registers for the reception's unit."""
    if actor.may(Permission.LEADER_DAYS_WRITE) and registering.path.startswith(actor.scope_path):
        return True
    return (
        actor.may(Permission.RECEPTION_WRITE)
        and responsible is not None
        and responsible.path.startswith(actor.scope_path)
    )


def reception_values(session: Session, row: LeaderReception) -> audit.Values:
    """Columns, promises and linked visits as they stand in version rows."""
    session.expire(row, ["promises", "visits"])
    promises = [
        [
            p.summary,
            p.responsible_unit.label if p.responsible_unit else "",
            p.due_date.isoformat() if p.due_date else "",
            p.result,
            p.completed_on.isoformat() if p.completed_on else "",
        ]
        for p in row.promises
    ]
    return audit.values_of(row, promises=promises, visits=sorted(v.number for v in row.visits))


def _unit(session: Session, actor: Actor, unit_id: int) -> Unit:
    try:
        return load_unit(session, actor, unit_id)
    except NotVisible:
        raise RuleViolation("只能为本单位及下级单位登记。", "unit") from None


def _checked_day(session: Session, data: ReceptionData, today: date) -> date:
    values = LeaderReceptionValues(data.reception_date, data.batches, data.persons, data.solved)
    problems = check_leader_reception(values, today)
    if not data.leader_name:
        problems.append(RuleViolation("请填写领导姓名。", "leader_name"))
    if data.starts_at and data.ends_at and data.ends_at <= data.starts_at:
        problems.append(RuleViolation("结束时间应晚于开始时间。", "ends_at"))
    if len(data.promises) > MOST_PROMISES:
        problems.append(RuleViolation(f"一次最多登记 {MOST_PROMISES} 件承诺。"))
    lines = [Line(p.number, p.summary, due_date=p.due_date) for p in data.promises]
    problems += [*check_promises(lines, data.reception_date), *_unknown_units(session, data)]
    if problems or data.reception_date is None:
        raise RuleViolations(problems)
    return data.reception_date


def _unknown_units(session: Session, data: ReceptionData) -> list[RuleViolation]:
    ids = {p.responsible_unit_id for p in data.promises if p.responsible_unit_id is not None}
    known = set(session.scalars(select(Unit.id).where(Unit.id.in_(ids)))) if ids else set()
    return [
        RuleViolation("没有这个单位。", f"promise-{p.number}-responsible_unit")
        for p in data.promises
        if p.responsible_unit_id is not None and p.responsible_unit_id not in known
    ]


def _columns(session: Session, unit: Unit, day: date, data: ReceptionData) -> dict[str, Any]:
    """The leader is tied to the staff where the name means one person there; the post comes from the posting."""
    posting = posting_of_leader(session, data.leader_name, unit, day)
    return {
        "reception_date": day,
        "starts_at": data.starts_at,
        "ends_at": data.ends_at,
        "leader_id": posting.person_id if posting else None,
        "leader_name": data.leader_name,
        "post": data.post or (posting.post if posting else ""),
        "portfolio": data.portfolio,
        "mode": data.mode.value,
        "place": data.place,
        "companions": data.companions,
        "batches": data.batches,
        "persons": data.persons,
        "solved": data.solved,
        "notes": data.notes,
    }


def _replace_promises(session: Session, row: LeaderReception, promises: Sequence[PromiseData]) -> None:
    """Rows are known by their id; one that was kept already can neither vanish nor change."""
    session.expire(row, ["promises"])
    present = {p.id: p for p in row.promises}
    for position, data in enumerate(promises, start=1):
        promise = present.pop(data.promise_id or 0, None) or LeaderPromise(reception_id=row.id)
        promise.position = position
        if promise.completed_on is None:
            promise.summary, promise.due_date = data.summary, data.due_date
            promise.responsible_unit_id = data.responsible_unit_id
        session.add(promise)
    for surplus in present.values():
        if surplus.completed_on is not None:
            raise RuleViolation(f"“{surplus.summary[:20]}”已登记落实，不能删去。")
        if number := task_number_of(session, surplus):
            raise RuleViolation(f"“{surplus.summary[:20]}”已转为督办 {number}，不能删去。")
        session.delete(surplus)
    session.flush()


def _replace_links(
    session: Session, actor: Actor, row: LeaderReception, chosen: frozenset[int] | None
) -> None:
    """Link what was ticked among the visits offered; links to visits the actor cannot see stay."""
    if chosen is None:
        return
    offered = {v.id for v in visits_of_day(session, actor, row.reception_date)}
    links = session.scalars(select(LeaderReceptionVisit).where(LeaderReceptionVisit.reception_id == row.id))
    linked = {link.visit_id: link for link in links}
    for visit_id in offered & chosen - linked.keys():
        session.add(LeaderReceptionVisit(reception_id=row.id, visit_id=visit_id))
    seen = {v.id for v in linked_to_reception(session, actor, row.id)}
    for visit_id in (seen & linked.keys()) - (offered & chosen):
        session.delete(linked[visit_id])
    session.flush()


def _may_change(row: LeaderReception, version: int) -> None:
    if row.version != version:
        raise StaleVersion
    if row.is_void:
        raise RuleViolation("这条登记已作废，不能再改。")
