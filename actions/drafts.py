"""Half-filled forms: private to their account, encrypted, gone once the form is saved."""

from datetime import datetime

from sqlalchemy.orm import Session

from models.base import new_uid
from models.office import FormDraft
from models.protected import protect
from queries.drafts import draft_place


def keep_draft(session: Session, *, account_id: int, form: str, content: str, now: datetime) -> None:
    row = session.get(FormDraft, (account_id, form))
    if row is None:
        row = FormDraft(account_id=account_id, form=form, uid=new_uid(), cipher="", saved_at=now)
        session.add(row)
    row.cipher = protect(content, place=draft_place(row.uid))
    row.saved_at = now
    session.flush()


def drop_draft(session: Session, *, account_id: int | None, form: str) -> None:
    """Empty a draft once its form is saved; a draft was never a record, so nothing is lost."""
    row = session.get(FormDraft, (account_id, form)) if account_id is not None else None
    if row is not None:
        session.delete(row)
        session.flush()
