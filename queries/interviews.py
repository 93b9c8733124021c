"""约谈: which interviews an actor may read."""

from sqlalchemy import Select, and_, false, or_, select
from sqlalchemy.orm import Session, joinedload

from models.interview import Interview
from queries.scope import in_scope_of, is_root
from queries.sealed_matters import hides_nothing
from rules.errors import NotVisible
from rules.roles import Actor, Permission


def visible_interviews(actor: Actor) -> Select[Interview]:
    """Those of units in scope and those that units in scope held; void ones included."""
    if not actor.may(Permission.SUPERVISION_READ) or not actor.scope_path:
        return select(Interview).where(false())
    near = hides_nothing(actor, Interview.petition_id)
    if is_root(actor.scope_path):
        return select(Interview).where(near)
    units = (Interview.unit_id, Interview.by_unit_id)
    return select(Interview).where(and_(or_(*(in_scope_of(actor, unit) for unit in units)), near))


_WHOLE = tuple(
    joinedload(part)
    for part in (
        Interview.unit,
        Interview.by_unit,
        Interview.petition,
        Interview.task,
        Interview.registered_by,
    )
)


def load_interview(session: Session, actor: Actor, interview_id: int) -> Interview:
    """Raises NotVisible, the same for missing and foreign."""
    row = session.scalar(visible_interviews(actor).where(Interview.id == interview_id).options(*_WHOLE))
    if row is None:
        raise NotVisible("interview")
    return row
