"""Whom a bulletin is sent to: whole groups at once, or single units."""

from collections.abc import Iterable, Sequence

from queries.organisation import UnitLine
from queries.register_filter import number_of
from rules.taxonomy import TOWNSHIP_LEVEL, VILLAGE_LEVEL, UnitCategory

GROUPS = {"townships": "各乡镇（街道）", "departments": "县直各单位", "villages": "各村（社区）"}
_MEMBERS = {
    "townships": frozenset(TOWNSHIP_LEVEL),
    "departments": frozenset({UnitCategory.DEPARTMENT}),
    "villages": frozenset(VILLAGE_LEVEL),
}


def expanded(groups: Iterable[str], singles: Iterable[str], units: Sequence[UnitLine]) -> frozenset[int]:
    """Ids of the units meant; one that cannot be sent to stays in, for the action to refuse."""
    wanted = {c.value for group in groups if group in _MEMBERS for c in _MEMBERS[group]}
    found = {u.id for u in units if u.category in wanted}
    return frozenset(found | {number_of(text) or 0 for text in singles})


def usual_groups(units: Sequence[UnitLine]) -> list[str]:
    """Townships and departments where there are any below, else the villages."""
    present = {u.category for u in units}
    upper = [g for g in ("townships", "departments") if present & {c.value for c in _MEMBERS[g]}]
    return upper if len(units) > 1 and upper != [] and _is_county(units) else ["villages"] * bool(present)


def villages_named(units: Sequence[UnitLine]) -> str:
    """各村、社区, as far as there are any below."""
    present = {u.category for u in units}
    named = (("村", UnitCategory.VILLAGE), ("社区", UnitCategory.COMMUNITY))
    words = "、".join(word for word, category in named if category in present)
    return f"各{words}" if words else ""


def _is_county(units: Sequence[UnitLine]) -> bool:
    return any(u.category == UnitCategory.COUNTY_COMMITTEE for u in units)


def sendable(units: Sequence[UnitLine], own_id: int | None) -> list[UnitLine]:
    """Units below that have staff of their own: not the county itself, not the sender."""
    return [u for u in units if u.category != UnitCategory.COUNTY_COMMITTEE and u.id != own_id]
