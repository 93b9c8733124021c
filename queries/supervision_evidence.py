"""Whether what a unit says it has done can be looked at: attachments that it brought to the task."""

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from models.attachment import Attachment
from models.supervision import SupervisionLine

SUBJECT = "supervision_line"
"""Attachments belong to the line, so that one unit does not read what another brought."""


def has_evidence(session: Session, line: SupervisionLine) -> bool:
    """A live attachment of the line."""
    found = select(func.count(Attachment.id)).where(
        Attachment.subject_type == SUBJECT, Attachment.subject_id == line.id, Attachment.voided_at.is_(None)
    )
    return bool(session.scalar(found))
