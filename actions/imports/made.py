"""Units and accounts carry no batch: what a batch made stands in the version rows of its audit entry."""

import json
from collections.abc import Mapping

from sqlalchemy import insert
from sqlalchemy.orm import Session

from actions.audit import Values, version_place
from models.audit_entry import AuditEntry, RecordVersion
from models.protected import protect


def note_made(session: Session, entry: AuditEntry, subject_type: str, made: Mapping[int, Values]) -> None:
    """For each record the version row that its own history shows. `made` is id → values after."""
    rows = []
    for subject_id, after in made.items():
        place = version_place(subject_type, subject_id)
        rows.append(
            {
                "audit_entry_id": entry.id,
                "subject_type": subject_type,
                "subject_id": subject_id,
                "before": protect(json.dumps(dict.fromkeys(after)), place=place),
                "after": protect(json.dumps(after, ensure_ascii=False), place=place),
            }
        )
    session.execute(insert(RecordVersion), rows)
