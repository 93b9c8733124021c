"""特殊时段: declaring, correcting, ending early, voiding; and each unit's daily report."""

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from sqlalchemy.orm import Session

from actions import audit
from actions.ending import make_void
from actions.once import already_made, note_made
from models.base import new_uid
from models.duty_desk import PeriodReport, SpecialPeriod
from queries.special_periods import (
    declaring_unit,
    has_units_below,
    load_line,
    report_of,
    reported_days,
)
from rules.errors import RuleViolation, RuleViolations, StaleVersion
from rules.roles import Actor
from rules.special_periods import PeriodValues, check_ending, check_period, check_report, due_at


@dataclass(frozen=True)
class PeriodData:
    """As typed: shape checked, rules not yet asked. Days and hour are the office's."""

    name: str
    first_day: date | None
    last_day: date | None
    report_at: time | None
    demands: str = ""
    doubled: bool = True


@dataclass(frozen=True)
class ReportData:
    events: int | None
    content: str = ""
    leader: str = ""


def declare_period(
    session: Session,
    *,
    actor: Actor,
    now: datetime,
    today: date,
    data: PeriodData,
    submission_key: str = "",
) -> SpecialPeriod:
    """For the units directly below the actor's office. Sent twice with one key it is made once. Raises
    RuleViolation(s)."""
    made = already_made(session, submission_key, actor, SpecialPeriod)
    if made is not None:
        return session.get_one(SpecialPeriod, made)
    unit = declaring_unit(session, actor)
    if not has_units_below(session, unit, today):
        raise RuleViolation("本单位没有要报送的下级单位，不能设立特殊时段。")
    _require(check_period(_values(data), today))
    period = SpecialPeriod(
        uid=new_uid(), unit_id=unit.id, declared_at=now, declared_by_id=actor.person_id, **vars(data)
    )
    session.add(period)
    session.flush()
    _record(session, actor, now, period, "declare", after=audit.values_of(period))
    note_made(session, key=submission_key, actor=actor, now=now, subject=period)
    return period


def correct_period(
    session: Session,
    *,
    actor: Actor,
    now: datetime,
    today: date,
    period: SpecialPeriod,
    data: PeriodData,
    version: int,
    reason: str,
) -> None:
    """Raises StaleVersion, RuleViolation(s). Days of which a unit has reported stay within the period."""
    _may_change(period, version)
    _require(check_period(_values(data), today, reported=reported_days(session, period), is_new=False))
    before = audit.values_of(period)
    for name, value in vars(data).items():
        setattr(period, name, value)
    _changed(session, actor, now, period, "correct", before, reason)


def end_period(
    session: Session,
    *,
    actor: Actor,
    now: datetime,
    today: date,
    period: SpecialPeriod,
    last_day: date | None,
    version: int,
    reason: str,
) -> None:
    """Before its last day. Raises StaleVersion, RuleViolation on `last_day`."""
    _may_change(period, version)
    check_ending(period.first_day, period.last_day, last_day, today)
    reported = reported_days(session, period)
    if reported and last_day and last_day < reported[1]:
        raise RuleViolation(f"{reported[1]} 已有单位报送，最后一天不能更早。", "last_day")
    before = audit.values_of(period)
    period.last_day = last_day or period.last_day
    _changed(session, actor, now, period, "end", before, reason)


def void_period(
    session: Session, *, actor: Actor, now: datetime, period: SpecialPeriod, version: int, reason: str
) -> None:
    """It asks nobody for reports any more; those that came stay with it."""
    _may_change(period, version)
    make_void(
        session,
        actor=actor,
        now=now,
        row=period,
        label=period.name,
        action="special_period.void",
        reason=reason,
    )


def report_day(
    session: Session,
    *,
    actor: Actor,
    now: datetime,
    today: date,
    period: SpecialPeriod,
    day: date,
    unit_id: int,
    data: ReportData,
    version: int | None = None,
    reason: str = "",
) -> PeriodReport:
    """A unit's report of a day; with `version` a correction of it, which keeps the first report's time.

    Raises NotVisible, RuleViolation, and StaleVersion where somebody reported or corrected meanwhile. The same
    report sent twice is one.
    """
    line = load_line(session, actor, period, day, unit_id, now)
    if period.is_void:
        raise RuleViolation("这个特殊时段已作废，不用再报。")
    content = check_report(data.events, data.content, day, period.first_day, period.last_day, today)
    columns = {"events": data.events or 0, "content": content, "leader": data.leader}
    held = report_of(session, period.id, day, unit_id)
    label = f"{period.name} {day} {line.unit}"
    if held is None:
        return _first_report(session, actor, now, label, period, day, unit_id, columns)
    _correct_report(session, actor, now, label, held, columns, version, reason)
    return held


def _first_report(
    session: Session, actor: Actor, now: datetime, label: str, period: SpecialPeriod, day: date, unit_id: int,
    columns: dict[str, Any],
) -> PeriodReport:  # fmt: skip
    report = PeriodReport(
        period_id=period.id,
        unit_id=unit_id,
        day=day,
        due_at=due_at(day, period.report_at),
        reported_at=now,
        reported_by_id=actor.person_id,
        **columns,
    )
    session.add(report)
    session.flush()
    audit.record(
        session, actor=actor, now=now, action="period_report.enter", subject=report, label=label,
        after=audit.values_of(report),
    )  # fmt: skip
    return report


def _correct_report(
    session: Session, actor: Actor, now: datetime, label: str, report: PeriodReport, columns: dict[str, Any],
    version: int | None, reason: str,
) -> None:  # fmt: skip
    if all(getattr(report, name) == value for name, value in columns.items()):
        return
    if version != report.version:
        raise StaleVersion
    if not reason:
        raise RuleViolation("请写明更正理由。", "reason")
    before = audit.values_of(report)
    for name, value in columns.items():
        setattr(report, name, value)
    report.version += 1
    audit.record(
        session, actor=actor, now=now, action="period_report.correct", subject=report, label=label, before=before,
        after=audit.values_of(report), reason=reason,
    )  # fmt: skip


def _values(data: PeriodData) -> PeriodValues:
    return PeriodValues(data.name, data.first_day, data.last_day, data.report_at, data.demands)


def _require(problems: list[RuleViolation]) -> None:
    if problems:
        raise RuleViolations(problems)


def _may_change(period: SpecialPeriod, version: int) -> None:
    if period.version != version:
        raise StaleVersion
    if period.is_void:
        raise RuleViolation("这个特殊时段已作废，不能再改。")


def _changed(
    session: Session,
    actor: Actor,
    now: datetime,
    period: SpecialPeriod,
    verb: str,
    before: audit.Values,
    reason: str,
) -> None:
    period.version += 1
    session.flush()
    _record(session, actor, now, period, verb, before=before, after=audit.values_of(period), reason=reason)


def _record(
    session: Session, actor: Actor, now: datetime, period: SpecialPeriod, verb: str, **said: Any
) -> None:
    action = f"special_period.{verb}"
    audit.record(session, actor=actor, now=now, action=action, subject=period, label=period.name, **said)
