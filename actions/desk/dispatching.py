"""转办: sending a line on to other units' desks, taking it back before receipt, receiving it there."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from actions import audit
from actions.desk.entering import insert_line
from actions.desk.lines import require_open
from actions.once import already_made, note_made
from models.duty_desk import DeskDispatch, DeskEntry
from models.organisation import Unit
from queries.desk_scope import has_desk, own_desk, receives_for
from rules.desk_rules import LONGEST_DEMAND, MOST_UNITS, check_limit
from rules.desk_words import EntryMode
from rules.errors import NotVisible, RuleViolation, RuleViolations, StaleVersion
from rules.roles import Actor
from rules.secrecy import refuse_secrecy_marks


def send_on(
    session: Session,
    *,
    actor: Actor,
    now: datetime,
    line: DeskEntry,
    version: int,
    unit_ids: Sequence[int],
    demand: str,
    due_at: datetime | None,
    submission_key: str = "",
) -> list[DeskDispatch]:
    """To one or several desks at once, all or none; [] when sent before with this key.

    Raises StaleVersion, RuleViolation(s) on `units`, `demand`, `due_at`.
    """
    if already_made(session, submission_key, actor, DeskDispatch) is not None:
        return []
    require_open(line, version)
    refuse_secrecy_marks(demand, "demand")
    problems = list(check_limit(due_at, max(now, line.happened_at)))
    if problems:
        raise RuleViolations(problems)
    units = _receivers(session, line, unit_ids)
    made = [_sent(session, actor, now, line, unit, demand[:LONGEST_DEMAND], due_at) for unit in units]
    line.version += 1
    note_made(session, key=submission_key, actor=actor, now=now, subject=made[0])
    return made


def _receivers(session: Session, line: DeskEntry, unit_ids: Sequence[int]) -> list[Unit]:
    wanted = set(unit_ids)
    if not wanted or len(wanted) > MOST_UNITS:
        raise RuleViolation(f"请选择转给哪些单位（1 至 {MOST_UNITS} 个）。", "units")
    units = list(session.scalars(select(Unit).where(Unit.id.in_(wanted)).order_by(Unit.path)))
    if len(units) < len(wanted) or not all(map(has_desk, units)):
        raise RuleViolation("只能转给乡镇、街道、县直单位和县里的值班室。", "units")
    if line.unit_id in wanted:
        raise RuleViolation("不用转给自己。", "units")
    already = {d.unit_id: d.unit.label for d in line.dispatches if not d.is_void and d.unit_id in wanted}
    if already:
        raise RuleViolation(f"已经转给{'、'.join(already.values())}，不用再转。", "units")
    return units


def _sent(
    session: Session,
    actor: Actor,
    now: datetime,
    line: DeskEntry,
    unit: Unit,
    demand: str,
    due_at: datetime | None,
) -> DeskDispatch:
    row = DeskDispatch(
        entry_id=line.id,
        unit_id=unit.id,
        demand=demand,
        due_at=due_at,
        sent_at=now,
        sent_by_id=actor.person_id,
    )
    session.add(row)
    session.flush()
    _audit(session, actor, now, row, line, "desk_dispatch.send", None, unit.label)
    return row


def take_back(
    session: Session, *, actor: Actor, now: datetime, dispatch: DeskDispatch, version: int, reason: str
) -> None:
    """收回 before receipt, by the desk that sent it. Raises NotVisible, StaleVersion, RuleViolation."""
    if dispatch.entry.unit_id != own_desk(actor):
        raise NotVisible("desk_dispatch")
    _require_waiting(dispatch)
    if dispatch.version != version:
        raise StaleVersion
    dispatch.voided_at, dispatch.voided_by_id, dispatch.void_reason = now, actor.account_id, reason
    dispatch.version += 1
    dispatch.entry.version += 1
    _audit(
        session, actor, now, dispatch, dispatch.entry, "desk_dispatch.take-back", dispatch.unit.label, None,
        reason,
    )  # fmt: skip


def receive(session: Session, *, actor: Actor, now: datetime, dispatch: DeskDispatch) -> DeskEntry:
    """签收 by the desk it was sent to: opens a line in that desk's own log. The second to press is told who was first.

    Raises NotVisible, RuleViolation.
    """
    if dispatch.unit_id not in receives_for(actor):
        raise NotVisible("desk_dispatch")
    _require_waiting(dispatch)
    unit = session.get_one(Unit, own_desk(actor))
    line = insert_line(session, actor=actor, now=now, unit=unit, columns=_received_columns(dispatch, now))
    dispatch.received_at, dispatch.received_by_id = now, actor.person_id
    dispatch.received_entry_id = line.id
    dispatch.version += 1
    told = f"{dispatch.unit.label} {actor.name}"
    _audit(session, actor, now, dispatch, dispatch.entry, "desk_dispatch.receive", None, told)
    return line


def _received_columns(dispatch: DeskDispatch, now: datetime) -> dict[str, Any]:
    """What the sender's line says, with what the receiver is to do. It came when it was sent, also where the clock was
    set back since."""
    entry = dispatch.entry
    return {
        "happened_at": min(now, dispatch.sent_at),
        "kind": entry.kind,
        "mode": EntryMode.SYSTEM.value,
        "source_unit_id": entry.unit_id,
        "source": "",
        "content": f"{entry.content}\n转来要求：{dispatch.demand}" if dispatch.demand else entry.content,
        "instruction": entry.instruction,
        "instructed_by": entry.instructed_by,
        "due_at": dispatch.due_at,
        "done_at": None,
    }


def _require_waiting(dispatch: DeskDispatch) -> None:
    if dispatch.is_void:
        raise RuleViolation("这件转办已被收回。")
    if dispatch.received_at is not None:
        who = dispatch.received_by.name if dispatch.received_by else dispatch.unit.label
        raise RuleViolation(f"这件转办已由{who}签收，不用再办。")


def _audit(
    session: Session,
    actor: Actor,
    now: datetime,
    row: DeskDispatch,
    line: DeskEntry,
    action: str,
    before: str | None,
    after: str | None,
    reason: str = "",
) -> None:
    session.flush()
    audit.record(
        session,
        actor=actor,
        now=now,
        action=action,
        subject=row,
        label=line.number,
        before={"dispatch": before},
        after={"dispatch": after},
        reason=reason,
    )
