"""Joint meetings (联席会议): register, monthly numbers, one meeting with its steps, what was sent up."""

from web.guarded_blueprint import GuardedBlueprint

meetings = GuardedBlueprint("meetings", __name__)

from blueprints.meetings import (  # noqa: E402, F401
    agenda,
    attachments,
    attendance,
    escalations,
    meeting_list,
    quota,
    recording,
    registering,
    steps,
)
