"""Which lead assignments wait for whom: the tabs of the list that a role works with, counted for who must act."""

from typing import Any

from sqlalchemy import Select, func, select

from models.lead_assignment import LeadAssignment
from models.petition import Petition
from queries.lead_hands import hands_of
from queries.leads import lead_is_visible, tab_conditions
from queries.petition_days import Days
from rules.roles import Actor, Permission, Role

L = LeadAssignment


_CLOCKS = ("overdue", "near", "silent")
WORK: dict[Role, tuple[str, ...]] = {
    Role.CLERK: ("sent_back", *_CLOCKS),
    Role.SUPERVISOR: ("to_assign", "to_extend", "sent_back", *_CLOCKS, "to_accept", "to_close"),
    Role.BUREAU: (*_CLOCKS, "to_accept", "to_close"),
    Role.DIRECTOR: ("to_assign", "to_extend", *_CLOCKS, "to_accept", "to_close"),
    Role.LEADER: ("working", *_CLOCKS, "to_accept", "to_close"),
}


def lead_work_counts(actor: Actor, days: Days) -> dict[str, Select[int]]:
    """Tab → count of what waits for this actor, for one statement with others; empty for who has no such work."""
    keys = WORK.get(actor.role, ()) if actor.role and actor.may(Permission.LEADS_READ) else ()
    about = tab_conditions(days)
    return {key: _count(actor, [*about[key], *hands_of(actor, key)]) for key in keys}


def _count(actor: Actor, conditions: list[Any]) -> Select[int]:
    live = (L.voided_at.is_(None), lead_is_visible(actor))
    return select(func.count(L.id)).join(Petition, L.petition_id == Petition.id).where(*live, *conditions)
