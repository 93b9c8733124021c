"""The petitions that a task is about, as far as this reader may open them: else neither number nor title is told."""

import re
from dataclasses import dataclass

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from models.petition import Petition
from models.supervision import SupervisionTask
from queries.petition_scope import petition_is_visible
from rules.petition_states import Stage
from rules.roles import Actor
from rules.supervision_words import TaskSource


@dataclass(frozen=True)
class ShownPetition:
    id: int
    number: str
    title: str
    stage: str


def petitions_shown(session: Session, actor: Actor, task: SupervisionTask) -> list[ShownPetition]:
    """One statement; none where the task names none."""
    numbers = listed_numbers(task)
    if task.petition_id is None and not numbers:
        return []
    rows = session.scalars(
        select(Petition)
        .where(
            or_(Petition.id == (task.petition_id or 0), Petition.number.in_(numbers)),
            petition_is_visible(actor),
        )
        .order_by(Petition.number)
    )
    return [ShownPetition(p.id, p.number, p.title or p.content, Stage(p.stage).label) for p in rows]


def listed_numbers(task: SupervisionTask) -> list[str]:
    """Of a task about many petitions, which are named in what was taken down when it was filed."""
    if task.source != TaskSource.PETITION or task.petition_id is not None:
        return []
    return [number for number in re.split("；", task.source_text) if number]
