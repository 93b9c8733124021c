"""请假、愿休: noted for oneself or, by who plans, for others; voided with a reason."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from actions import audit
from actions.ending import make_void
from actions.once import already_made, note_made
from models.roster import RosterAbsence
from queries.absences import overlapping_absence, unit_of_person
from rules.duty_changes import check_absence
from rules.duty_words import AbsenceKind
from rules.errors import RuleViolation, RuleViolations, StaleVersion
from rules.roles import Actor


@dataclass(frozen=True)
class AbsenceData:
    """As typed; both days inside."""

    person_id: int
    kind: AbsenceKind
    first_day: date | None
    last_day: date | None
    note: str = ""


def note_absence(
    session: Session,
    *,
    actor: Actor,
    now: datetime,
    today: date,
    data: AbsenceData,
    submission_key: str = "",
) -> RosterAbsence:
    """Raises RuleViolation(s) on `person`, `first_day`, `last_day`."""
    made = already_made(session, submission_key, actor, RosterAbsence)
    if made is not None:
        return session.get_one(RosterAbsence, made)
    unit_id = unit_of_person(session, actor, data.person_id, today)
    if unit_id is None:
        raise RuleViolation("请选择人员。", "person")
    problems = check_absence(data.first_day, data.last_day, data.kind, today)
    if problems or data.first_day is None or data.last_day is None:
        raise RuleViolations(problems)
    known = overlapping_absence(session, data.person_id, data.kind, data.first_day, data.last_day)
    if known is not None:
        days = f"{known.first_day} 至 {known.last_day}"
        raise RuleViolation(f"{days}已经登记过{data.kind.label}，与这次重叠。", "first_day")
    row = RosterAbsence(
        unit_id=unit_id,
        person_id=data.person_id,
        kind=data.kind.value,
        first_day=data.first_day,
        last_day=data.last_day,
        note=data.note.strip(),
        registered_at=now,
        registered_by_id=actor.person_id,
    )
    session.add(row)
    session.flush()
    audit.record(
        session,
        actor=actor,
        now=now,
        action="absence.note",
        subject=row,
        label=label_of(row),
        after=audit.values_of(row),
    )
    note_made(session, key=submission_key, actor=actor, now=now, subject=row)
    return row


def void_absence(
    session: Session, *, actor: Actor, now: datetime, row: RosterAbsence, version: int, reason: str
) -> None:
    """It binds no roster any more. Raises StaleVersion, RuleViolation."""
    if row.version != version:
        raise StaleVersion
    if row.is_void:
        raise RuleViolation("已经作废了。")
    if not reason.strip():
        raise RuleViolation("请写明理由。", "reason")
    make_void(
        session, actor=actor, now=now, row=row, action="absence.void", reason=reason, label=label_of(row)
    )


def label_of(row: RosterAbsence) -> str:
    return f"{row.person.name} {row.first_day} 至 {row.last_day}"
