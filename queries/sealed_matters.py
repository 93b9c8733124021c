"""What hangs on a petition is hidden with it: sealed accusations, and matters that name the reader (条例第三十条; 回避)."""

from typing import Any

from sqlalchemy import ColumnElement, exists, literal_column, or_, true
from sqlalchemy.orm import aliased

from models.petition import Petition
from models.supervision import SupervisionTaskPetition
from queries.scope import unsealed_for
from rules.roles import Actor

_MATTER = aliased(Petition, name="hung_on")
_LISTED = aliased(SupervisionTaskPetition, name="listed_matter")


def hides_nothing(actor: Actor, petition_id: Any) -> ColumnElement[bool]:
    """Condition on rows with a petition's id, or none: whether that petition is not one that seals hide from the actor.
    Scope is not asked: whoever was given the row may read it. One look-up by key for each row."""
    hidden = exists(literal_column("1")).where(_MATTER.id == petition_id, *_hidden_from(actor))
    return or_(petition_id.is_(None), ~hidden)


def hides_no_matter(actor: Actor, task_id: Any) -> ColumnElement[bool]:
    """The same for rows with the id of a supervision task, or none: not one of the matters that it is about is hidden."""
    listed = (_LISTED.task_id == task_id, _MATTER.id == _LISTED.petition_id)
    return ~exists(literal_column("1")).where(*listed, *_hidden_from(actor))


def _hidden_from(actor: Actor) -> tuple[ColumnElement[bool], ...]:
    guarded = or_(_MATTER.sealed.is_(True), _MATTER.accused_person_id.is_not(None))
    return guarded, unsealed_for(actor, _MATTER).is_not(true())
