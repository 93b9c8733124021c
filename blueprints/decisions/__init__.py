"""Decisions of joint meetings (议定事项): the list by age and by unit, one decision with its evidence."""

from web.guarded_blueprint import GuardedBlueprint

decisions = GuardedBlueprint("decisions", __name__)

from blueprints.decisions import attachments, decision_list, records  # noqa: E402, F401
