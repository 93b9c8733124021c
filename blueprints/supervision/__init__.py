"""督办: the list, what is proposed, one task with its units, its steps."""

from web.guarded_blueprint import GuardedBlueprint

supervision = GuardedBlueprint("supervision", __name__)

from blueprints.supervision import (  # noqa: E402, F401
    attachments,
    feedback_list,
    proposal_list,
    reminders,
    steps,
    task_list,
    tasks,
)
