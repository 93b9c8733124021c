"""Which issued papers went to an office: those about a record that is addressed to it. A paper has no list of receivers of
its own; whoever is to act on its record got it. Reading it is asked apart (`queries.paper_subjects`)."""

from typing import Any

from sqlalchemy import ColumnElement, Select, and_, false, or_, select

from models.inspection import InspectionVisit
from models.interview import Interview
from models.lead_assignment import LeadAssignment
from models.meeting import MeetingAttendee
from models.office_paper import OfficePaper
from models.suggestion import Suggestion
from models.supervision import SupervisionLine
from queries.supervision_scope import is_listed
from rules.papers.kinds import PaperKind
from rules.roles import COUNTY_OFFICE, Actor

P = OfficePaper
_GOES_OUT = [
    kind.value for kind in PaperKind if kind not in (PaperKind.INTERVIEW_RECORD, PaperKind.ESCALATION)
]
"""A record of what was said stays in the office; a report goes up, not to who sat in the meeting."""


def is_received_by(actor: Actor) -> ColumnElement[bool]:
    """Condition on OfficePaper: issued by another office to the actor's; what townships ask of the county is 县信访局's."""
    if actor.unit_id is None:
        return false()
    about = or_(
        *(
            and_(P.subject_type == name, P.subject_id.in_(ids))
            for name, ids in _given_to(actor.unit_id).items()
        )
    )
    sent = and_(P.kind.in_(_GOES_OUT), about)
    if actor.role in COUNTY_OFFICE:
        sent = or_(sent, P.kind == PaperKind.ESCALATION.value)
    return and_(P.state == "issued", P.unit_id != actor.unit_id, sent)


def _given_to(unit_id: int) -> dict[str, Select[Any]]:
    """Table → ids of the records that an office has to act on."""
    visit, line, there = InspectionVisit, SupervisionLine, MeetingAttendee
    return {
        "inspection": select(visit.inspection_id).where(visit.unit_id == unit_id),
        "inspection_visit": select(visit.id).where(visit.unit_id == unit_id),
        "suggestion": select(Suggestion.id).where(Suggestion.target_unit_id == unit_id),
        "interview": select(Interview.id).where(Interview.unit_id == unit_id),
        "supervision_task": select(line.task_id).where(line.unit_id == unit_id, is_listed()),
        "lead_assignment": select(LeadAssignment.id).where(LeadAssignment.responsible_unit_id == unit_id),
        "meeting": select(there.meeting_id).where(there.unit_id == unit_id),
    }
