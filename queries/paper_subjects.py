"""The records that papers of the office are about: one line for each table.

A paper has no scope of its own: who may read its record may read what was issued of it.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select
from sqlalchemy.orm import Session

from models.inspection import Inspection, InspectionVisit
from models.interview import Interview
from models.lead_assignment import LeadAssignment
from models.meeting import Meeting
from models.petition import Petition
from models.suggestion import Suggestion
from models.supervision import SupervisionTask
from queries.inspections import visible_inspections, visible_visits_of_inspections
from queries.interview_papers import interview_petitions
from queries.interviews import visible_interviews
from queries.leads import leads_with_petition
from queries.letter_facts import accused_names
from queries.meeting_papers import meeting_petitions, meeting_readers, writes_for_meeting
from queries.suggestions import visible_suggestions
from queries.supervision_scope import visible_tasks
from rules.errors import NotVisible
from rules.petition_rules import is_sealed
from rules.roles import Actor
from rules.taxonomy import Purpose


@dataclass(frozen=True)
class PaperSubject:
    """`readers` selects the rows whose papers an actor may read: where a paper would tell of a matter that seals hide
    from him, not that row. `writers` says whether the actor's office issues papers of such a row; `petitions` are the
    matters that they tell of."""

    model: Any
    readers: Callable[[Actor], Select[Any]]
    writers: Callable[[Actor, Any], bool]
    petitions: Callable[[Any], Sequence[Petition]] = lambda _row: ()


def _own(actor: Actor, row: Any) -> bool:
    return bool(row.unit_id == actor.unit_id)


SUBJECTS: dict[str, PaperSubject] = {
    "inspection": PaperSubject(Inspection, visible_inspections, _own),
    "inspection_visit": PaperSubject(
        InspectionVisit, visible_visits_of_inspections, lambda actor, r: _own(actor, r.inspection)
    ),
    "suggestion": PaperSubject(Suggestion, visible_suggestions, _own, lambda r: r.petitions),
    "interview": PaperSubject(
        Interview, visible_interviews, lambda actor, r: r.by_unit_id == actor.unit_id, interview_petitions
    ),
    "supervision_task": PaperSubject(SupervisionTask, visible_tasks, _own, lambda r: r.petitions),
    "lead_assignment": PaperSubject(LeadAssignment, leads_with_petition, _own, lambda r: (r.petition,)),
    "meeting": PaperSubject(Meeting, meeting_readers, writes_for_meeting, meeting_petitions),
}
"""Table → how its papers are read and who issues them."""


def load_subject(session: Session, actor: Actor, subject_type: str, subject_id: int) -> Any:
    """Raises NotVisible, the same for a record that is missing, out of scope, or of a kind that has no papers."""
    kind = SUBJECTS.get(subject_type)
    row = session.scalar(kind.readers(actor).where(kind.model.id == subject_id)) if kind else None
    if row is None:
        raise NotVisible(subject_type)
    return row


def readable_papers(session: Session, actor: Actor, papers: Iterable[tuple[int, str, int]]) -> set[int]:
    """Of (paper, subject type, subject id) those papers whose record the actor may read; a statement for each type."""
    by_type: dict[str, dict[int, list[int]]] = {}
    for paper_id, subject_type, subject_id in papers:
        by_type.setdefault(subject_type, {}).setdefault(subject_id, []).append(paper_id)
    return {
        paper_id
        for subject_type, wanted in by_type.items()
        for subject_id in _readable(session, actor, subject_type, list(wanted))
        for paper_id in wanted[subject_id]
    }


def accused_by(session: Session, subject_type: str, row: Any) -> tuple[str, ...]:
    """Names of whom the matters accuse, with the offices below: they get no paper of it (条例第三十条第三款)."""
    matters = (p for p in SUBJECTS[subject_type].petitions(row) if is_sealed(Purpose(p.purpose)))
    return tuple(name for petition in matters for name in accused_names(session, petition))


def _readable(session: Session, actor: Actor, subject_type: str, ids: list[int]) -> list[int]:
    kind = SUBJECTS.get(subject_type)
    if kind is None:
        return []
    found = kind.readers(actor).where(kind.model.id.in_(ids)).with_only_columns(kind.model.id)
    return list(session.scalars(found))
