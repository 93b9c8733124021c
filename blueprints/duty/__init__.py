"""值班: rosters, the desk's log, special periods, the day's sheet."""

from web.guarded_blueprint import GuardedBlueprint

duty = GuardedBlueprint("duty", __name__)

from blueprints.duty import (  # noqa: E402, F401
    day_sheet,
    dispatches,
    handover_records,
    handovers,
    line_steps,
    lines,
    log,
    messages,
    period_reports,
    periods,
)
