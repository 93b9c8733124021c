"""A township's half-filled week, given back after a session that ran out."""

from dataclasses import dataclass
from datetime import date

from flask import request
from werkzeug.datastructures import MultiDict

from queries.register_filter import day_of, number_of
from rules.errors import RuleViolation
from web.drafts import kept_fields
from web.session import actor

DRAFT = "village_week"


@dataclass(frozen=True)
class KeptWeek:
    """The table of one unit for one session day, as it was typed."""

    unit_id: int
    day: date
    typed: MultiDict[str, str]


def kept_week() -> KeptWeek | None:
    """What the actor left; nothing where the address asks for an empty table (`fresh`)."""
    kept = {} if "fresh" in request.args else kept_fields(actor(), DRAFT)
    typed = MultiDict([(name, value) for name, values in kept.items() for value in values])
    unit_id = number_of(typed.get("unit", ""))
    try:
        day = day_of(typed.get("day", ""), "day")
    except RuleViolation:
        return None
    return None if unit_id is None or day is None else KeptWeek(unit_id, day, typed)
