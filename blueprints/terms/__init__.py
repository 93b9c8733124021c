"""工作日历和时限: what due dates are reckoned by, and changing it with a look at what it moves."""

from web.guarded_blueprint import GuardedBlueprint

terms = GuardedBlueprint("terms", __name__)

from blueprints.terms import overview, proposal, proposing  # noqa: E402, F401
