"""What a leaver leaves behind. Counts only: 系统管理员 sees no petition data."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import Session, joinedload

from models.organisation import Unit
from models.petition import Petition
from models.staff import Account
from models.visit import Visit
from queries.petition_scope import petition_is_visible
from queries.scope import visit_is_visible
from rules.petition_states import Stage
from rules.roles import COUNTY_ROLES, GRANTS, Actor, Permission


@dataclass(frozen=True)
class OpenWork:
    """How many visits and petitions a person still handles."""

    visits: int
    petitions: int

    @property
    def is_any(self) -> bool:
        return bool(self.visits or self.petitions)

    @property
    def words(self) -> str:
        """来访 2 件、信访事项 3 件; a leaver with none of one sort is not told of it."""
        parts = (("来访", self.visits), ("信访事项", self.petitions))
        return "、".join(f"{what} {count} 件" for what, count in parts if count) or "来访、信访事项 0 件"


def still_handled(person_id: int) -> ColumnElement[bool]:
    """Open visits of one handler: a due date, neither concluded nor void."""
    conditions: list[Any] = [
        Visit.handler_id == person_id,
        Visit.due_date.is_not(None),
        Visit.completed_on.is_(None),
        Visit.voided_at.is_(None),
    ]
    return and_(*conditions)


def petitions_still_handled(person_id: int) -> ColumnElement[bool]:
    """Petitions of one handler that are neither archived nor merged nor void: after the end, too, they are served, rated,
    reviewed."""
    ended = [Stage.ARCHIVED.value, Stage.MERGED.value]
    return and_(Petition.handler_id == person_id, Petition.stage.not_in(ended), Petition.voided_at.is_(None))


def open_work(session: Session, person_id: int) -> OpenWork:
    return _counted(session, person_id)


def out_of_reach(session: Session, successor: Actor, person_id: int) -> int:
    """How many of a leaver's open matters the successor could not even see."""
    seen = _counted(session, person_id, visit_is_visible(successor), petition_is_visible(successor))
    all_of_it = _counted(session, person_id)
    return all_of_it.visits + all_of_it.petitions - seen.visits - seen.petitions


def _counted(session: Session, person_id: int, *conditions: ColumnElement[bool]) -> OpenWork:
    visit_seen, petition_seen = conditions or (None, None)
    visits = select(func.count(Visit.id)).where(still_handled(person_id))
    petitions = select(func.count(Petition.id)).where(petitions_still_handled(person_id))
    if visit_seen is not None and petition_seen is not None:
        visits, petitions = visits.where(visit_seen), petitions.where(petition_seen)
    found = session.execute(select(visits.scalar_subquery(), petitions.scalar_subquery())).one()
    return OpenWork(*found)


def possible_successors(session: Session, leaver: Account) -> list[Account]:
    """Accounts in use that may handle what is open, in the leaver's unit or above it, or with the county's view."""
    line = [int(part) for part in leaver.unit.path.split("/") if part]
    needed = (
        Permission.PETITIONS_WRITE
        if open_work(session, leaver.person_id).petitions
        else Permission.RECEPTION_WRITE
    )
    registering = [role.value for role in GRANTS[needed]]
    statement = (
        select(Account)
        .join(Account.unit)
        .options(joinedload(Account.person), joinedload(Account.unit))
        .where(
            Account.id != leaver.id,
            Account.disabled_at.is_(None),
            Account.role.in_(registering),
            or_(Account.unit_id.in_(line), Account.role.in_([role.value for role in COUNTY_ROLES])),
        )
        .order_by((Account.unit_id == leaver.unit_id).desc(), Unit.path.desc(), Account.username)
    )
    return list(session.scalars(statement))
