"""Which numbers of petitions a paper may name to whom it goes."""

from collections.abc import Collection, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.petition import Petition, PetitionUnit


def numbers_told(
    session: Session, petitions: Sequence[Petition], unit_ids: Collection[int]
) -> tuple[str, ...]:
    """Of those that are not sealed, where every addressee has a part in the matter: others must not learn of it. None
    for an organ outside, which has no id."""
    told = [p for p in petitions if not p.sealed and p.accused_person_id is None]
    if not unit_ids or not told:
        return ()
    statement = select(PetitionUnit.petition_id, PetitionUnit.unit_id).where(
        PetitionUnit.petition_id.in_([p.id for p in told]), PetitionUnit.until.is_(None)
    )
    parts: set[tuple[int, int | None]] = {(row[0], row[1]) for row in session.execute(statement)}
    parts |= {(p.id, unit_id) for p in told for unit_id in (p.unit_id, p.responsible_unit_id)}
    return tuple(p.number for p in told if all((p.id, unit_id) in parts for unit_id in unit_ids))
