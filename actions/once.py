"""The same form sent twice makes one record."""

from datetime import datetime

from sqlalchemy.orm import Session

from models.base import Model
from models.visit import Submission
from rules.roles import Actor


def already_made(session: Session, key: str) -> int | None:
    """Id of the record this key made before."""
    found = session.get(Submission, key) if key else None
    return found.subject_id if found else None


def note_made(session: Session, *, key: str, actor: Actor, now: datetime, subject: Model) -> None:
    """Remember, in the same transaction, which record the key made."""
    if not key or actor.account_id is None:
        return
    subject_type, subject_id = subject.audit_subject()
    session.add(
        Submission(
            key=key[:64],
            account_id=actor.account_id,
            subject_type=subject_type,
            subject_id=subject_id,
            at=now,
        )
    )
    session.flush()
