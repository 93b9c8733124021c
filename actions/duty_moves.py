"""Giving a published duty to another person: whole, or what is left of it when it runs already."""

from datetime import datetime

from sqlalchemy.orm import Session

from actions import audit
from actions.roster_leader_days import write_days
from models.roster import Duty
from rules.duty_changes import PART_SEAT, Parts, parts_of
from rules.office_time import day_of
from rules.roles import Actor
from rules.roster_words import Assigned

ACTION_OF = {
    Assigned.SET: "duty.set",
    Assigned.SWAPPED: "duty.swap",
    Assigned.REPLACED: "duty.replace",
}


def give_to(
    session: Session,
    *,
    actor: Actor,
    now: datetime,
    duty: Duty,
    person_id: int | None,
    how: Assigned,
    reason: str,
) -> Duty:
    """The duty is another's from now on, or nobody's: an empty post that planning may fill. Gives the row in which that
    one stands: a new one where the duty runs."""
    parts = parts_of(duty.starts_at, duty.ends_at, now)
    before = audit.values_of(duty)
    standing = duty if parts is None else _cut(session, duty, parts)
    first = standing.original_person_id or duty.person_id
    standing.person_id, standing.assigned, standing.reason, standing.locked = (
        person_id,
        how.value,
        reason,
        person_id is not None,
    )
    standing.original_person_id = None if first == person_id else first
    if parts is None:
        standing.version += 1
    _note_changed(duty)
    session.flush()
    audit.record(
        session,
        actor=actor,
        now=now,
        action=ACTION_OF[how],
        subject=standing,
        label=label_of(standing),
        before=before,
        after=audit.values_of(standing),
        reason=reason,
    )
    write_days(session, actor=actor, now=now, today=day_of(now), roster=duty.roster, days={duty.day})
    return standing


def label_of(duty: Duty) -> str:
    return f"{duty.day} {duty.post.name}"


def _cut(session: Session, duty: Duty, parts: Parts) -> Duty:
    """The row keeps who stood until now; the rest is a row of its own. The longer one keeps the seat."""
    seat = duty.seat
    beside = _free_part_seat(duty)
    rest = Duty(
        roster_id=duty.roster_id,
        unit_id=duty.unit_id,
        post_id=duty.post_id,
        day=duty.day,
        seat=beside if parts.earlier_is_longer else seat,
        starts_at=parts.cut_at,
        ends_at=duty.ends_at,
        original_person_id=duty.original_person_id,
        assigned=duty.assigned,
    )
    duty.ends_at, duty.seat = parts.cut_at, seat if parts.earlier_is_longer else beside
    duty.version += 1
    session.flush()
    session.add(rest)
    session.flush()
    return rest


def _free_part_seat(duty: Duty) -> int:
    taken = {
        other.seat for other in duty.roster.duties if (other.day, other.post_id) == (duty.day, duty.post_id)
    }
    seat = duty.seat % PART_SEAT + PART_SEAT
    while seat in taken:
        seat += PART_SEAT
    return seat


def _note_changed(duty: Duty) -> None:
    """The roster is no longer the one that the planner found; who has it open is told, and an older change by hand is
    not taken back over this one."""
    duty.roster.proven = False
    duty.roster.findings = "{}"
    duty.roster.version += 1
