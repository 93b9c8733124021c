"""信访事项: lists, registration, one record with its clocks, its steps."""

from web.guarded_blueprint import GuardedBlueprint

petitions = GuardedBlueprint("petitions", __name__)

from blueprints.petitions import (  # noqa: E402, F401
    attachments,
    case_files,
    letter_issuing,
    letters,
    many,
    many_letters,
    petition_list,
    records,
    similar,
    steps,
)
