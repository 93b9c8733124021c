"""Importing this package registers every table with `models.base.metadata`."""

from models import (  # noqa: F401
    attachment,
    audit_entry,
    bulletin,
    category,
    deadline,
    duty_desk,
    import_batch,
    leader_reception,
    leader_schedule,
    office,
    organisation,
    petition,
    petition_letter,
    print_order,
    roster,
    seal,
    sign_in,
    staff,
    village_session,
    visit,
)
