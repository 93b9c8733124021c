"""Which lines, feedbacks and decisions are measured, in the words of the figures and of the lists behind them.

A feedback day stands on the report that answered it; while it is owed, or was left out, on the line.
"""

from typing import Any

from sqlalchemy import ColumnElement, and_, exists, func, or_

from models.meeting import Meeting, MeetingDecision, MeetingItem
from models.petition import Petition
from models.supervision import SupervisionLine, SupervisionStep, SupervisionTask, SupervisionTaskPetition
from queries.supervision_scope import is_listed
from rules.meeting_words import MeetingState
from rules.supervision_states import LineState, TaskState, TaskVerb

T, L, S, D = SupervisionTask, SupervisionLine, SupervisionStep, MeetingDecision

IS_GIVEN: ColumnElement[bool] = and_(T.state != TaskState.DRAFT.value, is_listed())
"""Condition on a line with its task: issued, be it withdrawn since. Said by the state, so that no index of the days of issue
is entered where other days are asked for."""

_ENDED_ON: Any = func.coalesce(L.submitted_on, L.closed_on)
"""申请销号, or 撤回 without it: from then on nothing is reported."""

HELD_TO_ITS_LIMIT: ColumnElement[bool] = and_(
    IS_GIVEN, or_(L.state != LineState.WITHDRAWN.value, L.closed_on > L.due_on)
)
"""Condition on a line with its task: not one that was withdrawn before its limit had passed."""

APPLIED_IN_TIME: ColumnElement[bool] = L.submitted_on <= L.due_on
"""Who examines it takes his own time: the unit's clock stops when it applies. What is refused has no such day any more."""

IS_FEEDBACK: ColumnElement[bool] = and_(
    IS_GIVEN, S.verb == TaskVerb.REPORT.value, S.undone_at.is_(None), S.report_due_on.is_not(None)
)
"""Condition on a step with line and task: it answered a feedback day."""

IS_FEEDBACK_MISSING: ColumnElement[bool] = and_(
    IS_GIVEN,
    L.report_due_on.is_not(None),
    or_(L.state == LineState.WORKING.value, L.report_due_on < _ENDED_ON),
)
"""Condition on a line with its task: its next feedback day is owed, or had gone by when it ended."""

IS_BINDING: ColumnElement[bool] = Meeting.state == MeetingState.MINUTED.value
"""Condition on the meeting of a decision."""


def is_carried_out_in_time() -> ColumnElement[bool]:
    """Condition on a decision: carried out by its day, by itself or by the unit's part of the task that it became."""
    of_it = (T.source_type == D.__tablename__, T.source_id == D.id, T.voided_at.is_(None))
    own = (L.task_id == T.id, L.unit_id == D.unit_id, L.state != LineState.WITHDRAWN.value)
    as_task = exists().where(*of_it, *own, L.submitted_on <= D.due_on)
    return or_(D.done_on <= D.due_on, as_task)


def task_is_sealed() -> ColumnElement[bool]:
    """Condition on a task: one of the matters that it is about is sealed."""
    of_it = SupervisionTaskPetition.task_id == T.id
    return exists().where(
        of_it, Petition.id == SupervisionTaskPetition.petition_id, Petition.sealed.is_(True)
    )


def decision_is_sealed() -> ColumnElement[bool]:
    """Condition on a decision: it is about a sealed matter, or about a task that is."""
    sealed = Petition.sealed.is_(True)
    own = exists().where(Petition.id == MeetingItem.petition_id, sealed)
    # Two lookups by key: joined by one OR, PostgreSQL would read all petitions for each decision.
    of_task = exists().where(
        SupervisionTaskPetition.task_id == MeetingItem.task_id,
        SupervisionTaskPetition.petition_id == Petition.id,
        sealed,
    )
    return exists().where(
        MeetingItem.id == D.item_id, or_(own.correlate(MeetingItem), of_task.correlate(MeetingItem))
    )
