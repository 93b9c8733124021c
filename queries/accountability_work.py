"""Which interviews and inspections wait for whom: conditions on their rows, for the lists and the 工作台 alike."""

from typing import Any, cast

from sqlalchemy import ColumnElement, and_, exists, false, func, or_, select
from sqlalchemy.orm import aliased

from models.inspection import Inspection, InspectionProblem, InspectionProblemNote, InspectionVisit
from models.interview import Interview, InterviewNote
from models.office_paper import OfficePaper
from queries.became_tasks import became_task
from rules.inspection_rules import ProblemVerb
from rules.interview_rules import InterviewVerb
from rules.papers.kinds import PaperKind
from rules.roles import Actor, Permission

_LATER_INTERVIEW_NOTE = aliased(InterviewNote, name="later_interview_note")
_LATER_PROBLEM_NOTE = aliased(InspectionProblemNote, name="later_problem_note")


def interview_waits_for(actor: Actor) -> ColumnElement[bool]:
    """Condition on Interview: the unit reported, and this actor may judge it; nobody judges his own entry."""
    row, note, later = Interview, InterviewNote, _LATER_INTERVIEW_NOTE
    if not actor.may(Permission.INTERVIEWS_WRITE):
        return false()
    return and_(
        row.voided_at.is_(None),
        row.correct_by.is_not(None),
        row.corrected_on.is_(None),
        row.by_unit_id == (actor.unit_id or 0),
        exists().where(
            note.interview_id == row.id,
            _is_last(note, later, later.interview_id == note.interview_id),
            note.verb == InterviewVerb.REPORT.value,
            _is_by_another(actor, note),
        ),
    )


def problem_waits_for(actor: Actor) -> ColumnElement[bool]:
    """Condition on InspectionProblem: the unit reported, and this actor may judge it; nobody judges his own entry, and what
    became a task is judged there."""
    row, note, later = InspectionProblem, InspectionProblemNote, _LATER_PROBLEM_NOTE
    if not actor.may(Permission.INSPECTIONS_WRITE):
        return false()
    held = (Inspection.unit_id == (actor.unit_id or 0), Inspection.voided_at.is_(None))
    return and_(
        row.corrected_on.is_(None),
        exists().where(
            InspectionVisit.id == row.visit_id, InspectionVisit.inspection_id == Inspection.id, *held
        ),
        exists().where(
            note.problem_id == row.id,
            _is_last(note, later, later.problem_id == note.problem_id),
            note.verb == ProblemVerb.REPORT.value,
            _is_by_another(actor, note),
        ),
        ~became_task(row),
    )


def inspection_waits_for(actor: Actor) -> ColumnElement[bool]:
    """Condition on Inspection: at least one of its problems does."""
    problem, visit = InspectionProblem, InspectionVisit
    waiting = (
        select(visit.inspection_id)
        .join(problem, problem.visit_id == visit.id)
        .where(problem_waits_for(actor))
    )
    return Inspection.id.in_(waiting)


def interview_is_announced_to(actor: Actor) -> ColumnElement[bool]:
    """Condition on Interview: of the actor's own unit, its 约谈通知书 was issued. Whether it is still to come is the reader's."""
    row, paper = Interview, OfficePaper
    if not actor.may(Permission.SUPERVISION_ANSWER):
        return false()
    notice = (paper.kind == PaperKind.INTERVIEW_NOTICE.value, paper.state == "issued")
    issued = exists().where(paper.subject_type == row.__tablename__, paper.subject_id == row.id, *notice)
    return and_(row.voided_at.is_(None), row.unit_id == (actor.unit_id or 0), issued)


def _is_last(note: Any, later: Any, of_the_same: ColumnElement[bool]) -> ColumnElement[bool]:
    last = select(func.max(later.id)).where(of_the_same).correlate(note).scalar_subquery()
    return cast("ColumnElement[bool]", note.id == last)


def _is_by_another(actor: Actor, note: Any) -> ColumnElement[bool]:
    return or_(note.recorded_by_id.is_(None), note.recorded_by_id != (actor.person_id or 0))
