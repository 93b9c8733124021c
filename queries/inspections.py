"""督查: which rounds and visits an actor may read, their list, district teams, papers."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from sqlalchemy import ColumnElement, Select, and_, exists, or_, select, true
from sqlalchemy.orm import Session, joinedload, selectinload

from models.inspection import (
    DistrictTeam,
    Inspection,
    InspectionProblem,
    InspectionProblemNote,
    InspectionVisit,
)
from models.organisation import Unit
from models.supervision import SupervisionTask
from queries.accountability_filter import AccountabilityFilter, ListColumns, ListState, nothing
from queries.accountability_work import inspection_waits_for
from queries.became_tasks import is_owed_as_task, is_struck_off, tasks_of
from queries.organisation import listed_by_tree
from queries.paging import Order
from queries.register_filter import live_or_void
from queries.scope import in_scope_of, is_root
from rules.errors import NotVisible
from rules.inspection_rules import ProblemVerb
from rules.letters.text import LetterText
from rules.papers.inspections import FeedbackFacts, NoticeFacts, inspection_feedback, inspection_notice
from rules.roles import Actor, Permission
from rules.supervision_words import InspectionKind

I, V, P = Inspection, InspectionVisit, InspectionProblem  # noqa: E741


def visible_inspections(actor: Actor) -> Select[Inspection]:
    """Rounds that units in scope hold, and those that visit units in scope; void ones included."""
    if not actor.may(Permission.SUPERVISION_READ) or not actor.scope_path:
        return nothing(I)
    if is_root(actor.scope_path):
        return select(I)
    visited = exists().where(V.inspection_id == I.id, in_scope_of(actor, V.unit_id))
    return select(I).where(or_(in_scope_of(actor, I.unit_id), visited))


def visible_visits_of_inspections(actor: Actor) -> Select[InspectionVisit]:
    """A unit reads what was found at it and below, not at others."""
    if not actor.may(Permission.SUPERVISION_READ) or not actor.scope_path:
        return nothing(V)
    if is_root(actor.scope_path):
        return select(V)
    own = exists().where(I.id == V.inspection_id, in_scope_of(actor, I.unit_id))
    return select(V).where(or_(in_scope_of(actor, V.unit_id), own))


def load_inspection(session: Session, actor: Actor, inspection_id: int) -> Inspection:
    """Raises NotVisible, the same for missing and foreign."""
    parts = (joinedload(I.unit), joinedload(I.registered_by))
    row = session.scalar(visible_inspections(actor).where(I.id == inspection_id).options(*parts))
    if row is None:
        raise NotVisible("inspection")
    return row


def visits_of_inspection(session: Session, actor: Actor, inspection_id: int) -> list[InspectionVisit]:
    """Those that the actor may read, with their problems; two statements."""
    statement = visible_visits_of_inspections(actor).where(V.inspection_id == inspection_id)
    return list(session.scalars(statement.options(*_WHOLE_VISIT).order_by(V.id)))


_WHOLE_VISIT = (
    joinedload(V.unit),
    joinedload(V.team),
    joinedload(V.inspection).joinedload(I.unit),
    selectinload(V.problems).joinedload(P.unit),
)


def load_inspection_visit(session: Session, actor: Actor, visit_id: int) -> InspectionVisit:
    """Raises NotVisible."""
    statement = visible_visits_of_inspections(actor).where(V.id == visit_id)
    row = session.scalar(statement.options(*_WHOLE_VISIT))
    if row is None:
        raise NotVisible("inspection_visit")
    return row


def load_problem(session: Session, actor: Actor, problem_id: int) -> InspectionProblem:
    """Raises NotVisible."""
    readable = visible_visits_of_inspections(actor).with_only_columns(V.id)
    row = session.scalar(select(P).where(P.id == problem_id, P.visit_id.in_(readable)))
    if row is None:
        raise NotVisible("inspection_problem")
    return row


def may_inspect(actor: Actor, row: Inspection) -> bool:
    """Whoever writes for the office that holds the round."""
    return actor.may(Permission.INSPECTIONS_WRITE) and row.unit_id == actor.unit_id and not row.is_void


def may_mend(actor: Actor, problem: InspectionProblem) -> bool:
    """The unit that mends it, or one above it in scope, says what it did."""
    inside = problem.unit.path.startswith(actor.scope_path)
    return inside and actor.may(Permission.SUPERVISION_ANSWER) and not problem.visit.inspection.is_void


def problem_sent_back(
    actor: Actor, problem: InspectionProblem, notes: Sequence[InspectionProblemNote]
) -> InspectionProblemNote | None:
    """The 退回 that the actor's own unit has to answer; None for whoever is not that unit."""
    is_ours = problem.unit_id == actor.unit_id and may_mend(actor, problem)
    if not is_ours or problem.corrected_on is not None or not notes:
        return None
    return notes[-1] if notes[-1].verb == ProblemVerb.RETURN else None


def tasks_of_problems(session: Session, problems: Sequence[InspectionProblem]) -> dict[int, SupervisionTask]:
    """By problem; one statement."""
    return tasks_of(session, InspectionProblem.__tablename__, [problem.id for problem in problems])


def notes_of_problems(
    session: Session, problems: Sequence[InspectionProblem]
) -> dict[int, list[InspectionProblemNote]]:
    """By problem, in the order in which they were entered; one statement."""
    statement = select(InspectionProblemNote).where(
        InspectionProblemNote.problem_id.in_([problem.id for problem in problems])
    )
    found: dict[int, list[InspectionProblemNote]] = {problem.id: [] for problem in problems}
    ordered = statement.options(joinedload(InspectionProblemNote.recorded_by)).order_by(
        InspectionProblemNote.id
    )
    for note in session.scalars(ordered):
        found[note.problem_id].append(note)
    return found


def load_team(session: Session, actor: Actor, team_id: int) -> DistrictTeam:
    """One of the actor's own office. Raises NotVisible."""
    row = session.get(DistrictTeam, team_id)
    if row is None or row.unit_id != actor.unit_id or not actor.may(Permission.INSPECTIONS_WRITE):
        raise NotVisible("district_team")
    return row


def teams_of(session: Session, actor: Actor) -> list[DistrictTeam]:
    """Of the actor's own office, those that still serve first."""
    statement = select(DistrictTeam).where(DistrictTeam.unit_id == (actor.unit_id or 0))
    order = (DistrictTeam.to_date.is_not(None), DistrictTeam.from_date.desc(), DistrictTeam.id)
    return list(session.scalars(statement.options(selectinload(DistrictTeam.districts)).order_by(*order)))


def team_by_unit(teams: Sequence[DistrictTeam], day: date) -> dict[int, DistrictTeam]:
    """Which team looks after a unit on a day."""
    serving = [t for t in teams if t.from_date <= day and (t.to_date is None or t.to_date >= day)]
    return {unit.id: team for team in reversed(serving) for unit in team.districts}


def inspected_units(session: Session, actor: Actor) -> list[Unit]:
    """Townships and departments of the actor's scope but the own office, in tree order."""
    statement = select(Unit).where(Unit.path.startswith(actor.scope_path), Unit.valid_to.is_(None))
    wanted = Unit.category.in_(["department", "township", "subdistrict"])
    return listed_by_tree(session, statement.where(wanted, Unit.id != actor.unit_id))


def notice_paper(session: Session, row: Inspection, unit: Unit) -> LetterText:
    visited = session.scalars(
        select(Unit).join(V, V.unit_id == Unit.id).where(V.inspection_id == row.id).order_by(V.id)
    )
    return inspection_notice(
        NoticeFacts(
            issuer=unit.name,
            title=row.title,
            starts_on=row.starts_on,
            ends_on=row.ends_on,
            units=tuple(u.addressed_as for u in visited),
            purpose=row.purpose,
            lead=row.lead,
            joint_units=row.joint_units,
        )
    )


def feedback_paper(session: Session, row: InspectionVisit, unit: Unit) -> LetterText:
    return inspection_feedback(
        FeedbackFacts(
            issuer=unit.name,
            title=row.inspection.title,
            unit=row.unit.addressed_as,
            visited_on=row.visited_on,
            record=row.record,
            problems=tuple((p.summary, p.correct_by) for p in row.problems),
        )
    )


def feedback_refusal(row: InspectionVisit) -> str:
    return "" if row.visited_on else "还没有登记督查情况。"


def _live(*more: ColumnElement[bool]) -> ColumnElement[bool]:
    return and_(I.voided_at.is_(None), *more)


def _has_overdue(today: date) -> ColumnElement[bool]:
    """A problem whose day has gone by; as `queries.owed_sources` says whether it is still owed here."""
    as_task = or_(is_owed_as_task(P, P.unit_id), is_struck_off(P, P.unit_id))
    late = (P.corrected_on.is_(None), P.correct_by < today, ~as_task)
    return I.id.in_(select(V.inspection_id).join(P, P.visit_id == V.id).where(*late))


STATES = {
    "": ListState("全部有效督查", lambda _today: _live()),
    "planned": ListState("已计划", lambda _today: _live(I.state == "planned")),
    "running": ListState("进行中", lambda _today: _live(I.state == "running")),
    "overdue": ListState("整改超期", lambda today: _live(_has_overdue(today))),
    "to_judge": ListState("整改待我复核", lambda _today: true(), inspection_waits_for),
    "reported": ListState("已报告", lambda _today: _live(I.state == "reported")),
    "void": ListState("已作废", lambda _today: live_or_void(I, True)),
}
ORDERS = {
    "date": Order("date", "开始日期（新的在前）", I.starts_on, I.id),
    "date-up": Order("date-up", "开始日期（旧的在前）", I.starts_on, I.id, descending=False),
}


@dataclass(frozen=True)
class InspectionFilter(AccountabilityFilter):
    """`unit` is the office that holds the round."""

    columns: ClassVar[ListColumns] = ListColumns(
        I,
        visible_inspections,
        I.starts_on,
        I.unit_id,
        STATES,
        (I.number, I.title, I.purpose, I.joint_units),
        ORDERS,
        InspectionKind,
        I.kind,
        (joinedload(I.unit), selectinload(I.visits).selectinload(V.problems)),
    )
