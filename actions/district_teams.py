"""联乡包片: which team looks after which units, from which day to which."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from actions import audit
from actions.once import already_made, note_made
from models.inspection import DistrictTeam, DistrictTeamUnit
from queries.inspections import inspected_units
from rules.errors import RuleViolation, RuleViolations, StaleVersion
from rules.inspection_rules import check_team
from rules.roles import Actor, Permission


@dataclass(frozen=True)
class TeamData:
    name: str
    lead: str
    members: str
    from_date: date | None
    to_date: date | None
    unit_ids: tuple[int, ...]


def add_team(
    session: Session, *, actor: Actor, now: datetime, data: TeamData, submission_key: str = ""
) -> DistrictTeam:
    """Of the actor's own office. Raises RuleViolation(s)."""
    made = already_made(session, submission_key, actor, DistrictTeam)
    if made is not None:
        return session.get_one(DistrictTeam, made)
    if not actor.may(Permission.INSPECTIONS_WRITE) or actor.unit_id is None:
        raise RuleViolation("联乡包片由信访部门安排。")
    row = DistrictTeam(unit_id=actor.unit_id)
    _write(session, actor, row, data)
    _record(session, actor, now, row, "district_team.add", None)
    note_made(session, key=submission_key, actor=actor, now=now, subject=row)
    return row


def change_team(
    session: Session, *, actor: Actor, now: datetime, row: DistrictTeam, data: TeamData, version: int
) -> None:
    """The caller has loaded the team of the own office. Raises RuleViolation(s), StaleVersion."""
    if row.version != version:
        raise StaleVersion
    before = _values(row)
    row.version += 1
    _write(session, actor, row, data)
    _record(session, actor, now, row, "district_team.change", before)


def _write(session: Session, actor: Actor, row: DistrictTeam, data: TeamData) -> None:
    found = check_team(data.name, data.from_date, data.to_date, len(data.unit_ids))
    known = {unit.id for unit in inspected_units(session, actor)}
    if not known.issuperset(data.unit_ids):
        found.append(RuleViolation("所选单位不在督查范围内。", "units"))
    if found or data.from_date is None:
        raise RuleViolations(found)
    row.name, row.lead, row.members = data.name.strip(), data.lead.strip(), data.members.strip()
    row.from_date, row.to_date = data.from_date, data.to_date
    session.add(row)
    session.flush()
    for old in session.scalars(select(DistrictTeamUnit).where(DistrictTeamUnit.team_id == row.id)):
        session.delete(old)
    session.flush()
    session.add_all(DistrictTeamUnit(team_id=row.id, unit_id=id_) for id_ in data.unit_ids)
    session.flush()
    session.expire(row, ["districts"])


def _values(row: DistrictTeam) -> audit.Values:
    return audit.values_of(row, units=[unit.label for unit in row.districts])


def _record(
    session: Session, actor: Actor, now: datetime, row: DistrictTeam, action: str, before: audit.Values | None
) -> None:
    audit.record(
        session,
        actor=actor,
        now=now,
        action=action,
        subject=row,
        label=row.name,
        before=before,
        after=_values(row),
    )
