"""Bulletins and public notices: archive, drafting, issuing, number registers, seals, templates."""

from web.guarded_blueprint import GuardedBlueprint

bulletins = GuardedBlueprint("bulletins", __name__)
