"""Whose work a lead assignment is at each tab of the list: conditions on LeadAssignment, for the list and the 工作台 alike."""

from collections.abc import Callable
from typing import Any

from models.lead_assignment import LeadAssignment
from queries.lead_standing import is_led_by_county
from queries.scope import in_scope_of
from rules.roles import Actor

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


def hands_of(actor: Actor, tab: str) -> list[Any]:
    """The county's office acts for every unit, but judges nothing of its own. Any other tab is nobody's work."""
    hands = _HANDS.get(tab)
    if hands is None or (actor.sees_county and hands is not _as_judge):
        return []
    return hands(actor)
