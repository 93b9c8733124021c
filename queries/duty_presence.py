"""到岗 of duties: the holder's own signature at a hand-over of the shift, or the first line written at the desk in it.

The desk of a duty is that of its unit; the county's is kept by its 信访局.
"""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session, aliased

from models.duty_desk import DeskEntry, DeskHandover
from models.organisation import Unit
from models.roster import Duty
from rules.duty_presence import Presence, presence_of
from rules.taxonomy import UnitCategory

E, H = DeskEntry, DeskHandover
DESK = aliased(Unit, name="desk_of_duty")
_DESKS = (
    select(DESK.id)
    .where(
        or_(
            DESK.id == Duty.unit_id,
            (DESK.parent_id == Duty.unit_id) & (DESK.category == UnitCategory.BUREAU.value),
        )
    )
    .correlate(Duty)
)
SIGNED_ON: Any = (
    select(func.min(H.on_signed_at))
    .where(
        H.unit_id.in_(_DESKS),
        H.shift_ends_at >= Duty.starts_at,
        H.shift_ends_at < Duty.ends_at,
        H.on_person_id == Duty.person_id,
    )
    .correlate(Duty)
    .scalar_subquery()
)
SIGNED_OFF: Any = (
    select(func.min(H.off_signed_at))
    .where(
        H.unit_id.in_(_DESKS),
        H.shift_ends_at > Duty.starts_at,
        H.shift_ends_at <= Duty.ends_at,
        H.off_person_id == Duty.person_id,
    )
    .correlate(Duty)
    .scalar_subquery()
)
WROTE: Any = (
    select(func.min(E.registered_at))
    .where(
        E.unit_id.in_(_DESKS),
        E.happened_at >= Duty.starts_at,
        E.happened_at < Duty.ends_at,
        E.registered_at < Duty.ends_at,
        E.registered_by_id == Duty.person_id,
        E.import_batch_id.is_(None),
        E.voided_at.is_(None),
    )
    .correlate(Duty)
    .scalar_subquery()
)
"""What was written down after the shift, or imported, shows nobody's presence."""


def presences(session: Session, duties: Iterable[Duty]) -> dict[int, Presence]:
    """Duty id → how its holder is known to have been there; those of whom only the roster tells are left out. One
    statement."""
    ids = [duty.id for duty in duties if duty.person_id is not None]
    if not ids:
        return {}
    rows = session.execute(select(Duty.id, SIGNED_ON, WROTE, SIGNED_OFF).where(Duty.id.in_(ids)))
    known = {duty_id: presence_of(*moments) for duty_id, *moments in rows}
    return {duty_id: presence for duty_id, presence in known.items() if presence is not None}
