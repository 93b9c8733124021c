"""Attachments of a record. They have no scope of their own: THE CALLER HAS LOADED THE RECORD IN SCOPE before it asks here
(queries.scope), and hands in that record's table and id, never ones from an address.
"""

from collections.abc import Iterable

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session, joinedload

from models.attachment import Attachment
from rules.errors import NotVisible


def attachments_of(
    session: Session, subject_type: str, subject_id: int, *, with_void: bool = False
) -> list[Attachment]:
    """In their order, with who brought them; one statement."""
    statement = _of(subject_type, subject_id).order_by(Attachment.position)
    if not with_void:
        statement = statement.where(Attachment.voided_at.is_(None))
    return list(session.scalars(statement))


def load_attachment(session: Session, subject_type: str, subject_id: int, attachment_id: int) -> Attachment:
    """One of this record, void ones included. Raises NotVisible, the same for missing ones and another record's."""
    row = session.scalar(_of(subject_type, subject_id).where(Attachment.id == attachment_id))
    if row is None:
        raise NotVisible("attachment")
    return row


def attached_already(
    session: Session, subject_type: str, subject_id: int, sent_digest: str
) -> Attachment | None:
    """The live attachment that the same file made."""
    return session.scalar(
        _of(subject_type, subject_id).where(
            Attachment.sent_digest == sent_digest, Attachment.voided_at.is_(None)
        )
    )


def room_taken(session: Session, subject_type: str, subject_id: int) -> tuple[int, int, int]:
    """Live files, their bytes, and the highest position that was ever given."""
    live = Attachment.voided_at.is_(None)
    files, size, last = session.execute(
        select(
            func.count().filter(live),
            func.coalesce(func.sum(Attachment.size).filter(live), 0),
            func.coalesce(func.max(Attachment.position), 0),
        ).where(Attachment.subject_type == subject_type, Attachment.subject_id == subject_id)
    ).one()
    return int(files), int(size), int(last)


def attachment_counts(session: Session, subject_type: str, subject_ids: Iterable[int]) -> dict[int, int]:
    """Record id → live attachments, for the rows of a list; records without any are left out."""
    found = session.execute(
        select(Attachment.subject_id, func.count())
        .where(
            Attachment.subject_type == subject_type,
            Attachment.subject_id.in_(list(subject_ids)),
            Attachment.voided_at.is_(None),
        )
        .group_by(Attachment.subject_id)
    )
    return {subject_id: count for subject_id, count in found}


def kept_uids(session: Session) -> list[str]:
    """Of every attachment, void ones too: the files that must be there."""
    return list(session.scalars(select(Attachment.uid)))


def _of(subject_type: str, subject_id: int) -> Select[Attachment]:
    return (
        select(Attachment)
        .where(Attachment.subject_type == subject_type, Attachment.subject_id == subject_id)
        .options(joinedload(Attachment.uploaded_by), joinedload(Attachment.unit))
    )
