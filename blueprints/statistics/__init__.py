"""Statistics: figures of a unit and a period, cut up and over time."""

from web.guarded_blueprint import GuardedBlueprint

statistics = GuardedBlueprint("statistics", __name__)

from blueprints.statistics import routes  # noqa: E402, F401
