"""Petitions (信访事项): registering, the record, every step, lists."""

from web.guarded_blueprint import GuardedBlueprint

petitions = GuardedBlueprint("petitions", __name__)

from blueprints.petitions import (  # noqa: E402, F401
    petition_list,
    show,
)
