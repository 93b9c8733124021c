"""Which supervision tasks, and which of their lines, an actor may see: on lists, counts, exports and prints alike.

County roles see the whole county; a unit what it filed itself, and once it is issued what was given to it or to a unit
below it. What is about a sealed petition, or one that names a member of staff, is for who may read that petition.
"""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, false, or_, select
from sqlalchemy.orm import Session, aliased, joinedload, selectinload

from models.petition import Petition
from models.supervision import SupervisionLine, SupervisionStep, SupervisionTask, SupervisionTaskPetition
from queries.petition_scope import petition_is_visible
from queries.scope import in_scope_of, is_root
from queries.sealed_matters import hides_no_matter
from queries.wordings import InSubquery
from rules.errors import NotVisible
from rules.roles import Actor, Permission
from rules.supervision_states import LineState, TaskState

T, L = SupervisionTask, SupervisionLine
_GIVEN = aliased(SupervisionLine, name="given_line")
"""Made once: an alias is dear to make."""


def task_is_visible(actor: Actor) -> ColumnElement[bool]:
    """Condition on SupervisionTask."""
    if not _may_read(actor):
        return false()
    if is_root(actor.scope_path):
        return _is_not_hidden(actor)
    given = select(_GIVEN.task_id).where(in_scope_of(actor, _GIVEN.unit_id), is_listed(_GIVEN))
    ways = or_(in_scope_of(actor, T.unit_id), and_(_is_out(), InSubquery(T.id, given)))
    return and_(ways, _is_not_hidden(actor))


def line_is_visible(actor: Actor) -> ColumnElement[bool]:
    """Condition on SupervisionLine joined with its task: of a task of others only the lines in scope."""
    if not _may_read(actor):
        return false()
    if is_root(actor.scope_path):
        return _is_not_hidden(actor)
    given = and_(_is_out(), in_scope_of(actor, L.unit_id), is_listed())
    ways = or_(in_scope_of(actor, T.unit_id), given)
    return and_(ways, _is_not_hidden(actor))


def _may_read(actor: Actor) -> bool:
    return actor.may(Permission.SUPERVISION_READ) and bool(actor.scope_path)


def _is_out() -> ColumnElement[bool]:
    return T.state != TaskState.DRAFT.value


def _is_not_hidden(actor: Actor) -> ColumnElement[bool]:
    return hides_no_matter(actor, T.id)


def visible_tasks(actor: Actor) -> Select[SupervisionTask]:
    return select(T).where(task_is_visible(actor))


def is_listed(line: Any = L) -> ColumnElement[bool]:
    """Condition on SupervisionLine: not those that were taken out of a draft again, whose units never got the task."""
    return or_(line.state != LineState.WITHDRAWN.value, line.closed_on.is_not(None))


def load_task(session: Session, actor: Actor, task_id: int) -> SupervisionTask:
    """One task in scope, void ones included, with its lines and units. Raises NotVisible, the same for missing and
    foreign."""
    task = session.scalar(
        visible_tasks(actor)
        .where(T.id == task_id)
        .options(
            joinedload(T.unit),
            joinedload(T.issued_by),
            joinedload(T.registered_by),
            selectinload(T.lines).joinedload(L.unit),
        )
    )
    if task is None:
        raise NotVisible("supervision_task")
    return task


def load_line(session: Session, actor: Actor, line_id: int) -> SupervisionLine:
    """One line in scope, with its task. Raises NotVisible."""
    line = session.scalar(
        select(L)
        .join(T, L.task_id == T.id)
        .where(L.id == line_id, line_is_visible(actor))
        .options(joinedload(L.unit), joinedload(L.task).joinedload(T.unit))
    )
    if line is None:
        raise NotVisible("supervision_line")
    return line


def lines_shown(actor: Actor, task: SupervisionTask) -> list[SupervisionLine]:
    """Of a loaded task, without those taken out of its draft; a unit does not read what the other units answered."""
    listed = [line for line in task.lines if line.state != LineState.WITHDRAWN or line.closed_on]
    if is_root(actor.scope_path) or task.unit.path.startswith(actor.scope_path):
        return listed
    return [line for line in listed if line.unit.path.startswith(actor.scope_path)]


def steps_shown(
    session: Session, task: SupervisionTask, lines: Sequence[SupervisionLine]
) -> list[SupervisionStep]:
    """What was done to the task and to these of its lines, oldest first; one statement."""
    ids = [line.id for line in lines]
    return list(
        session.scalars(
            select(SupervisionStep)
            .where(
                SupervisionStep.task_id == task.id,
                or_(SupervisionStep.line_id.is_(None), SupervisionStep.line_id.in_(ids)),
            )
            .options(joinedload(SupervisionStep.recorded_by), joinedload(SupervisionStep.unit))
            .order_by(SupervisionStep.id)
        )
    )


def tasks_of_petition(session: Session, actor: Actor, petition_id: int) -> list[SupervisionTask]:
    """The live tasks about a petition, alone or in a list, that this actor may see; the newest first."""
    return list(session.scalars(_live(actor).where(is_about(petition_id))))


def open_tasks_about(
    session: Session, actor: Actor, petition_ids: Sequence[int]
) -> list[tuple[int, str, TaskState]]:
    """(id, number, state) of those about one of these petitions that are not at their end, as far as this actor may see
    them; the newest first. One statement."""
    listed = SupervisionTaskPetition
    about = T.id.in_(select(listed.task_id).where(listed.petition_id.in_(petition_ids)))
    rows = _live(actor).where(about, T.state != TaskState.CLOSED.value)
    return [
        (id_, number, TaskState(state))
        for id_, number, state in session.execute(rows.with_only_columns(T.id, T.number, T.state))
    ]


def is_about(petition_id: int) -> ColumnElement[bool]:
    """Condition on SupervisionTask."""
    listed = SupervisionTaskPetition
    return T.id.in_(select(listed.task_id).where(listed.petition_id == petition_id))


def _live(actor: Actor) -> Select[SupervisionTask]:
    return visible_tasks(actor).where(T.voided_at.is_(None)).order_by(T.id.desc())


def petition_shown(session: Session, actor: Actor, task: SupervisionTask) -> Petition | None:
    """The petition of the task where this actor may open it: else neither number nor title is told."""
    if task.petition_id is None:
        return None
    return session.scalar(select(Petition).where(Petition.id == task.petition_id, petition_is_visible(actor)))
