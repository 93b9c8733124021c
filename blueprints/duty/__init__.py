"""Duty: the desk's log and its hand-overs."""

from web.guarded_blueprint import GuardedBlueprint

duty = GuardedBlueprint("duty", __name__)

from blueprints.duty import (  # noqa: E402, F401
    dispatches,
    handover_records,
    handovers,
    line_steps,
    lines,
    log,
)
