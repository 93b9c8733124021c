"""Reception: visits, village sessions, leader reception days, the day's sheet, paper registers."""

from web.guarded_blueprint import GuardedBlueprint

reception = GuardedBlueprint("reception", __name__)
