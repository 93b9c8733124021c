"""Offices held to account: 三项建议, 约谈, 办理倒查, 督查 and 联乡包片."""

from web.guarded_blueprint import GuardedBlueprint

accountability = GuardedBlueprint("accountability", __name__)

from blueprints.accountability import (  # noqa: E402, F401
    attachments,
    district_teams,
    inspection_visits,
    inspections,
    interviews,
    look_backs,
    suggestions,
)
