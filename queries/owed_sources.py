"""Where duties of offices stand: one select for each register, all of the same columns, each scoped by its own register.

Columns: kind, record_id, unit_id (who owes), number, title, since, due_on, due_at (UTC, of answers of the duty desk),
to_unit_id and to_text (to whom), note (what is left of it where the thing itself is done: such a line is never late).
A petition's title is never told here, only which clock runs.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from sqlalchemy import Date, DateTime, Integer, Select, String, case, cast, func, literal, null, or_, select

from models.deadline import Deadline
from models.duty_desk import DeskDispatch, DeskEntry
from models.inspection import Inspection, InspectionProblem, InspectionVisit
from models.interview import Interview
from models.lead_assignment import LeadAssignment
from models.leader_reception import LeaderPromise, LeaderReception
from models.meeting import Meeting, MeetingDecision, MeetingItem
from models.petition import Petition
from models.suggestion import Suggestion
from models.supervision import SupervisionLine, SupervisionTask
from queries.became_tasks import is_owed_as_task, is_struck_off
from queries.deadline_moves import OPEN
from queries.inspections import visible_visits_of_inspections
from queries.interviews import visible_interviews
from queries.leader_receptions import promise_is_visible
from queries.leads import lead_is_visible
from queries.meeting_decisions import decision_is_visible, is_open
from queries.owed_replies import COUNTED_FOR, IS_MESSAGE, IS_NO_COPY, IS_OWED_BY_RECEIVER, message_is_visible
from queries.petition_scope import petition_is_visible
from queries.scope import in_scope_of, is_root
from queries.suggestions import visible_suggestions
from queries.supervision_scope import is_listed, line_is_visible
from rules.lead_states import LeadState
from rules.owed_kinds import OwedKind
from rules.petition_clocks import RIGHTS
from rules.roles import Actor, Permission

_NO_DAY, _NO_MOMENT, _NO_UNIT = cast(null(), Date), cast(null(), DateTime), cast(null(), Integer)
TO_BE_REGISTERED = "督办已销号，待登记落实情况"
_ENDED = [LeadState.CLOSED.value, LeadState.ENDED.value]


def _columns(
    kind: OwedKind,
    record: Any,
    unit: Any,
    number: Any,
    title: Any,
    *,
    since: Any = _NO_DAY,
    due_on: Any = _NO_DAY,
    due_at: Any = _NO_MOMENT,
    to_unit: Any = _NO_UNIT,
    to_text: Any = "",
    note: Any = "",
) -> list[Any]:
    return [
        literal(kind.value).label("kind"),
        record.label("record_id"),
        unit.label("unit_id"),
        cast(number, String).label("number"),
        cast(title, String).label("title"),
        since.label("since"),
        due_on.label("due_on"),
        due_at.label("due_at"),
        to_unit.label("to_unit_id"),
        cast(to_text, String).label("to_text"),
        cast(note, String).label("note"),
    ]


def _petitions(actor: Actor) -> Select[Any]:
    return (
        select(
            *_columns(
                *(OwedKind.PETITION, Petition.id, Deadline.unit_id, Petition.number, Deadline.key),
                since=Deadline.started_on,
                due_on=Deadline.due_on,
                to_text="信访人",
            )
        )
        .join(Petition, Deadline.petition_id == Petition.id)
        .where(
            *OPEN,
            Deadline.unit_id.is_not(None),
            Deadline.key.not_in(sorted(RIGHTS)),
            petition_is_visible(actor, live=True),
        )
    )


def _supervision(actor: Actor) -> Select[Any]:
    line, task = SupervisionLine, SupervisionTask
    return (
        select(
            *_columns(
                *(OwedKind.SUPERVISION, line.task_id, line.unit_id, task.number, task.title),
                since=task.issued_on,
                due_on=line.next_due_on,
                to_unit=task.unit_id,
            )
        )
        .join(task, line.task_id == task.id)
        .where(task.voided_at.is_(None), is_listed(), line_is_visible(actor), line.next_due_on.is_not(None))
    )


def _decisions(actor: Actor) -> Select[Any]:
    """Those that the unit owes as a task are owed as the task."""
    became = is_owed_as_task(MeetingDecision, MeetingDecision.unit_id)
    return (
        select(
            *_columns(
                *(OwedKind.DECISION, MeetingDecision.id, MeetingDecision.unit_id, Meeting.number),
                MeetingDecision.content,
                since=Meeting.held_on,
                due_on=MeetingDecision.due_on,
                to_unit=Meeting.unit_id,
            )
        )
        .join(Meeting, MeetingDecision.meeting_id == Meeting.id)
        .outerjoin(MeetingItem, MeetingDecision.item_id == MeetingItem.id)
        .where(Meeting.voided_at.is_(None), *is_open(), ~became, decision_is_visible(actor))
    )


def _promises(actor: Actor) -> Select[Any]:
    """Those that the unit owes as a task are owed as the task; once it is struck off there, the leader's register still wants
    what came of the promise."""
    promise, reception = LeaderPromise, LeaderReception
    unit_id = func.coalesce(promise.responsible_unit_id, reception.unit_id)
    return (
        select(
            *_columns(
                *(OwedKind.PROMISE, promise.id, unit_id, reception.number, promise.summary),
                since=reception.reception_date,
                due_on=promise.due_date,
                to_text=reception.leader_name,
                note=case((is_struck_off(promise, unit_id), TO_BE_REGISTERED), else_=""),
            )
        )
        .join(reception, promise.reception_id == reception.id)
        .where(
            *(promise.completed_on.is_(None), reception.voided_at.is_(None)),
            *(~is_owed_as_task(promise, unit_id), promise_is_visible(actor)),
        )
    )


def _messages(actor: Actor) -> Select[Any]:
    entry = DeskEntry
    return select(
        *_columns(
            *(OwedKind.ANSWER, entry.id, COUNTED_FOR, entry.number, entry.content),
            due_at=entry.due_at,
            to_unit=entry.unit_id,
        )
    ).where(
        *(entry.voided_at.is_(None), IS_MESSAGE, IS_NO_COPY, entry.due_at.is_not(None)),
        *(entry.replied_at.is_(None), message_is_visible(actor)),
    )


def _dispatches(actor: Actor) -> Select[Any]:
    sent, entry = DeskDispatch, DeskEntry
    return (
        select(
            *_columns(
                *(OwedKind.ANSWER, entry.id, sent.unit_id, entry.number, sent.demand),
                due_at=sent.due_at,
                to_unit=entry.unit_id,
            )
        )
        .join(entry, sent.entry_id == entry.id)
        .where(
            *(sent.voided_at.is_(None), sent.due_at.is_not(None), sent.replied_at.is_(None)),
            *(IS_OWED_BY_RECEIVER, _sees_dispatch(actor)),
        )
    )


def _sees_dispatch(actor: Actor) -> Any:
    if not actor.may(Permission.DUTY_LOG_READ) or not actor.scope_path:
        return literal(value=False)
    if is_root(actor.scope_path):
        return literal(value=True)
    return in_scope_of(actor, DeskDispatch.unit_id) | in_scope_of(actor, DeskEntry.unit_id)


def _leads(actor: Actor) -> Select[Any]:
    lead = LeadAssignment
    return (
        select(
            *_columns(
                *(
                    OwedKind.LEAD,
                    lead.id,
                    lead.responsible_unit_id,
                    lead.number,
                    "化解所包的信访事项，报送结果",
                ),
                since=lead.assigned_on,
                due_on=lead.due_on,
                to_text=func.trim(lead.leader_name + " " + lead.leader_post),
            )
        )
        .join(Petition, lead.petition_id == Petition.id)
        .where(
            *(lead.voided_at.is_(None), lead.state.not_in(_ENDED), lead.assigned_on.is_not(None)),
            *(lead.concluded_on.is_(None), lead_is_visible(actor)),
        )
    )


def _suggestions(actor: Actor) -> Select[Any]:
    row = Suggestion
    return select(
        *_columns(
            *(OwedKind.SUGGESTION, row.id, row.target_unit_id, row.number, row.title),
            since=row.issued_on,
            due_on=row.reply_due_on,
            to_unit=row.unit_id,
        )
    ).where(
        *(row.voided_at.is_(None), row.issued_on.is_not(None), row.replied_on.is_(None)),
        row.target_unit_id.is_not(None),
        row.id.in_(visible_suggestions(actor).with_only_columns(row.id)),
    )


def _interviews(actor: Actor) -> Select[Any]:
    row = Interview
    return select(
        *_columns(
            *(OwedKind.INTERVIEW, row.id, row.unit_id, row.number, row.reason),
            since=row.interviewed_on,
            due_on=row.correct_by,
            to_unit=row.by_unit_id,
        )
    ).where(
        *(row.voided_at.is_(None), row.correct_by.is_not(None), row.corrected_on.is_(None)),
        row.id.in_(visible_interviews(actor).with_only_columns(row.id)),
    )


def _problems(actor: Actor) -> Select[Any]:
    """Those that the unit owes as a task are owed as the task; those struck off there are owed no more."""
    problem, visit, inspection = InspectionProblem, InspectionVisit, Inspection
    became = or_(is_owed_as_task(problem, problem.unit_id), is_struck_off(problem, problem.unit_id))
    return (
        select(
            *_columns(
                *(OwedKind.PROBLEM, problem.visit_id, problem.unit_id, inspection.number, problem.summary),
                since=visit.visited_on,
                due_on=problem.correct_by,
                to_unit=inspection.unit_id,
            )
        )
        .join(visit, problem.visit_id == visit.id)
        .join(inspection, visit.inspection_id == inspection.id)
        .where(
            *(inspection.voided_at.is_(None), problem.corrected_on.is_(None), ~became),
            visit.id.in_(visible_visits_of_inspections(actor).with_only_columns(visit.id)),
        )
    )


SOURCES: tuple[tuple[OwedKind, Callable[[Actor], Select[Any]]], ...] = (
    (OwedKind.PETITION, _petitions),
    (OwedKind.SUPERVISION, _supervision),
    (OwedKind.DECISION, _decisions),
    (OwedKind.PROMISE, _promises),
    (OwedKind.ANSWER, _messages),
    (OwedKind.ANSWER, _dispatches),
    (OwedKind.LEAD, _leads),
    (OwedKind.SUGGESTION, _suggestions),
    (OwedKind.INTERVIEW, _interviews),
    (OwedKind.PROBLEM, _problems),
)


def is_late(owed: Any, now: datetime, today: Any) -> Any:
    """Condition on the columns of a union of the sources."""
    return (owed.note == "") & ((owed.due_on < today) | (owed.due_at < now))
