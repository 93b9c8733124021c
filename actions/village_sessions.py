"""Registering, correcting and voiding village sessions (村级接访)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from actions import audit
from actions.ending import make_void
from actions.numbers import take_number
from actions.once import already_made, note_made
from models.base import new_uid
from models.organisation import Unit
from models.village_session import SessionMatter, VillageSession, VillageSessionVisit
from queries.day_visits import linked_to_session, visits_of_village_day
from queries.scope import load_unit
from queries.village_sessions import held_on, session_weekday
from rules.errors import NotVisible, RuleViolation, RuleViolations, StaleVersion
from rules.matter_rules import MOST_MATTERS, Line, check_matters
from rules.numbering import RecordKind
from rules.roles import Actor
from rules.session_rules import SessionValues, check_session
from rules.taxonomy import VILLAGE_LEVEL, Outcome, SessionMode

COUNTS = (
    "batches",
    "persons",
    "solved_batches",
    "solved_persons",
    "committed_batches",
    "committed_persons",
    "escalated_batches",
    "escalated_persons",
)


class SessionAlreadyHeld(RuleViolation):
    """The village has a session on that day already."""

    def __init__(self, village: str, day: date) -> None:
        super().__init__(f"{village} {day} 的村级接访已经登记过，一个村一天只登记一次。", "session_date")


class WeekRefused(ValueError):
    """Some rows of a township's week may not stand: unit id → its refusals. Nothing was saved."""

    def __init__(self, problems: dict[int, list[RuleViolation]]) -> None:
        super().__init__(f"{len(problems)} rows refused")
        self.problems = problems


@dataclass(frozen=True)
class MatterData:
    """One matter; `number` is its row on the form, from 0. It never names a person."""

    number: int
    summary: str
    disposition: Outcome | None = None
    due_date: date | None = None


@dataclass(frozen=True)
class SessionData:
    """A session as typed: shape checked, rules not yet asked. `visit_ids` None leaves the links as they are."""

    unit_id: int
    session_date: date | None
    mode: SessionMode | None
    attendees: str = ""
    batches: int = 0
    persons: int = 0
    solved_batches: int = 0
    solved_persons: int = 0
    committed_batches: int = 0
    committed_persons: int = 0
    escalated_batches: int = 0
    escalated_persons: int = 0
    notes: str = ""
    matters: tuple[MatterData, ...] = ()
    visit_ids: frozenset[int] | None = None


def register_session(
    session: Session, *, actor: Actor, now: datetime, today: date, data: SessionData, submission_key: str = ""
) -> VillageSession:
    """One village's session. Sent twice with one key it is made once.

    Raises RuleViolations, or SessionAlreadyHeld where the village has one on that day.
    """
    made = already_made(session, submission_key, actor, VillageSession)
    if made is not None:
        return session.get_one(VillageSession, made)
    village = _village(session, actor, data)
    _check(session, village, data, today)
    row = _inserted(session, actor, now, village, data)
    note_made(session, key=submission_key, actor=actor, now=now, subject=row)
    return row


def register_week(
    session: Session,
    *,
    actor: Actor,
    now: datetime,
    today: date,
    rows: Sequence[SessionData],
    submission_key: str = "",
) -> int:
    """Sessions of many villages at once, all or none; gives how many were made (0 when sent before).

    Raises WeekRefused with the refusals of every row.
    """
    if already_made(session, submission_key, actor, VillageSession) is not None:
        return 0
    problems: dict[int, list[RuleViolation]] = {}
    villages = {data.unit_id: _week_row(session, actor, today, data, problems) for data in rows}
    if problems:
        raise WeekRefused(problems)
    for data in rows:
        try:
            row = _inserted(session, actor, now, villages[data.unit_id], data)
        except SessionAlreadyHeld as held:
            raise WeekRefused({data.unit_id: [held]}) from held
        if data is rows[0]:
            note_made(session, key=submission_key, actor=actor, now=now, subject=row)
    return len(rows)


def correct_session(
    session: Session,
    *,
    actor: Actor,
    now: datetime,
    today: date,
    row: VillageSession,
    data: SessionData,
    version: int,
    reason: str,
) -> VillageSession:
    """Replace what a session says, with the reason. Raises StaleVersion, RuleViolation(s)."""
    _may_change(row, version)
    if data.unit_id != row.unit_id:
        raise RuleViolation("村（社区）不能更改；登记错了请作废后重新登记。", "unit")
    _check(session, row.unit, data, today, keep=row)
    before = session_values(session, row)
    for name, value in _columns(data).items():
        setattr(row, name, value)
    row.version += 1
    _flushed(session, row.unit, data)
    _replace_matters(session, row, data.matters)
    _replace_links(session, actor, row, data.visit_ids)
    audit.record(
        session,
        actor=actor,
        now=now,
        action="village_session.correct",
        subject=row,
        label=row.number,
        before=before,
        after=session_values(session, row),
        reason=reason,
    )
    return row


def void_session(
    session: Session, *, actor: Actor, now: datetime, row: VillageSession, version: int, reason: str
) -> None:
    """It stays, with its number, and counts nowhere; its day may be registered again."""
    _may_change(row, version)
    make_void(session, actor=actor, now=now, row=row, action="village_session.void", reason=reason)


def session_values(session: Session, row: VillageSession) -> audit.Values:
    """Columns, matters and linked visits as they stand in version rows."""
    session.expire(row, ["matters", "visits"])
    matters = [[m.summary, m.disposition, m.due_date.isoformat() if m.due_date else ""] for m in row.matters]
    return audit.values_of(row, matters=matters, visits=sorted(v.number for v in row.visits))


def _village(session: Session, actor: Actor, data: SessionData) -> Unit:
    try:
        village = load_unit(session, actor, data.unit_id)
    except NotVisible:
        raise RuleViolation("只能登记本单位及下级的村（社区）。", "unit") from None
    if village.category not in {c.value for c in VILLAGE_LEVEL}:
        raise RuleViolation(f"{village.label}不是村或社区。", "unit")
    return village


def _check(
    session: Session, village: Unit, data: SessionData, today: date, keep: VillageSession | None = None
) -> None:
    """A correction that keeps its day is not asked again whether that day is the office's session day."""
    problems = _problems(session, village, data, today, keep)
    if problems:
        raise RuleViolations(problems)
    held = held_on(session, village.id, data.session_date) if data.session_date else None
    if held is not None and held is not keep and data.session_date:
        raise SessionAlreadyHeld(village.label, data.session_date)


def _problems(
    session: Session, village: Unit, data: SessionData, today: date, keep: VillageSession | None
) -> list[RuleViolation]:
    day = data.session_date
    same_day = keep is not None and keep.session_date == day
    weekday = None if same_day or day is None else session_weekday(session, day)
    counts = {name: getattr(data, name) for name in COUNTS}
    problems = check_session(SessionValues(day, data.mode, **counts), today, weekday)
    if day and not same_day and not _in_being(village, day):
        problems.append(RuleViolation(f"{day} 时{village.label}还未设立或已撤销。", "unit"))
    lines = [Line(m.number, m.summary, m.disposition, m.due_date) for m in data.matters]
    if len(lines) > MOST_MATTERS:
        problems.append(RuleViolation(f"一场最多登记 {MOST_MATTERS} 件事项。"))
    return problems + check_matters(lines, day)


def _in_being(village: Unit, day: date) -> bool:
    return (village.valid_from is None or village.valid_from <= day) and village.is_open(day)


def _week_row(
    session: Session,
    actor: Actor,
    today: date,
    data: SessionData,
    problems: dict[int, list[RuleViolation]],
) -> Any:
    try:
        village = _village(session, actor, data)
        _check(session, village, data, today)
    except RuleViolations as several:
        problems[data.unit_id] = several.violations
    except RuleViolation as one:
        problems[data.unit_id] = [one]
    else:
        return village
    return None


def _inserted(
    session: Session, actor: Actor, now: datetime, village: Unit, data: SessionData
) -> VillageSession:
    row = VillageSession(
        **_columns(data),
        uid=new_uid(),
        unit_id=village.id,
        number=take_number(session, village, RecordKind.VILLAGE_SESSION, _day(data).year),
        registered_at=now,
        registered_by_id=actor.person_id,
    )
    session.add(row)
    _flushed(session, village, data)
    _replace_matters(session, row, data.matters)
    _replace_links(session, actor, row, data.visit_ids)
    audit.record(
        session,
        actor=actor,
        now=now,
        action="village_session.register",
        subject=row,
        label=row.number,
        after=session_values(session, row),
    )
    return row


def _flushed(session: Session, village: Unit, data: SessionData) -> None:
    """The unique index has the last word where two people registered at once."""
    label = village.label
    try:
        session.flush()
    except IntegrityError as error:
        if not any(name in str(error.orig) for name in ("uq_village_session_day", "session_date")):
            raise
        raise SessionAlreadyHeld(label, _day(data)) from error


def _day(data: SessionData) -> date:
    if data.session_date is None:
        raise RuleViolation("请填写接访日期。", "session_date")
    return data.session_date


def _columns(data: SessionData) -> dict[str, Any]:
    return {
        "session_date": _day(data),
        "mode": data.mode.value if data.mode else "",
        "attendees": data.attendees,
        "notes": data.notes,
        **{name: getattr(data, name) for name in COUNTS},
    }


def _replace_matters(session: Session, row: VillageSession, matters: Sequence[MatterData]) -> None:
    session.expire(row, ["matters"])
    present = {m.position: m for m in row.matters}
    for position, data in enumerate(matters, start=1):
        matter = present.pop(position, None) or SessionMatter(session_id=row.id, position=position)
        matter.summary, matter.due_date = data.summary, data.due_date
        matter.disposition = data.disposition.value if data.disposition else ""
        session.add(matter)
    for surplus in present.values():
        session.delete(surplus)
    session.flush()


def _replace_links(
    session: Session, actor: Actor, row: VillageSession, chosen: frozenset[int] | None
) -> None:
    """Link what was ticked among the visits offered; links to visits the actor cannot see stay."""
    if chosen is None:
        return
    offered = {v.id for v in visits_of_village_day(session, actor, row.unit, row.session_date, row.id)}
    links = session.scalars(select(VillageSessionVisit).where(VillageSessionVisit.session_id == row.id))
    linked = {link.visit_id: link for link in links}
    for visit_id in offered & chosen - linked.keys():
        session.add(VillageSessionVisit(session_id=row.id, visit_id=visit_id))
    seen = {v.id for v in linked_to_session(session, actor, row.id)}
    for visit_id in (seen & linked.keys()) - (offered & chosen):
        session.delete(linked[visit_id])
    session.flush()


def _may_change(row: VillageSession, version: int) -> None:
    if row.version != version:
        raise StaleVersion
    if row.is_void:
        raise RuleViolation("这条登记已作废，不能再改。")
