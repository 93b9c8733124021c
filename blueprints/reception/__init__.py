"""Reception: visits, village sessions, leader reception days, the day's sheet, paper registers."""

from web.guarded_blueprint import GuardedBlueprint

reception = GuardedBlueprint("reception", __name__)

from blueprints.reception import day_sheet, paper, phrases, visit_list, visit_lookups, visits  # noqa: E402, F401
