"""Entering, correcting and voiding lines of 值班日志, and the chain of 首报, 续报, 终报."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from actions import audit
from actions.desk.lines import change, require_current
from actions.desk_search import index_line
from actions.drafts import drop_draft
from actions.ending import make_void
from actions.numbers import take_number
from actions.once import already_made, note_made
from models.base import new_uid
from models.duty_desk import DeskEntry
from models.organisation import Unit
from queries.desk_scope import dispatch_of_line, own_desk
from rules.desk_rules import Chain, EntryValues, check_chain, check_entry
from rules.desk_words import EntryKind, EntryMode, Report
from rules.errors import RuleViolation, RuleViolations
from rules.numbering import RecordKind
from rules.office_time import day_of
from rules.roles import Actor

DRAFT = "desk_entry"


@dataclass(frozen=True)
class LineData:
    """A line as typed: shape checked, rules not yet asked. Moments are naive UTC."""

    happened_at: datetime | None
    kind: EntryKind | None
    content: str
    mode: EntryMode | None = None
    source_unit_id: int | None = None
    source: str = ""
    proposal: str = ""
    instruction: str = ""
    instructed_by: str = ""
    responsible_unit_id: int | None = None
    due_at: datetime | None = None
    report: Report | None = None
    first_number: str = ""
    """The 首报 that a 续报 or 终报 follows, by its number."""
    is_done: bool = False
    """Nothing more is to be done: 当场办结."""


def enter_line(
    session: Session, *, actor: Actor, now: datetime, data: LineData, submission_key: str = ""
) -> DeskEntry:
    """One line of the own desk. Sent twice with one key it is made once. Raises RuleViolation(s)."""
    made = already_made(session, submission_key, actor, DeskEntry)
    if made is not None:
        return session.get_one(DeskEntry, made)
    unit = session.get_one(Unit, own_desk(actor))
    first = _first_of(session, unit, data)
    _check(session, data, first, now)
    line = insert_line(session, actor=actor, now=now, unit=unit, columns=_columns(data, now, first))
    if data.report is Report.FINAL and first is not None:
        _close_chain(session, actor, now, first, line)
    drop_draft(session, account_id=actor.account_id, form=DRAFT)
    note_made(session, key=submission_key, actor=actor, now=now, subject=line)
    return line


def insert_line(
    session: Session, *, actor: Actor, now: datetime, unit: Unit, columns: dict[str, Any]
) -> DeskEntry:
    """Take the number of the year in which it happened, store, index, audit."""
    line = DeskEntry(
        **columns,
        uid=new_uid(),
        number=take_number(session, unit, RecordKind.DESK_ENTRY, day_of(columns["happened_at"]).year),
        unit_id=unit.id,
        registered_at=now,
        registered_by_id=actor.person_id,
    )
    session.add(line)
    session.flush()
    if line.done_at is not None:
        line.done_by_id = actor.person_id
    index_line(session, line)
    audit.record(
        session,
        actor=actor,
        now=now,
        action="desk_entry.enter",
        subject=line,
        label=line.number,
        after=audit.values_of(line),
    )
    return line


@dataclass(frozen=True)
class CorrectionData:
    """What a correction may replace; unit, number, chain, limit and reply have their own ways."""

    happened_at: datetime | None
    kind: EntryKind | None
    content: str
    mode: EntryMode | None = None
    source_unit_id: int | None = None
    source: str = ""
    proposal: str = ""
    instruction: str = ""
    instructed_by: str = ""


def correct_line(
    session: Session,
    *,
    actor: Actor,
    now: datetime,
    line: DeskEntry,
    data: CorrectionData,
    version: int,
    reason: str,
) -> None:
    """Replace what a line says, with the reason; the earlier content stays. Raises StaleVersion, RuleViolation(s)."""
    require_current(line, version)
    problems = check_entry(_values(data, line.due_at), now)
    if line.replied_at is not None and data.happened_at is not None and data.happened_at > line.replied_at:
        problems.append(RuleViolation("发生时间晚于已登记的回复时间，请核对。", "happened_at"))
    if problems:
        raise RuleViolations(problems)
    values = _said(data)
    if all(getattr(line, name) == value for name, value in values.items()):
        raise RuleViolation("没有改动任何内容。")
    change(
        session, actor=actor, now=now, line=line, action="desk_entry.correct", values=values, reason=reason
    )


def void_line(
    session: Session, *, actor: Actor, now: datetime, line: DeskEntry, version: int, reason: str
) -> None:
    """It stays, with its number, and counts nowhere. A void 终报 opens its event again. Raises RuleViolation."""
    require_current(line, version)
    if dispatch_of_line(session, line.id) is not None:
        raise RuleViolation("这条由签收转办而来，不能作废；不用办的，写明后办结。")
    if any(not d.is_void for d in line.dispatches):
        raise RuleViolation("这条已转给别的值班室；请先收回，已签收的不能作废。")
    if line.report == Report.FIRST and session.scalar(_followers(line.id).limit(1)) is not None:
        raise RuleViolation("这条首报还有续报或终报；请先作废它们。")
    make_void(session, actor=actor, now=now, row=line, action="desk_entry.void", reason=reason)
    if line.report == Report.FINAL:
        _open_chain(session, actor, now, line)


def _first_of(session: Session, unit: Unit, data: LineData) -> DeskEntry | None:
    if data.report not in (Report.FOLLOW, Report.FINAL) or not data.first_number:
        return None
    return session.scalar(
        select(DeskEntry).where(
            DeskEntry.number == data.first_number.strip().upper(), DeskEntry.unit_id == unit.id
        )
    )


def _check(session: Session, data: LineData, first: DeskEntry | None, now: datetime) -> None:
    problems = check_entry(_values(data, data.due_at), now)
    if data.is_done and data.due_at is not None:
        problems.append(RuleViolation("有回复时限的要等回复，不能当场办结。", "is_done"))
    try:
        check_chain(data.report, _chain(session, first), data.happened_at)
    except RuleViolation as refusal:
        problems.append(refusal)
    if problems:
        raise RuleViolations(problems)


def _values(data: LineData | CorrectionData, due_at: datetime | None) -> EntryValues:
    return EntryValues(
        happened_at=data.happened_at,
        kind=data.kind,
        content=data.content,
        has_source=bool(data.source_unit_id or data.source.strip()),
        due_at=due_at,
        texts=tuple(
            (name, getattr(data, name)) for name in ("source", "proposal", "instruction", "instructed_by")
        ),
    )


def _chain(session: Session, first: DeskEntry | None) -> Chain | None:
    if first is None:
        return None
    final = _followers(first.id).where(DeskEntry.report == Report.FINAL.value).limit(1)
    return Chain(
        first_happened_at=first.happened_at,
        is_first_report=first.report == Report.FIRST,
        is_void=first.is_void,
        has_final=session.scalar(final) is not None,
    )


def _followers(first_id: int) -> Any:
    return select(DeskEntry.id).where(DeskEntry.first_id == first_id, DeskEntry.voided_at.is_(None))


def _said(data: LineData | CorrectionData) -> dict[str, Any]:
    return {
        "happened_at": data.happened_at,
        "kind": data.kind.value if data.kind else "",
        "mode": data.mode.value if data.mode else "",
        "source_unit_id": data.source_unit_id,
        "source": data.source,
        "content": data.content,
        "proposal": data.proposal,
        "instruction": data.instruction,
        "instructed_by": data.instructed_by,
    }


def _columns(data: LineData, now: datetime, first: DeskEntry | None) -> dict[str, Any]:
    """A 续报 or 终报 without a limit only tells how its event goes on: the 首报 stays open for it."""
    follows = data.report in (Report.FOLLOW, Report.FINAL)
    return _said(data) | {
        "responsible_unit_id": data.responsible_unit_id,
        "due_at": data.due_at,
        "report": data.report.value if data.report else "",
        "first_id": first.id if first and follows else None,
        "done_at": now if data.is_done or (follows and data.due_at is None) else None,
    }


def _close_chain(session: Session, actor: Actor, now: datetime, first: DeskEntry, final: DeskEntry) -> None:
    """终报 ends the event, so the 首报 is done, unless its reply is still owed."""
    if first.done_at is None and (first.due_at is None or first.replied_at is not None):
        values = {"done_at": final.registered_at, "done_by_id": actor.person_id}
        change(session, actor=actor, now=now, line=first, action="desk_entry.finish", values=values)


def _open_chain(session: Session, actor: Actor, now: datetime, final: DeskEntry) -> None:
    first = session.get_one(DeskEntry, final.first_id)
    if first.done_at is not None and first.done_at == final.registered_at:
        values = {"done_at": None, "done_by_id": None}
        reason = f"终报 {final.number} 作废"
        change(
            session,
            actor=actor,
            now=now,
            line=first,
            action="desk_entry.reopen",
            values=values,
            reason=reason,
        )
