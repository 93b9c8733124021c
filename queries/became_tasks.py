"""What a decision, a promise or a problem became: conditions on the rows of those registers, beside their live tasks.

A unit's part counts, not the whole task: a task whose lines were all withdrawn has settled nothing.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, func, or_, select
from sqlalchemy.orm import Session
from sqlalchemy.sql.base import ExecutableOption

from models.supervision import SupervisionLine, SupervisionStep, SupervisionTask
from rules.supervision_states import RUNNING, LineState, TaskState, TaskVerb

T, L, S = SupervisionTask, SupervisionLine, SupervisionStep
_RUNNING = [state.value for state in RUNNING]

ONE_TASK_AT_A_TIME = frozenset({"meeting_decision", "leader_promise", "inspection_problem"})
"""Tables whose rows have one running task; a petition may have one for each ground."""


def running_task_number(session: Session, source_type: str, source_id: int) -> str | None:
    """Of the task of a record that is not at its end."""
    of_it = (T.source_type == source_type, T.source_id == source_id, T.voided_at.is_(None))
    running = select(T.number).where(*of_it, T.state != TaskState.CLOSED.value)
    return session.scalar(running.order_by(T.id).limit(1))


def tasks_of(
    session: Session, source_type: str, source_ids: Sequence[int], *options: ExecutableOption
) -> dict[int, SupervisionTask]:
    """Id of a record → the task that it became, the last of several that hold; one statement."""
    of_them = select(T).where(T.source_type == source_type, T.source_id.in_(source_ids), holds())
    found = session.scalars(of_them.options(*options).order_by(T.id))
    return {task.source_id: task for task in found if task.source_id is not None}


def task_number_of(session: Session, row: Any) -> str | None:
    """Of the first task that names this row, void and closed ones included: such a row stays."""
    of_it = (T.source_type == row.__tablename__, T.source_id == row.id)
    return session.scalar(select(T.number).where(*of_it).order_by(T.id).limit(1))


@dataclass(frozen=True)
class StruckOff:
    """How a unit's part of a task ended: the day on which it applied, and what it reported then."""

    on: date
    text: str


def struck_off(session: Session, row: Any, unit_id: int | None) -> StruckOff | None:
    """Of the record's task, the unit's part where it was struck off; one statement."""
    applied = (S.line_id == L.id, S.verb == TaskVerb.SUBMIT.value, S.undone_at.is_(None))
    statement = (
        select(func.coalesce(S.happened_on, L.closed_on), func.coalesce(S.text, ""))
        .select_from(T)
        .join(L, L.task_id == T.id)
        .outerjoin(S, and_(*applied))
        .where(*_of(row), L.unit_id == unit_id, L.state == LineState.CLOSED.value)
        .order_by(T.id.desc(), S.id.desc())
        .limit(1)
    )
    found = session.execute(statement).first()
    return StruckOff(*found) if found else None


def is_taken_up(record: Any) -> ColumnElement[bool]:
    """A task of it is not at its end, be it still to be issued."""
    return exists().where(*_of(record), T.state != TaskState.CLOSED.value)


def became_task(record: Any) -> ColumnElement[bool]:
    """A task of it holds: how it ends is said there."""
    return exists().where(*_of(record), holds())


def is_owed_as_task(record: Any, unit_id: Any) -> ColumnElement[bool]:
    """Issued, and the unit's line runs."""
    return _of_unit(record, unit_id, T.state == TaskState.ISSUED.value, L.state.in_(_RUNNING))


def is_struck_off(record: Any, unit_id: Any) -> ColumnElement[bool]:
    """销号: the unit's line."""
    return _of_unit(record, unit_id, L.state == LineState.CLOSED.value)


def holds() -> ColumnElement[bool]:
    """Condition on SupervisionTask: live, not closed by withdrawing all of it."""
    closed = exists().where(L.task_id == T.id, L.state == LineState.CLOSED.value)
    return T.voided_at.is_(None) & or_(T.state != TaskState.CLOSED.value, closed)


def _of_unit(record: Any, unit_id: Any, *also: ColumnElement[bool]) -> ColumnElement[bool]:
    return exists().where(*_of(record), L.task_id == T.id, L.unit_id == unit_id, *also)


def _of(record: Any) -> tuple[ColumnElement[bool], ...]:
    return T.source_type == record.__tablename__, T.source_id == record.id, T.voided_at.is_(None)
