"""Importing this package registers every table with `models.base.metadata`."""

from models import (  # noqa: F401
    audit_entry,
    category,
    import_batch,
    leader_reception,
    office,
    organisation,
    sign_in,
    staff,
    village_session,
    visit,
)
