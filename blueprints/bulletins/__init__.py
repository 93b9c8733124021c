"""Bulletins and public notices: archive, drafting, issuing, number registers, seals, templates."""

from web.guarded_blueprint import GuardedBlueprint

bulletins = GuardedBlueprint("bulletins", __name__)

from blueprints.bulletins import bulletin_list, drafts, issuing, records, steps  # noqa: E402, F401
