"""Bulletins and public notices: archive, drafting, issuing, number registers, seals, templates."""

from web.guarded_blueprint import GuardedBlueprint

bulletins = GuardedBlueprint("bulletins", __name__)

from blueprints.bulletins import (  # noqa: E402, F401
    bulletin_list,
    drafts,
    issuing,
    records,
    registers,
    seals,
    steps,
    templates,
)
