"""The dated facts of a petition as a row of the sheet `petitions` would tell them."""

from collections.abc import Mapping
from typing import Any

from models.petition import Petition
from rules.petition_stage_of import SheetFacts
from rules.petition_words import Acceptance, DispatchKind, HandlingClass

_DAYS = (
    *("registered_on", "dispatched_on", "unit_received_on", "notified_on", "extension_approved_on"),
    *("concluded_on", "served_on", "responsible_unit_id", "extension_days"),
)


def sheet_facts_of(petition: Petition, changes: Mapping[str, Any]) -> SheetFacts:
    """As they stand, with `changes` (plain values by column) laid over them."""

    def value(name: str) -> Any:
        return changes.get(name, getattr(petition, name))

    kind, acceptance, handling_class = map(value, ("dispatch_kind", "acceptance", "handling_class"))
    return SheetFacts(
        **{name: value(name) for name in _DAYS},
        dispatch_kind=DispatchKind(kind) if kind else None,
        acceptance=Acceptance(acceptance) if acceptance else None,
        handling_class=HandlingClass(handling_class) if handling_class else None,
    )
