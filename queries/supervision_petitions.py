"""The petitions that a task is about, as far as this reader may open them: else neither number nor title is told."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.petition import Petition
from models.supervision import SupervisionTask, SupervisionTaskPetition
from queries.petition_scope import petition_is_visible
from rules.petition_states import Stage
from rules.roles import Actor


@dataclass(frozen=True)
class ShownPetition:
    id: int
    number: str
    title: str
    stage: str


def petitions_shown(session: Session, actor: Actor, task: SupervisionTask) -> list[ShownPetition]:
    """One statement."""
    rows = session.scalars(
        select(Petition)
        .join(SupervisionTaskPetition, SupervisionTaskPetition.petition_id == Petition.id)
        .where(SupervisionTaskPetition.task_id == task.id, petition_is_visible(actor))
        .order_by(Petition.number)
    )
    return [ShownPetition(p.id, p.number, p.title or p.content, Stage(p.stage).label) for p in rows]
