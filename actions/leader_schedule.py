"""Scheduling leaders' reception days (接访安排): one or a month at once, correcting, voiding, putting off, swapping."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from sqlalchemy.orm import Session

from actions import audit
from actions.ending import make_void
from actions.once import already_made, note_made
from models.base import new_uid
from models.leader_schedule import LeaderSchedule
from models.organisation import Unit
from queries.leader_receptions import posting_of_leader
from queries.leader_schedule import last_portfolio, reception_of, taken_days
from queries.scope import load_unit
from rules.errors import NotVisible, RuleViolation, RuleViolations, StaleVersion
from rules.office_time import day_of
from rules.roles import Actor
from rules.schedule_rules import MOST_ROWS, ScheduledValues, check_postponement, check_scheduled
from rules.taxonomy import VILLAGE_LEVEL, LeaderReceptionMode

ROSTER_MARK = "roster-"
"""How the `external_number` of a day begins that a roster wrote."""


@dataclass(frozen=True)
class ScheduledData:
    """A leader's day as typed: shape checked, rules not yet asked. `number` is its row in the table of a month."""

    unit_id: int
    day: date | None
    leader_name: str
    mode: LeaderReceptionMode
    starts_at: time | None = None
    ends_at: time | None = None
    post: str = ""
    portfolio: str = ""
    place: str = ""
    telephone: str = ""
    notes: str = ""
    number: int = 0


def schedule_day(
    session: Session,
    *,
    actor: Actor,
    now: datetime,
    today: date,
    data: ScheduledData,
    submission_key: str = "",
) -> LeaderSchedule:
    """One leader's day. Sent twice with one key it is made once. Raises RuleViolation(s)."""
    made = already_made(session, submission_key, actor, LeaderSchedule)
    if made is not None:
        return session.get_one(LeaderSchedule, made)
    unit = _office(session, actor, data.unit_id)
    problems = _problems(data, today, _taken(session, unit, [data]))
    if problems:
        raise RuleViolations(problems)
    row = _inserted(session, actor, now, unit, data)
    note_made(session, key=submission_key, actor=actor, now=now, subject=row)
    return row


def schedule_month(
    session: Session,
    *,
    actor: Actor,
    now: datetime,
    today: date,
    rows: Sequence[ScheduledData],
    submission_key: str = "",
) -> int:
    """Days of one office at once, all or none; gives how many were made (0 when sent before).

    Raises RuleViolations on the fields `entry-0-day`, `entry-1-leader_name` …, RuleViolation on `unit`.
    """
    if already_made(session, submission_key, actor, LeaderSchedule) is not None:
        return 0
    if not rows or len(rows) > MOST_ROWS:
        raise RuleViolation(f"一次排 1 至 {MOST_ROWS} 次接访。")
    unit = _office(session, actor, rows[0].unit_id)
    _require_rows(session, unit, rows, today)
    made = [_inserted(session, actor, now, unit, data) for data in rows]
    note_made(session, key=submission_key, actor=actor, now=now, subject=made[0])
    return len(made)


def correct_scheduled(
    session: Session,
    *,
    actor: Actor,
    now: datetime,
    today: date,
    row: LeaderSchedule,
    data: ScheduledData,
    version: int,
    reason: str,
) -> None:
    """Replace what a day says, with the reason. Raises StaleVersion, RuleViolation(s)."""
    _may_change(row, version)
    if data.unit_id != row.unit_id:
        raise RuleViolation("单位不能更改；排错了请作废后重新安排。", "unit")
    if (data.day, data.leader_name) != (row.day, row.leader_name):
        _require_free_of_roster(row, now)
    problems = _problems(data, today, _taken(session, row.unit, [data], besides=[row.id]))
    if problems or data.day is None:
        raise RuleViolations(problems)
    before = audit.values_of(row)
    for name, value in _columns(session, row.unit, data.day, data).items():
        setattr(row, name, value)
    _changed(session, actor, now, row, "leader_schedule.correct", before, reason)


def void_scheduled(
    session: Session,
    *,
    actor: Actor,
    now: datetime,
    row: LeaderSchedule,
    version: int,
    reason: str,
    by_roster: bool = False,
) -> None:
    """It stays, is in no notice, and another may take its day. `by_roster`: the roster that wrote it gives it up."""
    _may_change(row, version)
    if not by_roster:
        _require_free_of_roster(row, now)
    make_void(
        session,
        actor=actor,
        now=now,
        row=row,
        label=row.label,
        action="leader_schedule.void",
        reason=reason,
    )


def postpone_scheduled(
    session: Session,
    *,
    actor: Actor,
    now: datetime,
    today: date,
    row: LeaderSchedule,
    day: date | None,
    version: int,
    reason: str,
) -> None:
    """To a later day, e.g. after a holiday. Raises StaleVersion, RuleViolation(s) on `day`."""
    _may_change(row, version)
    _require_free_of_roster(row, now)
    _require_not_held(session, actor, row)
    problems = check_postponement(row.day, day, today)
    if problems or day is None:
        raise RuleViolations(problems)
    if (day, row.leader_name) in taken_days(session, row.unit_id, [day]):
        raise RuleViolation(f"{row.leader_name} {day} 已有安排。", "day")
    before = audit.values_of(row)
    row.day = day
    _changed(session, actor, now, row, "leader_schedule.postpone", before, reason)


def swap_scheduled(
    session: Session,
    *,
    actor: Actor,
    now: datetime,
    row: LeaderSchedule,
    version: int,
    other: LeaderSchedule,
    other_version: int,
    reason: str,
) -> None:
    """Two leaders of one office take each other's day and hours; place and form stay with the leader.

    Raises StaleVersion where either row was changed meanwhile, RuleViolation on `other`.
    """
    _may_change(row, version)
    _may_change(other, other_version)
    if row.unit_id != other.unit_id or row.leader_name == other.leader_name or row.day == other.day:
        raise RuleViolation("只能与本单位另一位领导不同日期的安排对换。", "other")
    for one in (row, other):
        _require_free_of_roster(one, now)
        _require_not_held(session, actor, one)
    taken = taken_days(session, row.unit_id, [row.day, other.day], besides=[row.id, other.id])
    for one, day in ((row, other.day), (other, row.day)):
        if (day, one.leader_name) in taken:
            raise RuleViolation(f"{one.leader_name} {day} 已有安排，不能对换。", "other")
    before, other_before = audit.values_of(row), audit.values_of(other)
    row.day, other.day = other.day, row.day
    row.starts_at, other.starts_at = other.starts_at, row.starts_at
    row.ends_at, other.ends_at = other.ends_at, row.ends_at
    _changed(session, actor, now, row, "leader_schedule.swap", before, reason)
    _changed(session, actor, now, other, "leader_schedule.swap", other_before, reason)


def _office(session: Session, actor: Actor, unit_id: int) -> Unit:
    try:
        unit = load_unit(session, actor, unit_id)
    except NotVisible:
        raise RuleViolation("只能为本单位及下级单位安排。", "unit") from None
    if unit.category in {c.value for c in VILLAGE_LEVEL}:
        raise RuleViolation("村（社区）没有领导接访日，请选择乡镇、街道或县直单位。", "unit")
    return unit


def _taken(
    session: Session, unit: Unit, rows: Sequence[ScheduledData], besides: Sequence[int] = ()
) -> set[tuple[date, str]]:
    days = [data.day for data in rows if data.day is not None]
    return taken_days(session, unit.id, days, besides=besides)


def _problems(data: ScheduledData, today: date, taken: set[tuple[date, str]]) -> list[RuleViolation]:
    values = ScheduledValues(data.day, data.leader_name, data.starts_at, data.ends_at)
    found = check_scheduled(values, today)
    if not found and data.day is not None and (data.day, data.leader_name) in taken:
        found.append(RuleViolation(f"{data.leader_name} {data.day} 已有安排。", "leader_name"))
    return found


def _require_rows(session: Session, unit: Unit, rows: Sequence[ScheduledData], today: date) -> None:
    taken = _taken(session, unit, rows)
    problems: list[RuleViolation] = []
    for data in rows:
        for problem in _problems(data, today, taken):
            problems.append(RuleViolation(problem.message, f"entry-{data.number}-{problem.field}"))
        if data.day is not None:
            taken.add((data.day, data.leader_name))
    if problems:
        raise RuleViolations(problems)


def _inserted(
    session: Session, actor: Actor, now: datetime, unit: Unit, data: ScheduledData
) -> LeaderSchedule:
    if data.day is None:
        raise RuleViolation("请填写接访日期。", "day")
    columns = _columns(session, unit, data.day, data)
    columns["portfolio"] = data.portfolio or last_portfolio(session, unit.id, data.leader_name)
    row = LeaderSchedule(
        **columns, uid=new_uid(), unit_id=unit.id, registered_at=now, registered_by_id=actor.person_id
    )
    session.add(row)
    session.flush()
    audit.record(
        session,
        actor=actor,
        now=now,
        action="leader_schedule.register",
        subject=row,
        label=row.label,
        after=audit.values_of(row),
    )
    return row


def _columns(session: Session, unit: Unit, day: date, data: ScheduledData) -> dict[str, Any]:
    """The leader is tied to the staff where the name means one person there; the post comes from the posting."""
    posting = posting_of_leader(session, data.leader_name, unit, day)
    return {
        "day": day,
        "starts_at": data.starts_at,
        "ends_at": data.ends_at,
        "leader_id": posting.person_id if posting else None,
        "leader_name": data.leader_name,
        "post": data.post or (posting.post if posting else ""),
        "portfolio": data.portfolio,
        "mode": data.mode.value,
        "place": data.place,
        "telephone": data.telephone,
        "notes": data.notes,
    }


def _changed(
    session: Session,
    actor: Actor,
    now: datetime,
    row: LeaderSchedule,
    action: str,
    before: audit.Values,
    reason: str,
) -> None:
    row.version += 1
    session.flush()
    audit.record(
        session,
        actor=actor,
        now=now,
        action=action,
        subject=row,
        label=row.label,
        before=before,
        after=audit.values_of(row),
        reason=reason,
    )


def _require_not_held(session: Session, actor: Actor, row: LeaderSchedule) -> None:
    if reception_of(session, actor, row) is not None:
        raise RuleViolation(f"{row.label} 的接访已经登记，不能再改日期。")


def _require_free_of_roster(row: LeaderSchedule, now: datetime) -> None:
    """A day to come that a roster wrote is moved there, or the two would say different things."""
    if (row.external_number or "").startswith(ROSTER_MARK) and row.day >= day_of(now):
        raise RuleViolation(
            f"{row.label} 是值班表排出的，请到那张班表里换人或者留空，这里随着改；要另定日期的，留空以后在这里新增。"
        )


def _may_change(row: LeaderSchedule, version: int) -> None:
    if row.version != version:
        raise StaleVersion
    if row.is_void:
        raise RuleViolation("这条安排已作废，不能再改。")
