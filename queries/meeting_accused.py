"""回避 at meetings: what is not discussed there, and which units get nothing of a matter (条例第二十八条第三款、第三十条)."""

from sqlalchemy.orm import Session

from models.organisation import Unit
from models.petition import Petition
from queries.accused import accused_of
from rules.petition_rules import is_sealed
from rules.taxonomy import Purpose


def may_be_discussed(petition: Petition) -> bool:
    """Accusations and sealed matters have their own ways."""
    return not petition.sealed and not is_sealed(Purpose(petition.purpose))


def keeps_from(session: Session, petition: Petition | None, unit_id: int | None) -> bool:
    """Whether the unit is accused in the matter, stands below who is, or is where an accused person serves."""
    if petition is None or unit_id is None:
        return False
    path = session.get_one(Unit, unit_id).path
    if petition.sealed and petition.accused_unit_id is not None:
        return path.startswith(session.get_one(Unit, petition.accused_unit_id).path)
    return any(path.startswith(one) for one in accused_of(session, petition, petition.registered_on).paths)
