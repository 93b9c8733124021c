"""值班: rosters, swaps and leave, who stands now, the desk's log, special periods."""

from web.guarded_blueprint import GuardedBlueprint

duty = GuardedBlueprint("duty", __name__)

from blueprints.duty import (  # noqa: E402, F401
    absences,
    day_sheet,
    dispatches,
    feed,
    handover_records,
    handovers,
    line_steps,
    lines,
    log,
    messages,
    mine,
    now,
    period_reports,
    periods,
    record,
    replacing,
    roster_grid,
    roster_list,
    roster_orders,
    roster_prints,
    rosters,
    scheme_people,
    schemes,
    swap_acts,
    swaps,
)
