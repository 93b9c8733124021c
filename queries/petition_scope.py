"""Which petitions an actor may see: on lists, counts, searches, exports and prints alike.

Besides the units that registered it or were given it, every unit with a live part in it (主办, 协办, 复查复核) sees a
petition; what is sealed and who is accused counts as for visits (条例第三十条; 回避).
"""

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, false, or_, select, true
from sqlalchemy.orm import Session, aliased, joinedload, selectinload
from sqlalchemy.orm.attributes import set_committed_value

from models.category import Category
from models.petition import Petition, PetitionUnit
from queries.names import names_are_plain
from queries.scope import by_any, fetch_units, in_scope_of, is_root, unsealed_for
from queries.wordings import InSubquery
from rules.errors import NotVisible
from rules.petition_states import RUNNING
from rules.petition_words import UnitPart
from rules.roles import Actor, Permission

_TAKEN, _OWN = aliased(PetitionUnit, name="taken_part"), aliased(PetitionUnit, name="own_part")
"""Made once: an alias is dear to make."""
_HELPING = (UnitPart.JOINT.value, UnitPart.REVIEWER.value)


def petition_is_visible(actor: Actor, *, live: bool = False) -> ColumnElement[bool]:
    """Condition on Petition. `live` leaves out void rows, said inside each branch so that partial indexes serve all."""
    return and_(stands_in_scope(actor, live), unsealed_for(actor, Petition))


def stands_in_scope(actor: Actor, live: bool) -> ColumnElement[bool]:
    """Without what seals hide."""
    return by_any(ways_into_scope(actor), Petition, live)


def ways_into_scope(actor: Actor) -> list[ColumnElement[bool]]:
    """What puts a petition in scope, each by an index of its own; one is enough."""
    if not actor.may(Permission.PETITIONS_READ) or not actor.scope_path:
        return [false()]
    if is_root(actor.scope_path):
        return [true()]
    part = _TAKEN
    # A unit's part as 主办 is the column `responsible_unit_id`: asking it here again would find thousands.
    taking_part = select(part.petition_id).where(
        part.until.is_(None), in_scope_of(actor, part.unit_id), part.part.in_(_HELPING)
    )
    return [
        in_scope_of(actor, Petition.unit_id),
        in_scope_of(actor, Petition.responsible_unit_id),
        InSubquery(Petition.id, taking_part),
    ]


def petition_names_are_plain(actor: Actor, petition: Any = Petition) -> Any:
    """Condition on visible petitions whose names the actor reads: a county role those of its own office's matters."""
    part = _OWN
    own = (part.petition_id == petition.id, part.unit_id == actor.unit_id, part.until.is_(None))
    # Said for the row at hand however deep it stands, else any part that the office has anywhere would do.
    return names_are_plain(actor, petition, exists().where(*own).correlate_except(part))


def visible_petitions(actor: Actor) -> Select[Petition]:
    return select(Petition).where(petition_is_visible(actor))


_WHOLE_PETITION = (
    joinedload(Petition.category).joinedload(Category.parent),
    joinedload(Petition.handler),
    joinedload(Petition.accused_person),
    joinedload(Petition.registered_by),
    joinedload(Petition.earlier),
    joinedload(Petition.merged_into),
    selectinload(Petition.contacts),
    selectinload(Petition.parts),
)

_UNITS_OF_PETITION = {
    "unit": "unit_id",
    "location_unit": "location_unit_id",
    "accused_unit": "accused_unit_id",
    "responsible_unit": "responsible_unit_id",
}


def load_petition(session: Session, actor: Actor, petition_id: int) -> Petition:
    """One petition in scope, void ones included, with its people, parts and units; four statements.

    Raises NotVisible, the same for missing and foreign.
    """
    found = load_petitions(session, actor, [petition_id])
    if not found:
        raise NotVisible("petition")
    return found[0]


def load_petitions(session: Session, actor: Actor, ids: Sequence[int]) -> list[Petition]:
    """Those of these petitions that are in scope, in the order given, whole like a single one; four statements."""
    statement = visible_petitions(actor).where(Petition.id.in_(ids)).options(*_WHOLE_PETITION)
    found = {petition.id: petition for petition in session.scalars(statement)}
    parts = [part for petition in found.values() for part in petition.parts]
    if found:
        units = fetch_units(
            session, list(found.values()), _UNITS_OF_PETITION, (part.unit_id for part in parts)
        )
        for part in parts:
            set_committed_value(part, "unit", units[part.unit_id])
    return [found[petition_id] for petition_id in ids if petition_id in found]


def visible_ids(session: Session, actor: Actor, ids: Sequence[int]) -> list[int]:
    """Those of these petitions that are in scope, in the order given."""
    found = set(session.scalars(select(Petition.id).where(Petition.id.in_(ids), petition_is_visible(actor))))
    return [petition_id for petition_id in ids if petition_id in found]


def running_of(session: Session, actor: Actor, unit_id: int, most: int) -> list[int]:
    """Ids of the matters in scope that a unit itself has not ended, the oldest first."""
    stages = [stage.value for stage in RUNNING]
    statement = (
        select(Petition.id)
        .where(Petition.responsible_unit_id == unit_id, Petition.stage.in_(stages))
        .where(petition_is_visible(actor, live=True))
        .order_by(Petition.registered_on, Petition.id)
        .limit(most)
    )
    return list(session.scalars(statement))


_AT_ONCE = 500


def visible_among(session: Session, actor: Actor, petition_ids: Iterable[int]) -> set[int]:
    """Those of the ids that this actor may see, void ones included. One statement for each 500 of them."""
    asked, found = sorted(set(petition_ids)), set[int]()
    for start in range(0, len(asked), _AT_ONCE):
        some = Petition.id.in_(asked[start : start + _AT_ONCE])
        found.update(session.scalars(select(Petition.id).where(petition_is_visible(actor), some)))
    return found


def petition_numbered(session: Session, actor: Actor, number: str) -> Petition | None:
    """The live petition in scope with this number, or this number of the province's system, as typed."""
    wanted = number.strip()
    return session.scalar(
        visible_petitions(actor).where(
            Petition.voided_at.is_(None),
            or_(Petition.number == wanted.upper(), Petition.external_number == wanted),
        )
    )
