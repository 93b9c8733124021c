"""Which units a row may be registered for, and who registers it."""

from actions.office_registers import Entering
from extensions import db
from queries.organisation import UnitLine, units_in_scope
from rules.taxonomy import VILLAGE_LEVEL
from web import clock
from web.session import actor


def offices() -> list[UnitLine]:
    """All units in scope but villages."""
    villages = {c.value for c in VILLAGE_LEVEL}
    return [u for u in units_in_scope(db.session(), actor(), clock.today()) if u.category not in villages]


def entering() -> Entering:
    return Entering(actor(), clock.now(), clock.today())
