"""Which lead assignments wait for whom: the tabs of the list that a role works with, counted for who must act."""

from collections.abc import Callable
from typing import Any

from sqlalchemy import Select, func, select

from models.lead_assignment import LeadAssignment
from models.petition import Petition
from queries.lead_standing import is_led_by_county
from queries.leads import lead_is_visible, tab_conditions
from queries.petition_days import Days
from queries.scope import in_scope_of
from rules.roles import Actor, Permission, Role

L = LeadAssignment


def _as_unit(actor: Actor) -> list[Any]:
    return [in_scope_of(actor, L.responsible_unit_id)]


def _as_head(actor: Actor) -> list[Any]:
    return [in_scope_of(actor, L.unit_id)]


def _as_approver(actor: Actor) -> list[Any]:
    """What a leader of the county answers for is approved by the county's office."""
    return [*_as_head(actor), ~is_led_by_county()]


def _as_judge(actor: Actor) -> list[Any]:
    """Nobody accepts what his own unit had to do."""
    return [in_scope_of(actor, L.unit_id), L.responsible_unit_id != actor.unit_id]


_HANDS: dict[str, Callable[[Actor], list[Any]]] = {
    "working": _as_unit,
    "sent_back": _as_unit,
    "silent": _as_unit,
    "near": _as_unit,
    "overdue": _as_unit,
    "to_assign": _as_approver,
    "to_extend": _as_head,
    "to_accept": _as_judge,
    "to_close": _as_judge,
}
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
    return {key: _count(actor, [*about[key], *_hands(actor, key)]) for key in keys}


def _hands(actor: Actor, key: str) -> list[Any]:
    """The county's office acts for every unit, but judges nothing of its own."""
    hands = _HANDS[key]
    return [] if actor.sees_county and hands is not _as_judge else hands(actor)


def _count(actor: Actor, conditions: list[Any]) -> Select[int]:
    live = (L.voided_at.is_(None), lead_is_visible(actor))
    return select(func.count(L.id)).join(Petition, L.petition_id == Petition.id).where(*live, *conditions)
