"""包案 and 积案化解: lists, one assignment with its steps, batches handed down with their cases."""

from web.guarded_blueprint import GuardedBlueprint

leads = GuardedBlueprint("leads", __name__)

from blueprints.leads import (  # noqa: E402, F401
    campaigns,
    lead_attachments,
    lead_list,
    lead_steps,
    proposals,
)
