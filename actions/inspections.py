"""督查: planned by teams, recorded visit by visit, its problems mended or made a supervision task, and reported."""

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
from models.base import Model, new_uid
from models.inspection import Inspection, InspectionProblem, InspectionProblemNote, InspectionVisit
from models.organisation import Unit
from queries.became_tasks import running_task_number
from queries.inspections import (
    inspected_units,
    may_inspect,
    may_mend,
    notes_of_problems,
    team_by_unit,
    teams_of,
)
from rules.errors import RuleViolation, RuleViolations, StaleVersion
from rules.inspection_rules import (
    PlanValues,
    ProblemLine,
    ProblemVerb,
    check_plan,
    check_visit,
    report_refusal,
)
from rules.numbering import RecordKind
from rules.roles import Actor, Permission
from rules.supervision_rules import check_other_eyes


@dataclass(frozen=True)
class PlanData:
    values: PlanValues
    unit_ids: tuple[int, ...]


@dataclass(frozen=True)
class VisitData:
    """`problems` are added to those there are."""

    visited_on: date | None
    people: str
    record: str
    problems: tuple[ProblemLine, ...] = ()


def plan_inspection(
    session: Session,
    *,
    actor: Actor,
    now: datetime,
    data: PlanData,
    submission_key: str = "",
) -> Inspection:
    """A line for each unit, with the team that looks after it on the first day. Raises RuleViolation(s)."""
    made = already_made(session, submission_key, actor, Inspection)
    if made is not None:
        return session.get_one(Inspection, made)
    if not actor.may(Permission.INSPECTIONS_WRITE) or actor.unit_id is None:
        raise RuleViolation("督查由信访部门安排。")
    units = _units(session, actor, data.unit_ids)
    starts_on, ends_on = _checked(data, units)
    own = session.get_one(Unit, actor.unit_id)
    row = Inspection(
        **_columns(data.values, starts_on, ends_on),
        uid=new_uid(),
        unit_id=own.id,
        number=take_number(session, own, RecordKind.INSPECTION, starts_on.year),
        registered_at=now,
        registered_by_id=actor.person_id,
    )
    session.add(row)
    session.flush()
    _add_visits(session, actor, row, units)
    _record(session, actor, now, row, row.number, "inspection.plan", after=_values(row, units))
    note_made(session, key=submission_key, actor=actor, now=now, subject=row)
    return row


def correct_inspection(
    session: Session, *, actor: Actor, now: datetime, row: Inspection, data: PlanData, version: int
) -> None:
    """The plan, until it is reported; units may be added, none taken out. Raises RuleViolation(s), StaleVersion."""
    _require_open(actor, row, version)
    before = audit.values_of(row)
    present = set(
        session.scalars(select(InspectionVisit.unit_id).where(InspectionVisit.inspection_id == row.id))
    )
    wanted = tuple(dict.fromkeys((*present, *data.unit_ids)))
    units = _units(session, actor, wanted)
    starts_on, ends_on = _checked(replace(data, unit_ids=wanted), units)
    for name, value in _columns(data.values, starts_on, ends_on).items():
        setattr(row, name, value)
    row.version += 1
    session.flush()
    _add_visits(session, actor, row, [unit for unit in units if unit.id not in present])
    _record(
        session, actor, now, row, row.number, "inspection.correct", before=before, after=_values(row, units)
    )


def record_visit(
    session: Session,
    *,
    actor: Actor,
    now: datetime,
    today: date,
    visit: InspectionVisit,
    data: VisitData,
    version: int,
) -> None:
    """What was seen at one unit, and what was found wrong. Raises RuleViolation(s), StaleVersion."""
    inspection = visit.inspection
    _require_open(actor, inspection, inspection.version)
    if visit.version != version:
        raise StaleVersion
    if found := check_visit(data.visited_on, data.record, data.problems, inspection.starts_on, today):
        raise RuleViolations(found)
    before = audit.values_of(visit)
    visit.visited_on, visit.people, visit.record = data.visited_on, data.people.strip(), data.record.strip()
    visit.version += 1
    if inspection.state == "planned":
        inspection.state, inspection.version = "running", inspection.version + 1
    _add_problems(session, visit, data.problems)
    after = audit.values_of(visit, problems=[line.summary for line in data.problems])
    _record(session, actor, now, visit, inspection.number, "inspection.visit", before=before, after=after)


@dataclass(frozen=True)
class ProblemAct:
    """Who says something of which problem; `version` is that of the page."""

    actor: Actor
    now: datetime
    today: date
    problem: InspectionProblem
    version: int
    text: str = ""


def report_problem(session: Session, act: ProblemAct) -> None:
    """The unit says what it did. Raises RuleViolation, StaleVersion."""
    if not may_mend(act.actor, act.problem):
        raise RuleViolation("整改情况由整改单位报送。")
    _require_unmended(session, act)
    if act.problem.correction:
        raise RuleViolation("整改情况已报送，等待复核。")
    if len(act.text.strip()) < 5:
        raise RuleViolation("请写清楚整改情况和佐证材料存放处，至少 5 个字。", "text")
    _note(session, act, ProblemVerb.REPORT, {"correction": act.text.strip()})


def accept_problem(session: Session, act: ProblemAct) -> None:
    """Mended, from the day of the report; agreed to by another than who entered it. Raises RuleViolation, StaleVersion."""
    report = _reported(session, act)
    check_other_eyes(report.recorded_by_id, act.actor.person_id)
    _note(session, act, ProblemVerb.ACCEPT, {"corrected_on": report.happened_on})


def return_problem(session: Session, act: ProblemAct) -> None:
    """Sent back with its reason; what the unit reported stays in the notes. Raises RuleViolation, StaleVersion."""
    _reported(session, act)
    if len(act.text.strip()) < 2:
        raise RuleViolation("请写明退回的理由。", "text")
    _note(session, act, ProblemVerb.RETURN, {"correction": ""})


def report_inspection(
    session: Session, *, actor: Actor, now: datetime, today: date, row: Inspection, version: int, summary: str
) -> None:
    """The round is over: what it showed as a whole. Problems live on until they are mended. Raises RuleViolation,
    StaleVersion."""
    _require_open(actor, row, version)
    left = [visit for visit in row.visits if visit.visited_on is None]
    if words := report_refusal(len(left), is_reported=row.state == "reported", is_void=row.is_void):
        raise RuleViolation(words)
    if not summary.strip():
        raise RuleViolation("请写督查情况。", "summary")
    before = audit.values_of(row)
    row.summary, row.reported_on, row.state = summary.strip(), today, "reported"
    row.version += 1
    session.flush()
    after = audit.values_of(row)
    _record(session, actor, now, row, row.number, "inspection.report", before=before, after=after)


def void_inspection(
    session: Session, *, actor: Actor, now: datetime, row: Inspection, version: int, reason: str
) -> None:
    """Raises RuleViolation, StaleVersion."""
    _require_open(actor, row, version)
    make_void(session, actor=actor, now=now, row=row, action="inspection.void", reason=reason)


def _units(session: Session, actor: Actor, ids: Sequence[int]) -> list[Unit]:
    """Raises RuleViolation on `units`."""
    known = {unit.id: unit for unit in inspected_units(session, actor)}
    if any(id_ not in known for id_ in ids):
        raise RuleViolation("所选单位不在督查范围内。", "units")
    return [known[id_] for id_ in ids]


def _checked(data: PlanData, units: Sequence[Unit]) -> tuple[date, date]:
    found = check_plan(data.values, len(units))
    if found or data.values.starts_on is None or data.values.ends_on is None:
        raise RuleViolations(found)
    return data.values.starts_on, data.values.ends_on


def _columns(values: PlanValues, starts_on: date, ends_on: date) -> dict[str, Any]:
    return {
        "title": values.title.strip(),
        "kind": values.kind.value,
        "starts_on": starts_on,
        "ends_on": ends_on,
        "purpose": values.purpose.strip(),
        "lead": values.lead.strip(),
        "joint_units": values.joint_units.strip(),
    }


def _add_visits(session: Session, actor: Actor, row: Inspection, units: Sequence[Unit]) -> None:
    teams = team_by_unit(teams_of(session, actor), row.starts_on)
    for unit in units:
        team = teams.get(unit.id)
        session.add(InspectionVisit(inspection_id=row.id, unit_id=unit.id, team_id=team.id if team else None))
    session.flush()
    session.expire(row, ["visits"])


def _add_problems(session: Session, visit: InspectionVisit, lines: Sequence[ProblemLine]) -> None:
    start = len(visit.problems)
    session.add_all(
        InspectionProblem(
            visit=visit,
            unit_id=visit.unit_id,
            position=start + place,
            summary=line.summary.strip(),
            correct_by=line.correct_by,
        )
        for place, line in enumerate(lines, start=1)
    )
    session.flush()


def _require_open(actor: Actor, row: Inspection, version: int) -> None:
    if not may_inspect(actor, row):
        raise RuleViolation("督查由组织单位登记；已作废的不能再改。")
    if row.version != version:
        raise StaleVersion
    if row.state == "reported":
        raise RuleViolation("督查已经报告，不能再改。")


def _require_unmended(session: Session, act: ProblemAct) -> None:
    """And not being supervised, which then says how it ends."""
    if act.problem.version != act.version:
        raise StaleVersion
    if act.problem.corrected_on is not None:
        raise RuleViolation("这个问题已经整改销号。")
    number = running_task_number(session, InspectionProblem.__tablename__, act.problem.id)
    if number is not None:
        raise RuleViolation(f"这个问题已转为督办 {number}，请在督办里反馈、销号。")


def _reported(session: Session, act: ProblemAct) -> InspectionProblemNote:
    """The report that the office which inspected judges now. Raises RuleViolation, StaleVersion."""
    if not may_inspect(act.actor, act.problem.visit.inspection):
        raise RuleViolation("整改由督查单位复核。")
    _require_unmended(session, act)
    notes = notes_of_problems(session, [act.problem])[act.problem.id]
    if not notes or notes[-1].verb != ProblemVerb.REPORT:
        raise RuleViolation("还没有报送整改情况。")
    return notes[-1]


def _note(session: Session, act: ProblemAct, verb: ProblemVerb, changes: dict[str, Any]) -> None:
    problem = act.problem
    before = audit.values_of(problem)
    for name, value in changes.items():
        setattr(problem, name, value)
    problem.version += 1
    session.add(
        InspectionProblemNote(
            problem=problem,
            verb=verb.value,
            happened_on=act.today,
            recorded_at=act.now,
            recorded_by_id=act.actor.person_id,
            text=act.text.strip(),
        )
    )
    session.flush()
    number, after = problem.visit.inspection.number, audit.values_of(problem, note=act.text.strip())
    action = f"inspection_problem.{verb.value}"
    _record(session, act.actor, act.now, problem, number, action, before=before, after=after)


def _values(row: Inspection, units: Sequence[Unit]) -> audit.Values:
    return audit.values_of(row, units=[unit.label for unit in units])


def _record(
    session: Session,
    actor: Actor,
    now: datetime,
    subject: Model,
    label: str,
    action: str,
    *,
    after: audit.Values,
    before: audit.Values | None = None,
    reason: str = "",
) -> None:
    audit.record(
        session,
        actor=actor,
        now=now,
        action=action,
        subject=subject,
        label=label,
        before=before,
        after=after,
        reason=reason,
    )
