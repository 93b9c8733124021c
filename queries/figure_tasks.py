"""Tasks that a figure of the statistics gave rise to."""

from collections.abc import Collection

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.supervision import SupervisionTask
from queries.became_tasks import holds
from queries.supervision_scope import task_is_visible
from rules.roles import Actor

T = SupervisionTask
OF_A_UNIT = "unit"
"""`source_type` of such a task; `source_id` is the unit whose figure it is."""


def tasks_of_figures(
    session: Session, actor: Actor, unit_ids: Collection[int], period: str
) -> dict[tuple[int, str], tuple[int, str]]:
    """(unit, code) → (id, number) of the last task that holds, of those that the actor sees; one statement."""
    of_them = (T.source_type == OF_A_UNIT, T.source_id.in_(unit_ids), T.figure_period == period)
    found = session.execute(
        select(T.source_id, T.figure_code, T.id, T.number)
        .where(*of_them, holds(), task_is_visible(actor))
        .order_by(T.id)
    )
    return {(unit or 0, code or ""): (task_id, number) for unit, code, task_id, number in found}
