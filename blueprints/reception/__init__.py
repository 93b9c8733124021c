"""Reception: visits, village sessions, leader reception days, the day's sheet, paper registers."""

from web.guarded_blueprint import GuardedBlueprint

reception = GuardedBlueprint("reception", __name__)

from blueprints.reception import (  # noqa: E402, F401
    day_sheet,
    leader_day_list,
    leader_days,
    leader_promises,
    leader_schedule,
    leader_schedule_changes,
    leader_schedule_list,
    leader_schedule_month,
    leader_schedule_notice,
    paper,
    paper_scans,
    phrases,
    village_period,
    village_session_list,
    village_sessions,
    village_weeks,
    visit_list,
    visit_lookups,
    visits,
)
