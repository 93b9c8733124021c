"""Petitions whose search row says too much: until 0.3.0 the names of attached files were searched as content is."""

from sqlalchemy import literal_column, select
from sqlalchemy.orm import Session

from models.attachment import Attachment
from queries.grams import matches

SEARCH = "petition_search"


def found_by_file_names(session: Session) -> list[int]:
    """Ids of those that the whole name of one of their files finds as content. One statement an attachment."""
    attached = select(Attachment.subject_id, Attachment.file_name).where(
        Attachment.subject_type == "petition", Attachment.voided_at.is_(None)
    )
    rows = session.execute(attached.order_by(Attachment.subject_id)).all()
    found = (petition_id for petition_id, name in rows if _is_found(session, petition_id, name))
    return list(dict.fromkeys(found))


def _is_found(session: Session, petition_id: int, file_name: str) -> bool:
    its_row = literal_column(f"{SEARCH}.rowid") == petition_id
    return session.scalar(matches(session, file_name, "content", SEARCH).where(its_row)) is not None
