"""A round of inspection of 柳溪镇 by the county's office, its problems, and what was reported and judged of them."""

from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from models.inspection import Inspection, InspectionProblem, InspectionProblemNote, InspectionVisit
from models.interview import Interview, InterviewNote
from tests.people import NOW, TODAY, Member, actor, unit


def note(session: Session, row: InspectionProblem | Interview, verb: str, by: Member) -> None:
    """Of an interview or of a problem of an inspection."""
    made: InspectionProblemNote | InterviewNote
    if isinstance(row, InspectionProblem):
        made = InspectionProblemNote(problem_id=row.id)
    else:
        made = InterviewNote(interview_id=row.id)
    made.verb, made.happened_on, made.recorded_at = verb, TODAY, NOW
    made.recorded_by_id = actor(session, by).person_id
    session.add(made)
    session.flush()


def problem(session: Session, position: int = 1, **values: Any) -> InspectionProblem:
    """Found at 柳溪镇 in a round of the county's office."""
    office, town = unit(session, "AL01"), unit(session, "AL21")
    if position == 1:
        days = {"starts_on": date(2026, 7, 6), "ends_on": date(2026, 7, 10)}
        number = "DC-AL01-2026-00001"
        given = {"number": number, "title": "专项督查", "kind": "special", "registered_at": NOW}
        row = Inspection(unit_id=office.id, **given, **days)
        session.add(row)
        session.flush()
        session.add(InspectionVisit(id=1, inspection_id=row.id, unit_id=town.id))
        session.flush()
    made = InspectionProblem(visit_id=1, unit_id=town.id, position=position, summary="超期告知", **values)
    session.add(made)
    session.flush()
    return made
