"""The same form sent twice makes one record."""

import hashlib
from datetime import datetime

from sqlalchemy.orm import Session

from models.base import Model
from models.visit import Submission
from rules.roles import Actor


def already_made(session: Session, key: str, actor: Actor, model: type[Model]) -> int | None:
    """Id of the record (a child's parent) that this account made before with this key, as this kind of record."""
    found = session.get(Submission, _digest(key, actor, model)) if key else None
    return found.subject_id if found else None


def note_made(session: Session, *, key: str, actor: Actor, now: datetime, subject: Model) -> None:
    """Remember, in the same transaction, which record the key made."""
    if not key or actor.account_id is None:
        return
    subject_type, subject_id = subject.audit_subject()
    session.add(
        Submission(
            key=_digest(key, actor, type(subject)),
            account_id=actor.account_id,
            subject_type=subject_type,
            subject_id=subject_id,
            at=now,
        )
    )
    session.flush()


def _digest(key: str, actor: Actor, model: type[Model]) -> str:
    """Of any key as long as the column; the same key from another account or on another form is another one."""
    return hashlib.sha256(f"{actor.account_id}|{model.__tablename__}|{key}".encode()).hexdigest()
