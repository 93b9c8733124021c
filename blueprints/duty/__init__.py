"""Duty: rosters, swaps and leave, who stands now, the desk's log, special periods."""

from web.guarded_blueprint import GuardedBlueprint

duty = GuardedBlueprint("duty", __name__)

from blueprints.duty import (  # noqa: E402, F401
    absences,
    feed,
    mine,
    now,
    record,
    replacing,
    swap_acts,
    swaps,
)
